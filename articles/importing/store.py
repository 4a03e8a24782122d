"""Matches -> rows. The only importing file that writes stories; editions come from ``publishing``."""

import zlib
from collections.abc import Collection, Mapping, Sequence

from articles.extraction.known import Known
from articles.extraction.suggest import Find, name_in, rows_of
from articles.models import (
    Article,
    ImportedItem,
    ImportRun,
    Suggestion,
    SupersededContent,
    WaitingChange,
    bulk,
)
from articles.publishing import publish_batch, settle
from articles.record import follow

from .former import remember_addresses
from .fresh import COMPRESSION, body_map, new_articles, values_of
from .match import Match
from .names import Names
from .tally import Tally

Result = tuple[Match, int | None, str]  # with the key of its article and what became of it


def store(
    matches: Sequence[Match],
    run: ImportRun,
    names: Names,
    tally: Tally,
    *,
    publish: bool,
    finds: Mapping[str, list[Find]] | None,
) -> None:
    """Write ``matches`` inside the caller's transaction and count in ``tally`` what became of them.

    ``finds`` are what was found in the bodies, by ref, None when nothing is to be suggested. With ``publish`` new
    and updated stories are published; those that cannot be stay drafts and count as waiting, with a note on each.
    """
    new = [match for match in matches if match.verdict == "new"]
    articles = new_articles([match.parsed for match in new], names, run.source)
    drafts = list(articles)
    corrections = {}
    for match in matches:
        if match.verdict == "newer":
            drafts.append(_update(match, names, looks_for_more=finds is not None))
            corrections[drafts[-1].pk] = match.parsed.correction
        elif match.verdict == "waiting":
            _let_wait(match, names, run)
    if finds:
        _suggest(new, articles, finds)
    held = _publish(articles, drafts, corrections) if publish else {}
    results = _results(matches, articles, held.keys())
    _remember(results, run)
    remember_addresses(results, names)
    tally.articles += [article.pk for article in articles]
    for match, _, became in results:
        tally.count(became)
        if match.verdict != "unchanged":
            tally.meet(match.parsed, names)
    tally.notes += [
        f"{draft} stays a draft. {' '.join(held[draft.pk])}" for draft in drafts if draft.pk in held
    ]


def _suggest(
    new: Sequence[Match], articles: Sequence[Article], finds: Mapping[str, list[Find]]
) -> None:
    """Write what was found in new stories, matched to those whom the newsroom knows by now."""
    found = [
        (row.pk, finds.get(match.taken.ref, [])) for match, row in zip(new, articles, strict=True)
    ]
    known = Known(name_in(one.found) for _, several in found for one in several)
    Suggestion.objects.bulk_create(rows_of(found, known))


def _update(match: Match, names: Names, *, looks_for_more: bool) -> Article:
    """Write a newer version over an article that nobody has edited."""
    article = Article.objects.locked().get(pk=match.item.article_id)
    article.original = zlib.compress(match.parsed.original, COMPRESSION)
    article.original_map = body_map(match.parsed)
    article.take_over(values_of(match.parsed, names))
    article.keep_revision(by=None)
    follow(article, by=None, looks_for_more=looks_for_more)
    return article


def _let_wait(match: Match, names: Names, run: ImportRun) -> None:
    """Keep a newer version beside an article that somebody has edited; it replaces one that waits already.

    Only the wire's word whether it may be used counts at once: a kill cannot wait for an editor.
    """
    article = Article.objects.locked().get(pk=match.item.article_id)
    if article.pub_status != match.parsed.pub_status:
        article.pub_status = match.parsed.pub_status
        article.save()
        article.keep_revision(by=None)
        settle(article, by=None)
    WaitingChange.objects.update_or_create(
        article=article,
        state=WaitingChange.State.OPEN,
        defaults={
            "run": run,
            "version": match.parsed.version,
            "values": values_of(match.parsed, names),
            "original": zlib.compress(match.parsed.original, COMPRESSION),
        },
    )


def _publish(
    new: Sequence[Article], drafts: Sequence[Article], corrections: Mapping[int, str]
) -> dict[int, list[str]]:
    """Publish; return the reasons by key of those that stay drafts. The new ones need not be read again."""
    updated = [article.pk for article in drafts[len(new) :]]
    read = Article.objects.with_everything().filter(pk__in=updated) if updated else []
    return publish_batch([*new, *read], corrections=corrections)


def _results(
    matches: Sequence[Match], created: Sequence[Article], held: Collection[int]
) -> list[Result]:
    """Pair each match with its article's key and what became of it."""
    keys = iter(created)
    results = []
    for match in matches:
        key = next(keys).pk if match.verdict == "new" else match.item and match.item.article_id
        became = {"new": "created", "newer": "updated"}.get(match.verdict, match.verdict)
        results.append((match, key, "waiting" if key in held else became))
    return results


def _remember(results: Sequence[Result], run: ImportRun) -> None:
    """Write what the source sent, so that the same again changes nothing, whatever comes in between."""
    new, known, superseded = [], [], []
    for match, key, became in results:
        if match.verdict == "unchanged":
            continue
        item = match.item or ImportedItem(source=run.source, ref=match.taken.ref, article_id=key)
        if match.item and item.hash:
            superseded.append(SupersededContent(item=item, hash=item.hash))
        item.version, item.hash = match.parsed.version, match.taken.hash
        item.result, item.run, item.position = became, run, match.taken.position
        (known if match.item else new).append(item)
    bulk.insert_objects(new)  # another importer's same story: refused, then met again
    ImportedItem.objects.bulk_update(known, ["version", "hash", "result", "run", "position"])
    SupersededContent.objects.bulk_create(superseded, ignore_conflicts=True)
