"""Is this story new, changed, or the same as what is here already?"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from articles.importing.formats.types import TEMPLATE_TAGS, ParsedArticle
from articles.models import (
    Article,
    Edition,
    EmptiedItem,
    ImportedItem,
    ImportRun,
    SupersededContent,
)
from articles.publishing import Obstacle, decisions_by_hand
from articles.publishing.editor_decisions import EDITED, SPIKED

Verdict = Literal["new", "unchanged", "newer", "waiting", "emptied"]
CANCELED, USABLE = Article.PubStatus.CANCELED, Article.PubStatus.USABLE
KILLED = Obstacle(
    "killed", "Its source has cancelled it, and this version does not say that it is later."
)


@dataclass(frozen=True, slots=True)
class IncomingItem:
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
    """One story and what it means: ``waiting`` is a version that a person has to decide on, ``obstacle`` says why."""

    incoming: IncomingItem
    verdict: Verdict
    item: ImportedItem | None = None
    obstacle: Obstacle | None = None

    @property
    def parsed(self) -> ParsedArticle:
        """The story itself."""
        return self.incoming.parsed

    @property
    def is_passed_over(self) -> bool:
        """Whether nothing is stored of it: it is here already, or was spiked and emptied from the trash."""
        return self.verdict in ("unchanged", "emptied")


def find_seen_hashes(hashes: Collection[str], source: str) -> set[str]:
    """Return which of ``hashes`` are of bytes that ``source`` sent before: two queries whatever their number.

    The same bytes again change nothing, also when something newer has come since.
    """
    current = ImportedItem.objects.filter(source=source, hash__in=hashes)
    superseded = SupersededContent.objects.filter(item__source=source, hash__in=hashes)
    return {*current.values_list("hash", flat=True), *superseded.values_list("hash", flat=True)}


def match(batch: Sequence[IncomingItem], run: ImportRun) -> list[Match]:
    """Compare ``batch`` (no ref twice) with what the run's source sent before: eleven queries whatever its length.

    Identity is source and ref, then the content; never the title. The items and their articles are locked, so that of
    two importers with one story the second sees what the first has made of it, and no editor decides meanwhile.
    """
    refs = [incoming.ref for incoming in batch]
    items = ImportedItem.objects.filter(source=run.source, ref__in=refs).order_by("pk")
    by_ref = {item.ref: item for item in items.select_for_update()}
    seen_hashes = find_seen_hashes([incoming.hash for incoming in batch], run.source)
    emptied = _emptied_refs(refs, run.source)
    articles = Article.all_objects.filter(pk__in={item.article_id for item in by_ref.values()})
    statuses = dict(articles.locked().order_by("pk").values_list("pk", "pub_status"))
    holds, decisions = _hold_obstacles(batch, by_ref), decisions_by_hand(statuses.keys())
    edits = {key: obstacle for key, obstacle in decisions.items() if obstacle.kind == EDITED}
    obstacles = edits | holds | {key: decisions[key] for key in decisions.keys() - edits.keys()}
    matches = []
    for incoming, ref in zip(batch, refs, strict=True):
        item = by_ref.get(ref)
        is_killed = item is not None and statuses[item.article_id] == CANCELED
        verdict = _verdict(incoming, item, run, seen_hashes, is_killed)
        if verdict == "new" and ref in emptied:
            verdict = "emptied"
        obstacle = KILLED if verdict == "waiting" else None
        decision = decisions.get(item.article_id) if item else None
        if obstacle and decision and decision.kind == SPIKED:
            obstacle = Obstacle(SPIKED, f"{decision.sentence} {KILLED.sentence}")
        if verdict == "newer" and item and item.article_id in obstacles:
            verdict, obstacle = "waiting", obstacles[item.article_id]
        seen_hashes.add(incoming.hash)
        matches.append(Match(incoming, verdict, item, obstacle))
    return matches


def _emptied_refs(refs: Sequence[str], source: str) -> set[str]:
    """Return which of ``refs`` are of stories that were spiked here and emptied from the trash since."""
    items = EmptiedItem.objects.filter(source=source, ref__in=refs)
    return set(items.values_list("ref", flat=True))


def _hold_obstacles(
    batch: Sequence[IncomingItem], by_ref: Mapping[str, ImportedItem]
) -> dict[int, Obstacle]:
    """Return what an editor has to look at first, by article that readers have: they keep the version before."""
    obstacles = {
        by_ref[incoming.ref].article_id: Obstacle(hold.kind, hold.sentence)
        for incoming in batch
        if incoming.ref in by_ref and incoming.parsed.pub_status == USABLE
        for hold in incoming.parsed.holds
        if hold.kind == TEMPLATE_TAGS
    }
    live = (
        Edition.objects.listed().filter(article__in=obstacles)
        if obstacles
        else Edition.objects.none()
    )
    return {pk: obstacles[pk] for pk in live.values_list("article", flat=True)}


def _verdict(
    incoming: IncomingItem,
    item: ImportedItem | None,
    run: ImportRun,
    seen_hashes: set[str],
    is_killed: bool,
) -> Verdict:
    """Judge by content, place and version alone; ``is_killed``: its source has cancelled what is here.

    A kill is overtaken by a later version only, not by what stands further on in the input; and it holds until a
    version says that it is later.
    """
    if incoming.hash in seen_hashes:
        return "unchanged"
    if item is None:
        return "new"
    version, is_kill = incoming.parsed.version, incoming.parsed.pub_status == CANCELED
    is_overtaken = item.run_id == run.pk and item.position > incoming.position and not is_kill
    if is_overtaken or _is_older(version, item.version):
        return "unchanged"
    if is_killed and not is_kill and not _is_later(version, item.version):
        return "waiting"
    return "newer"


def _is_older(version: str, stored: str) -> bool:
    """Tell whether ``version`` comes before ``stored``; numbers within compare as numbers, an unknown one is newer."""
    return _is_later(stored, version)


def _is_later(version: str, stored: str) -> bool:
    """Tell whether ``version`` says that it comes after ``stored``."""
    return bool(version and stored) and _key(version) > _key(stored)


def _key(version: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"\d+|\D+", version)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
