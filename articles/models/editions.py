"""What readers got: editions, their links, and the one place that says what is visible."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.composed import Composed, CorrectionNote, Credit, Link, Picture, QuoteSnapshot
from articles.story_fields import FIELDS_BY_NAME

from .constraints import PostgresExclusion
from .edition_links import each_has, is_before, is_following, links_to, listed_links
from .page_urls import numbered_address
from .story_columns import StoryColumns
from .visibility import FOREVER, filter_first, is_listed, is_live, published_between

if TYPE_CHECKING:
    from articles.text.dates import Precision

    from .authors import Author
    from .organizations import Organization
    from .people import Person
    from .tags import Tag

    Target: TypeAlias = Tag | Person | Organization | Author

DEEPEST_LINKS = 2000
QUOTE_LINKS = ("person", "organization", "said_for")


class StartOfPaper(Func):
    """A start next to a moment, over all editions. Plain SQL: every page asks it, and the ORM takes its time."""

    output_field = models.DateTimeField()
    template = (
        "(SELECT %(function)s(starts_at) FROM articles_edition "
        "WHERE starts_at %(side)s %(expressions)s)"
    )


class EditionQuerySet(models.QuerySet["Edition"]):
    def live(self, at: datetime | None = None) -> "EditionQuerySet":
        """What readers see at ``at`` (aware, default now), withdrawals included."""
        return self.filter(is_live(at or clock.now()))

    def listed(self, at: datetime | None = None) -> "EditionQuerySet":
        """What belongs in lists, feeds, sitemaps and search: live and not withdrawn."""
        return self.filter(is_listed(at or clock.now()))

    def newest(self) -> "EditionQuerySet":
        """Newest story first, in the order of the index."""
        return self.order_by("-published_at", "-pk")

    def oldest(self) -> "EditionQuerySet":
        """Oldest story first: the order of the index, backwards."""
        return self.order_by("published_at", "pk")

    def before(self, published_at: datetime, pk: int) -> "EditionQuerySet":
        """What comes after the story with this key (aware; edition), newest first: an index range, unlike OFFSET."""
        rows: EditionQuerySet = filter_first(self, is_before(published_at, pk))
        return rows

    def following(self, published_at: datetime, pk: int) -> "EditionQuerySet":
        """What comes after the story with this key (aware; edition), oldest first."""
        rows: EditionQuerySet = filter_first(self, is_following(published_at, pk))
        return rows

    def started(self, at: datetime | None = None) -> "EditionQuerySet":
        """What readers see or once saw, oldest first."""
        return self.filter(starts_at__lte=at or clock.now()).order_by("starts_at")

    def coming(self, at: datetime | None = None) -> "EditionQuerySet":
        """Scheduled editions, the next one first; not what began by a clock that has gone back since."""
        later = self.filter(starts_at__gt=at or clock.now(), has_set_start=True)
        return later.order_by("starts_at")

    def lasting(self, at: datetime | None = None) -> "EditionQuerySet":
        """What is listed at ``at`` (aware, default now) or will be once it begins."""
        return self.filter(ends_at__gt=at or clock.now()).exclude(kind=Edition.Kind.WITHDRAWAL)

    def unreached(self, at: datetime | None = None) -> "EditionQuerySet":
        """Editions that readers had at once when they were made, by a clock that was ahead of ``at`` (aware)."""
        return self.filter(starts_at__gt=at or clock.now(), has_set_start=False)

    def with_starts(self, at: datetime | None = None) -> "EditionQuerySet":
        """Annotate when the last edition of the whole paper began, and when the next one will: no query of their own.

        ``last_start`` and ``next_start`` are aware; ``next_start`` is None when nothing is scheduled.
        """
        at_value = models.Value(at or clock.now(), models.DateTimeField())
        return self.annotate(
            last_start=StartOfPaper(at_value, function="MAX", side="<="),
            next_start=StartOfPaper(at_value, function="MIN", side=">"),
        )

    def linked_to(
        self,
        *targets: "Target",
        since: datetime | None = None,
        until: datetime | None = None,
        without: "Sequence[Target]" = (),
        oldest_first: bool = False,
    ) -> "EditionQuerySet":
        """Editions that link every one of ``targets`` (rarest first) and none of ``without``, newest first.

        One target alone is one range of its link index. With several, or with any ``without``, only the newest
        ``DEEPEST_LINKS`` listed links of the first are looked at (or listed editions), so that two common tags that
        never meet cost no scan, and what is not listed takes the place of nothing that is. ``since`` (inclusive) and
        ``until`` (exclusive) bound ``published_at`` on the link. ``oldest_first`` is the same from the other end.
        """
        limits = {"published_at__gte": since, "published_at__lt": until}
        bounds = {key: value for key, value in limits.items() if value is not None}
        sign = "" if oldest_first else "-"
        if len(targets) == 1 and not without:
            name = str(targets[0]._meta.model_name)
            path = f"{name}_links__"
            conditions = {path + key: value for key, value in bounds.items()}
            editions = self.filter(**{f"{path}{name}": targets[0]}, **conditions)
            return editions.order_by(f"{sign}{path}published_at", f"{sign}{path}edition_id")
        editions = self
        if targets or without:
            column = "edition_id" if targets else "pk"
            rows = listed_links(targets[0]) if targets else Edition.objects.listed()
            rows = published_between(rows, since, until)
            rows = rows.order_by(f"{sign}published_at", f"{sign}{column}")
            editions = self.filter(pk__in=rows.values(column)[:DEEPEST_LINKS])
        for other in targets[1:]:
            editions = editions.filter(each_has(links_to(other)))
        for other in without:
            editions = editions.exclude(each_has(links_to(other)))
        return editions.oldest() if oldest_first else editions.newest()

    def close(self, at: datetime) -> int:
        """End these editions at ``at`` (aware). With ``reopen`` the only way an edition's end moves."""
        return self.update(ends_at=at)

    def reopen(self) -> int:
        """Let these editions hold until further notice, after what was to follow them is cancelled."""
        return self.update(ends_at=FOREVER)

    def hide(self, reason: str) -> int:
        """Take these superseded editions out of the public history of their story, for a stated reason."""
        return self.update(is_hidden=True, hidden_reason=reason)

    def relink(self, edition: "Edition") -> int:
        """Store where the links of this edition lead, as after a merge; its words, and who said them then, stay.

        Its fragments are rendered anew when they are next asked for.
        """
        links = {name: getattr(edition, name) for name in ("people", "organizations", "quotes")}
        return self.update(rendered_with="", **links)

    def replace_fragments(self, card_html: str, page_html: str, rendered_with: str) -> int:
        """Store newly rendered fragments; the words that they are made of never change."""
        return self.update(card_html=card_html, page_html=page_html, rendered_with=rendered_with)


