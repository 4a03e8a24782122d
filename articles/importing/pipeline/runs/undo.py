"""A whole import taken back, as long as nobody has touched what it brought."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from articles import clock
from articles.models import (
    Article,
    ArticleSearch,
    Author,
    DeskNameWord,
    Edition,
    EditionSearch,
    FormerAddress,
    ImportRun,
    Organization,
    PeriodCount,
    Person,
    Quote,
    Revision,
    Suggestion,
    Tag,
    User,
)
from articles.models.period_counts import CountedEdition, read_counted
from articles.publishing.bring_back import WIRE_REASONS

ENTITY_MODELS: dict[str, type[Model]] = {
    "tag": Tag,
    "author": Author,
    "person": Person,
    "organization": Organization,
}
ROW_LABELS = {
    "article": ("story", "stories"),
    "edition": ("published version", "published versions"),
    "tag": ("tag", "tags"),
    "author": ("author", "authors"),
    "person": ("person", "people"),
    "organization": ("organization", "organizations"),
}
CHUNK_SIZE = 500  # rows at a time


class NotUndoable(Exception):
    """Raised instead of undoing. ``reasons`` are sentences for the operator, at least one."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def find_undo_blockers(run: ImportRun) -> list[str]:
    """Return why ``run`` cannot be undone; empty when it can. Nobody may have worked on its stories since."""
    if run.state == ImportRun.State.UNDONE:
        return ["It is undone already."]
    if run.state == ImportRun.State.RUNNING:
        return ["It has not ended: run its command again, or wait."]
    created, article_ids = (
        set(_created_keys(run, "article")),
        set(run.items.values_list("article_id", flat=True)),
    )
    counts = {"older stories were changed by it": len(article_ids - created)}
    if created:
        counts |= {
            reason: len(created.intersection(keys))
            for reason, keys in _edited_stories(created, run).items()
        }
    return [f"{count} {reason}." for reason, count in counts.items() if count]


def _edited_stories(pks: set[int], run: ImportRun) -> dict[str, QuerySet[Any]]:
    """Return the keys of stories that somebody has worked on, from the first of ``pks`` to the last: few queries.

    What ``run`` itself made of a story, as of several versions in one file, is no work of anybody.
    """
    bounds = (min(pks), max(pks))
    later = Revision.objects.filter(article=OuterRef("pk"), number__gt=1)
    by_others = later.filter(Q(run=None) | ~Q(run=run.pk))
    changed = Article.all_objects.filter(Exists(by_others), pk__range=bounds, revision_number__gt=1)
    own_revision = Revision.objects.filter(
        article=OuterRef("article"), number=OuterRef("revision_number"), run=run.pk
    )
    is_by_import = Q(by=None) & (Q(number=1) | Exists(own_revision))
    is_taken_away_by_hand = Q(kind=Edition.Kind.WITHDRAWAL) & ~Q(reason__in=WIRE_REASONS)
    rows = {
        "stories have decisions about names and quotes": Suggestion.all_objects.decided(),
        "stories have quotes on record": Quote.all_objects.all(),
        "stories were published or withdrawn by hand": Edition.objects.filter(
            ~is_by_import | is_taken_away_by_hand
        ),
    }
    keys = {
        reason: queryset.filter(article_id__gte=bounds[0], article_id__lte=bounds[1]).values_list(
            "article_id", flat=True
        )
        for reason, queryset in rows.items()
    }
    spiked = Article.all_objects.filter(pk__range=bounds).exclude(trashed_at=None)
    return {
        "stories were changed since": changed.values_list("pk", flat=True),
        "stories are spiked: restore them, or leave the import as it is": spiked.values_list(
            "pk", flat=True
        ),
    } | keys


