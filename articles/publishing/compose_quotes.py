"""The confirmed record of an article -> what its next edition says of who is in it and who said what."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from articles.composed import Link, QuoteSnapshot
from articles.models import Article, Organization, Person, Quote
from articles.translation.languages import in_source_language


class StoryRecord(NamedTuple):
    """Who said what in a story, who is in it, which organizations."""

    quotes: tuple[QuoteSnapshot, ...]
    people: tuple[Link, ...]
    organizations: tuple[Link, ...]


def compose_record(article: Article, body_text: str, day: date) -> StoryRecord:
    """Return what ``article`` has on record about ``body_text``, as an edition of a story of ``day`` says it.

    ``day`` is in the paper's zone. Reads only what ``with_record`` prefetches.
    """
    snapshots = quote_snapshots(article, body_text, day)
    return StoryRecord(
        snapshots, person_links(article, snapshots, day), organization_links(article, snapshots)
    )


def quote_snapshots(article: Article, body_text: str, day: date) -> tuple[QuoteSnapshot, ...]:
    """Return the confirmed quotes whose words stand in ``body_text``, in its order.

    ``day`` is the story's, in the paper's zone: the role on record is that of the day on which it was said, else of
    the story's. Reads only what ``with_everything`` prefetches.
    """
    snapshots = (
        _quote_snapshot(quote, quote.said_on or day)
        for quote in article.quotes.all()
        if quote.state == Quote.State.CONFIRMED and quote.stands_in(body_text)
    )
    return tuple(sorted(snapshots, key=lambda quote: (quote.parts, quote.key)))


def person_links(
    article: Article, snapshots: Iterable[QuoteSnapshot], day: date
) -> tuple[Link, ...]:
    """Return whom the story is filed under, whom it names and who speaks in it, each once, with the role of ``day``.

    A role that is not on record is the one printed with the name.
    """
    printed_roles = {mention.person_id: mention.role for mention in article.mentions.all()}
    rows = {person.pk: person for person in article.people.all()}
    rows |= {m.person.pk: m.person for m in article.mentions.all() if m.person and m.spans}
    links = {
        pk: person_link(person, day, printed_roles.get(pk, "")) for pk, person in by_sort_name(rows)
    }
    for quote in snapshots:
        if quote.person and quote.person.id not in links:
            links[quote.person.id] = quote.person
    return tuple(links.values())


def organization_links(article: Article, snapshots: Iterable[QuoteSnapshot]) -> tuple[Link, ...]:
    """Return the organizations that the story is filed under, names, or in whose name somebody speaks, each once."""
    rows = {organization.pk: organization for organization in article.organizations.all()}
    rows |= {
        m.organization.pk: m.organization
        for m in article.mentions.all()
        if m.organization and m.spans
    }
    links = {
        organization.pk: organization_link(organization)
        for organization in sorted(rows.values(), key=lambda row: row.name)
    }
    for quote in snapshots:
        for link in filter(None, (quote.organization, quote.said_for)):
            links.setdefault(link.id, link)
    return tuple(links.values())


def by_sort_name(rows: dict[int, Person]) -> Iterator[tuple[int, Person]]:
    """Yield ``rows`` by the name that sorts them."""
    yield from sorted(rows.items(), key=lambda row: (row[1].sort_name or row[1].name, row[0]))


def person_link(person: Person, day: date, printed_role: str = "") -> Link:
    """Return ``person`` as plain values with the role held on ``day``, else the role ``printed_role``."""
    membership = person.role_on(day)
    return Link(
        person.pk, person.name, person.slug, role=str(membership) if membership else printed_role
    )


def organization_link(organization: Organization) -> Link:
    """Return an organization as plain values."""
    return Link(organization.pk, organization.name, organization.slug, organization.kind)


def _said_how(quote: Quote) -> str:
    """Return how it was said as the code has it: the page translates it."""
    with in_source_language():
        return quote.get_said_how_display()


def _quote_snapshot(quote: Quote, day: date) -> QuoteSnapshot:
    membership = quote.person.role_on(day) if quote.person and not quote.role else None
    said_for = quote.on_behalf_of or (membership.organization if membership else None)
    return QuoteSnapshot(
        key=quote.quote_key,
        text=quote.text,
        kind=quote.kind,
        parts=tuple((part.start, part.end) for part in quote.parts.all()),
        person=person_link(quote.person, day, quote.role) if quote.person else None,
        organization=organization_link(quote.organization) if quote.organization else None,
        unnamed=quote.unnamed,
        role=quote.role or (str(membership) if membership else ""),
        said_for=organization_link(said_for) if said_for else None,
        said_on=quote.said_on.isoformat() if quote.said_on else "",
        said_how=_said_how(quote),
        said_where=quote.said_where,
        source_url=quote.source_url,
        locator=quote.locator,
        is_translated=quote.is_translated,
    )
