"""Rows that somebody has put away: hidden everywhere, restorable whole, deleted only by the operator's command."""

from collections.abc import Collection, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import clock


class TrashHidingManager(models.Manager[Any]):
    """Leaves out what is in the trash: rows of a model of its own, or of rows to which ``trash_paths`` lead.

    It is the default of its model, so that lists, choices, searches and links to many leave those rows out, too.
    ``all_objects`` beside it has all rows; a foreign key leads to its row wherever that is.
    """

    trash_paths: Collection[str] = ("",)  # as ``("article__",)``; an empty link hides nothing

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .filter(**{f"{path}trashed_at": None for path in self.trash_paths})
        )


class AllRowsManager(models.Manager[Any]):
    """Has the rows in the trash as well."""


class Trashable(models.Model):
    """A row that is put away instead of deleted. It keeps its keys, names and links, so that it comes back whole.

    ``trashed_at`` (aware) is None for a row in use; who put it away, and why, stands in its ``TrashEntry``.
    """

    # Without an index: nearly every row says NULL, and SQLite would take the index for a narrow one.
    trashed_at = models.DateTimeField(_("in the trash since"), null=True, editable=False)

    class Meta:
        abstract = True

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        """Refuse, too, what a row in the trash has: the database would."""
        super().validate_unique(exclude)
        errors = dict(self._trash_conflicts(set(exclude or ())))
        if errors:
            raise ValidationError(errors)

    def _trash_conflicts(self, exclude: set[str]) -> Iterator[tuple[str, str]]:
        """Yield the field to mend and a sentence for each unique value that a row in the trash has."""
        rows: Any = type(self)._base_manager.exclude(pk=self.pk).exclude(trashed_at=None)
        for names in _unique_names(type(self)):
            if exclude.intersection(names):
                continue
            row = rows.filter(**{name: getattr(self, name) for name in names}).first()
            if row is not None:
                sentence = gettext(
                    "“%(name)s” in the trash has this already: restore that, or choose another."
                )
                yield names[-1] if names else NON_FIELD_ERRORS, sentence % {"name": row}


def _unique_names(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    """Yield the names of fields that are unique, alone or together."""
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.name,)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None:
            yield tuple(constraint.fields)


class TrashEntryQuerySet(models.QuerySet["TrashEntry"]):
    def open(self) -> "TrashEntryQuerySet":
        """Entries of rows that are in the trash now."""
        return self.filter(restored_at=None, emptied_at=None)


class TrashEntry(models.Model):
    """One row put away: ``kind`` (the model's name) and key ``row``, by whom, when, why; what became of it.

    ``name`` is what it was called. Times are aware. ``by`` and ``restored_by`` are None for a program or for an account
    that is gone.
    """

    kind = models.CharField(max_length=20)
    row = models.PositiveBigIntegerField()
    name = models.CharField(max_length=300)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("put away"), default=clock.now)
    restored_by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    restored_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    objects = TrashEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("row in the trash")
        verbose_name_plural = _("trash")
        indexes = [models.Index(fields=["kind", "row"], name="trash_entry_row")]

    def __str__(self) -> str:
        return self.name


class EmptiedItem(models.Model):
    """A story of a source that was spiked here and emptied from the trash: no import brings it again."""

    source = models.CharField(max_length=80)
    ref = models.CharField(max_length=255)
    emptied_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "ref"], name="emptied_item_unique_ref")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.ref}"
