"""The same statement of the same speaker, printed in another story with other words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from articles.models import Article, EditionQuote, Quote
from articles.text.diff import Piece, diff
from articles.text.likeness import Words, nearest

from .finding import Finding, fingerprint

NEWEST = 500  # quotes of one speaker that are looked at
MOST_SPEAKERS = 50  # of one story: each is one more part of the query
Speaker = tuple[str, int]


class Printed(NamedTuple):
    """A quote as readers have it in another story."""

    text: str
    article_id: int
    headline: str


def said_otherwise(article: Article, quotes: Sequence[Quote]) -> Iterator[Finding]:
    """Yield for each of ``quotes`` the one of its speaker's newest in listed stories that is near it and not equal.

    One query, an index range a speaker. Sources that are not named are nobody's: they are not compared.
    """
    spoken: dict[Speaker, list[Quote]] = defaultdict(list)
    for quote in quotes:
        if quote.person_id or quote.organization_id:
            spoken[_speaker(quote.person_id, quote.organization_id)].append(quote)
    elsewhere = _printed(article, list(spoken)[:MOST_SPEAKERS])
    for speaker, others in elsewhere.items():
        read = [Words.of(one.text) for one in others]
        for quote in spoken[speaker]:
            found = nearest(Words.of(quote.text), read)
            if found >= 0:
                yield _finding(quote, others[found])


def _printed(article: Article, speakers: Iterable[Speaker]) -> dict[Speaker, list[Printed]]:
    """Return the newest quotes of ``speakers`` in listed editions of other stories, the newest first.

    A slice a speaker in one query: SQLite takes no LIMIT in the parts of a union, so each is a subquery of its part.
    """
    listed = EditionQuote.objects.listed().exclude(edition__article=article).newest()
    columns = ("published_at", "pk", "person_id", "organization_id", "text")
    columns += ("edition__article_id", "edition__headline")
    parts = [
        EditionQuote.objects.filter(pk__in=listed.filter(**{field: key}).values("pk")[:NEWEST])
        .order_by()
        .values_list(*columns, named=True)
        for field, key in speakers
    ]
    found: dict[Speaker, list[Printed]] = defaultdict(list)
    rows = parts[0].union(*parts[1:], all=True) if parts else []
    for row in sorted(rows, key=attrgetter("published_at", "pk"), reverse=True):
        said = Printed(row.text, row.edition__article_id, row.edition__headline)
        found[_speaker(row.person_id, row.organization_id)].append(said)
    return found


def _speaker(person: int | None, organization: int | None) -> Speaker:
    return ("person", person) if person else ("organization", organization or 0)


def _finding(quote: Quote, other: Printed) -> Finding:
    passages = diff(other.text, quote.text, context=None)
    parts = quote.parts.all()
    return Finding(
        "elsewhere",
        quote.text,
        parts[0].start if parts else 0,
        f"{quote.speaker} is quoted in “{other.headline}” with other words.",
        fingerprint(
            "elsewhere",
            quote.text,
            other.text,
            str(_speaker(quote.person_id, quote.organization_id)),
        ),
        pieces=_joined([piece for passage in passages for piece in passage.pieces]),
        story=other.article_id,
    )


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return ``pieces``, of long words that stayed only what stands beside a change."""
    return tuple(
        Piece(piece.op, _clipped(piece.text, at > 0, at < len(pieces) - 1))
        if piece.op == "equal"
        else piece
        for at, piece in enumerate(pieces)
    )


def _clipped(text: str, has_before: bool, has_after: bool, reach: int = 60) -> str:
    """Return of ``text`` what is near a change before it, after it, or both."""
    room = reach * (has_before + has_after)
    if len(text) <= room:
        return text
    head = text[:reach].rpartition(" ")[0] if has_before else ""
    tail = text[-reach:].partition(" ")[2] if has_after else ""
    return f"{head} … {tail}"
