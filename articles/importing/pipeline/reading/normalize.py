"""A story as its reader gave it -> a story that can be stored, or the reason why not."""

import re
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urlsplit

from articles.importing.formats.types import (
    FormerLink,
    ParsedArticle,
    ParsedName,
    RecordError,
    RejectedRecord,
    RemotePicture,
)
from articles.story_fields import FIELDS_BY_NAME, LINES
from articles.text.characters import printable
from articles.text.dates import aware
from articles.text.excerpt import shorten
from articles.text.headlines import derive_headline
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from articles.text.messages import Message

LIMITS = {  # letters, as the columns have them
    "ref": 255,
    "version": 64,
    **{line.name: line.limit for line in LINES},
    "language": FIELDS_BY_NAME["language"].limit,
    "picture": 160,
}
LIST_LIMITS = {"tags": 120, "people": 200, "organizations": 200, "former_addresses": 500}
NAME_LIMIT, ROLE_LIMIT = 200, 80
CODE_LIMIT, CORRECTION_LIMIT, URL_LIMIT = 60, 1000, 500
PICTURE_LIMITS = {"alt": 300, "caption": 500, "credit": 160}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def clean(parsed: ParsedArticle, *, zone: tzinfo, language: str) -> ParsedArticle | RejectedRecord:
    """Return ``parsed`` sanitised and complete, or ``RejectedRecord`` with the field and what would mend it.

    Times become aware (UTC), naive ones by the clock of ``zone``; a day means its midnight there. ``language`` serves
    a story that names none; a missing headline is derived from the first sentence. Nothing of the story is cut to fit;
    what stands beside it (the words on a correction and on a picture) is, and what of that cannot be kept is left out.
    """
    try:
        fields = (
            _line_fields(parsed) | _list_fields(parsed) | _time_fields(parsed, zone) | _body(parsed)
        )
        fields |= {"qcodes": _qcodes(parsed), "former_links": _former_links(parsed)}
        fields |= _picture(parsed.remote_picture, fields["ed_note"])
        _language(fields, language)
        if not fields["headline"]:
            fields |= _headline(plain_text(fields["body_html"]))
    except RecordError as error:
        return RejectedRecord(
            parsed.record, error.field, error.reason, error.remedy, parsed.original
        )
    return replace(parsed, **fields)


def _line_fields(parsed: ParsedArticle) -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: _line(name, getattr(parsed, name), limit) for name, limit in LIMITS.items()
    }
    correction = _cut(parsed.correction, CORRECTION_LIMIT)
    return fields | {"ed_note": printable(parsed.ed_note).strip(), "correction": correction}


def _list_fields(parsed: ParsedArticle) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, limit in LIST_LIMITS.items():
        lines = (_line(name, value, limit) for value in getattr(parsed, name))
        fields[name] = tuple(dict.fromkeys(filter(None, lines)))
    bylines = (
        ParsedName(
            _line("bylines", byline.name, NAME_LIMIT), _line("bylines", byline.role, ROLE_LIMIT)
        )
        for byline in parsed.bylines
    )
    fields["bylines"] = tuple(dict.fromkeys(byline for byline in bylines if byline.name))
    return fields


def _line(field: str, value: str, limit: int) -> str:
    """Return ``value`` as one printable line."""
    line = " ".join(printable(value).split())
    if len(line) > limit:
        reason = Message(
            "%(count)s letters, %(limit)s fit: %(beginning)s…",
            {"count": len(line), "limit": limit, "beginning": line[:40]},
            "story.length",
        )
        raise RecordError(field, reason, "Shorten it in the source and import it again.")
    return line


def _cut(value: str, limit: int) -> str:
    """Return ``value`` as one printable line of ``limit`` letters, cut after a whole word where it has more."""
    line = " ".join(printable(value).split())
    return shorten(line, limit)


def _line_or_empty(field: str, value: str, limit: int) -> str:
    """Return ``value`` as ``_line`` does, empty where that does not fit."""
    try:
        return _line(field, value, limit)
    except RecordError:
        return ""


