"""Quotes as the readers' lists show them: one line of plain values each, newest first, paged by key."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import DateTimeField, Value
from django.utils import timezone

from articles import clock, dates
from articles.models.edition_quotes import EditionQuoteQuerySet
from articles.models.editions import StartOfPaper
from articles.models.page_urls import keyed_addresses, numbered_addresses
from articles.public.http_cache import CacheWindow, take_window
from articles.public.views.pagination import SIZE, Key, find_previous
from articles.text.quotes.markup import add_quotation_marks

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
class QuoteStory:
    """A story in which something was said, with the day of it in words and for machines, as far as it is known."""

    headline: str
    url: str
    day: str
    iso: str
    language: str


@dataclass(frozen=True, slots=True)
class QuoteItem:
    """A quote for a list: ``words`` in their marks, who spoke and as what then, when, and in which story.

    ``speaker_url`` is empty for who is not named. ``day`` is when it was said, else when the story came out, in words
    and for machines, as far as it is known. ``other_stories`` print the same statement. The page of what takes it back
    is ``taken_back_url``, empty for most, said on ``taken_back_day``.
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
    other_stories: tuple[QuoteStory, ...] = ()

    @property
    def as_story(self) -> QuoteStory:
        """The story, as others name it."""
        return QuoteStory(self.headline, self.story_url, self.day, self.iso, self.language)

    @property
    def story_count(self) -> int:
        """In how many stories the statement stands."""
        return len({self.story_url, *(story.url for story in self.other_stories)})


@dataclass(frozen=True, slots=True)
class QuotePage:
    """One page of a list of quotes; ``next`` and ``previous`` are as in ``StoryPage``."""

    rows: list[Row]
    next: Key | None
    window: CacheWindow
    previous: Key | None = None

    def items(self) -> list[QuoteItem]:
        """Return the quotes in their order, a statement that several stories print once, where it stands first."""
        return group_repeated(self.rows)

    def by_year(self) -> list[tuple[int, list[QuoteItem]]]:
        """Return the quotes by the year in which their story came out, where the paper is."""
        groups = groupby(self.items(), key=lambda item: item.year)
        return [(year, list(group)) for year, group in groups]

    def newest_role(self) -> str:
        """Return the role in which the newest of these quotes was said, empty for none."""
        return self.rows[0]["role"] if self.rows else ""


def read_quotes(
    quotes: EditionQuoteQuerySet,
    after: Key | None = None,
    size: int = SIZE,
    *,
    opposite: EditionQuoteQuerySet | None = None,
) -> QuotePage:
    """Read the page of ``quotes`` (ordered newest first) that begins after ``after``: one query, no OFFSET.

    ``opposite`` are the same oldest first: they give the page before (one query more, on no first page).
    """
    if after:
        quotes = quotes.before(after.published_at, after.pk)
    rows = list(_with_starts(quotes).values(*COLUMNS)[: size + 1])
    window, more = take_window(rows), len(rows) > size
    rows = rows[:size]
    keys = [Key(row["published_at"], row["pk"]) for row in rows]
    previous = None
    if after and keys and opposite is not None:
        previous = find_previous(opposite, keys[0], size)
    return QuotePage(rows, keys[-1] if more else None, window, previous)


def _with_starts(quotes: EditionQuoteQuerySet) -> Any:
    """Annotate what takes each one back, and when the last edition of the paper began and the next one will."""
    now = Value(clock.now(), DateTimeField())
    return quotes.with_taking_back().annotate(
        last_start=StartOfPaper(now, function="MAX", side="<="),
        next_start=StartOfPaper(now, function="MIN", side=">"),
    )


def quote_items(rows: list[Row]) -> list[QuoteItem]:
    """Return ``rows`` as their lists show them. No query, and no address is looked up twice."""
    addresses = _Addresses()
    return [_quote_item(row, addresses) for row in rows]


def group_repeated(rows: list[Row]) -> list[QuoteItem]:
    """Return ``rows``, the same words of the same speaker once: where they stand first, with their other stories."""
    groups: dict[object, list[QuoteItem]] = {}
    for row, item in zip(rows, quote_items(rows), strict=True):
        groups.setdefault(statement_group(row), []).append(item)
    return [_with_others(first, others) for first, *others in groups.values()]


def statement_group(row: Row) -> tuple[object, ...]:
    """Return what two quotes of one statement share: its key and who is known to have spoken, else the quote alone."""
    speaker = row["person_id"], row["organization_id"]
    return (
        (row["statement_key"], *speaker) if row["statement_key"] and any(speaker) else (row["pk"],)
    )


def _with_others(first: QuoteItem, others: list[QuoteItem]) -> QuoteItem:
    """Return ``first`` with the other stories that print it, each once."""
    stories = {
        item.story_url: item.as_story for item in others if item.story_url != first.story_url
    }
    return replace(first, other_stories=tuple(stories.values())) if stories else first


def _quote_item(row: Row, addresses: "_Addresses") -> QuoteItem:
    at, taken_back = row["published_at"], row["taken_back"]
    day, iso = format_said_on(row["said_on"], at, row["edition__date_precision"])
    return QuoteItem(
        words=add_quotation_marks(row["text"], row["kind"]),
        kind=row["kind"],
        url=addresses.quote(row["quote_key"]),
        speaker=row["person__name"] or row["organization__name"] or row["unnamed"],
        speaker_url=addresses.speaker(row),
        role=row["role"],
        day=day,
        iso=iso,
        year=timezone.localtime(at).year,
        headline=row["edition__headline"],
        story_url=addresses.story(row["edition__article_id"], row["edition__slug"]),
        language=row["edition__language"],
        taken_back_url=addresses.quote(taken_back) if taken_back else "",
        taken_back_day=format_said_on(row["taken_back_on"], row["taken_back_at"])[0]
        if taken_back
        else "",
    )


def format_said_on(
    day: date | None, published_at: datetime, precision: str = "day"
) -> tuple[str, str]:
    """Return when something was said, else when its story came out, in words and for machines; never the hour."""
    if day:
        return dates.format_date(day), day.isoformat()
    precision = "day" if precision == "minute" else precision
    return dates.format_datetime(published_at, precision), dates.iso(published_at, precision)


class _Addresses:
    """What makes the addresses in a list of quotes."""

    def __init__(self) -> None:
        self.quote = keyed_addresses("quote")
        self.story = numbered_addresses("article")
        self._speakers = {name: numbered_addresses(name) for name in ("person", "organization")}

    def speaker(self, row: Row) -> str:
        """Return the page of who spoke, empty for who is not on record."""
        for name, address in self._speakers.items():
            if pk := row[f"{name}_id"]:
                return address(pk, row[f"{name}__slug"])
        return ""