def count_removals(run: ImportRun) -> dict[str, int]:
    """Return how many rows of each kind an undo of ``run`` deletes now; for a run that can be undone.

    Then its stories are those that it was the last to bring: nothing has changed them since.
    """
    stories = Article.all_objects.filter(pk__in=run.items.values("article"))
    editions = Edition.objects.filter(article__in=stories.values("pk"))
    counts = {"article": stories.count(), "edition": editions.count()}
    for kind, model in ENTITY_MODELS.items():
        counts[kind] = sum(
            exclude_touched(
                model._default_manager.filter(pk__in=chunk), besides=stories.values("pk")
            ).count()
            for chunk in _chunks(_created_keys(run, kind))
        )
    return counts


def describe_removals(counts: dict[str, int]) -> list[str]:
    """Return the counts as words, what is none left out."""
    return [f"{count:,} {ROW_LABELS[kind][count != 1]}" for kind, count in counts.items() if count]


def undo(run: ImportRun, *, by: User | None) -> dict[str, int]:
    """Delete the stories that ``run`` created, with their editions, and the names that only it brought.

    Return how many rows of each kind are gone. Raises NotUndoable. One transaction; the row of the run stays, and the
    same input can come in again.
    """
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        keys = _created_keys(run, "article")
        for chunk in _chunks(keys):
            list(Article.all_objects.filter(pk__in=chunk).locked().order_by("pk").values_list("pk"))
        if reasons := find_undo_blockers(run):
            raise NotUndoable(reasons)
        deleted = dict.fromkeys(("article", *ENTITY_MODELS), 0)
        now, counted = clock.now(), list[CountedEdition]()
        for chunk in _chunks(keys):
            deleted["article"] += Article.all_objects.filter(pk__in=chunk).count()
            EditionSearch.objects.filter(edition__article__in=chunk).unindex()
            editions = Edition.objects.filter(article__in=chunk)
            counted += read_counted(editions, now)
            editions.delete()
            ArticleSearch.objects.filter(article__in=chunk).unindex()
            Article.all_objects.filter(pk__in=chunk).delete()
        for kind, model in ENTITY_MODELS.items():
            for chunk in _chunks(_created_keys(run, kind)):
                rows = exclude_touched(model._default_manager.filter(pk__in=chunk))
                row_keys = list(rows.values_list("pk", flat=True))
                deleted[kind] += len(row_keys)
                DeskNameWord.objects.forget(kind, row_keys)
                rows.delete()
        PeriodCount.objects.replace(counted, (), now)
        run.state, run.undone_at, run.undone_by = ImportRun.State.UNDONE, now, by
        run.save()
        return deleted


def _created_keys(run: ImportRun, kind: str) -> list[int]:
    """Return the keys of what the run brought into being."""
    batches = run.batches.values_list(f"made__{kind}", flat=True)
    return [pk for keys in batches for pk in keys or []]


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    """Part ``keys``: databases take only so many values at a time."""
    for start in range(0, len(keys), CHUNK_SIZE):
        yield keys[start : start + CHUNK_SIZE]


def exclude_touched(rows: QuerySet[Any], besides: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """Leave out what an editor has changed or confirmed, and what any row but an old address or a history links to.

    Links that would go together with the articles ``besides`` (their keys) do not count.
    """
    history = getattr(rows.model, "history", None)
    if history:
        changes = history.filter(history_type="~")
        rows = rows.exclude(Exists(changes.filter(id=OuterRef("pk"))))
    if rows.model is Author:
        rows = rows.filter(user=None)
    if any(field.name == "is_confirmed" for field in rows.model._meta.concrete_fields):
        rows = rows.filter(is_confirmed=False)
    for relation in rows.model._meta.get_fields(include_hidden=True):
        is_link = relation.auto_created and not relation.concrete and relation.one_to_many
        other = relation.related_model
        if is_link and other is not FormerAddress and not hasattr(other, "history_date"):
            links = other._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            if besides is not None:
                links = links.exclude(_deleted_with(other, besides))
            rows = rows.exclude(Exists(links))
    return rows


def _deleted_with(other: type[Model], stories: QuerySet[Any]) -> Q:
    """Say which links of a kind disappear together with ``stories``."""
    names = {field.name for field in other._meta.concrete_fields}
    if "article" in names:
        return Q(article__in=stories)
    return Q(edition__article__in=stories) if "edition" in names else Q(pk__in=[])
