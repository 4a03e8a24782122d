"""Who is meant by a search: a card each, with the role of today and how much the paper has of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles import clock
from articles.models.edition_links import EditionOrganization, EditionPerson
from articles.models.edition_quotes import EditionQuote
from articles.models.name_words import EntityName
from articles.models.organizations import Organization
from articles.models.people import Membership, Person
from articles.public.views.pagination import COUNT_CAP, format_quotes, format_stories


class CappedCount(Subquery):
    """How many rows a queryset has, counted up to ``COUNT_CAP``."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: "QuerySet[Any]") -> None:
        super().__init__(rows.order_by().values("pk")[:COUNT_CAP])


@dataclass(frozen=True, slots=True)
class NameCard:
    """A person or an organization: ``also`` is the other name that was looked for, ``counts`` in words."""

    name: str
    url: str
    role: str
    counts: tuple[str, ...]
    also: str = ""


def read_cards(names: Sequence[EntityName]) -> list[NameCard]:
    """Read the cards of ``names``, in their order: two queries for people and one for organizations."""
    people = _read_people(name.entity.pk for name in names if isinstance(name.entity, Person))
    organizations = _read_organizations(
        name.entity.pk for name in names if isinstance(name.entity, Organization)
    )
    cards = []
    for name in names:
        is_person = isinstance(name.entity, Person)
        row = (people if is_person else organizations).get(name.entity.pk)
        if row is not None:
            cards.append(_card(name, row))
    return cards


def _read_people(keys: Iterable[int]) -> dict[int, Any]:
    if not (keys := list(keys)):
        return {}
    links = EditionPerson.objects.listed().filter(person=OuterRef("pk"))
    quotes = EditionQuote.objects.listed().filter(person=OuterRef("pk"))
    people = Person.objects.filter(pk__in=keys).annotate(
        story_count=CappedCount(links), quote_count=CappedCount(quotes)
    )
    roles = Membership.objects.public().select_related("organization")
    return {row.pk: row for row in people.prefetch_related(Prefetch("memberships", roles))}


def _read_organizations(keys: Iterable[int]) -> dict[int, Any]:
    """Read organizations; a quote is theirs that they gave themselves, or that a person gave for them."""
    if not (keys := list(keys)):
        return {}
    links = EditionOrganization.objects.listed().filter(organization=OuterRef("pk"))
    quotes = EditionQuote.objects.listed()
    others = quotes.filter(said_for=OuterRef("pk"), organization=None)
    organizations = Organization.objects.filter(pk__in=keys).annotate(
        story_count=CappedCount(links),
        quote_count=CappedCount(quotes.filter(organization=OuterRef("pk"))) + CappedCount(others),
    )
    return {row.pk: row for row in organizations}


def _card(name: EntityName, row: Any) -> NameCard:
    role = _role(row) if isinstance(row, Person) else _kind(row)
    counts = [format_stories(row.story_count)]
    if row.quote_count:
        counts.append(format_quotes(row.quote_count))
    return NameCard(
        name=row.name,
        url=row.get_absolute_url(),
        role=role,
        counts=tuple(counts),
        also=name.name if name.is_other and name.is_shown and name.name not in role else "",
    )


def _role(person: Person) -> str:
    """Return the role that ``person`` has today, empty where readers know of none."""
    membership = person.role_on(timezone.localdate(clock.now()))
    if not membership:
        return ""
    values = {"role": capfirst(membership.role), "organization": membership.organization.name}
    return gettext("%(role)s, %(organization)s") % values


def _kind(organization: Organization) -> str:
    """Return what kind of organization it is, with its abbreviation, as far as that says anything."""
    is_known = organization.kind != Organization.Kind.OTHER
    kind = organization.get_kind_display() if is_known else ""
    return capfirst(", ".join(filter(None, (organization.abbreviation, kind))))
