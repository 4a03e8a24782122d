"""The shapes that every reader yields, and the one error that ends a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from articles.story_fields import StoryLines
from articles.text.dates import Precision
from articles.text.messages import AnyMessage

Sentence = AnyMessage | str  # plain text is not marked for translation yet
PubStatus = Literal["usable", "withheld", "canceled"]
TEMPLATE_TAGS = "template_tags"  # the kind of hold that an editor ends


class RecordError(Exception):
    """One record that cannot come in: ``field``, why (with its code), and what would mend it."""

    def __init__(self, field: str, reason: AnyMessage, remedy: Sentence) -> None:
        super().__init__(reason)
        self.field, self.reason, self.remedy = field, reason, remedy


class ReadError(Exception):
    """The rest of a file cannot be read; the message, with its code, names what was met and what to do."""

    def __init__(self, message: AnyMessage) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """One record that does not come in: where it stands, which field, why, and what would mend it.

    ``record`` counts from 1 within the file, in the words of its format ("1", "line 120", "item urn:x").
    ``original`` are the bytes of this record, mendable; ``before`` and ``after`` are what its reader needs around them
    to read it alone (a table's header, a document's root with its namespaces).
    """

    record: str
    field: str
    reason: AnyMessage
    remedy: Sentence
    original: bytes = b""
    before: bytes = b""
    after: bytes = b""

    @property
    def code(self) -> str:
        """What names the reason to programs; it stays when the words change."""
        return self.reason.code


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
class RemotePicture:
    """The lead picture where the source keeps it: an absolute ``http`` or ``https`` address; never fetched unasked."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class FormerLink:
    """An absolute path (``/tag/boats/feed/``) that led to the page of ``tag`` or ``author``, or to its feed.

    ``tag`` is written as in ``ParsedArticle.tags``, ``author`` as in ``bylines``. With neither, ``is_feed`` means the
    feed of all stories.
    """

    path: str
    tag: str = ""
    author: str = ""
    is_feed: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a story is kept from readers: ``kind`` (not_yet, expired, template_tags) for counting, and a sentence."""

    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ParsedArticle(StoryLines):
    """One story as its source gives it. Readers fill it raw; ``clean`` returns it sanitised and complete.

    ``ref`` is the source's own id, stable over versions (empty: the content hash serves); ``version`` sorts as text
    within one ref (empty: unknown). ``published_at`` may be naive straight from a reader and is aware (UTC) after
    ``clean``; None when the source gives no date, never a guess. ``tags`` are names, or ``kind:name`` with kind
    section, topic, place or series; ``people`` and ``organizations`` are names. ``embargoed_until`` is read as
    ``published_at``. ``opens_at`` and ``expires_at`` bound when the source shows it; ``withhold`` fills ``holds``.
    ``original`` are the bytes of this record, ``body_map`` leads from the clean plain body back into their text.
    ``former_addresses`` are absolute paths (``/2014/05/slug/``) on which the story used to stand, ``former_links``
    those of its tags, authors and feeds. ``picture`` is a file's name in the library, ``remote_picture`` one to fetch.
    ``qcodes`` pairs tags, as in ``tags``, with their code (``medtop:20000002``). ``correction`` are the wire's words on
    what this version corrects, empty when it corrects nothing.
    """

    record: str
    original: bytes
    ref: str = ""
    version: str = ""
    is_headline_derived: bool = False
    body_html: str = ""
    bylines: tuple[ParsedName, ...] = ()
    language: str = ""
    published_at: datetime | None = None
    date_precision: Precision = "minute"
    embargoed_until: datetime | None = None
    opens_at: datetime | None = None
    expires_at: datetime | None = None
    pub_status: PubStatus = "usable"
    ed_note: str = ""
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    qcodes: tuple[tuple[str, str], ...] = ()
    correction: str = ""
    picture: str = ""
    remote_picture: RemotePicture | None = None
    removed: tuple[str, ...] = ()
    body_map: tuple[OffsetRun, ...] = ()
    former_addresses: tuple[str, ...] = ()
    former_links: tuple[FormerLink, ...] = ()
    holds: tuple[Hold, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether an editor has to look at its text before readers do."""
        return any(hold.kind == TEMPLATE_TAGS for hold in self.holds)


@dataclass(frozen=True, slots=True)
class LazyRecord:
    """One record cut out of its file and not read yet: bytes that came in before cost no more than their hash.

    ``finish`` reads it, as the reader's ``read`` would have.
    """

    record: str
    original: bytes
    finish: Callable[[], ParsedArticle | RejectedRecord]


Columns = Mapping[str, str]  # field: column


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column of a table says which field of a story; ``unmapped`` are the columns that say none."""

    columns: dict[str, str]
    unmapped: tuple[str, ...] = ()
