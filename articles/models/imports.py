"""What came in, from where, and what became of it."""

from django.db import models
from django.utils import timezone


class ImportRun(models.Model):
    """One run of an importer. ``refusals`` holds ``{file, record, field, reason, remedy}``, the first thousand."""

    class State(models.TextChoices):
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "broken off"

    source = models.CharField(max_length=80)
    format = models.CharField(max_length=40, blank=True)
    paths = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    refusals = models.JSONField(default=list)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source or 'import'}, run {self.pk}"


class ImportedItem(models.Model):
    """One story of a source as last seen: ``source`` and ``ref`` name it, ``hash`` (SHA-256, hex) tells its content."""

    class Result(models.TextChoices):
        CREATED = "created", "created"
        UPDATED = "updated", "updated"
        UNCHANGED = "unchanged", "unchanged"
        WAITING = "waiting", "waiting"

    source = models.CharField(max_length=80)
    ref = models.CharField(max_length=255)
    version = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, db_index=True)
    result = models.CharField(max_length=10, choices=Result.choices)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="items")
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="imported_items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "ref"], name="imported_item_unique_ref")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.ref}"


class WaitingChange(models.Model):
    """A newer version from the source of an article that somebody has edited: an editor decides.

    ``values`` are the article's fields as the source now has them, in the shape of ``Article.snapshot()``.
    """

    class State(models.TextChoices):
        OPEN = "open", "waiting"
        TAKEN = "taken", "taken over"
        LEFT = "left", "left aside"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="waiting_changes")
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=64, blank=True)
    values = models.JSONField()
    original = models.BinaryField(null=True, editable=False)
    arrived_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=5, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-arrived_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=models.Q(state="open"),
                name="waiting_change_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"Change to {self.article_id}, {self.get_state_display()}"
