"""The newsroom's working copy of a story. No reader ever sees one: they get editions."""

import zlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from .authors import Author
from .merges import Merge
from .users import User


def paper_language() -> str:
    """Return the language that a story is in unless it says otherwise (BCP 47)."""
    return settings.LANGUAGE_CODE


class ArticleQuerySet(models.QuerySet["Article"]):
    def locked(self) -> "ArticleQuerySet":
        """Lock the rows for this transaction; SQLite's IMMEDIATE transaction has locked all already."""
        return self.select_for_update(of=("self",))

    def with_everything(self) -> "ArticleQuerySet":
        """Prefetch all that composing needs, at a fixed number of queries however many articles."""
        return (
            self.select_related("lead_image")
            .prefetch_related("bylines__author", "tags")
            .with_record()
        )

    def with_record(self) -> "ArticleQuerySet":
        """Prefetch who is in the articles and who said what, with the roles on record."""
        return self.prefetch_related(
            "organizations",
            "people__memberships__organization",
            "quotes__parts",
            "quotes__person__memberships__organization",
            "quotes__organization",
            "quotes__on_behalf_of",
            "mentions__person__memberships__organization",
            "mentions__organization",
        )

    def edited(self) -> "ArticleQuerySet":
        """Articles that a person, not only an import, has saved."""
        from .revisions import Revision

        by_hand = Revision.objects.filter(article=models.OuterRef("pk"), by__isnull=False)
        return self.filter(models.Exists(by_hand))

    def with_state(self, at: datetime | None = None) -> "ArticleQuerySet":
        """Annotate ``live_kind``, ``live_since``, ``live_revision`` and ``scheduled_for`` as the clock has it ``at``.

        All four are None where there is no such edition; times are aware.
        """
        from .editions import Edition

        at = at or timezone.now()
        live = Edition.objects.live(at).filter(article=models.OuterRef("pk"))
        coming = Edition.objects.filter(article=models.OuterRef("pk"), starts_at__gt=at)
        return self.annotate(
            live_kind=models.Subquery(live.values("kind")[:1]),
            live_since=models.Subquery(live.values("starts_at")[:1]),
            live_revision=models.Subquery(live.values("revision_number")[:1]),
            scheduled_for=models.Subquery(coming.order_by("starts_at").values("starts_at")[:1]),
        )


