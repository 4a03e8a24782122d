"""What came in, from where, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import clock

from .trash import AllRowsManager, TrashHidingManager


class ImportRun(models.Model):
    """One run of an importer. ``refusals`` holds ``{file, record, field, reason, remedy}``, the first thousand.

    Where they are marked for translation, also ``code`` and ``messages`` (see ``importing.pipeline.runs.refusals``).
    ``notes`` are sentences on what came in but wants an editor, the first thousand; ``met`` counts what the stories
    named: ``new_people``, ``ambiguous_names``, ``missing_pictures`` and so on; ``format:csv`` the records read so.
    """

    class State(models.TextChoices):
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "broken off"
        UNDONE = "undone", "undone"

    source = models.CharField(max_length=80)
    format = models.CharField(max_length=40, blank=True)
    paths = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    refusals = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    met = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-started_at", "-pk"]
        permissions = [("undo_importrun", "Can undo a whole import")]

    def __str__(self) -> str:
        return f"{self.source or 'import'}, run {self.pk}"


class ImportBatch(models.Model):
    """What one transaction of a run has stored: it commits with the stories, so that a killed run resumes exactly.

    ``number`` counts from 1; ``digest`` (SHA-256, hex) is of the bytes of its records. ``made`` are the primary keys of
    what came into being beside the stories, by kind: ``{"tag": [...], "author": [...], "person": [...]}``.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="batches")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=list)
    met = models.JSONField(default=dict)
    made = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_batch_once_in_a_run")
        ]

    def __str__(self) -> str:
        return f"batch {self.number} of run {self.run_id}"


class ImportedItem(models.Model):
    """One story of a source as last seen: ``source`` and ``ref`` name it, ``hash`` (SHA-256, hex) tells its content.

    ``position`` is the place of its record in ``run``: of two that bear one ref, the later holds. The last version
    that the working copy has taken in is the snapshot of revision ``base_revision``, or ``base_values`` (in that shape)
    where no revision holds it as it came; both None where it is not known.
    """

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
    position = models.PositiveBigIntegerField(default=0)
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="imported_items")
    base_revision = models.PositiveIntegerField(null=True)
    base_values = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "ref"], name="imported_item_unique_ref")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.ref}"


class SupersededContent(models.Model):
    """Bytes that a source sent before and replaced since: when they come again, they change nothing.

    ``hash`` is their SHA-256 (hex), ``item`` the story of which they were a version.
    """

    item = models.ForeignKey(ImportedItem, on_delete=models.CASCADE, related_name="superseded")
    hash = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "hash"], name="superseded_content_once")
        ]

    def __str__(self) -> str:
        return f"{self.hash[:8]} of {self.item_id}"


class WaitingChangeManager(TrashHidingManager):
    """Versions beside stories that are not spiked."""

    trash_paths = ("article__",)


class WaitingChange(models.Model):
    """A version from the source of an article about which a person has decided something: an editor decides again.

    ``values`` are the article's fields as the source now has them, in the shape of ``Article.snapshot()``. ``reason``
    is a sentence, why it waits. ``revision_number`` is the revision by which it came into the working copy, whole when
    it was taken over, beside the changes made here when it was merged.
    """

    class State(models.TextChoices):
        OPEN = "open", "waiting"
        TAKEN = "taken", "taken over"
        LEFT = "left", "left aside"
        MERGED = "merged", _("merged with a later one")

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="waiting_changes")
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=64, blank=True)
    values = models.JSONField()
    original = models.BinaryField(null=True, editable=False)
    arrived_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=500, blank=True)
    revision_number = models.PositiveIntegerField(null=True)
    decided_by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = WaitingChangeManager()
    all_objects = AllRowsManager()

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
