"""Rows found to be one: what was merged into what, which rows moved, and who is not the same as whom."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q

from articles import clock


class Kind(models.TextChoices):
    """Which rows can be one."""

    PERSON = "person", "person"
    ORGANIZATION = "organization", "organization"


class MergeQuerySet(models.QuerySet["Merge"]):
    def active(self) -> "MergeQuerySet":
        """Merges that nobody has undone."""
        return self.filter(undone_at=None)

    def targets_of(self, kind: str, keys: Iterable[int]) -> dict[int, int]:
        """Return for each of ``keys`` that was merged the key of the row that stands for it now: a query a step.

        A target that was merged in its turn leads on, so that one redirect is enough.
        """
        paths = {key: [key] for key in keys}
        moving = set(paths)
        while moving:
            ends = {paths[key][-1] for key in moving}
            merges = self.active().filter(kind=kind, gone__in=ends).order_by("at", "pk")
            targets = dict(merges.values_list("gone", "survivor"))
            moving = {key for key in moving if targets.get(paths[key][-1], key) not in paths[key]}
            for key in moving:
                paths[key].append(targets[paths[key][-1]])
        return {key: path[-1] for key, path in paths.items() if len(path) > 1}

    def resolve_key(self, kind: str, key: int) -> int | None:
        """Return the key of the row that stands for the merged row ``key`` now, None if it was never merged."""
        return self.targets_of(kind, [key]).get(key)

    def resolve_keys(self, kind: str, keys: Iterable[int]) -> list[int]:
        """Return ``keys`` with each merged row's replaced by that of the row that stands for it now, each once."""
        keys = list(keys)
        targets = self.targets_of(kind, keys)
        return list(dict.fromkeys(targets.get(key, key) for key in keys))


class MergeableQuerySet(models.QuerySet[Any]):
    """Of people, or of organizations."""

    def resolve(self, pk: int) -> Any:
        """Return the row ``pk`` of these, or the one into which it was merged; None when there is neither."""
        if row := self.filter(pk=pk).first():
            return row
        target = Merge.objects.resolve_key(self.model._meta.model_name or "", pk)
        return self.filter(pk=target).first() if target else None


class Merge(models.Model):
    """A row that went (``gone``) into another (``survivor``): keys of people, or of organizations.

    ``name`` and ``slug`` are those of the row that is gone. What the merge changed is in its steps, so that it can
    be undone. Readers' addresses of the gone row lead to the survivor.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    gone = models.PositiveBigIntegerField()
    survivor = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, db_index=False)
    by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    undone_by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "gone"], name="merge_gone")]
        constraints = [
            models.CheckConstraint(condition=~Q(gone=F("survivor")), name="merge_of_two_rows")
        ]

    def __str__(self) -> str:
        return f"{self.name}, merged into no. {self.survivor}"


class MergeStep(models.Model):
    """One row that a merge changed or deleted: ``model`` (lower case) and key ``row``.

    ``was`` holds the columns as they were before, by their names in the database: those that changed, or with
    ``is_deleted`` all of them.
    """

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="steps")
    model = models.CharField(max_length=60)
    row = models.PositiveBigIntegerField()
    was = models.JSONField()
    is_deleted = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.model} {self.row}"


class Distinct(models.Model):
    """Two people, or two organizations, of whom an editor said that they are not the same: never offered again.

    ``low`` and ``high`` are their keys, the smaller first.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    low = models.PositiveBigIntegerField()
    high = models.PositiveBigIntegerField()
    by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "low", "high"], name="distinct_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="distinct_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.low} is not {self.high}"
