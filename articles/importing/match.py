"""Is this story new, changed, or the same as what is here already?"""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from articles.models import Article, ImportedItem, ImportRun, SupersededContent

from .parsed import ParsedArticle

Verdict = Literal["new", "unchanged", "newer", "waiting"]


@dataclass(frozen=True, slots=True)
class Taken:
    """One story as it comes in: clean, with the hash of its bytes and its place in the run."""

    parsed: ParsedArticle
    hash: str
    position: int

    @property
    def ref(self) -> str:
        """The source's own id, or the content hash where the source has none."""
        return self.parsed.ref or f"sha256:{self.hash}"


@dataclass(frozen=True, slots=True)
class Match:
    """One story and what it means: ``waiting`` is a newer version of an article that somebody has edited."""

    taken: Taken
    verdict: Verdict
    item: ImportedItem | None = None

    @property
    def parsed(self) -> ParsedArticle:
        """The story itself."""
        return self.taken.parsed


def content_hash(original: bytes) -> str:
    """Return the SHA-256 (hex) of the bytes that came in."""
    return hashlib.sha256(original).hexdigest()


def seen(hashes: Collection[str], source: str) -> set[str]:
    """Return which of ``hashes`` are of bytes that ``source`` sent before: two queries whatever their number.

    The same bytes again change nothing, also when something newer has come since.
    """
    now = ImportedItem.objects.filter(source=source, hash__in=hashes)
    before = SupersededContent.objects.filter(item__source=source, hash__in=hashes)
    return {*now.values_list("hash", flat=True), *before.values_list("hash", flat=True)}


def match(batch: Sequence[Taken], run: ImportRun) -> list[Match]:
    """Compare ``batch`` (no ref twice) with what the run's source sent before: three queries whatever its length.

    Identity is source and ref, then the content; never the title. The items are locked, so that of two importers with
    one story the second sees what the first has made of it.
    """
    refs = [taken.ref for taken in batch]
    items = ImportedItem.objects.filter(source=run.source, ref__in=refs).order_by("pk")
    by_ref = {item.ref: item for item in items.select_for_update()}
    known = seen([taken.hash for taken in batch], run.source)
    keys = {item.article_id for item in by_ref.values()}
    edited = set(Article.objects.filter(pk__in=keys).edited().values_list("pk", flat=True))
    matches = []
    for taken, ref in zip(batch, refs, strict=True):
        verdict = _verdict(taken, by_ref.get(ref), run, known, edited)
        known.add(taken.hash)
        matches.append(Match(taken, verdict, by_ref.get(ref)))
    return matches


def _verdict(
    taken: Taken, item: ImportedItem | None, run: ImportRun, known: set[str], edited: set[int]
) -> Verdict:
    if taken.hash in known:
        return "unchanged"
    if item is None:
        return "new"
    is_overtaken = item.run_id == run.pk and item.position > taken.position
    if is_overtaken or _is_older(taken.parsed.version, item.version):
        return "unchanged"
    return "waiting" if item.article_id in edited else "newer"


def _is_older(version: str, known: str) -> bool:
    """Tell whether ``version`` comes before ``known``; numbers within compare as numbers, an unknown one is newer."""
    return bool(version and known) and _key(version) < _key(known)


def _key(version: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"\d+|\D+", version)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
