"""What an element of a news format says: its lines, language, markup, and what becomes of them."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from articles.story_fields import FIELDS_BY_NAME
from articles.text.characters import printable
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from articles.text.paragraphs import split_paragraphs
from articles.text.whitespace import has_french_spacing, normalize_whitespace
from articles.text.wire_copy import parse_dateline

from .markup import extract_story_markup
from .xml_records import local_name

DEK_LIMIT, _TAG_LIMIT = 500, 113  # letters; what is longer goes to the editors
_EQUIVALENTS = {
    "hl1": "h2",
    "bq": "blockquote",
    "rubrik": "h2",
    "fn": "p",
    "bold": "b",
    "italic": "i",
}
_KNOWN_ELEMENTS = set(
    "html head body body.head body.content body.end header footer figure media".split()
)
_KNOWN_ELEMENTS |= set(
    "p h1 h2 h3 h4 h5 h6 hl2 ul ol li dl dt dd blockquote pre table tr td th script".split()
)
_KNOWN_ELEMENTS |= set(
    "style a b i em strong br q span u s sub sup small abbr cite code time img".split()
)
_KNOWN_ELEMENTS |= set(
    "person org location city state country region money num chron event function".split()
)
_KNOWN_ELEMENTS |= set(
    "object.title virtloc postaddr lang pronounce frac frac-num frac-sep frac-den".split()
)
_LINES = {"p", "h1", "h2", "h3", "hl2", "li", "td", "th", "dt", "dd", "pre"}
_NOT_STORY = {"header", "footer", "nav", "aside"}  # dpa's keywords, date and headline stand in one
_BLANK_LINE = re.compile(r"\S[ \t]*\n[ \t]*\n\s*\S")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def find_elements(element: Any, *paths: str) -> Iterator[Any]:
    """Yield the elements at ``paths`` (``itemMeta/edNote``), by local name; capitals make no difference."""
    for path in paths:
        elements = [element]
        for step in path.casefold().split("/"):
            elements = [
                child
                for parent in elements
                for child in parent
                if local_name(child).casefold() == step
            ]
        yield from elements


def descendants(element: Any, *names: str) -> Iterator[Any]:
    """Yield the elements with a local name of ``names`` anywhere within."""
    return (
        descendant for descendant in element.iter(etree.Element) if local_name(descendant) in names
    )


def element_line(element: Any) -> str:
    """Return the text of ``element`` as one line."""
    return " ".join(printable(element.xpath("string()")).split())


def first_line(element: Any, *paths: str) -> str:
    """Return the first line at ``paths`` that says something."""
    return next(filter(None, map(element_line, find_elements(element, *paths))), "")


def element_language(element: Any) -> str:
    """Return the language that ``element`` or one around it is in."""
    languages = (ancestor.get(_LANGUAGE) for ancestor in (element, *element.iterancestors()))
    return next(filter(None, languages), "")


def element_markup(element: Any) -> tuple[str, list[str]]:
    """Return what is inside ``element`` (XHTML or NITF) sanitised, and the words of what is no story text.

    An element that neither knows is a block of its own, unless it stands in a paragraph.
    """
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    not_story = [node for node in copy if local_name(node).lower() in _NOT_STORY]
    removed = [" ".join(" ".join(node.itertext(etree.Element)).split()) for node in not_story]
    for node in [*not_story, *descendants(copy, "nitf-table-metadata")]:
        node.clear(keep_tail=True)
    for node in list(copy.iter(etree.Element)):
        name = local_name(node).lower()
        is_block = name not in _KNOWN_ELEMENTS and not any(
            ancestor.tag in _LINES for ancestor in node.iterancestors()
        )
        node.tag = "div" if is_block and name not in _EQUIVALENTS else _EQUIVALENTS.get(name, name)
        if name == "p" and not len(node) and _BLANK_LINE.search(node.text or ""):
            _split_into_paragraphs(node)
    etree.cleanup_namespaces(copy)
    story, others = extract_story_markup(etree.tostring(copy, encoding="unicode", method="html"))
    return sanitise(story), list(filter(None, removed + others))


def plain_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text, their lines joined."""
    keeps_spaces = has_french_spacing(text)
    return [
        normalize_whitespace(text, paragraph.spans, keeps_spaces=keeps_spaces)[0]
        for paragraph in split_paragraphs(text)
    ]


def _split_into_paragraphs(element: Any) -> None:
    """Make a block of an element that holds several paragraphs of plain text."""
    paragraphs, element.text, element.tag = plain_paragraphs(element.text), None, "div"
    for paragraph in paragraphs:
        etree.SubElement(element, "p").text = paragraph


def dateline_place(dateline_text: str) -> str:
    """Return the place of a dateline as ``SYDNEY March 22 AAP -``; empty for a date alone."""
    dateline_text = dateline_text.strip(" -\u2013\u2014")
    parsed = parse_dateline(f"{dateline_text} \u2013 It")
    place = parsed[1] if parsed else dateline_text
    return "" if re.search(r"\d", place) else place


def usable_dek(dek: str, body_html: str, headline: str, notes: list[str]) -> str:
    """Return ``dek`` unless the body begins with them or they repeat the headline; a long one goes to ``notes``."""
    start = " ".join(plain_text(body_html[:8000]).split())
    if dek == headline or start.startswith(dek.rstrip(" .…")):
        return ""
    if len(dek) <= DEK_LIMIT:
        return dek
    notes.append(f"Description: {dek}")
    return ""


def prefixed_tags(kind: str, names: Iterator[str], notes: list[str]) -> Iterator[str]:
    """Yield ``kind:name``; a name that is too long for a tag goes to ``notes``."""
    for name in filter(None, names):
        if len(name) <= _TAG_LIMIT:
            yield f"{kind}:{name}"
        else:
            notes.append(f"{kind.capitalize()}: {name}")


def usage_terms_that_fit(terms: str, notes: list[str]) -> str:
    """Return ``terms`` of use; what is too long to be printed goes to ``notes``."""
    if len(terms) <= FIELDS_BY_NAME["usage_terms"].limit:
        return terms
    notes.append(f"Usage terms: {terms}")
    return ""
