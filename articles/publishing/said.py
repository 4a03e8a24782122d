"""The confirmed record of an article -> what its next edition says of who is in it and who said what."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from articles.composed import Link, Quoted
from articles.models import Article, Organization, Person, Quote


class Record(NamedTuple):
    """Who said what in a story, who is in it, which organizations."""

    quotes: tuple[Quoted, ...]
    people: tuple[Link, ...]
    organizations: tuple[Link, ...]


def record(article: Article, body_text: str, day: date) -> Record:
    """Return what ``article`` has on record about ``body_text``, as an edition of a story of ``day`` says it.

    ``day`` is in the paper's zone. Reads only what ``with_record`` prefetches.
    """
    found = quotes(article, body_text, day)
    return Record(found, people(article, found, day), organizations(article, found))


def quotes(article: Article, body_text: str, day: date) -> tuple[Quoted, ...]:
    """Return the confirmed quotes whose words stand in ``body_text``, in its order.

    ``day`` is the story's, in the paper's zone: the role on record is that of the day on which it was said, else of
    the story's. Reads only what ``with_everything`` prefetches.
    """
    found = (
        _quoted(quote, quote.said_on or day)
        for quote in article.quotes.all()
        if quote.state == Quote.State.CONFIRMED and quote.stands_in(body_text)
    )
    return tuple(sorted(found, key=lambda quote: (quote.parts, quote.key)))


def people(article: Article, said: Iterable[Quoted], day: date) -> tuple[Link, ...]:
    """Return whom the story is filed under, whom it names and who speaks in it, each once, with the role of ``day``.

    A role that is not on record is the one printed with the name.
    """
    printed = {mention.person_id: mention.role for mention in article.mentions.all()}
    rows = {person.pk: person for person in article.people.all()}
    rows |= {m.person.pk: m.person for m in article.mentions.all() if m.person and m.spans}
    links = {
        pk: person_link(person, day, printed.get(pk, "")) for pk, person in sorted_by_name(rows)
    }
    for quote in said:
        if quote.person and quote.person.id not in links:
            links[quote.person.id] = quote.person
    return tuple(links.values())


def organizations(article: Article, said: Iterable[Quoted]) -> tuple[Link, ...]:
    """Return the organizations that the story is filed under, names, or in whose name somebody speaks, each once."""
    rows = {body.pk: body for body in article.organizations.all()}
    rows |= {
        m.organization.pk: m.organization
        for m in article.mentions.all()
        if m.organization and m.spans
    }
    links = {body.pk: body_link(body) for body in sorted(rows.values(), key=lambda row: row.name)}
    for quote in said:
        for link in filter(None, (quote.organization, quote.said_for)):
            links.setdefault(link.id, link)
    return tuple(links.values())


def sorted_by_name(rows: dict[int, Person]) -> Iterator[tuple[int, Person]]:
    """Yield ``rows`` by the name that sorts them."""
    yield from sorted(rows.items(), key=lambda row: (row[1].sort_name or row[1].name, row[0]))


def person_link(person: Person, day: date, printed: str = "") -> Link:
    """Return ``person`` as plain values with the role held on ``day``, else the role ``printed``."""
    held = person.role_on(day)
    return Link(person.pk, person.name, person.slug, role=str(held) if held else printed)


def body_link(body: Organization) -> Link:
    """Return an organization as plain values."""
    return Link(body.pk, body.name, body.slug, body.kind)


def _quoted(quote: Quote, day: date) -> Quoted:
    held = quote.person.role_on(day) if quote.person and not quote.role else None
    said_for = quote.on_behalf_of or (held.organization if held else None)
    return Quoted(
        key=quote.quote_key,
        text=quote.text,
        kind=quote.kind,
        parts=tuple((part.start, part.end) for part in quote.parts.all()),
        person=quote.person and person_link(quote.person, day, quote.role),
        organization=quote.organization and body_link(quote.organization),
        unnamed=quote.unnamed,
        role=quote.role or (str(held) if held else ""),
        said_for=said_for and body_link(said_for),
        said_on=quote.said_on.isoformat() if quote.said_on else "",
        said_how=quote.get_said_how_display(),
        said_where=quote.said_where,
        source_url=quote.source_url,
        locator=quote.locator,
        is_translated=quote.is_translated,
    )
