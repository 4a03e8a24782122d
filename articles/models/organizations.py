"""Organizations in the news (Popolo)."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles import clock

from .edition_links import EditionOrganization, each_has
from .merges import MergeableQuerySet
from .page_urls import numbered_address
from .trash import Trashable, TrashHidingManager


class OrganizationQuerySet(MergeableQuerySet):
    def public(self, at: datetime | None = None) -> "OrganizationQuerySet":
        """Organizations that a listed edition links at ``at`` (aware, default now)."""
        links = EditionOrganization.objects.listed(at or clock.now())
        return self.filter(each_has(links.filter(organization=models.OuterRef("pk"))))


_OrganizationManager = models.Manager.from_queryset(OrganizationQuerySet)


class OrganizationManager(TrashHidingManager, _OrganizationManager):
    """Organizations that are not in the trash."""


class Organization(Trashable):
    """A body that stories are about or whose members speak in them."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("government")
        COMPANY = "company", _("company")
        AGENCY = "agency", _("news agency")
        ALLIANCE = "alliance", _("alliance")
        PARTY = "party", _("political party")
        COURT = "court", _("court")
        SCHOOL = "school", _("school or university")
        CLUB = "club", _("club or team")
        CHARITY = "charity", _("charity")
        OTHER = "other", _("other")

    name = models.CharField(max_length=200, db_index=True)
    slug = models.SlugField(max_length=120)
    abbreviation = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OTHER)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    description = models.TextField(blank=True)
    is_confirmed = models.BooleanField(
        default=False, help_text="An editor has checked that this row is right."
    )
    is_description_public = models.BooleanField(
        default=False, help_text="Readers see the description once the organization is confirmed."
    )

    objects = OrganizationManager()
    all_objects = OrganizationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        permissions = [("merge_organization", "Can merge two organizations, and undo it")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return numbered_address("organization", self.pk, self.slug)

    @property
    def public_description(self) -> str:
        """What readers get of the description: all, or nothing while it is not marked public or not confirmed."""
        return self.description if self.is_confirmed and self.is_description_public else ""
