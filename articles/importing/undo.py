"""A whole import taken back, as long as nobody has touched what it brought."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models import (
    Article,
    Author,
    Edition,
    FormerAddress,
    ImportRun,
    Organization,
    Person,
    Quote,
    Suggestion,
    Tag,
    User,
)

MADE: dict[str, type[Model]] = {
    "tag": Tag,
    "author": Author,
    "person": Person,
    "organization": Organization,
}
WORDS = {
    "article": ("story", "stories"),
    "edition": ("published version", "published versions"),
    "tag": ("tag", "tags"),
    "author": ("author", "authors"),
    "person": ("person", "people"),
    "organization": ("organization", "organizations"),
}
STEP = 500  # rows at a time


class NotUndoable(Exception):
    """Raised instead of undoing. ``reasons`` are sentences for the operator, at least one."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def reasons_against(run: ImportRun) -> list[str]:
    """Return why ``run`` cannot be undone; empty when it can. Nobody may have worked on its stories since."""
    if run.state == ImportRun.State.UNDONE:
        return ["It is undone already."]
    if run.state == ImportRun.State.RUNNING:
        return ["It has not ended: run its command again, or wait."]
    made, brought = set(_made(run, "article")), set(run.items.values_list("article_id", flat=True))
    counts = {"older stories were changed by it": len(brought - made)}
    if made:
        counts |= {what: len(made.intersection(keys)) for what, keys in _worked_on(made).items()}
    return [f"{count} {what}." for what, count in counts.items() if count]


def _worked_on(made: set[int]) -> dict[str, QuerySet[Any]]:
    """Return the keys of stories that somebody has worked on, from the first of ``made`` to the last: few queries."""
    bounds = (min(made), max(made))
    changed = Article.objects.filter(pk__range=bounds, revision_number__gt=1)
    rows = {
        "stories have decisions about names and quotes": Suggestion.objects.decided(),
        "stories have quotes on record": Quote.objects.all(),
        "stories were published or withdrawn by hand": Edition.objects.exclude(by=None, number=1),
    }
    found = {
        what: some.filter(article_id__gte=bounds[0], article_id__lte=bounds[1]).values_list(
            "article_id", flat=True
        )
        for what, some in rows.items()
    }
    return {"stories were changed since": changed.values_list("pk", flat=True)} | found


def would_go(run: ImportRun) -> dict[str, int]:
    """Return how many rows of each kind an undo of ``run`` deletes now; for a run that can be undone.

    Then its stories are those that it was the last to bring: nothing has changed them since.
    """
    stories = Article.objects.filter(pk__in=run.items.values("article"))
    editions = Edition.objects.filter(article__in=stories.values("pk"))
    gone = {"article": stories.count(), "edition": editions.count()}
    for kind, model in MADE.items():
        gone[kind] = sum(
            untouched(model._base_manager.filter(pk__in=some), besides=stories.values("pk")).count()
            for some in _steps(_made(run, kind))
        )
    return gone


def in_words(gone: dict[str, int]) -> list[str]:
    """Return the counts as words, what is none left out."""
    return [f"{count:,} {WORDS[kind][count != 1]}" for kind, count in gone.items() if count]


def undo(run: ImportRun, *, by: User | None) -> dict[str, int]:
    """Delete the stories that ``run`` created, with their editions, and the names that only it brought.

    Return how many rows of each kind are gone. Raises NotUndoable. One transaction; the row of the run stays, and the
    same input can come in again.
    """
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        keys = _made(run, "article")
        for some in _steps(keys):
            list(Article.objects.filter(pk__in=some).locked().order_by("pk").values_list("pk"))
        if reasons := reasons_against(run):
            raise NotUndoable(reasons)
        gone = dict.fromkeys(("article", *MADE), 0)
        for some in _steps(keys):
            gone["article"] += Article.objects.filter(pk__in=some).count()
            Edition.objects.filter(article__in=some).delete()
            Article.objects.filter(pk__in=some).delete()
        for kind, model in MADE.items():
            for some in _steps(_made(run, kind)):
                rows = untouched(model.objects.filter(pk__in=some))  # type: ignore[attr-defined]
                gone[kind] += rows.count()
                rows.delete()
        run.state, run.undone_at, run.undone_by = ImportRun.State.UNDONE, timezone.now(), by
        run.save()
        return gone


def _made(run: ImportRun, kind: str) -> list[int]:
    """Return the keys of what the run brought into being."""
    batches = run.batches.values_list(f"made__{kind}", flat=True)
    return [pk for made in batches for pk in made or []]


def _steps(keys: list[int]) -> Iterator[list[int]]:
    """Part ``keys``: databases take only so many values at a time."""
    for start in range(0, len(keys), STEP):
        yield keys[start : start + STEP]


def untouched(rows: QuerySet[Any], besides: QuerySet[Any] | None = None) -> QuerySet[Any]:
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
                links = links.exclude(_goes_with(other, besides))
            rows = rows.exclude(Exists(links))
    return rows


def _goes_with(other: type[Model], stories: QuerySet[Any]) -> Q:
    """Say which links of a kind disappear together with ``stories``."""
    names = {field.name for field in other._meta.concrete_fields}
    if "article" in names:
        return Q(article__in=stories)
    return Q(edition__article__in=stories) if "edition" in names else Q(pk__in=[])
