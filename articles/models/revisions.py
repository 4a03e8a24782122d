"""Every state of the working copy that was ever saved."""

from django.db import models
from django.utils import timezone


class Revision(models.Model):
    """One save of an article. ``number`` counts from 1 and is the version that a stale save is refused by.

    ``by`` is None when an import wrote it. ``snapshot`` is ``Article.snapshot()``.
    """

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    snapshot = models.JSONField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_unique_number")
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of {self.article_id}"
