"""Who has a story open at the desk. It locks nothing: it is there to be told."""

from datetime import datetime, timedelta

from django.db import models

from articles import clock

from .users import User

PRESENT_FOR = timedelta(minutes=2)  # a page says each minute that it is open
ROWS_LAST = timedelta(hours=1)
MOST_NAMED = 8


class PresenceQuerySet(models.QuerySet["Presence"]):
    def record(self, user: User, article_pk: int, *, is_typing: bool = False) -> None:
        """Note that ``user`` has the story open now: one query, three for who has just come."""
        at = clock.now()
        row = self.filter(user=user, article_id=article_pk)
        values: dict[str, datetime | None] = {"seen_at": at}
        if is_typing:
            values["typed_at"] = at
        if row.filter(seen_at__gt=at - PRESENT_FOR).update(**values):
            return
        self.filter(seen_at__lte=at - ROWS_LAST).delete()
        values = {"opened_at": at, "typed_at": None} | values
        self.update_or_create(user=user, article_id=article_pk, defaults=values)

    def others(self, user: User, article_pk: int) -> list["Presence"]:
        """Return who but ``user`` has the story open, who came first before the others, 8 at most: one query.

        Of their accounts only the names are read.
        """
        since = clock.now() - PRESENT_FOR
        rows = self.filter(article_id=article_pk, seen_at__gt=since).exclude(user=user)
        names = ("user__username", "user__first_name", "user__last_name")
        rows = rows.select_related("user").only("opened_at", "typed_at", *names)
        return list(rows.order_by("opened_at", "pk")[:MOST_NAMED])


class Presence(models.Model):
    """``user`` has the form of ``article`` open since ``opened_at``, and was last known to have it at ``seen_at``.

    ``typed_at`` is when the form last differed from a minute before; None: it has not yet.
    """

    user = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    typed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.article_id}"
