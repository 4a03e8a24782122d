"""The same statement of the same speaker, printed in another story with other words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from articles.models import Article, EditionQuote, Quote
from articles.text.diff import DiffPiece, diff
from articles.text.quotes.similarity import StatementWords, find_nearest

from .types import QuoteWarning, warning_fingerprint

MAX_QUOTES_PER_SPEAKER = 500  # quotes of one speaker that are looked at
MAX_SPEAKERS = 50  # of one story: each is one more part of the query
SpeakerKey = tuple[str, int]


class PublishedQuote(NamedTuple):
    """A quote as readers have it in another story."""

    text: str
    article_id: int
    headline: str


def find_variant_wordings(article: Article, quotes: Sequence[Quote]) -> Iterator[QuoteWarning]:
    """Yield for each of ``quotes`` the one of its speaker's newest in listed stories that is near it and not equal.

    One query, an index range a speaker. Sources that are not named are nobody's: they are not compared.
    """
    by_speaker: dict[SpeakerKey, list[Quote]] = defaultdict(list)
    for quote in quotes:
        if quote.person_id or quote.organization_id:
            by_speaker[_speaker_key(quote.person_id, quote.organization_id)].append(quote)
    published = _published_quotes(article, list(by_speaker)[:MAX_SPEAKERS])
    for speaker, others in published.items():
        wordings = [StatementWords.of(other.text) for other in others]
        for quote in by_speaker[speaker]:
            nearest_index = find_nearest(StatementWords.of(quote.text), wordings)
            if nearest_index >= 0:
                yield _warning(quote, others[nearest_index])


def _published_quotes(
    article: Article, speakers: Iterable[SpeakerKey]
) -> dict[SpeakerKey, list[PublishedQuote]]:
    """Return the newest quotes of ``speakers`` in listed editions of other stories, the newest first.

    A slice a speaker in one query: SQLite takes no LIMIT in the parts of a union, so each is a subquery of its part.
    """
    listed = EditionQuote.objects.listed().exclude(edition__article=article).newest()
    columns: tuple[str, ...] = ("published_at", "pk", "person_id", "organization_id", "text")
    columns += ("edition__article_id", "edition__headline")
    queries = [
        EditionQuote.objects.filter(
            pk__in=listed.filter(**{field: key}).values("pk")[:MAX_QUOTES_PER_SPEAKER]
        )
        .order_by()
        .values_list(*columns, named=True)
        for field, key in speakers
    ]
    by_speaker: dict[SpeakerKey, list[PublishedQuote]] = defaultdict(list)
    rows = queries[0].union(*queries[1:], all=True) if queries else []
    for row in sorted(rows, key=attrgetter("published_at", "pk"), reverse=True):
        published = PublishedQuote(row.text, row.edition__article_id, row.edition__headline)
        by_speaker[_speaker_key(row.person_id, row.organization_id)].append(published)
    return by_speaker


def _speaker_key(person: int | None, organization: int | None) -> SpeakerKey:
    return ("person", person) if person else ("organization", organization or 0)


def _warning(quote: Quote, other: PublishedQuote) -> QuoteWarning:
    passages = diff(other.text, quote.text, context=None)
    parts = quote.parts.all()
    return QuoteWarning(
        "elsewhere",
        quote.text,
        parts[0].start if parts else 0,
        f"{quote.speaker} is quoted in “{other.headline}” with other words.",
        warning_fingerprint(
            "elsewhere",
            quote.text,
            other.text,
            str(_speaker_key(quote.person_id, quote.organization_id)),
        ),
        pieces=_clip_pieces([piece for passage in passages for piece in passage.pieces]),
        story=other.article_id,
    )


def _clip_pieces(pieces: Sequence[DiffPiece]) -> tuple[DiffPiece, ...]:
    """Return ``pieces``, of long words that stayed only what stands beside a change."""
    return tuple(
        DiffPiece(piece.op, _clip_text(piece.text, at > 0, at < len(pieces) - 1))
        if piece.op == "equal"
        else piece
        for at, piece in enumerate(pieces)
    )


def _clip_text(text: str, has_before: bool, has_after: bool, reach: int = 60) -> str:
    """Return of ``text`` what is near a change before it, after it, or both."""
    room = reach * (has_before + has_after)
    if len(text) <= room:
        return text
    head = text[:reach].rpartition(" ")[0] if has_before else ""
    tail = text[-reach:].partition(" ")[2] if has_after else ""
    return f"{head} … {tail}"
