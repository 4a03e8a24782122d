"""Single values of a register -> what the columns can hold; what they cannot is said, never cut."""

import re
from typing import Any

from articles.importing.formats.types import RecordError
from articles.text.characters import printable
from articles.text.dates import first_day, last_day, parse_partial
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from articles.text.messages import Message

from .types import Key, OrganizationKind

MAX_LENGTHS = {  # letters, as the columns have them
    "name": 200,
    "given_name": 120,
    "family_name": 120,
    "sort_name": 200,
    "honorific": 40,
    "abbreviation": 40,
    "role": 160,
    "scheme": 60,
    "identifier": 200,
    "biography": 20_000,
    "description": 20_000,
    "source_url": 200,
}
_SHORTEN = "Shorten it in the source and import it again."
_TAG = re.compile(r"</[a-zA-Z]|<(?:br|p)\b", re.IGNORECASE)
_ENTITY = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d{0,15})")
_DATE = re.compile(r"(\d{4}(?:-\d\d){0,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII)
_URL = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)
_KINDS: dict[str, OrganizationKind] = {
    **dict.fromkeys(
        "government ministry department legislature parliament chamber committee subcommittee "
        "council cabinet executive senate upper_house lower_house agency_of_government".split(),
        "government",
    ),
    **dict.fromkeys("party political_party faction".split(), "party"),
    **dict.fromkeys("company corporation business".split(), "company"),
    **dict.fromkeys("court tribunal".split(), "court"),
    **dict.fromkeys("school university college".split(), "school"),
    **dict.fromkeys("club team".split(), "club"),
    **dict.fromkeys("charity foundation ngo".split(), "charity"),
    **dict.fromkeys("alliance coalition".split(), "alliance"),
    **dict.fromkeys("news_agency wire".split(), "agency"),
}


def line(value: Any, field: str, limit: str = "") -> str:
    """Return ``value`` as one printable line. Raises RecordError for no single value, or more letters than fit.

    ``limit`` names the column when it is not called as ``field``.
    """
    text = " ".join(printable(_single(value, field)).split())
    max_length = MAX_LENGTHS[limit or field]
    if len(text) > max_length:
        raise RecordError(
            field,
            Message(
                "%(count)s letters, %(limit)s fit: %(beginning)s…",
                {"count": len(text), "limit": max_length, "beginning": text[:40]},
                "people.length",
            ),
            _SHORTEN,
        )
    return text


def prose(value: Any, field: str) -> str:
    """Return ``value`` as plain text in paragraphs, without HTML. Raises RecordError as ``line`` does."""
    text = printable(_single(value, field)).strip()
    text = plain_text(sanitise(text)) if _TAG.search(text) else text
    if len(text) > MAX_LENGTHS[field]:
        raise RecordError(
            field,
            Message(
                "%(count)s letters, %(limit)s fit",
                {"count": len(text), "limit": MAX_LENGTHS[field]},
                "people.length",
            ),
            _SHORTEN,
        )
    return text


def read_partial_date(value: Any, field: str) -> str:
    """Return ``value`` as ``YYYY[-MM[-DD]]``; a clock behind it, and parts that are 00, go. Raises RecordError."""
    text = _single(value, field).strip()
    if not text:
        return ""
    match = _DATE.fullmatch(text)
    written = re.sub(r"(?:-00)+$", "", match[1]) if match else ""
    try:
        parse_partial(written)
    except ValueError as error:
        reason = Message("%(text)s is no date", {"text": repr(printable(text)[:40])}, "people.date")
        raise RecordError(field, reason, "Write it as 2025, 2025-12 or 2025-12-04.") from error
    return written


def period(start: Any, end: Any) -> tuple[str, str]:
    """Return the two dates of a role. Raises RecordError when the last is before the first."""
    first, last = read_partial_date(start, "start_date"), read_partial_date(end, "end_date")
    if first and last and first_day(first) > last_day(last):
        raise RecordError(
            "end_date",
            Message(
                "%(last)s is before %(first)s", {"last": last, "first": first}, "people.date_order"
            ),
            "Correct one of the dates.",
        )
    return first, last


def web_address(value: Any) -> str:
    """Return ``value`` if it is a web address that fits, else nothing: a role stands without its source, too."""
    text = value.strip() if isinstance(value, str) else ""
    return text if len(text) <= MAX_LENGTHS["source_url"] and _URL.fullmatch(text) else ""


def key(scheme: Any, identifier: Any) -> Key | None:
    """Return an id with its scheme in small letters, None for half of one. Raises RecordError when it is too long."""
    scheme_name = line(scheme, "scheme").casefold()
    text = line(identifier, "identifier")
    if scheme_name == "wikidata":
        match = _ENTITY.fullmatch(text)
        text = match[1] if match else ""
    return (scheme_name, text) if scheme_name and text else None


def kind(classification: Any) -> OrganizationKind:
    """Return what kind of organization a ``classification`` means, empty when it is not known."""
    if not isinstance(classification, str):
        return ""
    return _KINDS.get(re.sub(r"[\W_]+", "_", classification.strip().casefold()), "")


def _single(value: Any, field: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise RecordError(
            field, Message("it is not one value", code="people.type"), "Write one text there."
        )
    return str(value)
