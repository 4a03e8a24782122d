"""Quotes as the readers' lists show them: one line of plain values each, newest first, paged by key."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import DateTimeField, Value
from django.urls import reverse
from django.utils import timezone

from articles import printed
from articles.conditional import Clock, clock_of
from articles.models.edition_quotes import EditionQuoteQuerySet
from articles.models.editions import StartOfPaper
from articles.text.quoted import in_marks

from .listing import SIZE, Key

NOUNS = ("quote", "quotes")
CLOCK = ("last_start", "next_start")
COLUMNS = (
    *("pk", "quote_key", "kind", "text", "unnamed", "role", "said_on", "published_at"),
    *("person_id", "person__name", "person__slug"),
    *("organization_id", "organization__name", "organization__slug"),
    *("edition__article_id", "edition__slug", "edition__headline", "edition__language"),
    *("edition__date_precision", "statement_key", *CLOCK),
    *("taken_back", "taken_back_at", "taken_back_on"),
)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A story in which something was said, with the day of it in words and for machines, as far as it is known."""

    headline: str
    url: str
    day: str
    iso: str
    language: str


@dataclass(frozen=True, slots=True)
class Saying:
    """A quote for a list: ``words`` in their marks, who spoke and as what then, when, and in which story.

    ``speaker_url`` is empty for who is not named. ``day`` is when it was said, else when the story came out, in words
    and for machines, as far as it is known. ``also`` are other stories that print the same statement. The page of
    what takes it back is ``taken_back_url``, empty for most, said on ``taken_back_day``.
    """

    words: str
    kind: str
    url: str
    speaker: str
    speaker_url: str
    role: str
    day: str
    iso: str
    year: int
    headline: str
    story_url: str
    language: str
    taken_back_url: str = ""
    taken_back_day: str = ""
    also: tuple[Place, ...] = ()

    @property
    def place(self) -> Place:
        """The story, as others name it."""
        return Place(self.headline, self.story_url, self.day, self.iso, self.language)

    @property
    def stories(self) -> int:
        """In how many stories the statement stands."""
        return len({self.story_url, *(place.url for place in self.also)})


@dataclass(frozen=True, slots=True)
class QuotePage:
    """One page of a list of quotes. ``next`` is the key that the page after it begins after, None on the last page."""

    rows: list[Row]
    next: Key | None
    clock: Clock

    def sayings(self) -> list[Saying]:
        """Return the quotes in their order, a statement that several stories print once, where it stands first."""
        return once_each(self.rows)

    def by_year(self) -> list[tuple[int, list[Saying]]]:
        """Return the quotes by the year in which their story came out, where the paper is."""
        groups = groupby(self.sayings(), key=lambda saying: saying.year)
        return [(year, list(group)) for year, group in groups]

    def newest_role(self) -> str:
        """Return the role in which the newest of these quotes was said, empty for none."""
        return self.rows[0]["role"] if self.rows else ""

    def made_of(self) -> Iterator[object]:
        """Yield what tells this page from every other."""
        for row in self.rows:
            yield [value for name, value in row.items() if name not in CLOCK]


def read_quotes(
    quotes: EditionQuoteQuerySet, after: Key | None = None, size: int = SIZE
) -> QuotePage:
    """Read the page of ``quotes`` (ordered newest first) that begins after ``after``: one query, no OFFSET."""
    if after:
        quotes = quotes.before(after.published_at, after.pk)
    rows = list(_with_starts(quotes).values(*COLUMNS)[: size + 1])
    clock, more = clock_of(rows), len(rows) > size
    rows = rows[:size]
    return QuotePage(rows, Key(rows[-1]["published_at"], rows[-1]["pk"]) if more else None, clock)


def _with_starts(quotes: EditionQuoteQuerySet) -> Any:
    """Annotate what takes each one back, and when the last edition of the paper began and the next one will."""
    now = Value(timezone.now(), DateTimeField())
    return quotes.with_taking_back().annotate(
        last_start=StartOfPaper(now, function="MAX", side="<="),
        next_start=StartOfPaper(now, function="MIN", side=">"),
    )


def sayings(rows: list[Row]) -> list[Saying]:
    """Return ``rows`` as their lists show them. No query, and no address is looked up twice."""
    stems = {name: reverse(name) for name in ("quotes", "articles", "people", "organizations")}
    return [_saying(row, stems) for row in rows]


def once_each(rows: list[Row]) -> list[Saying]:
    """Return ``rows``, the same words of the same speaker once: where they stand first, with their other stories."""
    found: dict[object, list[Saying]] = {}
    for row, saying in zip(rows, sayings(rows), strict=True):
        found.setdefault(statement_of(row), []).append(saying)
    return [_with_others(first, others) for first, *others in found.values()]


def statement_of(row: Row) -> tuple[object, ...]:
    """Return what two quotes of one statement share: its key and who is known to have spoken, else the quote alone."""
    speaker = row["person_id"], row["organization_id"]
    return (
        (row["statement_key"], *speaker) if row["statement_key"] and any(speaker) else (row["pk"],)
    )


def _with_others(first: Saying, others: list[Saying]) -> Saying:
    """Return ``first`` with the other stories that print it, each once."""
    places = {one.story_url: one.place for one in others if one.story_url != first.story_url}
    return replace(first, also=tuple(places.values())) if places else first


def _saying(row: Row, stems: dict[str, str]) -> Saying:
    at = row["published_at"]
    story, again = f"{row['edition__article_id']}/{row['edition__slug']}/", row["taken_back"]
    day, iso = said_on(row["said_on"], at, row["edition__date_precision"])
    return Saying(
        words=in_marks(row["text"], row["kind"]),
        kind=row["kind"],
        url=f"{stems['quotes']}{row['quote_key']}/",
        speaker=row["person__name"] or row["organization__name"] or row["unnamed"],
        speaker_url=_speaker_url(row, stems),
        role=row["role"],
        day=day,
        iso=iso,
        year=timezone.localtime(at).year,
        headline=row["edition__headline"],
        story_url=f"{stems['articles']}{story}",
        language=row["edition__language"],
        taken_back_url=f"{stems['quotes']}{again}/" if again else "",
        taken_back_day=said_on(row["taken_back_on"], row["taken_back_at"])[0] if again else "",
    )


def said_on(day: date | None, published_at: datetime, precision: str = "day") -> tuple[str, str]:
    """Return when something was said, else when its story came out, in words and for machines; never the hour."""
    if day:
        return printed.day(day), day.isoformat()
    precision = "day" if precision == "minute" else precision
    return printed.moment(published_at, precision), printed.iso(published_at, precision)


def _speaker_url(row: Row, stems: dict[str, str]) -> str:
    for name, stem in (("person", "people"), ("organization", "organizations")):
        if row[f"{name}_id"]:
            return f"{stems[stem]}{row[f'{name}_id']}/{row[f'{name}__slug']}/"
    return ""
