"""Detections -> Suggestion rows of an article, matched to the people and organizations on record. Never a fact."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from articles.extraction.entity_lookup import EntityLookup, Kind
from articles.extraction.extract import extract
from articles.extraction.reading.function_words import PRONOUNS
from articles.extraction.types import ExtractedEntity, ExtractedQuote, Extraction
from articles.models import Article, QuotePart, Suggestion
from articles.models.quotes import joined

EXTRACTOR = (
    "2"  # raise it with the rules: open suggestions of older ones are found anew at the next save
)
MAX_LENGTH = 200  # letters of a name, a role, a cue that the record keeps
_UPDATED_FIELDS = "start end found candidates confidence pattern is_folded extractor".split()
_UNLIKELY = 0.2
_NEW_NAME_CONFIDENCE, _KNOWN_CONFIDENCE = 0.8, 0.95


@dataclass(frozen=True, slots=True)
class Detection:
    """What one suggestion says, before it is a row. ``found`` is what ``Suggestion.found`` keeps:

    of a quote ``{parts, text, kind, speaker, speaker_type, mention, cue, role, basis}``, of a mention
    ``{name, type, spans, role}``. Offsets are code points of the plain body; ``parts`` and ``spans`` are lists of
    ``[start, end]``. ``is_withheld`` is there where an editor let the source go unnamed.
    """

    kind: str
    fingerprint: str
    start: int
    end: int
    found: dict[str, Any]
    confidence: float
    pattern: str
    is_folded: bool


def detect(body_text: str, lookup: EntityLookup) -> list[Detection]:
    """Return what a plain body may say of who is in it and who said what, in reading order. Linear, never raises."""
    extraction = extract(
        body_text,
        known_people=lookup.occurring_in("person", body_text),
        known_organizations=lookup.occurring_in("organization", body_text),
    )
    detections = [*_quotes(extraction), *_mentions(extraction, lookup)]
    return sorted(
        detections, key=lambda detection: (detection.start, detection.end, detection.kind)
    )


def sync_suggestions(
    article: Article, detections: Iterable[Detection], lookup: EntityLookup
) -> None:
    """Bring the suggestions of ``article`` in step with the ``detections`` of its stored body, under its lock.

    What somebody decided stays decided; what is open is found anew; what is on record already is not asked again. A
    speaker whom an editor let go unnamed is not found again.
    """
    stored = {row.fingerprint: row for row in article.suggestions.all()}
    confirmed = _confirmed_spans(article)
    by_fingerprint = {detection.fingerprint: detection for detection in detections}
    outdated = [
        row.pk
        for fingerprint, row in stored.items()
        if row.state == Suggestion.State.OPEN and fingerprint not in by_fingerprint
    ]
    Suggestion.objects.filter(pk__in=outdated).delete()
    new, updated = [], []
    for fingerprint, detection in by_fingerprint.items():
        row = stored.get(fingerprint)
        suggestion = build_suggestion(article.pk, detection, lookup)
        if row is None and not _overlaps(confirmed, detection):
            new.append(suggestion)
        elif row is not None and row.state in (Suggestion.State.OPEN, Suggestion.State.REJECTED):
            if row.found.get("is_withheld"):
                suggestion.found, suggestion.candidates = without_speaker(suggestion.found), []
            for name in _UPDATED_FIELDS:
                setattr(row, name, getattr(suggestion, name))
            updated.append(row)
    Suggestion.objects.bulk_create(new)
    Suggestion.objects.bulk_update(updated, _UPDATED_FIELDS)


def build_suggestion(article_id: int, detection: Detection, lookup: EntityLookup) -> Suggestion:
    """Return ``detection`` as an unsaved row with the rows that its name may mean."""
    return Suggestion(
        article_id=article_id,
        kind=detection.kind,
        fingerprint=detection.fingerprint,
        start=detection.start,
        end=detection.end,
        found=detection.found,
        candidates=[candidate.as_json() for candidate in find_candidates(detection.found, lookup)],
        confidence=detection.confidence,
        pattern=detection.pattern,
        is_folded=detection.is_folded,
        extractor=EXTRACTOR,
    )


def find_candidates(data: dict[str, Any], lookup: EntityLookup) -> list[Any]:
    """Return whom the name in ``data`` (of a quote or of a mention) may mean, best first."""
    name = entity_name(data)
    kinds: dict[str, Kind] = {"person": "person", "organization": "organization"}
    kind = kinds.get(data.get("speaker_type") or data.get("type") or "")
    return lookup.candidates(name, kind) if name else []


def entity_name(data: dict[str, Any]) -> str:
    """Return the name in ``data``, of who spoke or who is named, empty for none."""
    return data.get("speaker") or data.get("name") or ""


def without_speaker(data: dict[str, Any]) -> dict[str, Any]:
    """Return a quote's ``data`` without who spoke and as what, marked ``is_withheld``; how nobody is called stays."""
    mention = "" if data.get("speaker") else data.get("mention", "")
    unnamed = {"speaker": "", "speaker_type": "unnamed", "mention": mention, "role": ""}
    return data | unnamed | {"is_withheld": True}


