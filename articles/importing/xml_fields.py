"""What an element of a news format says: lines, dates, status, markup."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast, get_args

from lxml import etree

from articles.text.agencies import agency
from articles.text.chars import printable
from articles.text.dates import Precision, aware, parse_printed
from articles.text.html import plain_text, sanitise
from articles.text.paragraphs import split
from articles.text.spacing import is_spaced, mend
from articles.text.wires import byline, dateline

from .bylines import read_byline
from .markup import story_part
from .parsed import ParsedName, PubStatus
from .safe_xml import local_name
from .unfit import Unfit

DEK_LIMIT, _TAG_LIMIT, _USAGE_LIMIT = 500, 113, 500  # letters; what is longer goes to the editors
_KIN = {"hl1": "h2", "bq": "blockquote", "rubrik": "h2", "fn": "p", "bold": "b", "italic": "i"}
_KEPT = set("html head body body.head body.content body.end header footer figure media".split())
_KEPT |= set(
    "p h1 h2 h3 h4 h5 h6 hl2 ul ol li dl dt dd blockquote pre table tr td th script".split()
)
_KEPT |= set("style a b i em strong br q span u s sub sup small abbr cite code time img".split())
_KEPT |= set("person org location city state country region money num chron event function".split())
_KEPT |= set("object.title virtloc postaddr lang pronounce frac frac-num frac-sep frac-den".split())
_LINES = {"p", "h1", "h2", "h3", "hl2", "li", "td", "th", "dt", "dd", "pre"}
_BESIDE = {"header", "footer", "nav", "aside"}  # dpa's keywords, date and headline stand in one
_BLANK_LINE = re.compile(r"\S[ \t]*\n[ \t]*\n\s*\S")
_FIRST = re.compile(r"<p>([^<]+)</p>(?:\n|\Z)")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def every(element: Any, *paths: str) -> Iterator[Any]:
    """Yield the elements at ``paths`` (``itemMeta/edNote``), by local name; capitals make no difference."""
    for path in paths:
        found = [element]
        for step in path.casefold().split("/"):
            found = [
                child for one in found for child in one if local_name(child).casefold() == step
            ]
        yield from found


def inner(element: Any, *names: str) -> Iterator[Any]:
    """Yield the elements with a local name of ``names`` anywhere within."""
    return (one for one in element.iter(etree.Element) if local_name(one) in names)


def line(element: Any) -> str:
    """Return the text of ``element`` as one line."""
    return " ".join(printable(element.xpath("string()")).split())


def first_line(element: Any, *paths: str) -> str:
    """Return the first line at ``paths`` that says something."""
    return next(filter(None, map(line, every(element, *paths))), "")


def language(element: Any) -> str:
    """Return the language that ``element`` or one around it is in."""
    around = (one.get(_LANGUAGE) for one in (element, *element.iterancestors()))
    return next(filter(None, around), "")


def first_date(sent: list[str], note: list[str]) -> tuple[datetime | None, Precision]:
    """Return the first of the dates ``sent`` that is one; what is none goes to ``note``."""
    for one in filter(None, sent):
        if found := moment(one):
            return found
        note.append(f"Date as sent: {one}")
    return None, "minute"


def moment(sent: str) -> tuple[datetime, Precision] | None:
    """Return what ``sent`` prints; also ``20260304`` and ``20260304T0800Z``."""
    return parse_printed(re.sub(r"\A(\d{4})(\d\d)(\d\d)\Z", r"\1-\2-\3", sent.strip()))


def stamp(sent: str) -> str:
    """Return a moment in UTC that sorts as text; empty when it has no zone."""
    found = moment(sent)
    try:
        return aware(found[0], UTC).isoformat() if found and found[0].tzinfo else ""
    except ValueError:
        return ""


def status(field: str, sent: str) -> PubStatus:
    """Return what a source calls usable, withheld or canceled. Raises Unfit naming ``field``."""
    word = sent.strip().casefold().replace("cancelled", "canceled") or "usable"
    if word not in get_args(PubStatus):
        known = ", ".join(get_args(PubStatus))
        raise Unfit(field, f"it is not one of {known}", "Correct it at the source.")
    return cast(PubStatus, word)


def embargo(sent: str, found: PubStatus, note: list[str]) -> tuple[datetime | None, PubStatus]:
    """Return the end of the embargo ``sent`` and the status; an end that is not clear withholds the story."""
    until = moment(sent)
    if not sent or (until and until[1] == "minute"):
        return until[0] if until else None, found
    note.append(f"Embargo as sent: {sent}")
    return None, "withheld" if found == "usable" else found


def code(element: Any) -> str:
    """Return the code of a concept without its scheme, in small letters."""
    return last_part(full_code(element))


def full_code(element: Any) -> str:
    """Return what a concept is known by."""
    return element.get("qcode") or element.get("uri") or element.get("literal") or ""


def last_part(name: str) -> str:
    """Return what stands behind the scheme of ``hld:main`` or the path of an address, in small letters."""
    return re.split("[:/]", name.strip())[-1].casefold()


def markup(element: Any) -> tuple[str, list[str]]:
    """Return what is inside ``element`` (XHTML or NITF) sanitised, and the words of what is no story text.

    An element that neither knows is a block of its own, unless it stands in a paragraph.
    """
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    beside = [one for one in copy if local_name(one).lower() in _BESIDE]
    removed = [" ".join(" ".join(one.itertext(etree.Element)).split()) for one in beside]
    for one in [*beside, *inner(copy, "nitf-table-metadata")]:
        one.clear(keep_tail=True)
    for one in list(copy.iter(etree.Element)):
        name = local_name(one).lower()
        is_block = name not in _KEPT and not any(up.tag in _LINES for up in one.iterancestors())
        one.tag = "div" if is_block and name not in _KIN else _KIN.get(name, name)
        if name == "p" and not len(one) and _BLANK_LINE.search(one.text or ""):
            _part(one)
    etree.cleanup_namespaces(copy)
    story, others = story_part(etree.tostring(copy, encoding="unicode", method="html"))
    return sanitise(story), list(filter(None, removed + others))


def plain(text: str) -> list[str]:
    """Return the paragraphs of a plain text, their lines joined."""
    keeps = is_spaced(text)
    return [mend(text, one.spans, keeps_spaces=keeps)[0] for one in split(text)]


def _part(element: Any) -> None:
    """Make a block of an element that holds several paragraphs of plain text."""
    paragraphs, element.text, element.tag = plain(element.text), None, "div"
    for one in paragraphs:
        etree.SubElement(element, "p").text = one


def take_byline(
    body_html: str, known: tuple[ParsedName, ...]
) -> tuple[str, tuple[ParsedName, ...]]:
    """Return sanitised ``body_html`` without a first paragraph that is only a byline, and who wrote it.

    The names that are ``known`` stay; a paragraph with other names stays too.
    """
    first = _FIRST.match(body_html)
    names = byline(plain_text(first[0])) if first else []
    is_new = not {one.casefold() for one in names} <= {one.name.casefold() for one in known}
    if not first or not names or not body_html[first.end() :] or (known and is_new):
        return body_html, known
    return body_html[first.end() :], known or tuple(map(ParsedName, names))


def take_place(printed: str) -> str:
    """Return the place of a dateline as ``SYDNEY March 22 AAP -``; empty for a date alone."""
    printed = printed.strip(" -\u2013\u2014")
    found = dateline(f"{printed} \u2013 It")
    place = found[1] if found else printed
    return "" if re.search(r"\d", place) else place


def part_agencies(names: Iterator[ParsedName]) -> tuple[tuple[ParsedName, ...], str]:
    """Return who wrote it, and the agencies among ``names``, which are a credit."""
    found = tuple(names)
    agencies = dict.fromkeys(filter(None, (agency(one.name) for one in found)))
    return tuple(one for one in found if not agency(one.name)), ", ".join(agencies)


def signed(printed: str, role: str = "") -> Iterator[ParsedName]:
    """Yield the names of a byline; ``role`` is of those that have none."""
    for one in read_byline(printed):
        yield ParsedName(one.name, one.role or role)


def as_dek(words: str, body_html: str, headline: str, note: list[str]) -> str:
    """Return ``words`` unless the body begins with them or they repeat the headline; a long one goes to ``note``."""
    opening = " ".join(plain_text(body_html[:8000]).split())
    if words == headline or opening.startswith(words.rstrip(" .…")):
        return ""
    if len(words) <= DEK_LIMIT:
        return words
    note.append(f"Description: {words}")
    return ""


def as_tags(kind: str, names: Iterator[str], note: list[str]) -> Iterator[str]:
    """Yield ``kind:name``; a name that is too long for a tag goes to ``note``."""
    for name in filter(None, names):
        if len(name) <= _TAG_LIMIT:
            yield f"{kind}:{name}"
        else:
            note.append(f"{kind.capitalize()}: {name}")


def usage(words: str) -> str:
    """Return terms of use as a note for the editors."""
    return f"Usage terms: {words[:_USAGE_LIMIT]}" if words else ""
