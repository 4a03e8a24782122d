"""What editions link to, with the sort key beside each link."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models.functions import Coalesce

from articles import clock

from .visibility import is_listed


def is_before(published_at: datetime, pk: int, path: str = "published_at") -> models.Q:
    """Say what comes after the row with this key (aware; number), newest first: an index range, unlike a plain OR."""
    at = {name: models.Q(**{f"{path}__{name}": published_at}) for name in ("lte", "lt")}
    return at["lte"] & (at["lt"] | models.Q(pk__lt=pk))


def is_following(published_at: datetime, pk: int, path: str = "published_at") -> models.Q:
    """Say what comes after the row with this key (aware; number), oldest first."""
    at = {name: models.Q(**{f"{path}__{name}": published_at}) for name in ("gte", "gt")}
    return at["gte"] & (at["gt"] | models.Q(pk__gt=pk))


def each_has(rows: models.QuerySet[Any]) -> Coalesce:
    """Say that there is one of ``rows`` (with an ``OuterRef``), to be asked of each row by itself.

    As a plain ``Exists`` PostgreSQL may join all links with all editions first, for the few rows that are asked for.
    """
    return Coalesce(models.Exists(rows), models.Value(False))


class LinkQuerySet(models.QuerySet[Any]):
    def listed(self, at: datetime | None = None) -> Self:
        """Links of editions that are listed at ``at`` (aware, default now).

        The bound on the link's own date, which is its story's, changes no row, only the plan: newest first becomes a
        range of an index.
        """
        at = at or clock.now()
        return self.filter(is_listed(at, "edition__"), published_at__lte=at)

    def lasting(self, at: datetime | None = None) -> Self:
        """Links of editions that are listed at ``at`` (aware, default now) or will be once they begin."""
        at = at or clock.now()
        return self.filter(edition__ends_at__gt=at).exclude(edition__kind="withdrawal")

    def newest(self) -> Self:
        """Newest story first, in the order of the index."""
        return self.order_by("-published_at", "-edition_id")

    def oldest(self) -> Self:
        """Oldest story first: the order of the index, backwards."""
        return self.order_by("published_at", "edition_id")

    def repoint(self, field: str, key: int) -> int:
        """Let these links lead to another row (``field`` as ``person``), as after a merge; what was said stays."""
        return self.update(**{field: key})


class EditionLink(models.Model):
    """A link of an edition; it carries the sort key: a tag's page is one index range, whatever its size."""

    published_at = models.DateTimeField()
    edition_id: int

    objects = LinkQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} of edition {self.edition_id}"


class EditionTag(EditionLink):
    tag = models.ForeignKey("Tag", on_delete=models.PROTECT, related_name="+", db_index=False)
    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="tag_links")

    class Meta:
        indexes = [
            models.Index(fields=["tag", "-published_at", "-edition"], name="edition_tag_newest")
        ]
        constraints = [models.UniqueConstraint(fields=["edition", "tag"], name="edition_tag_once")]


class EditionPerson(EditionLink):
    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="person_links")

    class Meta:
        indexes = [
            models.Index(
                fields=["person", "-published_at", "-edition"], name="edition_person_newest"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "person"], name="edition_person_once")
        ]


class EditionOrganization(EditionLink):
    organization = models.ForeignKey(
        "Organization", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    edition = models.ForeignKey(
        "Edition", on_delete=models.CASCADE, related_name="organization_links"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["organization", "-published_at", "-edition"], name="edition_org_newest"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "organization"], name="edition_org_once")
        ]


class EditionAuthor(EditionLink):
    """A name of the byline, once however many roles it has there."""

    author = models.ForeignKey("Author", on_delete=models.PROTECT, related_name="+", db_index=False)
    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="author_links")

    class Meta:
        indexes = [
            models.Index(
                fields=["author", "-published_at", "-edition"], name="edition_author_newest"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "author"], name="edition_author_once")
        ]


LinkModel = type[EditionTag] | type[EditionPerson] | type[EditionOrganization] | type[EditionAuthor]

LINKS: dict[str, LinkModel] = {
    "tag": EditionTag,
    "person": EditionPerson,
    "organization": EditionOrganization,
    "author": EditionAuthor,
}


def listed_links(target: models.Model) -> "LinkQuerySet":
    """Return the listed links to ``target``, a tag, a person, an organization or an author."""
    name = str(target._meta.model_name)
    links: LinkQuerySet = LINKS[name].objects.listed().filter(**{name: target})
    return links


def links_to(target: models.Model) -> "LinkQuerySet":
    """Return the link to ``target`` of the edition that is looked at, if it has one, to be asked by ``Exists``."""
    name = str(target._meta.model_name)
    links: LinkQuerySet = LINKS[name].objects.filter(
        edition=models.OuterRef("pk"), **{name: target}
    )
    return links
