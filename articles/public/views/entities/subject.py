"""What the first page of a tag has above its list: its lead, its subtopics, who speaks on it, and what they said.

Everything is read of the newest stories alone, so a page costs the same however many its tag has.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from articles.models.edition_links import EditionTag
from articles.models.edition_quotes import EditionQuote
from articles.models.page_urls import numbered_addresses
from articles.models.statements import StatementLink
from articles.models.tags import Tag
from articles.public.http_cache import CacheWindow
from articles.public.views.pagination import CardRow, StoryPage
from articles.public.views.quotes.items import QuoteItem, QuotePage, quote_items, read_quotes

from .profile import TopSpeaker

STORIES = 200  # the newest, of which quotes are read and counted
LEAD_AMONG, LEAD_FROM, RAIL = 4, 3, 3  # stories: of so many the lead is chosen, and fewer have none
MOST_SUBTOPICS, MOST_BLOCKS, IN_BLOCK = (
    24,
    4,
    3,
)  # a page of stories is longer than all places above it
READ_PER_BLOCK = 2 * IN_BLOCK + RAIL + 1  # some of them stand higher up already
MOST_SPEAKERS, MOST_QUOTES, MOST_CONTRADICTIONS = 10, 6, 3
BLOCK_COLUMNS = ("tag_id", "edition_id", "edition__card_html", "edition__rendered_with")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements that an editor has marked as contradicting each other."""

    earlier: QuoteItem
    later: QuoteItem


