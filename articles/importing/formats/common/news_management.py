"""When a news item was made and when it may go out: its dates, its status, its embargo."""

import re
from datetime import UTC, datetime
from typing import cast, get_args

from articles.importing.formats.types import PubStatus, RecordError
from articles.text.dates import Precision, aware, parse_printed
from articles.text.messages import Message


def first_date(candidates: list[str], notes: list[str]) -> tuple[datetime | None, Precision]:
    """Return the first of the dates ``candidates`` that is one; what is none goes to ``notes``."""
    for date_text in filter(None, candidates):
        if date := parse_xml_date(date_text):
            return date
        notes.append(f"Date as sent: {date_text}")
    return None, "minute"


def parse_xml_date(date_text: str) -> tuple[datetime, Precision] | None:
    """Return what ``date_text`` prints; also ``20260304`` and ``20260304T0800Z``."""
    return parse_printed(re.sub(r"\A(\d{4})(\d\d)(\d\d)\Z", r"\1-\2-\3", date_text.strip()))


def sortable_xml_date(date_text: str) -> str:
    """Return a moment in UTC that sorts as text; empty when it has no zone."""
    date = parse_xml_date(date_text)
    try:
        return aware(date[0], UTC).isoformat() if date and date[0].tzinfo else ""
    except ValueError:
        return ""


def parse_pub_status(field: str, status_text: str) -> PubStatus:
    """Return what a source calls usable, withheld or canceled. Raises RecordError naming ``field``."""
    word = status_text.strip().casefold().replace("cancelled", "canceled") or "usable"
    if word not in get_args(PubStatus):
        choices = ", ".join(get_args(PubStatus))
        raise RecordError(
            field,
            Message("it is not one of %(choices)s", {"choices": choices}, "news_management.status"),
            "Correct it at the source.",
        )
    return cast(PubStatus, word)


def parse_embargo(
    date_text: str, pub_status: PubStatus, notes: list[str]
) -> tuple[datetime | None, PubStatus]:
    """Return the end of the embargo ``date_text`` and the status; an end that is not clear withholds the story."""
    until = parse_xml_date(date_text)
    if not date_text or (until and until[1] == "minute"):
        return until[0] if until else None, pub_status
    notes.append(f"Embargo as sent: {date_text}")
    return None, "withheld" if pub_status == "usable" else pub_status
