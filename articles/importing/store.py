"""Matches -> rows. The only importing file that writes stories; editions come from ``publishing``."""

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings

from articles.extraction.known import Known
from articles.extraction.suggest import Find, name_in, rows_of
from articles.models import (
    Article,
    Byline,
    ImportedItem,
    ImportRun,
    Revision,
    Suggestion,
    WaitingChange,
)
from articles.publishing import publish_batch, settle
from articles.record import follow

from .match import Match
from .names import Names
from .parsed import ParsedArticle

PLAIN = (
    "headline is_headline_derived kicker dek body_html dateline credit date_precision pub_status ed_note"
).split()


def store(
    matches: Sequence[Match],
    run: ImportRun,
    names: Names,
    *,
    publish: bool,
    finds: Mapping[str, list[Find]] | None,
) -> list[str]:
    """Write ``matches`` inside the caller's transaction and add what became of them to ``run``'s counts.

    ``finds`` are what was found in the bodies, by ref, None when nothing is to be suggested. With ``publish`` new
    and updated stories are published; those that cannot be stay drafts and count as waiting. Returns a sentence
    on each of those.
    """
    new = [match for match in matches if match.verdict == "new"]
    articles = _create(new, names, run.source)
    drafts = list(articles)
    for match in matches:
        if match.verdict == "newer":
            drafts.append(_update(match, names, looks_for_more=finds is not None))
        elif match.verdict == "waiting":
            _let_wait(match, names, run)
    if finds:
        _suggest(new, articles, finds)
    held = _publish(drafts) if publish else {}
    results = _results(matches, articles, held.keys())
    _remember(results, run)
    for result in ImportedItem.Result.values:
        more = sum(1 for _, _, became in results if became == result)
        setattr(run, result, getattr(run, result) + more)
    run.save()
    return [
        f"{draft} stays a draft. {' '.join(held[draft.pk])}" for draft in drafts if draft.pk in held
    ]


def values_of(parsed: ParsedArticle, names: Names) -> dict[str, Any]:
    """Return ``parsed`` in the shape of ``Article.snapshot()``; a picture that is not here is noted for the editors."""
    values = {name: getattr(parsed, name) for name in PLAIN}
    people = {names.people[name] for name in parsed.people if name in names.people}
    bodies = {names.organizations[n] for n in parsed.organizations if n in names.organizations}
    if parsed.picture and parsed.picture not in names.pictures:
        values["ed_note"] = f"{parsed.ed_note}\nNot in the library: {parsed.picture}".strip()
    return values | {
        "language": parsed.language or settings.LANGUAGE_CODE,
        "published_at": parsed.published_at and parsed.published_at.isoformat(),
        "embargoed_until": parsed.embargoed_until and parsed.embargoed_until.isoformat(),
        "lead_image": names.pictures.get(parsed.picture),
        "bylines": [[line.name, line.role] for line in dict.fromkeys(parsed.bylines)],
        "tags": sorted({names.tags[tag] for tag in names.tags_of(parsed)}),
        "people": sorted(people),
        "organizations": sorted(bodies),
    }


def _create(matches: Sequence[Match], names: Names, source: str) -> list[Article]:
    """Insert new articles, their links and first revisions in bulk."""
    values = [values_of(match.parsed, names) for match in matches]
    articles = [
        Article(
            source=source,
            published_at=match.parsed.published_at,
            embargoed_until=match.parsed.embargoed_until,
            lead_image_id=given["lead_image"],
            language=given["language"],
            original=zlib.compress(match.parsed.original),
            original_map=body_map(match.parsed),
            revision_number=1,
            **{name: given[name] for name in PLAIN},
        )
        for match, given in zip(matches, values, strict=True)
    ]
    Article.objects.bulk_create(articles)
    Byline.objects.bulk_create(
        Byline(article=article, author_id=names.authors[name], role=role, order=order)
        for article, given in zip(articles, values, strict=True)
        for order, (name, role) in enumerate(given["bylines"])
    )
    for field in ("tags", "people", "organizations"):
        _link(field, articles, values)
    Revision.objects.bulk_create(
        Revision(
            article=article,
            number=1,
            snapshot=given | {"slug": "", "stage": article.stage, "is_on_hold": False},
        )
        for article, given in zip(articles, values, strict=True)
    )
    return articles


def _link(field: str, articles: Sequence[Article], values: Sequence[dict[str, Any]]) -> None:
    through = getattr(Article, field).through
    target = Article._meta.get_field(field).m2m_reverse_field_name()
    through.objects.bulk_create(
        through(article_id=article.pk, **{f"{target}_id": pk})
        for article, given in zip(articles, values, strict=True)
        for pk in given[field]
    )


def _suggest(
    new: Sequence[Match], articles: Sequence[Article], finds: Mapping[str, list[Find]]
) -> None:
    """Write what was found in new stories, matched to those whom the newsroom knows by now."""
    found = [(row.pk, finds.get(match.ref, [])) for match, row in zip(new, articles, strict=True)]
    known = Known(name_in(one.found) for _, several in found for one in several)
    Suggestion.objects.bulk_create(rows_of(found, known))


def _update(match: Match, names: Names, *, looks_for_more: bool) -> Article:
    """Write a newer version over an article that nobody has edited."""
    article = Article.objects.locked().get(pk=match.item.article_id)
    article.original = zlib.compress(match.parsed.original)
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
            "original": zlib.compress(match.parsed.original),
        },
    )


def _publish(articles: Sequence[Article]) -> dict[int, list[str]]:
    """Publish; return the reasons by key of those that stay drafts."""
    keys = [article.pk for article in articles]
    return publish_batch(list(Article.objects.with_everything().filter(pk__in=keys)))


def _results(
    matches: Sequence[Match], created: Sequence[Article], held: Collection[int]
) -> list[tuple[Match, int | None, str]]:
    """Pair each match with its article's key and what became of it."""
    keys = iter(created)
    results = []
    for match in matches:
        key = next(keys).pk if match.verdict == "new" else match.item and match.item.article_id
        became = {"new": "created", "newer": "updated"}.get(match.verdict, match.verdict)
        results.append((match, key, "waiting" if key in held else became))
    return results


def _remember(results: Sequence[tuple[Match, int | None, str]], run: ImportRun) -> None:
    """Write what the source sent, so that the same again changes nothing."""
    new, known = [], []
    for match, key, became in results:
        if match.verdict == "unchanged":
            continue
        item = match.item or ImportedItem(source=run.source, ref=match.ref, article_id=key)
        item.version, item.hash = match.parsed.version, match.hash
        item.result, item.run = became, run
        (known if match.item else new).append(item)
    ImportedItem.objects.bulk_create(new)  # another importer's same story: refused, then met again
    ImportedItem.objects.bulk_update(known, ["version", "hash", "result", "run"])


def body_map(parsed: ParsedArticle) -> list[list[int]]:
    """Return the runs from the plain body into the original as JSON: ``[start, source, length]``."""
    return [list(asdict(run).values()) for run in parsed.body_map]