class Article(models.Model):
    """The working copy. Editors change it freely; publishing freezes it as an ``Edition``.

    ``published_at`` (aware) is the date the story carries, as far as ``date_precision`` says; None for a story written
    here, which gets the time of its publication, and for an import whose source gave none, which waits for one.
    ``source`` is empty for a story written here. ``original`` are the bytes that came in, compressed; ``original_map``
    leads from the plain body as imported back into them, as ``[start, source, length]`` runs in code points.
    """

    class Stage(models.TextChoices):
        WRITING = "writing", "being written"
        EDITING = "editing", "being edited"
        READY = "ready", "ready"

    class PubStatus(models.TextChoices):
        USABLE = "usable", "usable"
        WITHHELD = "withheld", "withheld"
        CANCELED = "canceled", "canceled"

    class Precision(models.TextChoices):
        MINUTE = "minute", "to the minute"
        DAY = "day", "the day"
        MONTH = "month", "the month"
        YEAR = "year", "the year"

    headline = models.CharField(max_length=300)
    is_headline_derived = models.BooleanField(
        "headline is derived",
        default=False,
        help_text="Made from the first sentence because the source had none.",
    )
    slug = models.SlugField(max_length=100, blank=True, help_text="Empty: made from the headline.")
    kicker = models.CharField(max_length=80, blank=True)
    dek = models.CharField(max_length=500, blank=True)
    body_html = models.TextField("body", blank=True)
    dateline = models.CharField(max_length=120, blank=True)
    credit = models.CharField(max_length=160, blank=True, help_text="Agency or source, as printed.")
    language = models.CharField(max_length=20, default=paper_language)
    published_at = models.DateTimeField(
        "date of the story",
        null=True,
        blank=True,
        help_text="Empty: the time of its first publication.",
    )
    date_precision = models.CharField(
        max_length=6, choices=Precision.choices, default=Precision.MINUTE
    )

    authors = models.ManyToManyField(Author, through="Byline", related_name="+")
    tags = models.ManyToManyField("Tag", blank=True, related_name="+")
    people = models.ManyToManyField("Person", blank=True, related_name="+")
    organizations = models.ManyToManyField("Organization", blank=True, related_name="+")
    lead_image = models.ForeignKey(
        "Image", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WRITING)
    embargoed_until = models.DateTimeField(null=True, blank=True)
    is_on_hold = models.BooleanField("on hold", default=False)
    pub_status = models.CharField(
        "the wire says",
        max_length=10,
        choices=PubStatus.choices,
        default=PubStatus.USABLE,
    )
    ed_note = models.TextField("note to editors", blank=True, help_text="Never public.")

    source = models.CharField(max_length=80, blank=True, db_index=True, editable=False)
    original = models.BinaryField(null=True, editable=False)
    original_map = models.JSONField(default=list, blank=True, editable=False)
    revision_number = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-pk"]
        permissions = [
            ("publish_article", "Can publish, schedule and correct"),
            ("withdraw_article", "Can withdraw"),
        ]

    def __str__(self) -> str:
        return self.headline or "(no headline)"

    def snapshot(self) -> dict[str, Any]:
        """Return all that an editor can change as plain JSON values; links by primary key, in order."""
        fields = {name: getattr(self, name) for name in SNAPSHOT_FIELDS}
        return fields | {
            "published_at": self.published_at and self.published_at.isoformat(),
            "embargoed_until": self.embargoed_until and self.embargoed_until.isoformat(),
            "lead_image": self.lead_image_id,
            "bylines": [[line.author.name, line.role] for line in self.bylines.all()],
            "tags": sorted(tag.pk for tag in self.tags.all()),
            "people": sorted(person.pk for person in self.people.all()),
            "organizations": sorted(body.pk for body in self.organizations.all()),
        }

    def take_over(self, values: dict[str, Any]) -> None:
        """Write ``values`` (a ``snapshot()``, or the part of one that is to change) into this row and its links.

        Authors unknown so far are created by their name. The caller holds the lock and keeps the revision.
        """
        values = dict(values)
        bylines = values.pop("bylines", None)
        links = {name: values.pop(name) for name in SNAPSHOT_LINKS if name in values}
        for name, kind in MERGEABLE.items():
            if name in links:
                links[name] = Merge.objects.survivors(kind, links[name])
        for name in SNAPSHOT_TIMES & values.keys():
            moment = values.pop(name)
            setattr(self, name, datetime.fromisoformat(moment) if moment else None)
        if "lead_image" in values:
            self.lead_image_id = values.pop("lead_image")
        for name, value in values.items():
            setattr(self, name, value)
        self.save()
        for name, keys in links.items():
            getattr(self, name).set(keys)
        if bylines is not None:
            self.bylines.all().delete()
            for order, (name, role) in enumerate(bylines):
                author, _ = Author.objects.get_or_create(name=name)
                Byline.objects.create(article=self, author=author, role=role, order=order)

    def keep_revision(self, by: User | None) -> None:
        """Keep what is stored now as the next revision; ``by`` is None for an import. The caller holds the lock."""
        stored = Article.objects.with_everything().get(pk=self.pk)
        self.revision_number = stored.revision_number + 1
        self.updated_at = timezone.now()
        self.save(update_fields=["revision_number", "updated_at"])
        self.revisions.create(number=self.revision_number, by=by, snapshot=stored.snapshot())

    def keep_original(self, content: bytes) -> None:
        """Keep the bytes that came in, compressed."""
        self.original = zlib.compress(content)

    def original_bytes(self) -> bytes:
        """Return the bytes that came in, empty for a story written here."""
        return zlib.decompress(self.original) if self.original else b""


SNAPSHOT_FIELDS = (
    "headline is_headline_derived slug kicker dek body_html dateline credit language "
    "date_precision stage is_on_hold pub_status ed_note"
).split()
SNAPSHOT_TIMES = {"published_at", "embargoed_until"}
SNAPSHOT_LINKS = ("tags", "people", "organizations")
MERGEABLE = {"people": "person", "organizations": "organization"}


class Byline(models.Model):
    """An author's place in the byline of an article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(
        max_length=80, blank=True, help_text="photographs, additional reporting …"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author", "role"], name="byline_once_in_a_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.author} ({self.role})" if self.role else str(self.author)
