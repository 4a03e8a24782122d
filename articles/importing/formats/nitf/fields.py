"""The fields of an NITF document in its own words; NewsML holds documents too, and asks for the same."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from articles.importing.formats.common.bylines import byline_names, first_credit
from articles.importing.formats.common.markup import extract_story_markup
from articles.importing.formats.common.xml_fields import (
    dateline_place,
    descendants,
    element_line,
    element_markup,
    find_elements,
    first_line,
    plain_paragraphs,
)
from articles.importing.formats.common.xml_records import local_name
from articles.importing.formats.types import ParsedName
from articles.text.html.sanitize import paragraphs_to_html, sanitise

_HEAD = "body/body.head"
_TEXTS = {"html", "body", "body.content", "div", "section", "article", "main", "p", "block"}
_TEXTS |= {"h1", "h2", "h3", "h4", "hl2", "ul", "ol", "table", "pre", "blockquote"}


def headline_of(nitf: Any) -> str:
    """Return the headline of a story."""
    lines = (f"{_HEAD}/hedline/hl1", f"{_HEAD}/hedline", f"{_HEAD}/headline", "head/title")
    return first_line(nitf, *lines)


def abstract_of(nitf: Any) -> str:
    """Return what stands between headline and text."""
    for abstract in find_elements(nitf, f"{_HEAD}/abstract"):
        if text := first_line(abstract, "p", "hl2") or (
            element_line(abstract) if not len(abstract) else ""
        ):
            return text
    return first_line(nitf, f"{_HEAD}/hedline/hl2")


def bylines_of(nitf: Any) -> Iterator[ParsedName]:
    """Yield who signed a story, with what they are there."""
    for byline in find_elements(nitf, f"{_HEAD}/byline"):
        role = first_line(byline, "byttl")
        persons = list(find_elements(byline, "person"))
        for person in persons:
            yield from byline_names(element_line(person), role if len(role) <= 80 else "")
        if not persons:
            line = element_line(byline)
            yield from byline_names(
                line.removesuffix(role).rstrip(" ,"), role if len(role) <= 80 else ""
            )


def dateline_of(nitf: Any) -> str:
    """Return the place of a story: its city, else what is printed there."""
    for dateline in find_elements(nitf, f"{_HEAD}/dateline"):
        for place in descendants(dateline, "city", "location", "state", "country"):
            if words := element_line(place):
                return element_line(next(descendants(place, "city"), place)) or words
        if not list(descendants(dateline, "story.date")) and (
            words := dateline_place(element_line(dateline))
        ):
            return words
    return ""


def body_html_of(nitf: Any) -> tuple[str, list[str]]:
    """Return the text of a story sanitised, and the words of its pictures."""
    html = ""
    removed: list[str] = []
    for content in find_elements(nitf, "body/body.content"):
        markup, removed_words = element_markup(content)
        html, removed = "\n".join(filter(None, (html, markup))), removed + removed_words
    return html, removed


def content_of(content: Any, *, is_plain: bool, is_flat: bool) -> tuple[str, list[str]]:
    """Return what NewsML holds as a text: NITF, XHTML, HTML as a ``is_flat`` string, or an ``is_plain`` text.

    Empty for elements of another kind.
    """
    if is_plain:
        return paragraphs_to_html(
            ("p", block) for block in plain_paragraphs(content.xpath("string()"))
        ), []
    if is_flat or not len(content):
        story, removed = extract_story_markup(content.xpath("string()"))
        return sanitise(story), removed
    if (inline := next(descendants(content, "nitf"), None)) is not None:
        return body_html_of(inline)
    if not all(
        local_name(block).casefold() in _TEXTS for block in content.iterchildren(etree.Element)
    ):
        return "", []
    return element_markup(next(descendants(content, "body", "BODY", "body.content"), content))


def credit_of(nitf: Any) -> str:
    """Return who distributed a story, or whose name closes it."""
    distributor = first_line(nitf, f"{_HEAD}/distributor")
    tagline = first_line(nitf, "body/body.end/tagline")
    return first_credit((distributor, tagline))
