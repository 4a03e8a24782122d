"""How a statement hangs together with others: where else it is printed, what it takes back, what was said to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from articles.composed import QuoteSnapshot
from articles.models.edition_quotes import EditionQuote
from articles.models.statements import StatementLink
from articles.public.http_cache import CacheWindow
from articles.text.quotes.statement_key import statement_key

from .items import QuoteItem, QuotePage, Row, quote_items, read_quotes

MOST, STEPS, MOST_STORIES = 20, 8, 20
Kind = StatementLink.Kind
VERBS = {
    Kind.REPEATS: pgettext_lazy("… what Ann said on 3 May", "Repeats"),
    Kind.CONTRADICTS: pgettext_lazy("… what Ann said on 3 May", "Contradicts"),
    Kind.WITHDRAWS: pgettext_lazy("… what Ann said on 3 May", "Takes back"),
    Kind.CLARIFIES: pgettext_lazy("… what Ann said on 3 May", "Makes clear"),
}
Link = tuple[str, str, str]  # kind, key of the later quote, key of the earlier one


@dataclass(frozen=True, slots=True)
class EarlierLink:
    """What one statement does to an earlier one, which ``url`` leads to: ``Takes back`` what Ann said on a day."""

    verb: str
    url: str
    speaker: str
    day: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a chain; ``is_current`` where it is the one that the page is about."""

    item: QuoteItem
    earlier_links: tuple[EarlierLink, ...]
    is_current: bool


@dataclass(frozen=True, slots=True)
class StatementChain:
    """Statements that editors have linked, the earliest first, with the links between them."""

    rows: list[Row]
    links: list[Link]
    key: str

    def statements(self) -> Iterator[Statement]:
        """Yield each statement with what it does to earlier ones."""
        items = dict(
            zip((row["quote_key"] for row in self.rows), quote_items(self.rows), strict=True)
        )
        for key, item in items.items():
            earlier_links = (
                EarlierLink(
                    str(VERBS[Kind(kind)]),
                    items[earlier].url,
                    items[earlier].speaker,
                    items[earlier].day,
                )
                for kind, later, earlier in self.links
                if later == key and earlier in items
            )
            yield Statement(item, tuple(earlier_links), key == self.key)

    def taken_back(self) -> QuoteItem | None:
        """Return what takes the quote of this page back, None for most."""
        own_rows = (row for row in self.rows if row["quote_key"] == self.key)
        later_key = next((row["taken_back"] for row in own_rows), None)
        rows = [row for row in self.rows if row["quote_key"] == later_key] if later_key else []
        return quote_items(rows)[0] if rows else None


def read_chain(key: str) -> StatementChain:
    """Read what hangs together with the quote ``key``, at most ``MOST`` statements and ``STEPS`` links away.

    Only what stands in listed stories is followed or shown: a query a step and one for the statements; one in all
    where nothing is linked.
    """
    links: dict[Link, None] = {}
    keys, queried = [key], 0
    for _ in range(STEPS):
        new_keys, queried = keys[queried:], len(keys)
        if not new_keys or queried > MOST:
            break
        for link in _links_of(new_keys):
            links[link] = None
            keys += [linked_key for linked_key in link[1:] if linked_key not in keys]
    keys = keys[:MOST]
    if len(keys) == 1:
        return StatementChain([], [], key)
    quotes = EditionQuote.objects.listed().filter(quote_key__in=keys)
    rows = read_quotes(quotes.newest(), size=MOST).rows
    inner_links = [link for link in links if link[1] in keys and link[2] in keys]
    return StatementChain(sorted(rows, key=_chronological_key), inner_links, key)


def _links_of(keys: Iterable[str]) -> list[Link]:
    """Return the links from and to ``keys`` between quotes of listed stories, in the order in which they were set."""
    listed = EditionQuote.objects.listed()
    links = StatementLink.objects.filter(
        Q(later__in=keys) | Q(earlier__in=keys),
        Exists(listed.filter(quote_key=OuterRef("later"))),
        Exists(listed.filter(quote_key=OuterRef("earlier"))),
    )
    return list(links.order_by("pk").values_list("kind", "later", "earlier")[: MOST * 2])


def _chronological_key(row: Row) -> tuple[object, ...]:
    """Return what orders statements by time: the day, the story's instant, the place in the paper."""
    day = row["said_on"] or timezone.localdate(row["published_at"])
    return day, row["published_at"], -row["pk"]


def read_reprints(snapshot: QuoteSnapshot, article_id: int) -> QuotePage:
    """Read the newest other listed stories that print the statement of ``snapshot``: the same words, the same speaker.

    Nothing for who is not named, who may be two people, and for an answer too short to be a statement of its own.
    """
    key = statement_key(snapshot.text)
    speaker = snapshot.person or snapshot.organization
    if not key or not speaker:
        return QuotePage([], None, CacheWindow())
    speaker_filter = {"person" if snapshot.person else "organization": speaker.id}
    quotes = EditionQuote.objects.listed().filter(statement_key=key, **speaker_filter)
    return read_quotes(quotes.exclude(edition__article_id=article_id).newest(), size=MOST_STORIES)
