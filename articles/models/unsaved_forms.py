"""What was written in a story's form and is not saved: the working draft of an account, which nobody else sees."""

import json
from collections.abc import Mapping
from datetime import timedelta

from django.db import models
from django.http import QueryDict
from django.urls import reverse

from articles import clock

from .saved_forms import SavedForm
from .users import User

OFFERED_FOR = timedelta(days=14)
MOST_FORMS = 20  # of one account; of more the oldest go
MAX_BYTES = 1_000_000


class UnsavedFormQuerySet(models.QuerySet["UnsavedForm"]):
    def offered(self, user: User) -> "UnsavedFormQuerySet":
        """What ``user`` may still open, the newest first; nobody else's."""
        since = clock.now() - OFFERED_FOR
        return self.filter(user=user, at__gt=since).order_by("-at", "-pk")

    def of_article(self, pk: int) -> "UnsavedFormQuerySet":
        """What was written in the form of a story, whoever did."""
        return self.filter(path=reverse("admin:articles_article_change", args=[pk]))

    def store(
        self, user: User, path: str, token: str, values: Mapping[str, list[str]]
    ) -> "UnsavedForm | None":
        """Store what ``user`` has written as the text ``token`` of the form at ``path``; it replaces what that was.

        Returns None for what is longer than ``MAX_BYTES``. Rows that are no longer offered go, whoever they are of.
        """
        self.filter(at__lte=clock.now() - OFFERED_FOR).delete()
        if len(json.dumps(values, ensure_ascii=False).encode()) > MAX_BYTES:
            return None
        form, _ = self.update_or_create(
            user=user, path=path, token=token, defaults={"values": values, "at": clock.now()}
        )
        SavedForm.objects.filter(user=user, token=token).delete()  # it was written on
        newest = self.offered(user).values_list("pk", flat=True)[:MOST_FORMS]
        self.filter(user=user).exclude(pk__in=list(newest)).delete()
        return form


class UnsavedForm(models.Model):
    """A form of a story that was not saved: of which account, from which page, and all that its fields held.

    It was sent while it was written, or was refused. ``token`` names the text: the same one on the page on which it is
    written and on that on which it is opened again. ``values`` has a list of texts for each field. It is offered to
    its own account for ``OFFERED_FOR``, and to nobody else.
    """

    user = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200)
    token = models.CharField(max_length=64)
    values = models.JSONField()
    at = models.DateTimeField(default=clock.now, db_index=True)

    objects = UnsavedFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "path", "token"], name="unsaved_form_once")
        ]

    def __str__(self) -> str:
        return f"{self.path}, {self.at:%Y-%m-%d %H:%M}"

    @property
    def headline(self) -> str:
        """The headline as it was written, at most 80 characters."""
        return " ".join("".join(self.values.get("headline", [])).split())[:80]

    @property
    def changed(self) -> str:
        """When it was last changed, as the browser said (milliseconds since 1970); empty where no script told."""
        return "".join(self.values.get("draft_changed", []))[:20]

    @property
    def address(self) -> str:
        """Where it is opened."""
        return f"{self.path}?unsaved={self.pk}"

    def form_data(self) -> QueryDict:
        """Return the values as a form takes what was sent."""
        data = QueryDict(mutable=True)
        for name, texts in self.values.items():
            data.setlist(name, texts)
        return data
