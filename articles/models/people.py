"""People in the news and the names they go by (Popolo)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models
from simple_history.models import HistoricalRecords

from articles import clock

from .constraints import exactly_one
from .edition_links import EditionPerson, each_has
from .merges import MergeableQuerySet
from .page_urls import numbered_address
from .partial_dates import PartialDateField
from .trash import Trashable, TrashHidingManager


class PersonQuerySet(MergeableQuerySet):
    def public(self, at: datetime | None = None) -> "PersonQuerySet":
        """People whom a listed edition links at ``at`` (aware, default now)."""
        links = EditionPerson.objects.listed(at or clock.now())
        return self.filter(each_has(links.filter(person=models.OuterRef("pk"))))


_PersonManager = models.Manager.from_queryset(PersonQuerySet)


class PersonManager(TrashHidingManager, _PersonManager):
    """People who are not in the trash."""


class Person(Trashable):
    """Somebody whom stories are about or who speaks in them. A person is not a login."""

    name = models.CharField(max_length=200, db_index=True)
    slug = models.SlugField(max_length=120)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    sort_name = models.CharField(max_length=200, blank=True, db_index=True)
    honorific = models.CharField(max_length=40, blank=True, help_text="House style: Mr, Dame, Dr …")
    biography = models.TextField(blank=True)
    portrait = models.ForeignKey(
        "Image", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_confirmed = models.BooleanField(
        default=False, help_text="An editor has checked that this person is who the row says."
    )
    is_biography_public = models.BooleanField(
        default=False, help_text="Readers see the biography once the person is confirmed."
    )

    objects = PersonManager()
    all_objects = PersonQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["sort_name", "name"]
        verbose_name_plural = "people"
        permissions = [("merge_person", "Can merge two people, and undo it")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return numbered_address("person", self.pk, self.slug)

    @property
    def public_biography(self) -> str:
        """What readers get of the biography: all of it, or nothing while it is not marked public or not confirmed."""
        return self.biography if self.is_confirmed and self.is_biography_public else ""

    def role_on(self, day: date) -> "Membership | None":
        """Return the public role that this person held on ``day``, the one begun last; None if readers know of none.

        Reads ``memberships.all()``, so a prefetch serves it. Unknown bounds count as open.
        """
        public_roles = (m for m in self.memberships.all() if m.is_for_readers)
        return max(_held_on(public_roles, day), key=_start_order, default=None)

    def confirmed_role_on(self, day: date) -> "Membership | None":
        """Return the confirmed role of ``day``, public or not: for the desk, never for what readers get."""
        return max(self.confirmed_roles_on(day), key=_start_order, default=None)

    def confirmed_roles_on(self, day: date) -> "list[Membership]":
        """Return all confirmed roles of ``day``, public or not: for the desk, never for what readers get."""
        return _held_on((m for m in self.memberships.all() if m.is_confirmed), day)


def _held_on(memberships: "Iterable[Membership]", day: date) -> "list[Membership]":
    iso = day.isoformat()
    return [membership for membership in memberships if membership.holds_on(iso)]


def _start_order(membership: "Membership") -> tuple[str, int]:
    return membership.start_date, membership.pk


class OtherNameQuerySet(models.QuerySet["OtherName"]):
    def public(self) -> "OtherNameQuerySet":
        """Names that readers may be told: ``OtherName.is_for_readers`` as a query."""
        return self.filter(visibility=OtherName.Visibility.PUBLIC)

    def printable(self) -> "OtherNameQuerySet":
        """Names that were right to print once: those that readers may be told, and former names, whoever sees them now.

        Another name that only redirects, or is hidden, may well be a slip of the pen.
        """
        return self.public() | self.filter(kind=OtherName.Kind.FORMER)


_OtherNameManager = models.Manager.from_queryset(OtherNameQuerySet)


class OtherNameManager(TrashHidingManager, _OtherNameManager):
    """Names of rows that are not in the trash."""

    trash_paths = ("person__", "organization__")


class OtherName(models.Model):
    """Another name of one person or organization (Popolo)."""

    class Kind(models.TextChoices):
        ALIAS = "alias", "also known as"
        FORMER = "former", "former name"
        TRANSLITERATION = "transliteration", "other spelling"
        ABBREVIATION = "abbreviation", "abbreviation"

    class Visibility(models.TextChoices):
        PUBLIC = "public", "public"
        REDIRECT = "redirect", "redirect only"
        HIDDEN = "hidden", "hidden"

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="other_names"
    )
    organization = models.ForeignKey(
        "Organization", on_delete=models.CASCADE, null=True, blank=True, related_name="other_names"
    )
    name = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.ALIAS)
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )

    objects = OtherNameManager()
    all_objects = OtherNameQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("person", "organization"),
                name="othername_of_person_or_organization",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_for_readers(self) -> bool:
        """Whether readers may be told the name; one that only redirects, or is hidden, they never are."""
        return self.visibility == self.Visibility.PUBLIC


class MembershipQuerySet(models.QuerySet["Membership"]):
    def public(self) -> "MembershipQuerySet":
        """Roles that readers may be told of: ``Membership.is_for_readers`` as a query."""
        return self.filter(**dict.fromkeys(Membership.READER_FLAGS, True))


_MembershipManager = models.Manager.from_queryset(MembershipQuerySet)


class MembershipManager(TrashHidingManager, _MembershipManager):
    """Roles of people who are not in the trash."""

    trash_paths = ("person__",)


class Membership(models.Model):
    """A role that a person holds or held in an organization, from and to partial dates (Popolo).

    Readers may be told of one on which all of ``READER_FLAGS`` are set; past states of a row are asked the same.
    """

    READER_FLAGS = ("is_confirmed", "is_public")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(
        "Organization", on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=160, help_text='As printed: "deputy harbour master".')
    start_date = PartialDateField(help_text="2025, 2025-12 or 2025-12-04; empty: unknown")
    end_date = PartialDateField(help_text="The last day; empty: still, or unknown")
    source_url = models.URLField(blank=True)
    is_confirmed = models.BooleanField(default=False)
    is_public = models.BooleanField(
        default=False, help_text="Readers see this role on the person's page once it is confirmed."
    )

    objects = MembershipManager()
    all_objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-start_date", "pk"]

    def __str__(self) -> str:
        return f"{self.role}, {self.organization}"

    @property
    def is_for_readers(self) -> bool:
        """Whether readers may be told of the role, on any page: it is confirmed and marked public."""
        return all(getattr(self, flag) for flag in self.READER_FLAGS)

    def holds_on(self, iso: str) -> bool:
        """Tell whether the role may be held on the day ``iso`` (``YYYY-MM-DD``): ``2025`` covers its whole year."""
        has_started = not self.start_date or self.start_date <= iso[: len(self.start_date)]
        return has_started and (not self.end_date or iso[: len(self.end_date)] <= self.end_date)
