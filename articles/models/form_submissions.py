"""Which forms of the desk have done their work, so that none does it twice."""

from datetime import timedelta

from django.db import models

from articles import clock

from .users import User

KEPT_FOR = timedelta(days=2)  # longer than anybody keeps a page open to send it again


class FormSubmissionQuerySet(models.QuerySet["FormSubmission"]):
    def of_form(self, user: User, path: str, token: str) -> "FormSubmissionQuerySet":
        """What ``user`` has sent by one form of the page at ``path``, the newest first."""
        return self.filter(user=user, path=path, token=token).order_by("-pk")

    def claim(
        self, user: User, path: str, token: str, content: str
    ) -> tuple["FormSubmission", bool]:
        """Return the row of what is being sent, and whether nobody had sent it yet.

        Runs in the transaction of the work itself: of two who send the same at once the second waits for the end of
        the first, and gets its row if that is still there. Old rows of ``user`` go, in one query.
        """
        submission, is_first = self.get_or_create(
            user=user, path=path, token=token, content=content
        )
        if is_first:
            self.filter(user=user, at__lt=submission.at - KEPT_FOR).delete()
        return submission, is_first


class FormSubmission(models.Model):
    """A form of the desk that has done its work, and what its sender was told.

    ``token`` is the hidden field of the form, ``content`` a keyed digest of all that it sent: the same form with other
    words is something else to do. ``message`` is HTML. ``location`` is where the sender was led, ``popup`` what a small
    window was answered with instead (JSON). ``object_key`` is the row that a form for a new one has stored.
    """

    user = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200)
    token = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)
    message = models.TextField(blank=True)
    location = models.TextField(blank=True)
    popup = models.TextField(blank=True)
    object_key = models.PositiveBigIntegerField(null=True)

    is_repeated = False  # set on a row that answers for a second time

    objects = FormSubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "path", "token", "content"], name="form_submission_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.path}, {self.at:%Y-%m-%d %H:%M}"
