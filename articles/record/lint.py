"""Doubts about the quotes of a story before it goes out: shown beside the publish check, waved off with a reason."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from django.utils import timezone

from articles import printed
from articles.extraction.marks import find_loose_marks
from articles.extraction.segments import Segment, find_segments
from articles.models import Article, Quote, Suggestion, WavedOff
from articles.models.quotes import JOINT
from articles.publishing.checks import shortened
from articles.text.html import plain_text

from .elsewhere import said_otherwise
from .finding import CHECKS, Finding, fingerprint

MOST = 100  # doubts of one check: the next ones come up as these are decided


@dataclass(frozen=True, slots=True)
class Waved:
    """A doubt that somebody has waved off: ``row`` says who, when and why."""

    finding: Finding
    row: WavedOff


@dataclass(frozen=True, slots=True)
class Lint:
    """The doubts about one article, by ``CHECKS`` and in the order of the text: those that stand, those waved off."""

    findings: list[Finding]
    waved: list[Waved]

    @property
    def by_check(self) -> list[tuple[str, list[Finding]]]:
        """The doubts that stand, each check's under what it is called."""
        grouped = (
            (label, [one for one in self.findings if one.check == check])
            for check, label in CHECKS.items()
        )
        return [(label, found) for label, found in grouped if found]


def lint(article: Article) -> Lint:
    """Return the doubts about ``article``, as ``with_everything`` reads it, in three queries however much is quoted."""
    found = findings(article)
    rows = article.waved_off.select_related("by")
    known = {row.fingerprint: row for row in rows}
    return Lint(
        [one for one in found if one.fingerprint not in known],
        [Waved(one, known[one.fingerprint]) for one in found if one.fingerprint in known],
    )


def findings(article: Article) -> list[Finding]:
    """Return all doubts about ``article``, as ``with_everything`` reads it, those waved off too."""
    body_text = plain_text(article.body_html)
    segments = list(find_segments(body_text))
    confirmed = (one for one in article.quotes.all() if one.state == Quote.State.CONFIRMED)
    quotes = sorted(confirmed, key=_place)
    checks = (
        _unquoted(article, body_text, segments, quotes),
        sorted(said_otherwise(article, quotes), key=lambda one: one.place),
        _without_role(article, quotes),
        _loose_marks(body_text, segments),
    )
    return list(chain.from_iterable(islice(found, MOST) for found in checks))


def _unquoted(
    article: Article, body_text: str, segments: Sequence[Segment], quotes: Sequence[Quote]
) -> Iterator[Finding]:
    """Yield what stands in marks and is of no quote on record, nor did an editor say that it is none."""
    spans, words = _rejected(article, body_text)
    spans += [(part.start, part.end) for quote in quotes for part in quote.parts.all()]
    free = (one for one in _outside(segments, spans) if one.text not in words)
    times: Counter[str] = Counter()
    for one in free:
        plain = " ".join(one.text.split())
        times[plain] += 1
        yield Finding(
            "quoted",
            one.text,
            one.start,
            f"“{shortened(one.text)}” Say in the record whose words these are, or reject them there.",
            fingerprint("quoted", plain, str(times[plain])),
        )


def _rejected(article: Article, body_text: str) -> tuple[list[tuple[int, int]], set[str]]:
    """Return where the words stand that an editor has said are no quote, and those whose places are not known now."""
    spans, words = [], set()
    rejected = article.suggestions.quotes().filter(state=Suggestion.State.REJECTED)
    for found in rejected.values_list("found", flat=True):
        for (start, end), text in zip(found["parts"], found["text"].split(JOINT), strict=False):
            if body_text[start:end] == text:
                spans.append((start, end))
            else:
                words.add(text)
    return spans, words


def _outside(segments: Sequence[Segment], spans: Collection[tuple[int, int]]) -> Iterator[Segment]:
    """Yield the segments that share no letter with any of ``spans``. Linear but for sorting them."""
    ordered = sorted(spans)
    at = reached = 0
    for one in segments:
        while at < len(ordered) and ordered[at][0] < one.end:
            reached = max(reached, ordered[at][1])
            at += 1
        if reached <= one.start:
            yield one


def _without_role(article: Article, quotes: Sequence[Quote]) -> Iterator[Finding]:
    """Yield each person once of whom a quote does not say in what capacity, nor does the record for its day."""
    story_day = timezone.localdate(article.published_at or timezone.now())
    told: set[int] = set()
    for quote in quotes:
        person, day = quote.person, quote.said_on or story_day
        if person is None or quote.role or person.pk in told or person.role_on(day):
            continue
        told.add(person.pk)
        yield Finding(
            "role",
            quote.text,
            _place(quote),
            f"{person}: no role is kept with the quote “{shortened(quote.text)}”, and none is on record for "
            f"{printed.day(day)}.",
            fingerprint("role", str(person.pk), person.name),
        )


def _loose_marks(body_text: str, segments: Sequence[Segment]) -> Iterator[Finding]:
    times: Counter[str] = Counter()
    for mark in find_loose_marks(body_text, segments):
        said = "opened before" if mark.opens else "closed after"
        key = f"{said} {mark.words}"
        times[key] += 1
        missing = "never closed" if mark.opens else "was never opened"
        yield Finding(
            "marks",
            mark.words,
            mark.start,
            f"A quotation mark is {said} “{mark.words}” and {missing}.",
            fingerprint("marks", key, str(times[key])),
        )


def _place(quote: Quote) -> int:
    parts = quote.parts.all()
    return parts[0].start if parts else 0
