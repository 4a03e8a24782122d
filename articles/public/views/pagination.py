"""A page of stories, newest first: paged by key, joined from stored cards."""

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
    *("pk", "card_html", "rendered_with", "published_at", "tags", "lead_image_id"),
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

    ``tags`` are those of each row, as the edition holds them, for a view to make something of; ``pictured`` are the
    editions among them that have a picture.
    """

    rows: list[CardRow]
    next: Key | None
    window: CacheWindow
    tags: list[list[dict[str, Any]]] = field(metadata=NOT_SHOWN)
    pictured: frozenset[int] = field(default=frozenset(), metadata=NOT_SHOWN)

    def cards(self) -> list[str]:
        """Return the cards in their order, stored or rendered anew."""
        return fragments.cards(self.rows)


def read_page(editions: EditionQuerySet, after: Key | None = None, size: int = SIZE) -> StoryPage:
    """Read the page of ``editions`` (ordered newest first) that begins after ``after``: one query, no OFFSET."""
    if after:
        editions = editions.before(after.published_at, after.pk)
    rows = list(editions.with_starts().values(*COLUMNS)[: size + 1])
    window = take_window(rows)
    more = len(rows) > size
    rows = rows[:size]
    last = Key(rows[-1]["published_at"], rows[-1]["pk"]) if more else None
    pictured = frozenset(row["pk"] for row in rows if row["lead_image_id"])
    tags = [row["tags"] for row in rows]
    return StoryPage([card_row(row) for row in rows], last, window, tags, pictured)


def card_row(row: dict[str, Any]) -> CardRow:
    """Return of ``row`` what ``fragments.cards`` makes a card of."""
    return row["pk"], row["card_html"], row["rendered_with"]


def read_linked(target: Tag | Person | Organization | Author, after: Key | None) -> StoryPage:
    """Read the page of stories that link ``target``: one range of its link index, wherever it begins."""
    return read_page(Edition.objects.listed().linked_to(target, until=end_of(after)), after)


def end_of(after: Key | None) -> datetime | None:
    """Return the time (aware, exclusive) that bounds links to what can stand after ``after``."""
    return after.published_at + MICROSECOND if after else None


class Page(Protocol):
    """What a page of any list knows of itself."""

    @property
    def rows(self) -> Sequence[Any]: ...

    @property
    def next(self) -> Key | None: ...


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
