"""What an agency's or a blog's HTML (or NITF) holds beside the story, taken off."""

import re

from articles.text import wire_copy
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from articles.text.html.tokens import TOKEN

_REMOVED_ELEMENTS = {"head", "figure", "media", "body.head", "body.end"}
_TITLE, _FIRST_TEXT = re.compile(r"<h2>(.*)</h2>\n"), re.compile(r"<p>([^<&]+)")


def extract_story_markup(markup: str) -> tuple[str, list[str]]:
    """Return ``markup`` without document heads, figures and NITF's media, and the words of these.

    NITF's ``hl2`` becomes ``h2``. An element that is never closed stays. Linear, never raises.
    """
    parts: list[str] = []
    removed: list[str] = []
    at, start, open_name, depth = 0, 0, "", 0
    for tag in TOKEN.finditer(markup):
        name, is_end = (tag["name"] or "").lower(), bool(tag["end"])
        if open_name and name == open_name:
            depth += -1 if is_end else 1
            if not depth:
                parts.append(markup[at:start])
                removed.append(" ".join(plain_text(sanitise(markup[start : tag.end()])).split()))
                at, open_name = tag.end(), ""
        elif (
            not open_name
            and name in _REMOVED_ELEMENTS
            and not is_end
            and tag["attributes"][-1:] != "/"
        ):
            start, open_name, depth = tag.start(), name, 1
        elif not open_name and name == "hl2":
            parts += [markup[at : tag.start()], "</h2>" if is_end else "<h2>"]
            at = tag.end()
    return "".join([*parts, markup[at:]]), list(filter(None, removed))


def strip_headline(body_html: str, headline: str) -> str:
    """Return sanitised ``body_html`` without a first heading that only repeats ``headline``."""
    match = _TITLE.match(body_html)
    is_same = match and " ".join(plain_text(match[0]).split()) == " ".join(headline.split())
    return body_html[match.end() :] if match and is_same else body_html


def take_dateline(body_html: str) -> tuple[str, str, str]:
    """Return sanitised ``body_html`` without its dateline, the place, and the agency signed there; empty if none."""
    match = _FIRST_TEXT.match(body_html)
    dateline = wire_copy.parse_dateline(match[1]) if match else None
    if not dateline:
        return body_html, "", ""
    return f"<p>{body_html[3 + dateline[0] :]}", dateline[1], dateline[2]
