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

from articles.importing.unfit import Unfit
from articles.text.dates import Precision
from articles.text.html import plain_text, sanitise

_QUIET = ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer")
_INSTALL = "Run: uv sync --extra html, or: pip install 'trafilatura' 'lxml_html_clean'."
_SILENT = ("script", "style", "svg", "template", etree.Comment)
_LONGEST = 2000  # letters of an attribute
_MANY, _MUCH = 4000, 200_000  # elements, letters
_SHORT = 300  # letters of a story that is hardly one


def extract(root: Any) -> str:
    """Return the story below ``root`` as sanitised HTML; empty when none is found.

    Found without links, which tells stories best from lists of links; these are put back block by block.
    Raises Unfit when trafilatura is not installed, or cannot cope with the page.
    """
    root = _bare(root)
    body_html = _extracted(root)
    if len(body_html) < _SHORT and not _is_large(root):
        body_html = max(body_html, _extracted(root, fast=False), key=len)
    if _is_large(root):  # twice would take too long
        return body_html
    return _with_links(body_html, _extracted(root, include_links=True))


def _bare(root: Any) -> Any:
    """Return a copy of the page without what no story stands in but time is lost on: scripts, endless attributes."""
    bare = deepcopy(root)
    for element in list(bare.iter(*_SILENT)):
        if element.getparent() is not None:
            element.drop_tree()
    for element in bare.iter(etree.Element):
        for name, value in element.items():
            if len(value) > _LONGEST:
                del element.attrib[name]
    return bare


def _is_large(root: Any) -> bool:
    return sum(1 for _ in root.iter()) > _MANY or sum(map(len, root.itertext())) > _MUCH


def _extracted(root: Any, *, fast: bool = True, include_links: bool = False) -> str:
    trafilatura, _ = _libraries()
    try:
        found = trafilatura.extract(
            deepcopy(root),
            output_format="html",
            fast=fast,
            include_comments=False,
            include_formatting=True,
            include_links=include_links,
            include_tables=True,
        )
    except Exception as error:  # code that is not ours, on what strangers wrote
        reason = f"the text was not found ({type(error).__name__})"
        raise Unfit("body", reason, "Copy the story into a text file.") from error
    return sanitise(_body_of(found or ""))


def _with_links(body_html: str, linked_html: str) -> str:
    """Return ``body_html`` with the blocks of ``linked_html`` that say the same."""
    linked = {plain_text(line).strip(): line for line in linked_html.split("\n") if "<a " in line}
    lines = (linked.get(plain_text(line).strip(), line) for line in body_html.split("\n"))
    return sanitise("\n".join(lines))


def guessed_day(root: Any) -> tuple[datetime, Precision] | None:
    """Return the day (naive midnight) on which the page seems to be published; None when nothing says so.

    The first of a month, or of January, is what htmldate makes of a month or a year alone: only that much is known.
    """
    _, htmldate = _libraries()
    bare = _bare(root)
    if _is_large(bare):
        return None
    try:
        found = htmldate.find_date(bare, original_date=True, extensive_search=True)
        day = datetime.fromisoformat(found) if found else None
    except Exception:  # as above
        return None
    if not day:
        return None
    return day, "day" if day.day > 1 else "month" if day.month > 1 else "year"


def paragraphs(text: str) -> str:
    """Return a plain text (schema.org's articleBody) as sanitised HTML."""
    if re.search(r"</?(?:p|br|div)\b", text):
        return sanitise(text)
    parts = re.split(r"\s*\n\s*", text.strip())
    return sanitise("".join(f"<p>{escape(part, quote=False)}</p>" for part in parts))


def fuller(body_html: str, told: str) -> str:
    """Return ``told`` (HTML) instead of ``body_html`` when that holds not even half of its words."""
    length, other = len(plain_text(body_html)), len(plain_text(told))
    return told if other > 200 and length < other / 2 else body_html


def _libraries() -> tuple[Any, Any]:
    """Import what the extra ``html`` brings, without its log. Raises Unfit when it is not there."""
    try:
        import htmldate
        import trafilatura
    except ImportError as error:
        raise Unfit(
            "file", "saved pages need the extra “html”, which is not installed", _INSTALL
        ) from error
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura, htmldate


def _body_of(document: str) -> str:
    """Return what stands in the body of the document that trafilatura writes."""
    found = re.search(r"<body[^>]*>(.*)</body>", document, re.DOTALL)
    return found[1] if found else document