def _confirmed_spans(article: Article) -> list[tuple[int, int]]:
    """Return where confirmed quotes stand, those by hand too."""
    parts = QuotePart.objects.filter(quote__article=article, quote__state="confirmed")
    return list(parts.values_list("start", "end"))


def _overlaps(confirmed: Sequence[tuple[int, int]], detection: Detection) -> bool:
    """Tell whether a found quote overlaps words that are on record already."""
    spans = detection.found.get("parts", ())
    return any(
        start < confirmed_end and confirmed_start < end
        for start, end in spans
        for confirmed_start, confirmed_end in confirmed
    )


def _quotes(extraction: Extraction) -> Iterator[Detection]:
    """Yield one detection an utterance: its parts in one."""
    roles = {person.name: person.role or "" for person in extraction.people}
    quotes = sorted(extraction.quotes, key=lambda quote: (quote.utterance, quote.start))
    occurrences: Counter[str] = Counter()
    for _, group in groupby(quotes, key=lambda quote: (quote.utterance, quote.kind == "indirect")):
        parts = list(group)
        text = joined([part.text for part in parts])
        occurrences[text] += 1
        yield _quote_detection(
            parts, text, roles.get(parts[0].speaker or "", ""), occurrences[text]
        )


def _quote_detection(
    parts: Sequence[ExtractedQuote], text: str, role: str, number: int
) -> Detection:
    first = parts[0]
    kinds = {part.kind for part in parts}
    kind = next(kind for kind in ("direct", "partial", "indirect", "term") if kind in kinds)
    confidence = min(part.confidence for part in parts)
    mention = first.mention.text if first.mention else ""
    data = {
        "parts": [[part.start, part.end] for part in parts],
        "text": text,
        "kind": kind,
        "speaker": (first.speaker or "")[:MAX_LENGTH],
        "speaker_type": first.speaker_type,
        "mention": mention[:MAX_LENGTH],
        "cue": first.cue.text[:MAX_LENGTH] if first.cue else "",
        "role": role[:MAX_LENGTH],
        "basis": _basis(first, mention),
    }
    return Detection(
        Suggestion.Kind.QUOTE,
        _fingerprint("quote", text, number),
        first.start,
        parts[-1].end,
        data,
        confidence,
        first.pattern,
        is_folded=kind in ("indirect", "term") or confidence < _UNLIKELY,
    )


def _basis(quote: ExtractedQuote, mention: str) -> str:
    """Say how the text tells who spoke, in the words of ``Quote.Basis``."""
    if quote.pattern.startswith("floating"):
        return "carried"
    if mention.casefold() in PRONOUNS:
        return "pronoun"
    family = (quote.speaker or "").split()[-1:]
    return "named" if family and family[0] in mention else "role"


def _mentions(extraction: Extraction, lookup: EntityLookup) -> Iterator[Detection]:
    kinds: tuple[tuple[Kind, tuple[ExtractedEntity, ...]], ...] = (
        ("person", extraction.people),
        ("organization", extraction.organizations),
    )
    for kind, entities in kinds:
        for entity in entities:
            if entity.mentions and len(entity.name) <= MAX_LENGTH:
                yield _mention_detection(kind, entity, lookup)


def _mention_detection(kind: Kind, entity: ExtractedEntity, lookup: EntityLookup) -> Detection:
    start, end = entity.mentions[0]
    data = {
        "name": entity.name,
        "type": kind,
        "spans": [list(span) for span in entity.mentions],
        "role": (entity.role or "")[:MAX_LENGTH],
    }
    confidence = _KNOWN_CONFIDENCE if lookup.candidates(entity.name, kind) else _NEW_NAME_CONFIDENCE
    fingerprint = _fingerprint(kind, entity.name, 1)
    return Detection(
        Suggestion.Kind.MENTION, fingerprint, start, end, data, confidence, "name", is_folded=False
    )


def _fingerprint(kind: str, text: str, number: int) -> str:
    """Name a detection by its words, so that white space and what stands around it do not matter."""
    plain = re.sub(r"\s+", " ", text)
    return hashlib.sha256(f"{kind}\0{number}\0{plain}".encode()).hexdigest()


def build_suggestions(
    articles: Iterable[tuple[int, list[Detection]]], lookup: EntityLookup
) -> list[Suggestion]:
    """Return unsaved rows for new articles, given as (key, detections)."""
    return [
        build_suggestion(pk, detection, lookup)
        for pk, detections in articles
        for detection in detections
    ]
