"""Rows found to be one: what was merged into what, which rows moved, and who is not the same as whom."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Kind(models.TextChoices):
    """Which rows can be one."""

    PERSON = "person", "person"
    ORGANIZATION = "organization", "organization"


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> "MergeQuerySet":
        """Merges that nobody has undone."""
        return self.filter(undone_at=None)

    def survivor_of(self, kind: str, key: int) -> int | None:
        """Return the key of the row that stands for the merged row ``key`` now, None if it was never merged.

        A survivor that was merged in its turn leads on, so that one redirect is enough.
        """
        found: int | None = None
        seen = {key}
        while following := self.standing().filter(kind=kind, gone=found or key).first():
            if following.survivor in seen:
                break
            found = following.survivor
            seen.add(found)
        return found

    def survivors(self, kind: str, keys: Iterable[int]) -> list[int]:
        """Return ``keys`` with each merged row's replaced by that of the row that stands for it now, each once."""
        keys = list(keys)
        while keys:
            found = self.standing().filter(kind=kind, gone__in=keys)
            now = dict(found.values_list("gone", "survivor"))
            if not now:
                break
            keys = [now.get(key, key) for key in keys]
        return list(dict.fromkeys(keys))


class MergeableQuerySet(models.QuerySet[Any]):
    """Of people, or of organizations."""

    def standing_for(self, pk: int) -> Any:
        """Return the row ``pk`` of these, or the one into which it was merged; None when there is neither."""
        if row := self.filter(pk=pk).first():
            return row
        survivor = Merge.objects.survivor_of(self.model._meta.model_name or "", pk)
        return self.filter(pk=survivor).first() if survivor else None


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
    at = models.DateTimeField(default=timezone.now)
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
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "low", "high"], name="distinct_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="distinct_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.low} is not {self.high}"