@dataclass(frozen=True, slots=True)
class Contradictions:
    """Pairs of keys (later, earlier) of contradicting quotes, the one marked last first, and the quotes themselves."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def items(self) -> list[Contradiction]:
        """Return each pair of which both stand in listed stories."""
        keys = [row["quote_key"] for row in self.rows]
        items = dict(zip(keys, quote_items(self.rows), strict=True))
        return [
            Contradiction(items[earlier], items[later])
            for later, earlier in self.pairs
            if earlier in items and later in items
        ]


@dataclass(frozen=True, slots=True)
class Subject:
    """A tag as its first page shows it; no story stands in it twice.

    ``parent`` is the tag above it, None where readers have no page of that. ``rail`` stands beside the ``lead``;
    ``blocks`` are the newest stories of the first subtopics. ``speakers`` are counted in the newest ``STORIES``.
    """

    parent: Tag | None = None
    subtopics: tuple[Tag, ...] = ()
    lead: CardRow | None = None
    rail: tuple[CardRow, ...] = ()
    blocks: tuple[tuple[Tag, list[CardRow]], ...] = ()
    speakers: tuple[TopSpeaker, ...] = ()
    quotes: QuotePage = field(default_factory=lambda: QuotePage([], None, CacheWindow()))
    contradictions: Contradictions = field(default_factory=Contradictions)

    def card_rows(self) -> list[CardRow]:
        """Return the stories that stand above the list."""
        lead = [self.lead] if self.lead else []
        return [*lead, *self.rail, *(row for _, rows in self.blocks for row in rows)]


def read_subject(tag: Tag, page: StoryPage) -> Subject:
    """Read the first page of ``tag``, whose newest stories are those of ``page``.

    Five queries, one more where it has subtopics, one where a contradiction is marked; three for a tag without quotes.
    The newest stories are looked up once: four conditions that each look for them cost more.
    """
    parent, subtopics = _read_family(tag)
    lead = choose_subject_lead(page)
    rail = tuple([row for row in page.rows if row != lead][:RAIL]) if lead else ()
    blocks = _read_blocks(subtopics[:MOST_BLOCKS], {row[0] for row in (lead, *rail) if row})
    links = EditionTag.objects.listed().filter(tag=tag).newest()
    newest = list(links.values_list("edition_id", flat=True)[:STORIES])
    quotes = EditionQuote.objects.filter(edition__in=newest)
    newest_quotes = read_quotes(quotes.newest(), size=MOST_QUOTES)
    if not newest_quotes.rows:
        return Subject(parent, subtopics, lead, rail, blocks)
    return Subject(
        parent,
        subtopics,
        lead,
        rail,
        blocks,
        _read_speakers(quotes),
        newest_quotes,
        _read_contradictions(quotes),
    )


def choose_subject_lead(page: StoryPage) -> CardRow | None:
    """Return the newest story with a picture among the newest few, else the newest; None for a list of one or two."""
    if len(page.rows) < LEAD_FROM:
        return None
    pictured = (row for row in page.rows[:LEAD_AMONG] if row[0] in page.pictured)
    return next(pictured, page.rows[0])


def _read_family(tag: Tag) -> tuple[Tag | None, tuple[Tag, ...]]:
    """Read the tag above ``tag`` and the subtopics below it, as far as readers have pages of them: one query."""
    is_family = Q(parent=tag)
    place: Any = Value(1)
    if tag.parent_id:
        is_family |= Q(pk=tag.parent_id)
        place = Case(When(pk=tag.parent_id, then=0), default=1, output_field=IntegerField())
    rows = Tag.objects.public().filter(is_family).order_by(place, "position", "name")
    family = list(rows[: MOST_SUBTOPICS + 1])
    parent = next((row for row in family if row.pk == tag.parent_id), None)
    subtopics = [row for row in family if row is not parent]
    return parent, tuple(subtopics[:MOST_SUBTOPICS])


def _read_blocks(
    subtopics: tuple[Tag, ...], used: set[int]
) -> tuple[tuple[Tag, list[CardRow]], ...]:
    """Read the newest stories of each of ``subtopics``, without the editions ``used``: one query, a range each."""
    if not subtopics:
        return ()
    rows_by_tag: dict[int, list[CardRow]] = defaultdict(list)
    for key, *row in _newest_links(subtopics).values_list(*BLOCK_COLUMNS):
        rows_by_tag[key].append((row[0], row[1], row[2]))
    blocks = []
    for tag in subtopics:
        rows = [row for row in rows_by_tag[tag.pk] if row[0] not in used][:IN_BLOCK]
        used = used | {row[0] for row in rows}
        if rows:
            blocks.append((tag, rows))
    return tuple(blocks)


def _newest_links(subtopics: Iterable[Tag]) -> Any:
    """Return a query of the newest links of each of ``subtopics``: one condition with OR would read all of them."""
    listed = EditionTag.objects.listed()
    newest = [listed.filter(tag=tag).newest().values("pk")[:READ_PER_BLOCK] for tag in subtopics]
    first, *others = [EditionTag.objects.filter(pk__in=keys).values("pk") for keys in newest]
    keys = first.union(*others, all=True) if others else first
    return EditionTag.objects.filter(pk__in=keys).newest()


def _read_speakers(quotes: "QuerySet[EditionQuote]") -> tuple[TopSpeaker, ...]:
    """Count whose ``quotes`` they are, the most frequent first: one query."""
    columns = ("person_id", "person__name", "person__slug")
    people = quotes.filter(person__isnull=False).order_by().values_list(*columns)
    counted = people.annotate(quotes=Count("pk")).order_by("-quotes", "person_id")
    address = numbered_addresses("person")
    speakers = [
        TopSpeaker(name, address(pk, slug), count, pk)
        for pk, name, slug, count in counted[:MOST_SPEAKERS]
    ]
    return tuple(sorted(speakers, key=lambda speaker: (-speaker.quotes, speaker.name)))


def _read_contradictions(quotes: "QuerySet[EditionQuote]") -> Contradictions:
    """Read what of ``quotes`` editors have marked as contradicting an earlier statement: two queries at most."""
    earlier = EditionQuote.objects.listed().filter(quote_key=OuterRef("earlier"))
    links = StatementLink.objects.filter(
        Exists(earlier),
        kind=StatementLink.Kind.CONTRADICTS,
        later__in=quotes.order_by().values("quote_key"),
    )
    pairs = list(links.order_by("-pk").values_list("later", "earlier")[:MOST_CONTRADICTIONS])
    if not pairs:
        return Contradictions()
    keys = {key for pair in pairs for key in pair}
    statements = EditionQuote.objects.listed().filter(quote_key__in=keys)
    return Contradictions(pairs, read_quotes(statements.newest(), size=len(keys)).rows)
