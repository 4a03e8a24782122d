"""Those who write for the paper."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from articles import clock
from articles.text.fold import slugify

from .edition_links import EditionAuthor
from .page_urls import numbered_address
from .trash import Trashable, TrashHidingManager


class AuthorQuerySet(models.QuerySet["Author"]):
    def public(self, at: datetime | None = None) -> "AuthorQuerySet":
        """Authors of an edition that is listed at ``at`` (aware, default now)."""
        links = EditionAuthor.objects.listed(at or clock.now())
        return self.filter(models.Exists(links.filter(author=models.OuterRef("pk"))))

    def in_trash(self, names: Iterable[str]) -> set[str]:
        """Return which of ``names`` are those of authors in the trash."""
        rows = Author.all_objects.filter(name__in=list(names)).exclude(trashed_at=None)
        return set(rows.values_list("name", flat=True))


_AuthorManager = models.Manager.from_queryset(AuthorQuerySet)


class AuthorManager(TrashHidingManager, _AuthorManager):
    """Authors who are not in the trash."""


class Author(Trashable):
    """Somebody who writes for the paper. Needs no login, and is not one of the people in the news."""

    name = models.CharField(max_length=200, unique=True)
    user = models.ForeignKey(
        "User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AuthorManager()
    all_objects = AuthorQuerySet.as_manager()

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