class Edition(StoryColumns):
    """A stored ``Composed`` that readers get from ``starts_at`` up to, not including, ``ends_at`` (aware).

    Once started its words never change. Columns bear the names of ``Composed``'s fields. ``number`` counts the
    story's editions from 1; ``revision_number`` is the revision it was composed from; ``reason`` is the public reason
    of a withdrawal, and why a withdrawn story came back.
    ``has_set_start``: it was made for a later start, by ``schedule``; ``created_at`` (aware) is what
    the clock showed when it was made, None in rows from before that was noted.
    ``card_html`` and ``page_html`` are rendered with the templates that ``rendered_with`` names.
    """

    class Kind(models.TextChoices):
        UPDATE = "update", _("update")
        MINOR = "minor", _("minor fix")
        CORRECTION = "correction", _("correction")
        WITHDRAWAL = "withdrawal", _("withdrawal")

    article = models.ForeignKey("Article", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.UPDATE)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(default=FOREVER)
    published_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    date_precision: "models.CharField[str, Precision]" = models.CharField(
        max_length=6, default="minute"
    )
    revision_number = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    has_set_start = models.BooleanField(default=False)
    created_at = models.DateTimeField(null=True)
    is_hidden = models.BooleanField(default=False)
    hidden_reason = models.CharField(max_length=500, blank=True)

    slug = models.SlugField(max_length=FIELDS_BY_NAME["slug"].limit, db_index=False)
    body_html = models.TextField(blank=True)
    body_text = models.TextField(blank=True)
    language = models.CharField(max_length=FIELDS_BY_NAME["language"].limit)
    bylines = models.JSONField(default=list)
    tags = models.JSONField(default=list)
    people = models.JSONField(default=list)
    organizations = models.JSONField(default=list)
    quotes = models.JSONField(default=list)
    picture = models.JSONField(null=True)
    corrections = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    lead_image = models.ForeignKey(
        "Image", on_delete=models.PROTECT, null=True, related_name="editions"
    )

    card_html = models.TextField(blank=True)
    page_html = models.TextField(blank=True)
    rendered_with = models.CharField(max_length=32, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        permissions = [("hide_edition", "Can take a superseded edition out of the public history")]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="edition_newest"),
            models.Index(
                fields=["date_precision", "-published_at", "-id"], name="edition_newest_known"
            ),
            models.Index(fields=["kind", "-starts_at"], name="edition_by_kind"),  # withdrawals
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "ends_at"], name="edition_one_end"),
            models.UniqueConstraint(fields=["article", "starts_at"], name="edition_one_start"),
            models.CheckConstraint(
                condition=Q(published_at__lte=F("starts_at"), starts_at__lt=F("ends_at")),
                name="edition_times_in_order",
            ),
            PostgresExclusion(
                name="edition_no_overlap",
                expressions=[
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    ("article", RangeOperators.EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline} (edition {self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: what readers got does not change. Ends and fragments move by the queryset's methods."""
        if not self._state.adding:
            raise TypeError("An edition is never saved again: publish a new one.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return numbered_address("article", self.article_id, self.slug)

    @property
    def is_withdrawal(self) -> bool:
        return self.kind == self.Kind.WITHDRAWAL

    @property
    def composed(self) -> Composed:
        """The story as plain values, as it was frozen."""
        values = {f.name: getattr(self, f.name) for f in fields(Composed)}
        return Composed(
            **values
            | {
                "bylines": tuple(Credit(**line) for line in self.bylines),
                "tags": tuple(Link(**link) for link in self.tags),
                "people": tuple(Link(**link) for link in self.people),
                "organizations": tuple(Link(**link) for link in self.organizations),
                "quotes": tuple(_quote_snapshot(quote) for quote in self.quotes),
                "picture": self.picture
                and Picture(**self.picture | {"widths": tuple(self.picture["widths"])}),
                "corrections": tuple(
                    CorrectionNote(**note | {"at": datetime.fromisoformat(note["at"])})
                    for note in self.corrections
                ),
            }
        )


def _quote_snapshot(values: dict[str, Any]) -> QuoteSnapshot:
    """Return a quote as it was frozen."""
    links = {name: Link(**values[name]) for name in QUOTE_LINKS if values[name]}
    return QuoteSnapshot(**values | links | {"parts": tuple((a, b) for a, b in values["parts"])})
