"""How a statement hangs together with others: where else it is printed, what it takes back, what was said to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.composed import Quoted
from articles.conditional import Clock
from articles.models.edition_quotes import EditionQuote
from articles.models.statements import StatementLink
from articles.text.statement import statement_key

from .sayings import QuotePage, Row, Saying, read_quotes, sayings

MOST, STEPS, MOST_STORIES = 20, 8, 20
Kind = StatementLink.Kind
VERBS = {
    Kind.REPEATS: "Repeats",
    Kind.CONTRADICTS: "Contradicts",
    Kind.WITHDRAWS: "Takes back",
    Kind.CLARIFIES: "Makes clear",
}
Link = tuple[str, str, str]  # kind, key of the later quote, key of the earlier one


@dataclass(frozen=True, slots=True)
class Bearing:
    """What one statement does to an earlier one, which ``url`` leads to: ``Takes back`` what Ann said on a day."""

    verb: str
    url: str
    speaker: str
    day: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a chain; ``is_this`` where it is the one that the page is about."""

    saying: Saying
    bears_on: tuple[Bearing, ...]
    is_this: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """Statements that editors have linked, the earliest first, with the links between them."""

    rows: list[Row]
    links: list[Link]
    key: str

    def statements(self) -> Iterator[Statement]:
        """Yield each statement with what it does to earlier ones."""
        found = dict(zip((row["quote_key"] for row in self.rows), sayings(self.rows), strict=True))
        for key, saying in found.items():
            bears_on = (
                Bearing(VERBS[Kind(kind)], found[to].url, found[to].speaker, found[to].day)
                for kind, later, to in self.links
                if later == key and to in found
            )
            yield Statement(saying, tuple(bears_on), key == self.key)

    def taken_back(self) -> Saying | None:
        """Return what takes the quote of this page back, None for most."""
        here = (row for row in self.rows if row["quote_key"] == self.key)
        later = next((row["taken_back"] for row in here), None)
        rows = [row for row in self.rows if row["quote_key"] == later] if later else []
        return sayings(rows)[0] if rows else None

    def made_of(self) -> Iterator[object]:
        """Yield what tells this chain from every other."""
        yield self.links
        yield from QuotePage(self.rows, None, Clock()).made_of()


def read_chain(key: str) -> Chain:
    """Read what hangs together with the quote ``key``, at most ``MOST`` statements and ``STEPS`` links away.

    Only what stands in listed stories is followed or shown: a query a step and one for the statements; one in all
    where nothing is linked.
    """
    links: dict[Link, None] = {}
    keys, asked = [key], 0
    for _ in range(STEPS):
        fresh, asked = keys[asked:], len(keys)
        if not fresh or asked > MOST:
            break
        for link in _links_of(fresh):
            links[link] = None
            keys += [one for one in link[1:] if one not in keys]
    keys = keys[:MOST]
    if len(keys) == 1:
        return Chain([], [], key)
    said = EditionQuote.objects.listed().filter(quote_key__in=keys)
    rows = read_quotes(said.newest(), size=MOST).rows
    between = [link for link in links if link[1] in keys and link[2] in keys]
    return Chain(sorted(rows, key=_when), between, key)


def _links_of(keys: Iterable[str]) -> list[Link]:
    """Return the links from and to ``keys`` between quotes of listed stories, in the order in which they were set."""
    listed = EditionQuote.objects.listed()
    links = StatementLink.objects.filter(
        Q(later__in=keys) | Q(earlier__in=keys),
        Exists(listed.filter(quote_key=OuterRef("later"))),
        Exists(listed.filter(quote_key=OuterRef("earlier"))),
    )
    return list(links.order_by("pk").values_list("kind", "later", "earlier")[: MOST * 2])


def _when(row: Row) -> tuple[object, ...]:
    """Return what orders statements by time: the day, the story's instant, the place in the paper."""
    day = row["said_on"] or timezone.localdate(row["published_at"])
    return day, row["published_at"], -row["pk"]


def read_elsewhere(said: Quoted, article_id: int) -> QuotePage:
    """Read the newest other listed stories that print the statement of ``said``: the same words, the same speaker.

    Nothing for who is not named, who may be two people, and for an answer too short to be a statement of its own.
    """
    key = statement_key(said.text)
    speaker = said.person or said.organization
    if not key or not speaker:
        return QuotePage([], None, Clock())
    who = {"person" if said.person else "organization": speaker.id}
    quotes = EditionQuote.objects.listed().filter(statement_key=key, **who)
    return read_quotes(quotes.exclude(edition__article_id=article_id).newest(), size=MOST_STORIES)
