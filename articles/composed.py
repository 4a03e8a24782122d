"""What readers get of a story: one frozen value that page, list, feed, preview, diff and syndication share."""

from dataclasses import dataclass
from datetime import datetime

from articles.story_fields import StoryLines
from articles.text.dates import Precision


@dataclass(frozen=True, slots=True)
class Credit:
    """One name of the byline, in printed order; ``role`` may be empty ("Photographs", "Additional reporting").

    ``id`` is the author's, 0 in editions older than authors' pages.
    """

    name: str
    role: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A tag, person or organization that the story links to.

    ``id`` and ``slug`` make its address; ``kind`` is the tag's kind (section, topic, place, series) or the
    organization's kind, and empty for a person; ``role`` is the person's role on the story's day, as label.
    """

    id: int
    name: str
    slug: str
    kind: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The lead picture. ``token`` names its renditions; ``width`` and ``height`` are the original's, in pixels.

    ``alt`` is empty only for a picture that is marked decorative. ``widths`` are the renditions that exist.
    """

    id: int
    token: str
    width: int
    height: int
    widths: tuple[int, ...]
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """A correction that readers of the story are told of. ``at`` is aware (UTC); ``weight`` as in ``Correction``."""

    at: datetime
    wrong: str
    right: str
    weight: str


@dataclass(frozen=True, slots=True)
class QuoteSnapshot:
    """Who said what: one utterance of the story, with the capacity in which it was said then.

    ``key`` is its public id, the same in every edition. ``text`` are the words as printed, ``parts`` their places
    as (start, end) in code points of ``body_text``, marks excluded. ``kind``: direct, partial or indirect (the
    reporter's words, shown without marks). Exactly one of ``person``, ``organization`` and ``unnamed`` (a public
    description) says who spoke; ``role`` is frozen as label; ``said_for`` is the organization in whose name it
    was said or in which the role was held. ``said_on`` is an ISO date in the paper's zone, empty for the story's
    own day; ``said_how`` is in words ("in an interview"), ``said_where`` as readers see it; ``locator`` is the place
    in the recording or document at ``source_url``.
    """

    key: str
    text: str
    kind: str
    parts: tuple[tuple[int, int], ...]
    person: Link | None = None
    organization: Link | None = None
    unnamed: str = ""
    role: str = ""
    said_for: Link | None = None
    said_on: str = ""
    said_how: str = ""
    said_where: str = ""
    source_url: str = ""
    locator: str = ""
    is_translated: bool = False

    @property
    def speaker(self) -> str:
        """Who said it, as readers see it."""
        speaker = self.person or self.organization
        return speaker.name if speaker else self.unnamed


@dataclass(frozen=True, slots=True)
class Composed(StoryLines):
    """A story as plain values; nothing here touches a relation.

    ``body_html`` is sanitised. ``body_text`` is its plain text: paragraphs joined by a blank line, offsets in
    code points. ``quotes`` stand in the order of the text. ``published_at`` is the first publication,
    ``modified_at`` the last change that readers should know of; both aware, UTC, both None only in a preview of a
    story that was never published. ``date_precision`` says how much of ``published_at`` was printed.
    """

    article_id: int
    slug: str
    body_html: str = ""
    body_text: str = ""
    bylines: tuple[Credit, ...] = ()
    language: str = "en"
    published_at: datetime | None = None
    modified_at: datetime | None = None
    date_precision: Precision = "minute"
    tags: tuple[Link, ...] = ()
    people: tuple[Link, ...] = ()
    organizations: tuple[Link, ...] = ()
    quotes: tuple[QuoteSnapshot, ...] = ()
    picture: Picture | None = None
    corrections: tuple[CorrectionNote, ...] = ()

    @property
    def section(self) -> Link | None:
        """The first section among the tags, or None."""
        return next((tag for tag in self.tags if tag.kind == "section"), None)
