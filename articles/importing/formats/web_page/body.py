"""The story in a page's markup, found by trafilatura, and a date found by htmldate.

Source: https://trafilatura.readthedocs.io/. Both come with the extra ``html``; they are imported here only, and get
trees, never addresses: nothing is fetched.
"""

import logging
import re
from copy import deepcopy
from datetime import datetime
from html import escape
from typing import Any

from lxml import etree

from articles.importing.formats.types import RecordError
from articles.text.dates import Precision
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from articles.text.messages import Message

_QUIET = ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer")
_INSTALL = "Run: uv sync --extra html, or: pip install 'trafilatura' 'lxml_html_clean'."
_SILENT = ("script", "style", "svg", "template", etree.Comment)
_LONGEST = 2000  # letters of an attribute
_MAX_ELEMENTS, _MAX_LETTERS = 4000, 200_000  # elements, letters
_SHORT = 300  # letters of a story that is hardly one


def extract_body(root: Any) -> str:
    """Return the story below ``root`` as sanitised HTML; empty when none is found.

    Found without links, which tells stories best from lists of links; these are put back block by block.
    Raises RecordError when trafilatura is not installed, or cannot cope with the page.
    """
    root = _without_noise(root)
    body_html = _extracted(root)
    if len(body_html) < _SHORT and not _is_large(root):
        body_html = max(body_html, _extracted(root, fast=False), key=len)
    if _is_large(root):  # twice would take too long
        return body_html
    return _with_links(body_html, _extracted(root, include_links=True))


def _without_noise(root: Any) -> Any:
    """Return a copy of the page without what no story stands in but time is lost on: scripts, endless attributes."""
    tree = deepcopy(root)
    for element in list(tree.iter(*_SILENT)):
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.iter(etree.Element):
        for name, value in element.items():
            if len(value) > _LONGEST:
                del element.attrib[name]
    return tree


def _is_large(root: Any) -> bool:
    return (
        sum(1 for _ in root.iter()) > _MAX_ELEMENTS or sum(map(len, root.itertext())) > _MAX_LETTERS
    )


def _extracted(root: Any, *, fast: bool = True, include_links: bool = False) -> str:
    trafilatura, _ = _libraries()
    try:
        document = trafilatura.extract(
            deepcopy(root),
            output_format="html",
            fast=fast,
            include_comments=False,
            include_formatting=True,
            include_links=include_links,
            include_tables=True,
        )
    except Exception as error:  # code that is not ours, on what strangers wrote
        reason = Message(
            "the text was not found (%(error)s)",
            {"error": type(error).__name__},
            "web_page.no_text",
        )
        raise RecordError("body", reason, "Copy the story into a text file.") from error
    return sanitise(_body_of(document or ""))


def _with_links(body_html: str, linked_html: str) -> str:
    """Return ``body_html`` with the blocks of ``linked_html`` that say the same."""
    linked = {plain_text(line).strip(): line for line in linked_html.split("\n") if "<a " in line}
    lines = (linked.get(plain_text(line).strip(), line) for line in body_html.split("\n"))
    return sanitise("\n".join(lines))


def guess_date(root: Any) -> tuple[datetime, Precision] | None:
    """Return the day (naive midnight) on which the page seems to be published; None when nothing says so.

    The first of a month, or of January, is what htmldate makes of a month or a year alone: only that much is known.
    """
    _, htmldate = _libraries()
    tree = _without_noise(root)
    if _is_large(tree):
        return None
    try:
        date_text = htmldate.find_date(tree, original_date=True, extensive_search=True)
        day = datetime.fromisoformat(date_text) if date_text else None
    except Exception:  # as above
        return None
    if not day:
        return None
    return day, "day" if day.day > 1 else "month" if day.month > 1 else "year"


def text_to_html(text: str) -> str:
    """Return a plain text (schema.org's articleBody) as sanitised HTML."""
    if re.search(r"</?(?:p|br|div)\b", text):
        return sanitise(text)
    lines = re.split(r"\s*\n\s*", text.strip())
    return sanitise("".join(f"<p>{escape(line, quote=False)}</p>" for line in lines))


def longer_body(body_html: str, alternative: str) -> str:
    """Return ``alternative`` (HTML) instead of ``body_html`` when that holds not even half of its words."""
    length, alternative_length = len(plain_text(body_html)), len(plain_text(alternative))
    return (
        alternative if alternative_length > 200 and length < alternative_length / 2 else body_html
    )


def _libraries() -> tuple[Any, Any]:
    """Import what the extra ``html`` brings, without its log. Raises RecordError when it is not there."""
    try:
        import htmldate
        import trafilatura
    except ImportError as error:
        raise RecordError(
            "file",
            Message(
                "saved pages need the extra “html”, which is not installed", code="web_page.extra"
            ),
            _INSTALL,
        ) from error
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura, htmldate


def _body_of(document: str) -> str:
    """Return what stands in the body of the document that trafilatura writes."""
    match = re.search(r"<body[^>]*>(.*)</body>", document, re.DOTALL)
    return match[1] if match else document
