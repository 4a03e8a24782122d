"""Those who write for the paper."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles import clock
from articles.text.fold import slugify

from .edition_links import EditionAuthor, each_has
from .page_urls import numbered_address
from .trash import Trashable, TrashHidingManager

if TYPE_CHECKING:
    from .images import Image


class AuthorQuerySet(models.QuerySet["Author"]):
    def public(self, at: datetime | None = None) -> "AuthorQuerySet":
        """Authors of an edition that is listed at ``at`` (aware, default now)."""
        links = EditionAuthor.objects.listed(at or clock.now())
        return self.filter(each_has(links.filter(author=models.OuterRef("pk"))))

    def in_trash(self, names: Iterable[str]) -> set[str]:
        """Return which of ``names`` are those of authors in the trash."""
        rows = Author.all_objects.filter(name__in=list(names)).exclude(trashed_at=None)
        return set(rows.values_list("name", flat=True))


_AuthorManager = models.Manager.from_queryset(AuthorQuerySet)


class AuthorManager(TrashHidingManager, _AuthorManager):
    """Authors who are not in the trash."""


class Author(Trashable):
    """Somebody who writes for the paper. Needs no login, and is not one of the people in the news.

    What readers get of the row: name, ``beat``, and what the ``public_`` properties and ``AuthorLink`` let them.
    """

    name = models.CharField(max_length=200, unique=True)
    beat = models.CharField(
        max_length=160,
        blank=True,
        help_text=_("What they cover, as readers see it: council and courts."),
    )
    biography = models.TextField(blank=True, help_text=_("An empty line begins a paragraph."))
    is_biography_public = models.BooleanField(
        default=False, help_text=_("Readers see the biography on the author's page.")
    )
    portrait = models.ForeignKey(
        "Image", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(blank=True)
    is_email_public = models.BooleanField(
        default=False, help_text=_("Readers see the address on the author's page.")
    )
    user = models.ForeignKey(
        "User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AuthorManager()
    all_objects = AuthorQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return numbered_address("author", self.pk, self.slug)

    @property
    def slug(self) -> str:
        """The part of the address that is for people; the number in it is what counts."""
        return slugify(self.name, default="author")

    @property
    def public_biography(self) -> str:
        """What readers get of the biography: all of it, or nothing while it is not marked public."""
        return self.biography if self.is_biography_public else ""

    @property
    def public_email(self) -> str:
        """Where readers may write to, empty while the address is not marked public."""
        return self.email if self.is_email_public else ""

    @property
    def public_portrait(self) -> "Image | None":
        """The portrait that readers get: described and not in the trash, as ``ImageQuerySet.public`` asks."""
        portrait = self.portrait
        return portrait if portrait and portrait.has_alt and not portrait.trashed_at else None


class AuthorLinkQuerySet(models.QuerySet["AuthorLink"]):
    def public(self) -> "AuthorLinkQuerySet":
        """Pages that readers may be told of."""
        return self.filter(is_public=True)


_AuthorLinkManager = models.Manager.from_queryset(AuthorLinkQuerySet)


class AuthorLinkManager(TrashHidingManager, _AuthorLinkManager):
    """Pages of authors who are not in the trash."""

    trash_paths = ("author__",)


class AuthorLink(models.Model):
    """A page elsewhere that is about an author and nobody else: schema.org's ``sameAs``."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(_("address"), max_length=500)
    label = models.CharField(
        max_length=60,
        blank=True,
        help_text=_("As readers see it: Mastodon. Empty: the name of the host."),
    )
    is_public = models.BooleanField(
        default=False, help_text=_("Readers see this link on the author's page.")
    )

    objects = AuthorLinkManager()
    all_objects = AuthorLinkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("page elsewhere")
        verbose_name_plural = _("pages elsewhere")
        constraints = [
            models.UniqueConstraint(fields=["author", "url"], name="author_link_once"),
            models.CheckConstraint(
                condition=models.Q(url__startswith="https://")
                | models.Q(url__startswith="http://"),
                name="author_link_to_the_web",
                violation_error_message=_("The address begins with https:// or http://."),
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.host

    @property
    def host(self) -> str:
        """The name of the host, as people say it: ``mastodon.example``."""
        return (urlsplit(self.url).hostname or self.url).removeprefix("www.")
