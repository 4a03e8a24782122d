"""Quotes as the readers' lists show them: one line of plain values each, newest first, paged by key."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import DateTimeField, PositiveIntegerField, Subquery, Value
from django.urls import reverse
from django.utils import timezone

from articles import printed
from articles.conditional import Clock, clock_of
from articles.models.edition_quotes import EditionQuoteQuerySet
from articles.models.editions import StartOfPaper
from articles.text.quoted import in_marks

from .listing import CAP, SIZE, Key, in_words

ON_A_PAGE_OF_SOMEBODY = 10
NOUNS = ("quote", "quotes")
CLOCK = ("last_start", "next_start")
COLUMNS = (
    *("pk", "quote_key", "kind", "text", "unnamed", "role", "said_on", "published_at"),
    *("person_id", "person__name", "person__slug"),
    *("organization_id", "organization__name", "organization__slug"),
    *("edition__article_id", "edition__slug", "edition__headline", "edition__language"),
    *("edition__date_precision", *CLOCK),
)
Row = dict[str, Any]


class CountOf(Subquery):
    """The number of rows that a query, cut off somewhere, finds: read along with a page of them."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = PositiveIntegerField()


@dataclass(frozen=True, slots=True)
class Saying:
    """A quote for a list: ``words`` in their marks, who spoke and as what then, when, and in which story.

    ``speaker_url`` is empty for who is not named. ``day`` is when it was said, else when the story came out, in words
    and for machines, as far as it is known.
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


@dataclass(frozen=True, slots=True)
class QuotePage:
    """One page of a list of quotes. ``next`` is the key that the page after it begins after, None on the last page."""

    rows: list[Row]
    next: Key | None
    clock: Clock

    def sayings(self) -> list[Saying]:
        """Return the quotes in their order."""
        return sayings(self.rows)

    def by_year(self) -> list[tuple[int, list[Saying]]]:
        """Return the quotes by the year in which their story came out, where the paper is."""
        groups = groupby(self.sayings(), key=lambda saying: saying.year)
        return [(year, list(group)) for year, group in groups]

    def newest_role(self) -> str:
        """Return the role in which the newest of these quotes was said, empty for none."""
        return self.rows[0]["role"] if self.rows else ""

    def all_in_words(self) -> str:
        """Say how many quotes somebody has, empty where the newest, as ``read_newest_of`` reads them, are all."""
        total = self.rows[0]["total"] if self.rows else 0
        if total <= len(self.rows):
            return ""
        return in_words(total, NOUNS) if total >= CAP else f"all {in_words(total, NOUNS)}"

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


def read_newest_of(quotes: EditionQuoteQuerySet, after: Key | None) -> QuotePage:
    """Read the newest of somebody's ``quotes`` and how many there are, counted up to a cap: one query.

    A page of their stories further back (``after``) shows none.
    """
    if after:
        return QuotePage([], None, Clock())
    counted = quotes.annotate(total=CountOf(quotes.order_by().values("pk")[:CAP]))
    rows = list(_with_starts(counted).newest().values(*COLUMNS, "total")[:ON_A_PAGE_OF_SOMEBODY])
    return QuotePage(rows, None, clock_of(rows))


def _with_starts(quotes: EditionQuoteQuerySet) -> Any:
    """Annotate when the last edition of the paper began and when the next one will, as lists of stories do."""
    now = Value(timezone.now(), DateTimeField())
    return quotes.annotate(
        last_start=StartOfPaper(now, function="MAX", side="<="),
        next_start=StartOfPaper(now, function="MIN", side=">"),
    )


def sayings(rows: list[Row]) -> list[Saying]:
    """Return ``rows`` as their lists show them. No query, and no address is looked up twice."""
    stems = {name: reverse(name) for name in ("quotes", "articles", "people", "organizations")}
    return [_saying(row, stems) for row in rows]


def _saying(row: Row, stems: dict[str, str]) -> Saying:
    at, precision = row["published_at"], row["edition__date_precision"]
    precision = "day" if precision == "minute" else precision
    said_on, story = row["said_on"], f"{row['edition__article_id']}/{row['edition__slug']}/"
    return Saying(
        words=in_marks(row["text"], row["kind"]),
        kind=row["kind"],
        url=f"{stems['quotes']}{row['quote_key']}/",
        speaker=row["person__name"] or row["organization__name"] or row["unnamed"],
        speaker_url=_speaker_url(row, stems),
        role=row["role"],
        day=printed.day(said_on) if said_on else printed.moment(at, precision),
        iso=said_on.isoformat() if said_on else printed.iso(at, precision),
        year=timezone.localtime(at).year,
        headline=row["edition__headline"],
        story_url=f"{stems['articles']}{story}",
        language=row["edition__language"],
    )


def _speaker_url(row: Row, stems: dict[str, str]) -> str:
    for name, stem in (("person", "people"), ("organization", "organizations")):
        if row[f"{name}_id"]:
            return f"{stems[stem]}{row[f'{name}_id']}/{row[f'{name}__slug']}/"
    return ""
