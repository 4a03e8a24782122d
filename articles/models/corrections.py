"""What was wrong, what is right."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import clock

from .editions import Edition


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self, at: datetime | None = None) -> "CorrectionQuerySet":
        """Corrections in force at ``at`` (aware, default now) of stories that are listed then, newest first."""
        at = at or clock.now()
        story = Edition.objects.listed(at).filter(article_id=models.OuterRef("edition__article_id"))
        return (
            self.filter(models.Exists(story), edition__starts_at__lte=at, edition__is_hidden=False)
            .select_related("edition")
            .order_by("-edition__starts_at", "-pk")
        )


class Correction(models.Model):
    """The words in which an edition owns up to an error of the one before."""

    class Weight(models.TextChoices):
        CLARIFICATION = "clarification", _("clarification")
        CORRECTION = "correction", _("correction")
        SERIOUS = "serious", _("serious correction")

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="correction")
    wrong = models.TextField("what was wrong")
    right = models.TextField("what is right")
    weight = models.CharField(max_length=13, choices=Weight.choices, default=Weight.CORRECTION)

    objects = CorrectionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_weight_display()}: {self.right[:60]}"
