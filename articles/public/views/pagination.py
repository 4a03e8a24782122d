"""A page of a list: paged by key in both directions, each page at one address; stories joined from stored cards."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, Self

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from articles.models.authors import Author
from articles.models.editions import Edition, EditionQuerySet
from articles.models.organizations import Organization
from articles.models.people import Person
from articles.models.tags import Tag
from articles.public import fragments
from articles.public.etag import NOT_SHOWN
from articles.public.http_cache import CacheWindow, take_window

SIZE = 20
COUNT_CAP = 1001  # a count stops here, so that it costs the same in a paper of a million stories
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
COLUMNS = (
    *("pk", "card_html", "rendered_with", "published_at", "lead_image_id"),
    *("last_start", "next_start"),
)


@dataclass(frozen=True, slots=True)
class Key:
    """The place of a story in the order of lists; a page begins after it. As text ``<µs since 1970>-<edition>``."""

    published_at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.published_at - EPOCH) // MICROSECOND}-{self.pk}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key. Raises ``ValueError``."""
        match = re.fullmatch(r"(-?[0-9]{1,17})-([0-9]{1,18})", text)
        if not match:
            raise ValueError("no key")
        try:
            return cls(EPOCH + int(match[1]) * MICROSECOND, int(match[2]))
        except OverflowError as error:
            raise ValueError("no such time") from error


def key_of(request: HttpRequest) -> Key | None:
    """Return the key in ``?from=``, None for the first page. Raises Http404 for what no page of ours leads to."""
    text = request.GET.get("from", "")
    try:
        return Key.parse(text) if text else None
    except ValueError as error:
        raise Http404("No page begins there.") from error


CardRow = tuple[int, str, str]  # edition, card_html, rendered_with


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One page of a list. ``next`` is the key that the page after it begins after, None on the last page.

    ``previous`` is the key that the page before it begins after, None where that is the first page, or this one is.
    ``keys`` are those of the rows; ``pictured`` are the editions among them that have a picture.
    """

    rows: list[CardRow]
    next: Key | None
    window: CacheWindow
    keys: list[Key] = field(metadata=NOT_SHOWN)
    previous: Key | None = None
    pictured: frozenset[int] = field(default=frozenset(), metadata=NOT_SHOWN)

    def cards(self) -> list[str]:
        """Return the cards in their order, stored or rendered anew."""
        return fragments.cards(self.rows)


def read_page(
    editions: EditionQuerySet,
    after: Key | None = None,
    size: int = SIZE,
    *,
    opposite: EditionQuerySet | None = None,
    oldest_first: bool = False,
) -> StoryPage:
    """Read the page of ``editions`` (in their order) that begins after ``after``: one query, no OFFSET.

    ``opposite`` are the same in the opposite order, at least those before the page: they give its ``previous`` (one
    query more, on no first page).
    """
    if after:
        place = editions.following if oldest_first else editions.before
        editions = place(after.published_at, after.pk)
    rows = list(editions.with_starts().values(*COLUMNS)[: size + 1])
    window = take_window(rows)
    keys = [Key(row["published_at"], row["pk"]) for row in rows[:size]]
    last = keys[-1] if len(rows) > size else None
    previous = None
    if after and keys and opposite is not None:
        previous = find_previous(opposite, keys[0], size, oldest_first=oldest_first)
    pictured = frozenset(row["pk"] for row in rows[:size] if row["lead_image_id"])
    cards = [card_row(row) for row in rows[:size]]
    return StoryPage(cards, last, window, keys, previous, pictured)


def find_previous(
    opposite: "QuerySet[Any]", first: Key, size: int = SIZE, *, oldest_first: bool = False
) -> Key | None:
    """Return the key after which the page before that of ``first`` begins, None where it is the first page.

    ``opposite`` are the rows of the list in the opposite order, from ``first`` on or from before it. One query.
    """
    rows: Any = opposite
    rows = (rows.before if oldest_first else rows.following)(first.published_at, first.pk)
    keys = list(rows.values_list("published_at", "pk")[: size + 1])
    return Key(*keys[size]) if len(keys) > size else None


def card_row(row: dict[str, Any]) -> CardRow:
    """Return of ``row`` what ``fragments.cards`` makes a card of."""
    return row["pk"], row["card_html"], row["rendered_with"]


def read_linked(target: Tag | Person | Organization | Author, after: Key | None) -> StoryPage:
    """Read the page of stories that link ``target``: one range of its link index, wherever it begins."""
    listed = Edition.objects.listed()
    opposite = listed.linked_to(target, since=start_of(after), oldest_first=True)
    return read_page(listed.linked_to(target, until=end_of(after)), after, opposite=opposite)


def end_of(after: Key | None) -> datetime | None:
    """Return the time (aware, exclusive) that bounds links to what can stand after ``after``, newest first.

    A key without a number begins before all of its instant.
    """
    if after is None:
        return None
    return after.published_at + MICROSECOND if after.pk else after.published_at


def start_of(after: Key | None) -> datetime | None:
    """Return the time (aware, inclusive) that bounds links to what can stand before ``after``, newest first."""
    return after.published_at if after else None


class Page(Protocol):
    """What a page of any list knows of itself."""

    @property
    def rows(self) -> Sequence[Any]: ...

    @property
    def next(self) -> Key | None: ...

    @property
    def previous(self) -> Key | None: ...


def format_stories(count: int) -> str:
    """Return ``1 story``, ``23 stories``, ``more than 1,000 stories``."""
    if count >= COUNT_CAP:
        return gettext("more than %(count)s stories") % {"count": _grouped(COUNT_CAP - 1)}
    return ngettext("%(count)s story", "%(count)s stories", count) % {"count": _grouped(count)}


def format_quotes(count: int) -> str:
    """Return ``1 quote``, ``23 quotes``, ``more than 1,000 quotes``."""
    if count >= COUNT_CAP:
        return gettext("more than %(count)s quotes") % {"count": _grouped(COUNT_CAP - 1)}
    return ngettext("%(count)s quote", "%(count)s quotes", count) % {"count": _grouped(count)}


def _grouped(count: int) -> str:
    return number_format(count, use_l10n=True, force_grouping=True)


def count_in_words(
    page: Page,
    after: Key | None,
    queryset: "QuerySet[Any] | None" = None,
    in_words: Callable[[int], str] = format_stories,
) -> str:
    """Say how many stories, or what else ``in_words`` names, a list has, empty where that is not known.

    Where the first ``page`` does not show them all, those ``queryset`` are counted, up to a cap: one query.
    """
    if after or (page.next and queryset is None):
        return ""
    count = len(page.rows)
    if page.next and queryset is not None:
        count = queryset.order_by()[:COUNT_CAP].count()
    return in_words(count)