def _qcodes(parsed: ParsedArticle) -> tuple[tuple[str, str], ...]:
    """Return the codes, their tags written as in ``tags``; one that does not fit costs no story."""
    pairs = (
        (
            _line_or_empty("tags", tag, LIST_LIMITS["tags"]),
            _line_or_empty("qcodes", code, CODE_LIMIT),
        )
        for tag, code in parsed.qcodes
    )
    return tuple(dict.fromkeys(pair for pair in pairs if all(pair)))


def _former_links(parsed: ParsedArticle) -> tuple[FormerLink, ...]:
    """Return the links that can be kept, their tags and authors written as in ``tags`` and ``bylines``."""
    links = []
    for link in parsed.former_links:
        tag = _line_or_empty("tags", link.tag, LIST_LIMITS["tags"])
        author = _line_or_empty("bylines", link.author, NAME_LIMIT)
        path, is_lost = link.path, (bool(link.tag), bool(link.author)) != (bool(tag), bool(author))
        is_path = path.startswith("/") and path == printable(path) and "\n" not in path
        if is_path and not is_lost and len(path) <= LIST_LIMITS["former_addresses"]:
            links.append(FormerLink(path, tag, author, link.is_feed))
    return tuple(dict.fromkeys(links))


def _picture(picture: RemotePicture | None, ed_note: str) -> dict[str, Any]:
    """Return the picture at the source; one whose address cannot be kept goes, and the editors are told."""
    if picture is None:
        return {}
    url = printable(picture.url).strip().replace(" ", "%20")
    if not _is_web(url) or len(url) > URL_LIMIT:
        note = f"Picture left out, its address cannot be used: {shorten(url, 200)}"
        return {"remote_picture": None, "ed_note": f"{ed_note}\n{note}".strip()}
    texts = {name: _cut(getattr(picture, name), limit) for name, limit in PICTURE_LIMITS.items()}
    return {"remote_picture": RemotePicture(url, **texts)}


def _is_web(url: str) -> bool:
    """Tell whether ``url`` is an absolute address of the web, without a blank in it."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)
        )
    except ValueError:
        return False


def _time_fields(parsed: ParsedArticle, zone: tzinfo) -> dict[str, Any]:
    return {
        name: _aware_time(name, getattr(parsed, name), zone)
        for name in ("published_at", "embargoed_until", "opens_at", "expires_at")
    }


def _aware_time(field: str, value: datetime | None, zone: tzinfo) -> datetime | None:
    try:
        return aware(value, zone) if value else None
    except (ValueError, OverflowError) as error:
        raise RecordError(
            field,
            Message("out of range: %(error)s", {"error": str(error)}, "story.date"),
            "Give the true date.",
        ) from error


def _body(parsed: ParsedArticle) -> dict[str, Any]:
    """Return the body; the way back into the original only when its letters are where the reader left them."""
    body_html = sanitise(parsed.body_html)
    text = plain_text(body_html)
    if not text.strip():
        raise RecordError(
            "body",
            Message("the story has no text", code="story.no_text"),
            "Add the text, or leave the story out.",
        )
    keeps_map = body_html == parsed.body_html or text == plain_text(parsed.body_html)
    return {"body_html": body_html, "body_map": parsed.body_map if keeps_map else ()}


def _language(fields: dict[str, Any], default: str) -> None:
    fields["language"] = fields["language"] or default
    if not _LANGUAGE.fullmatch(fields["language"]):
        reason = Message(
            "%(tag)s is not a language tag", {"tag": repr(fields["language"])}, "story.language"
        )
        raise RecordError("language", reason, "Write it as en, en-GB or pt-BR.")


def _headline(text: str) -> dict[str, Any]:
    """Derive a headline from the first paragraph that yields one."""
    paragraphs = (derive_headline(paragraph) for paragraph in text.split("\n\n", 5)[:5])
    headline = next(filter(None, paragraphs), "")
    if not headline:
        raise RecordError(
            "headline",
            Message("there is none and the text has no words", code="story.no_headline"),
            "Write a headline.",
        )
    return {"headline": headline, "is_headline_derived": True}
