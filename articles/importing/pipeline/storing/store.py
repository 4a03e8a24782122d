"""Matches -> rows. The only importing file that writes stories; editions come from ``publishing``."""

from collections.abc import Mapping, Sequence

from articles.extraction.entity_lookup import EntityLookup
from articles.extraction.suggest import Detection, build_suggestions, entity_name
from articles.importing.pipeline.runs.counts import BatchCounts
from articles.models import (
    Article,
    ImportedItem,
    ImportRun,
    Suggestion,
    SupersededContent,
    bulk,
)
from articles.publishing import Obstacle, publish_batch

from .entities import EntityResolver
from .legacy_urls import save_former_addresses
from .match import CANCELED, KILLED, Match
from .new_articles import new_articles
from .newer_versions import VersionWriter

Result = tuple[Match, int | None, str]  # with the key of its article and what became of it
RESULTS = {
    "new": "created",
    "newer": "updated",
    "waiting": "waiting",
    "unchanged": "unchanged",
    "emptied": "unchanged",
}


def store_matches(
    matches: Sequence[Match],
    run: ImportRun,
    entities: EntityResolver,
    counts: BatchCounts,
    *,
    publish: bool,
    detections: Mapping[str, list[Detection]] | None,
) -> None:
    """Write ``matches`` inside the caller's transaction and count in ``counts`` what became of them.

    ``detections`` are what was found in the bodies, by ref, None when nothing is to be suggested. With ``publish`` new
    and updated stories are published; those that cannot be stay drafts and count as waiting, with a note on each, as
    versions do that wait for a person. What a person has edited is merged and never published here.
    """
    new = [match for match in matches if match.verdict == "new"]
    articles = new_articles([match.parsed for match in new], entities, run)
    drafts = list(articles)
    corrections = {}
    merged_results: dict[int, str] = {}
    writer = VersionWriter(run, entities, with_suggestions=detections is not None)
    for match in matches:
        if match.item and match.verdict == "newer":
            drafts.append(writer.overwrite(match, match.item))
            corrections[drafts[-1].pk] = match.parsed.correction
        elif match.item and match.obstacle:
            result = _merge_or_wait(match, match.item, match.obstacle, writer, counts)
            merged_results[match.item.article_id] = result
    if detections:
        _suggest(new, articles, detections)
    unpublished = _publish(articles, drafts, corrections) if publish else {}
    results = _results(matches, articles, merged_results | dict.fromkeys(unpublished, "waiting"))
    _save_items(results, run)
    save_former_addresses(results, entities)
    counts.articles += [article.pk for article in articles]
    for match, _, result in results:
        counts.count(result)
        counts.met["emptied"] += match.verdict == "emptied"
        if not match.is_passed_over:
            counts.count_problems(match.parsed, entities.pictures)
    counts.notes += _notes(results, drafts, unpublished)


def _suggest(
    new: Sequence[Match], articles: Sequence[Article], detections: Mapping[str, list[Detection]]
) -> None:
    """Write what was found in new stories, matched to those whom the newsroom knows by now."""
    pairs = [
        (row.pk, detections.get(match.incoming.ref, []))
        for match, row in zip(new, articles, strict=True)
    ]
    lookup = EntityLookup(entity_name(detection.found) for _, group in pairs for detection in group)
    Suggestion.objects.bulk_create(build_suggestions(pairs, lookup))


def _merge_or_wait(
    match: Match,
    item: ImportedItem,
    obstacle: Obstacle,
    writer: VersionWriter,
    counts: BatchCounts,
) -> str:
    """Merge a version with what a person has edited, or let it wait; count and note it, and return its result."""
    merged = writer.merge(match, item)
    if not isinstance(merged, list):
        headline, reason, *done = writer.keep_waiting(match, item, merged)
        counts.add_waiting(Obstacle(obstacle.kind, reason), [headline, *done])
        return "waiting"
    if merged:
        counts.notes.append(" ".join(merged))
    counts.met["merged"] += 1
    return "updated" if merged else "unchanged"


def _publish(
    new: Sequence[Article], drafts: Sequence[Article], corrections: Mapping[int, str]
) -> dict[int, list[str]]:
    """Publish; return the reasons by key of those that stay drafts. The new ones need not be read again."""
    updated = [article.pk for article in drafts[len(new) :]]
    read = Article.objects.with_everything().filter(pk__in=updated) if updated else []
    return publish_batch([*new, *read], corrections=corrections)


def _notes(
    results: Sequence[Result], drafts: Sequence[Article], unpublished: Mapping[int, list[str]]
) -> list[str]:
    """Say of each story that could not be published why not; what its source has to do with it comes last."""
    holds = {key: match.parsed.holds for match, key, _ in results}
    sentences = {key: [hold.sentence for hold in group] for key, group in holds.items()}
    return [
        " ".join([f"{draft} stays a draft.", *unpublished[draft.pk], *sentences[draft.pk]])
        for draft in drafts
        if draft.pk in unpublished
    ]


def _results(
    matches: Sequence[Match], created: Sequence[Article], known_results: Mapping[int, str]
) -> list[Result]:
    """Pair each match with its article's key and what became of it: ``known_results`` by key, else its verdict."""
    keys = iter(created)
    results: list[Result] = []
    for match in matches:
        stored = match.item.article_id if match.item else None
        key = next(keys).pk if match.verdict == "new" else stored
        result = RESULTS[match.verdict]
        if key is not None and not match.is_passed_over:
            result = known_results.get(key, result)
        results.append((match, key, result))
    return results


def _save_items(results: Sequence[Result], run: ImportRun) -> None:
    """Write what the source sent, so that the same again changes nothing, whatever comes in between."""
    new: list[ImportedItem] = []
    updated: list[ImportedItem] = []
    superseded = []
    for match, key, result in results:
        if key is None or match.is_passed_over:
            continue
        item = match.item or _new_item(match, key, run)
        if match.item and item.hash:
            superseded.append(SupersededContent(item=item, hash=item.hash))
        item.version, item.hash = _version_to_compare(match), match.incoming.hash
        item.result, item.run, item.position = result, run, match.incoming.position
        (updated if match.item else new).append(item)
    bulk.insert_objects(new)  # another importer's same story: refused, then met again
    ImportedItem.objects.bulk_update(updated, ["version", "hash", "result", "run", "position"])
    SupersededContent.objects.bulk_create(superseded, ignore_conflicts=True)


def _new_item(match: Match, article_id: int, run: ImportRun) -> ImportedItem:
    ref = match.incoming.ref
    return ImportedItem(source=run.source, ref=ref, article_id=article_id, base_revision=1)


def _version_to_compare(match: Match) -> str:
    """Return the version that the next one is measured by: a kill without one, and what it holds up, move nothing."""
    is_kill = match.parsed.pub_status == CANCELED
    if match.item and (match.obstacle is KILLED or (is_kill and not match.parsed.version)):
        return match.item.version
    return match.parsed.version
