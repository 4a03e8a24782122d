"""Is this story new, changed, or the same as what is here already?"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from articles.models import Article, ImportedItem

from .parsed import ParsedArticle

Verdict = Literal["new", "unchanged", "newer", "waiting"]


@dataclass(frozen=True, slots=True)
class Match:
    """One story and what it means: ``waiting`` is a newer version of an article that somebody has edited."""

    parsed: ParsedArticle
    ref: str
    hash: str
    verdict: Verdict
    item: ImportedItem | None = None


def content_hash(parsed: ParsedArticle) -> str:
    """Return the SHA-256 (hex) of the bytes that came in."""
    return hashlib.sha256(parsed.original).hexdigest()


def ref_of(parsed: ParsedArticle) -> str:
    """Return the source's own id, or the content hash where the source has none."""
    return parsed.ref or f"sha256:{content_hash(parsed)}"


def match(batch: Sequence[ParsedArticle], source: str) -> list[Match]:
    """Compare ``batch`` (no ref twice) with what ``source`` sent before: three queries whatever its length.

    Identity is source and ref, then the content; never the title.
    """
    refs = [ref_of(parsed) for parsed in batch]
    hashes = [content_hash(parsed) for parsed in batch]
    items = ImportedItem.objects.filter(source=source)
    by_ref = {item.ref: item for item in items.filter(ref__in=refs)}
    seen = set(items.filter(hash__in=hashes).values_list("hash", flat=True))
    edited = set(
        Article.objects.filter(pk__in={item.article_id for item in by_ref.values()})
        .edited()
        .values_list("pk", flat=True)
    )
    return [
        Match(
            parsed,
            ref,
            digest,
            _verdict(parsed, digest, by_ref.get(ref), seen, edited),
            by_ref.get(ref),
        )
        for parsed, ref, digest in zip(batch, refs, hashes, strict=True)
    ]


def _verdict(
    parsed: ParsedArticle, digest: str, item: ImportedItem | None, seen: set[str], edited: set[int]
) -> Verdict:
    if item is None:
        return "unchanged" if digest in seen else "new"
    if item.hash == digest or _is_older(parsed.version, item.version):
        return "unchanged"
    return "waiting" if item.article_id in edited else "newer"


def _is_older(version: str, known: str) -> bool:
    """Tell whether ``version`` comes before ``known``; numbers within compare as numbers, an unknown one is newer."""
    return bool(version and known) and _key(version) < _key(known)


def _key(version: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"\d+|\D+", version)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
