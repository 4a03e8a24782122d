"""Warnings about the quotes of a story before it goes out: shown beside the publish check, dismissed with a reason."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from django.utils import timezone

from articles import clock, dates
from articles.extraction.reading.segments import Segment, find_segments
from articles.extraction.reading.unpaired_marks import find_unpaired_marks
from articles.models import Article, Quote, Suggestion, WavedOff
from articles.models.quotes import JOINT
from articles.text.excerpt import shorten
from articles.text.html.plain import plain_text

from .types import CHECK_LABELS, QuoteWarning, warning_fingerprint
from .variant_wording import find_variant_wordings

MAX_WARNINGS = 100  # warnings of one check: the next ones come up as these are decided


@dataclass(frozen=True, slots=True)
class DismissedWarning:
    """A warning that somebody has dismissed: ``row`` says who, when and why."""

    warning: QuoteWarning
    row: WavedOff


@dataclass(frozen=True, slots=True)
class QuoteCheckReport:
    """The warnings about one article, by ``CHECK_LABELS`` and in text order: those that stand, those dismissed."""

    open_warnings: list[QuoteWarning]
    dismissed: list[DismissedWarning]

    @property
    def by_check(self) -> list[tuple[str, list[QuoteWarning]]]:
        """The warnings that stand, each check's under what it is called."""
        grouped = (
            (label, [warning for warning in self.open_warnings if warning.check == check])
            for check, label in CHECK_LABELS.items()
        )
        return [(label, warnings) for label, warnings in grouped if warnings]


def check_quotes(article: Article) -> QuoteCheckReport:
    """Return the warnings about ``article``, as ``with_everything`` reads it: three queries however much is quoted."""
    warnings = quote_warnings(article)
    rows = article.waved_off.select_related("by")
    dismissals = {row.fingerprint: row for row in rows}
    return QuoteCheckReport(
        [warning for warning in warnings if warning.fingerprint not in dismissals],
        [
            DismissedWarning(warning, dismissals[warning.fingerprint])
            for warning in warnings
            if warning.fingerprint in dismissals
        ],
    )


def quote_warnings(article: Article) -> list[QuoteWarning]:
    """Return all warnings about ``article``, as ``with_everything`` reads it, those dismissed too."""
    body_text = plain_text(article.body_html)
    segments = list(find_segments(body_text))
    confirmed = (quote for quote in article.quotes.all() if quote.state == Quote.State.CONFIRMED)
    quotes = sorted(confirmed, key=_quote_start)
    checks = (
        _unattributed(article, body_text, segments, quotes),
        sorted(find_variant_wordings(article, quotes), key=lambda warning: warning.place),
        _without_role(article, quotes),
        _unpaired_marks(body_text, segments),
    )
    return list(chain.from_iterable(islice(warnings, MAX_WARNINGS) for warnings in checks))


def _unattributed(
    article: Article, body_text: str, segments: Sequence[Segment], quotes: Sequence[Quote]
) -> Iterator[QuoteWarning]:
    """Yield what stands in marks and is of no quote on record, nor did an editor say that it is none."""
    spans, rejected_texts = _rejected_spans(article, body_text)
    spans += [(part.start, part.end) for quote in quotes for part in quote.parts.all()]
    free = (
        segment
        for segment in _segments_outside(segments, spans)
        if segment.text not in rejected_texts
    )
    times: Counter[str] = Counter()
    for segment in free:
        plain = " ".join(segment.text.split())
        times[plain] += 1
        yield QuoteWarning(
            "quoted",
            segment.text,
            segment.start,
            f"“{shorten(segment.text)}” Say in the record whose words these are, or reject them there.",
            warning_fingerprint("quoted", plain, str(times[plain])),
        )


def _rejected_spans(article: Article, body_text: str) -> tuple[list[tuple[int, int]], set[str]]:
    """Return where the words stand that an editor has said are no quote, and those whose places are not known now."""
    spans, texts = [], set()
    rejected = article.suggestions.quotes().filter(state=Suggestion.State.REJECTED)
    for data in rejected.values_list("found", flat=True):
        for (start, end), text in zip(data["parts"], data["text"].split(JOINT), strict=False):
            if body_text[start:end] == text:
                spans.append((start, end))
            else:
                texts.add(text)
    return spans, texts


def _segments_outside(
    segments: Sequence[Segment], spans: Collection[tuple[int, int]]
) -> Iterator[Segment]:
    """Yield the segments that share no letter with any of ``spans``. Linear but for sorting them."""
    ordered = sorted(spans)
    at = reached = 0
    for segment in segments:
        while at < len(ordered) and ordered[at][0] < segment.end:
            reached = max(reached, ordered[at][1])
            at += 1
        if reached <= segment.start:
            yield segment


def _without_role(article: Article, quotes: Sequence[Quote]) -> Iterator[QuoteWarning]:
    """Yield each person once of whom a quote does not say in what capacity, nor does the record for its day."""
    story_day = timezone.localdate(article.published_at or clock.now())
    reported: set[int] = set()
    for quote in quotes:
        person, day = quote.person, quote.said_on or story_day
        if person is None or quote.role or person.pk in reported or person.role_on(day):
            continue
        reported.add(person.pk)
        yield QuoteWarning(
            "role",
            quote.text,
            _quote_start(quote),
            f"{person}: no role is kept with the quote “{shorten(quote.text)}”, and none is on record for "
            f"{dates.format_date(day)}.",
            warning_fingerprint("role", str(person.pk), person.name),
        )


def _unpaired_marks(body_text: str, segments: Sequence[Segment]) -> Iterator[QuoteWarning]:
    times: Counter[str] = Counter()
    for mark in find_unpaired_marks(body_text, segments):
        position = "opened before" if mark.opens else "closed after"
        key = f"{position} {mark.words}"
        times[key] += 1
        missing = "never closed" if mark.opens else "was never opened"
        yield QuoteWarning(
            "marks",
            mark.words,
            mark.start,
            f"A quotation mark is {position} “{mark.words}” and {missing}.",
            warning_fingerprint("marks", key, str(times[key])),
        )


def _quote_start(quote: Quote) -> int:
    parts = quote.parts.all()
    return parts[0].start if parts else 0
