"""Which texts are saved: a browser that still has one of them as a draft throws it away."""

from datetime import timedelta

from django.db import models

from articles import clock

from .users import User

KNOWN_FOR = timedelta(days=14)  # as long as a browser keeps a draft
MOST_TOKENS = 100  # of one account


class SavedFormQuerySet(models.QuerySet["SavedForm"]):
    def tokens_of(self, user: User) -> list[str]:
        """Return the tokens of what ``user`` has saved, the newest first, at most ``MOST_TOKENS``."""
        since = clock.now() - KNOWN_FOR
        rows = self.filter(user=user, at__gt=since).order_by("-at", "-pk")
        return list(rows.values_list("token", flat=True)[:MOST_TOKENS])

    def record(self, user: User, token: str) -> None:
        """Note that ``user`` has saved the text ``token``. Rows that say nothing any more go."""
        self.filter(at__lte=clock.now() - KNOWN_FOR).delete()
        self.update_or_create(user=user, token=token, defaults={"at": clock.now()})


class SavedForm(models.Model):
    """The text of a form of a story that ``user`` has saved, by its ``token`` (see ``UnsavedForm``)."""

    user = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now, db_index=True)

    objects = SavedFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "token"], name="saved_form_once"),
        ]

    def __str__(self) -> str:
        return f"{self.token}, {self.at:%Y-%m-%d %H:%M}"
