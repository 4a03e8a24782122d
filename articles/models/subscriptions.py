"""Feeds that the newsroom takes."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from articles import clock

if TYPE_CHECKING:
    from .tags import Tag


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def due(self, at: datetime | None = None) -> "SubscriptionQuerySet":
        """Active feeds that are to be asked at ``at`` (aware, default now), the longest overdue first."""
        return self.filter(is_active=True, next_fetch_at__lte=at or clock.now()).order_by(
            "next_fetch_at", "pk"
        )


class Subscription(models.Model):
    """A feed (RSS, Atom or JSON Feed) that ``manage.py fetch_feeds`` asks for news; its stories bear ``source``.

    ``etag`` and ``last_modified`` are the server's own words, sent back to it; ``digest`` (SHA-256, hex) is of the
    bytes taken last; ``failures`` counts those in a row and makes the pauses longer. ``state`` is what the last visit
    came to, in words for the editor.
    """

    name = models.CharField(max_length=120)
    url = models.URLField("address of the feed", max_length=500, unique=True)
    source = models.SlugField(
        max_length=80, unique=True, help_text="The name under which its stories come in."
    )
    is_active = models.BooleanField(default=True, help_text="Ask it again and again.")
    is_trusted = models.BooleanField(
        default=False, help_text="Publish its stories as they come, without an editor."
    )
    tags: "models.ManyToManyField[Tag, Any]" = models.ManyToManyField(
        "Tag", blank=True, related_name="+", help_text="Every story of it gets these."
    )
    minutes = models.PositiveSmallIntegerField(
        default=15,
        validators=[MinValueValidator(5), MaxValueValidator(1440)],
        help_text="How often it is asked, in minutes.",
    )

    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    next_fetch_at = models.DateTimeField(default=clock.now, editable=False, db_index=True)
    fetched_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(max_length=300, blank=True, editable=False)
    last_run = models.ForeignKey(
        "ImportRun", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        permissions = [("trust_subscription", "Can let a feed publish by itself")]

    def __str__(self) -> str:
        return self.name
