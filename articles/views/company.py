"""With whom, and under which subjects, somebody stands in the paper's stories."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Value
from django.urls import reverse

from articles.models.edition_links import LINKS
from articles.models.organizations import Organization
from articles.models.people import Person

STORIES = 200  # the newest: what was long ago is found by the filters
MOST_SHOWN, MOST_TAGS = 8, 30
STEMS = {"person": "people", "organization": "organizations", "tag": "tags"}


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody or something in the same stories: ``stories`` of the newest of them."""

    pk: int
    name: str
    slug: str
    url: str
    stories: int


@dataclass(frozen=True, slots=True)
class Company:
    """Who and what else stands in somebody's newest stories, the most frequent first."""

    people: tuple[Companion, ...] = ()
    organizations: tuple[Companion, ...] = ()
    tags: tuple[Companion, ...] = ()


def read_company(target: Person | Organization) -> Company:
    """Read who and what else the newest listed stories of ``target`` link: one query, bounded by their number.

    Whom a listed story links has a page, so nothing is asked of whom it finds.
    """
    name = str(target._meta.model_name)
    links = LINKS[name].objects.listed().filter(**{name: target}).newest()
    newest = links.values("edition_id")[:STORIES]
    people, organizations, tags = (_counted(kind, newest) for kind in STEMS)
    found: dict[str, list[Companion]] = {kind: [] for kind in STEMS}
    stems = {kind: reverse(door) for kind, door in STEMS.items()}
    for kind, pk, label, slug, count in people.union(organizations, tags, all=True):
        if (kind, pk) != (name, target.pk):
            url = f"{stems[kind]}{slug}/" if kind == "tag" else f"{stems[kind]}{pk}/{slug}/"
            found[kind].append(Companion(pk, label, slug, url, count))
    return Company(
        _most(found["person"], MOST_SHOWN),
        _most(found["organization"], MOST_SHOWN),
        _most(found["tag"], MOST_TAGS),
    )


def _counted(kind: str, editions: Any) -> Any:
    """Return what ``editions`` (a query of their keys) link of ``kind``: kind, row, name, slug, how many stories."""
    rows = LINKS[kind].objects.filter(edition__in=editions).order_by()
    named = rows.annotate(
        what=Value(kind, CharField()), row=F(f"{kind}_id"), label=F(f"{kind}__name")
    )
    columns = ("what", "row", "label", f"{kind}__slug")
    return named.values_list(*columns).annotate(stories=Count("pk"))


def _most(found: list[Companion], most: int) -> tuple[Companion, ...]:
    """Return the most frequent of ``found``, those of one count by name."""
    return tuple(sorted(found, key=lambda one: (-one.stories, one.name))[:most])
