"""The shapes that every reader yields, and the one error that ends a file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from articles.text.dates import Precision

PubStatus = Literal["usable", "withheld", "canceled"]


class ReadError(Exception):
    """The rest of a file cannot be read; the message names what was met and what to do."""


@dataclass(frozen=True, slots=True)
class Refused:
    """One record that does not come in: where it stands, which field, why, and what would mend it.

    ``record`` counts from 1 within the file, in the words of its format ("1", "line 120", "item urn:x").
    """

    record: str
    field: str
    reason: str
    remedy: str
    original: bytes = b""


@dataclass(frozen=True, slots=True)
class ParsedName:
    """One name of a byline as printed; ``role`` may be empty."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class OffsetRun:
    """``length`` code points of the clean body from ``start`` stand in the decoded original from ``source``."""

    start: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """One story as its source gives it. Readers fill it raw; ``clean`` returns it sanitised and complete.

    ``ref`` is the source's own id, stable over versions (empty: the content hash serves); ``version`` sorts as text
    within one ref (empty: unknown). ``published_at`` may be naive straight from a reader and is aware (UTC) after
    ``clean``; None when the source gives no date, never a guess. ``tags`` are names, or ``kind:name`` with kind
    section, topic, place or series; ``people`` and ``organizations`` are names. ``embargoed_until`` is read as
    ``published_at``.
    ``original`` are the bytes of this record, ``body_map`` leads from the clean plain body back into their text.
    ``former_addresses`` are absolute paths (``/2014/05/slug/``) on which the story used to stand.
    """

    record: str
    original: bytes
    ref: str = ""
    version: str = ""
    headline: str = ""
    is_headline_derived: bool = False
    kicker: str = ""
    dek: str = ""
    body_html: str = ""
    bylines: tuple[ParsedName, ...] = ()
    dateline: str = ""
    credit: str = ""
    language: str = ""
    published_at: datetime | None = None
    date_precision: Precision = "minute"
    embargoed_until: datetime | None = None
    pub_status: PubStatus = "usable"
    ed_note: str = ""
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    picture: str = ""
    removed: tuple[str, ...] = ()
    body_map: tuple[OffsetRun, ...] = ()
    former_addresses: tuple[str, ...] = ()
