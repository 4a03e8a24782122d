"""Single values of a register -> what the columns can hold; what they cannot is said, never cut."""

import re
from typing import Any

from articles.importing.unfit import Unfit
from articles.text.chars import printable
from articles.text.dates import first_day, last_day, parse_partial
from articles.text.html import plain_text, sanitise

from .parsed import Key, OrganizationKind

LONGEST = {  # letters, as the columns have them
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
    """Return ``value`` as one printable line. Raises Unfit for no single value, or more letters than fit.

    ``limit`` names the column when it is not called as ``field``.
    """
    text = " ".join(printable(_single(value, field)).split())
    most = LONGEST[limit or field]
    if len(text) > most:
        raise Unfit(field, f"{len(text)} letters, {most} fit: {text[:40]}…", _SHORTEN)
    return text


def prose(value: Any, field: str) -> str:
    """Return ``value`` as plain text in paragraphs, without HTML. Raises Unfit as ``line`` does."""
    text = printable(_single(value, field)).strip()
    text = plain_text(sanitise(text)) if _TAG.search(text) else text
    if len(text) > LONGEST[field]:
        raise Unfit(field, f"{len(text)} letters, {LONGEST[field]} fit", _SHORTEN)
    return text


def partial_date(value: Any, field: str) -> str:
    """Return ``value`` as ``YYYY[-MM[-DD]]``; a clock behind it, and parts that are 00, go. Raises Unfit."""
    text = _single(value, field).strip()
    if not text:
        return ""
    found = _DATE.fullmatch(text)
    written = re.sub(r"(?:-00)+$", "", found[1]) if found else ""
    try:
        parse_partial(written)
    except ValueError as error:
        reason = f"{printable(text)[:40]!r} is no date"
        raise Unfit(field, reason, "Write it as 2025, 2025-12 or 2025-12-04.") from error
    return written


def period(start: Any, end: Any) -> tuple[str, str]:
    """Return the two dates of a role. Raises Unfit when the last is before the first."""
    first, last = partial_date(start, "start_date"), partial_date(end, "end_date")
    if first and last and first_day(first) > last_day(last):
        raise Unfit("end_date", f"{last} is before {first}", "Correct one of the dates.")
    return first, last


def web_address(value: Any) -> str:
    """Return ``value`` if it is a web address that fits, else nothing: a role stands without its source, too."""
    text = value.strip() if isinstance(value, str) else ""
    return text if len(text) <= LONGEST["source_url"] and _URL.fullmatch(text) else ""


def key(scheme: Any, identifier: Any) -> Key | None:
    """Return an id with its scheme in small letters, None for half of one. Raises Unfit when it is too long."""
    named = line(scheme, "scheme").casefold()
    text = line(identifier, "identifier")
    if named == "wikidata":
        found = _ENTITY.fullmatch(text)
        text = found[1] if found else ""
    return (named, text) if named and text else None


def kind(classification: Any) -> OrganizationKind:
    """Return what kind of organization a ``classification`` means, empty when it is not known."""
    if not isinstance(classification, str):
        return ""
    return _KINDS.get(re.sub(r"[\W_]+", "_", classification.strip().casefold()), "")


def _single(value: Any, field: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unfit(field, "it is not one value", "Write one text there.")
    return str(value)
