"""What others call a person or an organization (Popolo)."""

from django.db import models

from .constraints import exactly_one
from .trash import AllRowsManager, TrashHidingManager


class IdentifierManager(TrashHidingManager):
    """Ids of rows that are not in the trash."""

    trash_paths = ("person__", "organization__")


class Identifier(models.Model):
    """An id in somebody else's register: ``scheme`` names that (``wikidata``), ``identifier`` is the id there.

    One register says each id of one row only; a row may have several of one register, as after a merge there.
    """

    person = models.ForeignKey(
        "Person", on_delete=models.CASCADE, null=True, blank=True, related_name="identifiers"
    )
    organization = models.ForeignKey(
        "Organization", on_delete=models.CASCADE, null=True, blank=True, related_name="identifiers"
    )
    scheme = models.CharField(max_length=60)
    identifier = models.CharField(max_length=200)

    objects = IdentifierManager()
    all_objects = AllRowsManager()

    class Meta:
        ordering = ["scheme", "identifier"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "identifier"], name="identifier_of_one_row"),
            models.CheckConstraint(
                condition=exactly_one("person", "organization"),
                name="identifier_of_person_or_organization",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.identifier}"
