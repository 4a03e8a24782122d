"""How statements hang together: one repeats another, contradicts it, takes it back, makes it clear."""

from django.db import models
from django.db.models import F, Q

from articles import clock


class StatementLink(models.Model):
    """An editor's word that the quote ``later`` bears on the quote ``earlier``: public keys of quotes.

    Readers see it while both quotes stand in listed stories.
    """

    class Kind(models.TextChoices):
        REPEATS = "repeats", "repeats"
        CONTRADICTS = "contradicts", "contradicts"
        WITHDRAWS = "withdraws", "withdraws"
        CLARIFIES = "clarifies", "clarifies"

    kind = models.CharField(max_length=11, choices=Kind.choices)
    later = models.CharField(max_length=20)
    earlier = models.CharField(max_length=20, db_index=True)
    by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["later", "earlier"], name="statement_link_once"),
            models.CheckConstraint(
                condition=~Q(later=F("earlier")), name="statement_link_of_two_quotes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.later} {self.get_kind_display()} {self.earlier}"
