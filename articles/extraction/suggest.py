"""Finds -> Suggestion rows of an article, matched to the people and organizations on record. Never a fact."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from articles.extraction.extract import extract
from articles.extraction.found import Extraction, Named, Quote
from articles.extraction.known import Kind, Known
from articles.extraction.words import PRONOUNS
from articles.models import Article, QuotePart, Suggestion
from articles.models.quotes import joined

EXTRACTOR = (
    "2"  # raise it with the rules: open suggestions of older ones are found anew at the next save
)
LONGEST = 200  # letters of a name, a role, a cue that the record keeps
_FRESH = "start end found candidates confidence pattern is_folded extractor".split()
_UNLIKELY = 0.2
_NAMED, _KNOWN = 0.8, 0.95


@dataclass(frozen=True, slots=True)
class Find:
    """What one suggestion says, before it is a row. ``found`` is what ``Suggestion.found`` keeps:

    of a quote ``{parts, text, kind, speaker, speaker_type, mention, cue, role, basis}``, of a mention
    ``{name, type, spans, role}``. Offsets are code points of the plain body; ``parts`` and ``spans`` are lists of
    ``[start, end]``.
    """

    kind: str
    fingerprint: str
    start: int
    end: int
    found: dict[str, Any]
    confidence: float
    pattern: str
    is_folded: bool


def find(body_text: str, known: Known) -> list[Find]:
    """Return what a plain body may say of who is in it and who said what, in reading order. Linear, never raises."""
    extraction = extract(
        body_text,
        known_people=known.occurring_in("person", body_text),
        known_organizations=known.occurring_in("organization", body_text),
    )
    found = [*_quotes(extraction), *_mentions(extraction, known)]
    return sorted(found, key=lambda one: (one.start, one.end, one.kind))


def suggest(article: Article, finds: Iterable[Find], known: Known) -> None:
    """Bring the suggestions of ``article`` in step with the ``finds`` of its stored body, under its lock.

    What somebody decided stays decided; what is open is found anew; what is on record already is not asked again.
    """
    stored = {row.fingerprint: row for row in article.suggestions.all()}
    kept = _on_record(article)
    found = {one.fingerprint: one for one in finds}
    gone = [
        row.pk
        for fingerprint, row in stored.items()
        if row.state == Suggestion.State.OPEN and fingerprint not in found
    ]
    Suggestion.objects.filter(pk__in=gone).delete()
    new, moved = [], []
    for fingerprint, one in found.items():
        row = stored.get(fingerprint)
        fresh = row_of(article.pk, one, known)
        if row is None and not _stands_on(kept, one):
            new.append(fresh)
        elif row is not None and row.state in (Suggestion.State.OPEN, Suggestion.State.REJECTED):
            for name in _FRESH:
                setattr(row, name, getattr(fresh, name))
            moved.append(row)
    Suggestion.objects.bulk_create(new)
    Suggestion.objects.bulk_update(moved, _FRESH)


def row_of(article_id: int, one: Find, known: Known) -> Suggestion:
    """Return ``one`` as an unsaved row with the rows that its name may mean."""
    return Suggestion(
        article_id=article_id,
        kind=one.kind,
        fingerprint=one.fingerprint,
        start=one.start,
        end=one.end,
        found=one.found,
        candidates=[candidate.as_json() for candidate in candidates_of(one.found, known)],
        confidence=one.confidence,
        pattern=one.pattern,
        is_folded=one.is_folded,
        extractor=EXTRACTOR,
    )


def candidates_of(found: dict[str, Any], known: Known) -> list[Any]:
    """Return whom the name in ``found`` (of a quote or of a mention) may mean, best first."""
    name = name_in(found)
    kinds: dict[str, Kind] = {"person": "person", "organization": "organization"}
    kind = kinds.get(found.get("speaker_type") or found.get("type") or "")
    return known.candidates(name, kind) if name else []


def name_in(found: dict[str, Any]) -> str:
    """Return the name in ``found``, of who spoke or who is named, empty for none."""
    return found.get("speaker") or found.get("name") or ""


def _on_record(article: Article) -> list[tuple[int, int]]:
    """Return where confirmed quotes stand, those by hand too."""
    parts = QuotePart.objects.filter(quote__article=article, quote__state="confirmed")
    return list(parts.values_list("start", "end"))


def _stands_on(kept: Sequence[tuple[int, int]], one: Find) -> bool:
    """Tell whether a found quote overlaps words that are on record already."""
    parts = one.found.get("parts", ())
    return any(
        start < kept_end and kept_start < end
        for start, end in parts
        for kept_start, kept_end in kept
    )


def _quotes(extraction: Extraction) -> Iterator[Find]:
    """Yield one find an utterance: its parts in one."""
    roles = {person.name: person.role or "" for person in extraction.people}
    said = sorted(extraction.quotes, key=lambda quote: (quote.utterance, quote.start))
    seen: Counter[str] = Counter()
    for _, group in groupby(said, key=lambda quote: (quote.utterance, quote.kind == "indirect")):
        parts = list(group)
        text = joined([part.text for part in parts])
        seen[text] += 1
        yield _utterance(parts, text, roles.get(parts[0].speaker or "", ""), seen[text])


def _utterance(parts: Sequence[Quote], text: str, role: str, number: int) -> Find:
    first = parts[0]
    kinds = {part.kind for part in parts}
    kind = next(kind for kind in ("direct", "partial", "indirect", "term") if kind in kinds)
    confidence = min(part.confidence for part in parts)
    mention = first.mention.text if first.mention else ""
    found = {
        "parts": [[part.start, part.end] for part in parts],
        "text": text,
        "kind": kind,
        "speaker": (first.speaker or "")[:LONGEST],
        "speaker_type": first.speaker_type,
        "mention": mention[:LONGEST],
        "cue": first.cue.text[:LONGEST] if first.cue else "",
        "role": role[:LONGEST],
        "basis": _basis(first, mention),
    }
    return Find(
        Suggestion.Kind.QUOTE,
        _fingerprint("quote", text, number),
        first.start,
        parts[-1].end,
        found,
        confidence,
        first.pattern,
        is_folded=kind in ("indirect", "term") or confidence < _UNLIKELY,
    )


def _basis(quote: Quote, mention: str) -> str:
    """Say how the text tells who spoke, in the words of ``Quote.Basis``."""
    if quote.pattern.startswith("floating"):
        return "carried"
    if mention.casefold() in PRONOUNS:
        return "pronoun"
    family = (quote.speaker or "").split()[-1:]
    return "named" if family and family[0] in mention else "role"


def _mentions(extraction: Extraction, known: Known) -> Iterator[Find]:
    kinds: tuple[tuple[Kind, tuple[Named, ...]], ...] = (
        ("person", extraction.people),
        ("organization", extraction.organizations),
    )
    for kind, named in kinds:
        for one in named:
            if one.mentions and len(one.name) <= LONGEST:
                yield _mention(kind, one, known)


def _mention(kind: Kind, one: Named, known: Known) -> Find:
    start, end = one.mentions[0]
    found = {
        "name": one.name,
        "type": kind,
        "spans": [list(span) for span in one.mentions],
        "role": (one.role or "")[:LONGEST],
    }
    confidence = _KNOWN if known.candidates(one.name, kind) else _NAMED
    fingerprint = _fingerprint(kind, one.name, 1)
    return Find(
        Suggestion.Kind.MENTION, fingerprint, start, end, found, confidence, "name", is_folded=False
    )


def _fingerprint(kind: str, words: str, number: int) -> str:
    """Name a find by its words, so that white space and what stands around it do not matter."""
    plain = re.sub(r"\s+", " ", words)
    return hashlib.sha256(f"{kind}\0{number}\0{plain}".encode()).hexdigest()


def rows_of(articles: Iterable[tuple[int, list[Find]]], known: Known) -> list[Suggestion]:
    """Return unsaved rows for new articles, given as (key, finds)."""
    return [row_of(pk, one, known) for pk, finds in articles for one in finds]
