"""Every state of the working copy that was ever saved."""

from django.db import models

from articles import clock


class Revision(models.Model):
    """One save of an article. ``number`` counts from 1 and is the version that a stale save is refused by.

    ``by`` is None when an import wrote it: then ``run`` is that import. ``note`` says what came where an import did not
    replace all, or what else a person did than write. ``snapshot`` is ``Article.snapshot()``. ``is_edit``: a person
    changed in it what the source owns (see ``story_fields``), also when the account is gone. ``restored_from`` is the
    number of the revision that it restored.
    """

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    snapshot = models.JSONField()
    is_edit = models.BooleanField(default=False)
    restored_from = models.PositiveIntegerField(null=True)
    run = models.ForeignKey(
        "ImportRun", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_unique_number")
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of {self.article_id}"
