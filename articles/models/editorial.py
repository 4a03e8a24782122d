"""What an editor did about a story before it went out: warnings dismissed, sides asked for, corrections begun."""

from django.db import models

from articles import clock

from .constraints import exactly_one
from .trash import AllRowsManager, TrashHidingManager


class WavedOff(models.Model):
    """A warning about an article that an editor has dismissed, with the reason.

    ``fingerprint`` (hex) names the warning by what it is about, so that it comes back when that changes.
    """

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="waved_off")
    check_name = models.CharField("check", max_length=40)
    fingerprint = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "fingerprint"], name="waved_off_once")
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.reason}"


class RightOfReplyQuerySet(models.QuerySet["RightOfReply"]):
    def waiting(self) -> "RightOfReplyQuerySet":
        """Requests that nobody has answered or closed."""
        return self.filter(outcome=RightOfReply.Outcome.WAITING)


_RightOfReplyManager = models.Manager.from_queryset(RightOfReplyQuerySet)


class RightOfReplyManager(TrashHidingManager, _RightOfReplyManager):
    """Requests about stories that are not spiked."""

    trash_paths = ("article__",)


class RightOfReply(models.Model):
    """Somebody whom the newsroom asked for their side of an article: who, when, how, until when, what came of it.

    Exactly one of ``person``, ``organization`` and ``name`` (somebody who is not on record) says who. Times are aware.
    """

    class How(models.TextChoices):
        PHONE = "phone", "by telephone"
        MAIL = "mail", "by e-mail"
        LETTER = "letter", "by letter"
        IN_PERSON = "in_person", "in person"
        MESSAGE = "message", "by message"

    class Outcome(models.TextChoices):
        WAITING = "waiting", "no answer yet"
        REPLIED = "replied", "replied"
        DECLINED = "declined", "declined to comment"
        SILENT = "silent", "did not answer"
        UNREACHED = "unreached", "could not be reached"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="replies")
    person = models.ForeignKey(
        "Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organization = models.ForeignKey(
        "Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(
        "or somebody not on record", max_length=200, blank=True, help_text="As in your notes."
    )
    how = models.CharField(max_length=9, choices=How.choices, default=How.MAIL)
    asked_at = models.DateTimeField("asked", default=clock.now)
    deadline_at = models.DateTimeField("asked to answer by", null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, default=Outcome.WAITING)
    outcome_at = models.DateTimeField("answered", null=True, blank=True)
    note = models.TextField(blank=True, help_text="What was asked, what was said. Never public.")
    by = models.ForeignKey(
        "User", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = RightOfReplyManager()
    all_objects = RightOfReplyQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name_plural = "right of reply"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(name="") & exactly_one("person", "organization")
                | ~models.Q(name="") & models.Q(person__isnull=True, organization__isnull=True),
                name="right_of_reply_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.addressee}: {self.get_outcome_display()}"

    @property
    def addressee(self) -> str:
        """Who was asked."""
        return str(self.person or self.organization or self.name)


class CorrectionDraftManager(TrashHidingManager):
    """Drafts for stories that are not spiked."""

    trash_paths = ("article__",)


class CorrectionDraft(models.Model):
    """A correction that waits for an editor: the form on which she publishes it stands filled with these words.

    ``facts`` are the sentences of the record's check that led to it, one a string.
    """

    article = models.OneToOneField(
        "Article", on_delete=models.CASCADE, related_name="correction_draft"
    )
    wrong = models.TextField()
    right = models.TextField()
    facts = models.JSONField(default=list)
    by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = CorrectionDraftManager()
    all_objects = AllRowsManager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.right[:60]
