"""A page of stories, newest first: paged by key, joined from stored cards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, Self

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from articles import fragments
from articles.conditional import Clock, clock_of
from articles.models.authors import Author
from articles.models.editions import Edition, EditionQuerySet
from articles.models.organizations import Organization
from articles.models.people import Person
from articles.models.tags import Tag

SIZE = 20
CAP = 1001  # a count stops here, so that it costs the same in a paper of a million stories
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
COLUMNS = ("pk", "card_html", "rendered_with", "published_at", "tags", "last_start", "next_start")


@dataclass(frozen=True, slots=True)
class Key:
    """The place of a story in the order of lists; a page begins after it. As text ``<µs since 1970>-<edition>``."""

    published_at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.published_at - EPOCH) // INSTANT}-{self.pk}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key. Raises ``ValueError``."""
        found = re.fullmatch(r"(-?[0-9]{1,17})-([0-9]{1,18})", text)
        if not found:
            raise ValueError("no key")
        try:
            return cls(EPOCH + int(found[1]) * INSTANT, int(found[2]))
        except OverflowError as error:
            raise ValueError("no such time") from error


def key_of(request: HttpRequest) -> Key | None:
    """Return the key in ``?from=``, None for the first page. Raises Http404 for what no page of ours leads to."""
    text = request.GET.get("from", "")
    try:
        return Key.parse(text) if text else None
    except ValueError as error:
        raise Http404("No page begins there.") from error


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One page of a list. ``next`` is the key that the page after it begins after, None on the last page."""

    rows: list[dict[str, Any]]
    next: Key | None
    clock: Clock

    def cards(self) -> list[str]:
        """Return the cards in their order, stored or rendered anew."""
        return fragments.cards(
            (row["pk"], row["card_html"], row["rendered_with"]) for row in self.rows
        )

    def made_of(self) -> Iterator[object]:
        """Yield what tells this page from every other."""
        yield fragments.rendered_with()
        for row in self.rows:
            yield from (row["pk"], row["rendered_with"], row["card_html"])


def read_page(editions: EditionQuerySet, after: Key | None = None, size: int = SIZE) -> StoryPage:
    """Read the page of ``editions`` (ordered newest first) that begins after ``after``: one query, no OFFSET."""
    if after:
        editions = editions.before(after.published_at, after.pk)
    rows = list(editions.with_starts().values(*COLUMNS)[: size + 1])
    clock = clock_of(rows)
    more = len(rows) > size
    rows = rows[:size]
    last = Key(rows[-1]["published_at"], rows[-1]["pk"]) if more else None
    return StoryPage(rows, last, clock)


def read_linked(target: Tag | Person | Organization | Author, after: Key | None) -> StoryPage:
    """Read the page of stories that link ``target``: one range of its link index, wherever it begins."""
    return read_page(Edition.objects.listed().linked_to(target, until=end_of(after)), after)


def end_of(after: Key | None) -> datetime | None:
    """Return the time (aware, exclusive) that bounds links to what can stand after ``after``."""
    return after.published_at + INSTANT if after else None


class Page(Protocol):
    """What a page of any list knows of itself."""

    @property
    def rows(self) -> list[dict[str, Any]]: ...

    @property
    def next(self) -> Key | None: ...


def count_in_words(
    page: Page,
    after: Key | None,
    found: "QuerySet[Any] | None" = None,
    nouns: tuple[str, str] = ("story", "stories"),
) -> str:
    """Say how many stories, or other things called ``nouns``, a list has, empty where that is not known.

    Where the first ``page`` does not show them all, those ``found`` are counted, up to a cap: one query.
    """
    if after or (page.next and found is None):
        return ""
    count = len(page.rows)
    if page.next and found is not None:
        count = found.order_by()[:CAP].count()
    return in_words(count, nouns)


def in_words(count: int, nouns: tuple[str, str]) -> str:
    """Return ``1 story``, ``23 stories``, ``more than 1,000 stories``."""
    if count >= CAP:
        return f"more than {CAP - 1:,} {nouns[1]}"
    return f"1 {nouns[0]}" if count == 1 else f"{count:,} {nouns[1]}"
