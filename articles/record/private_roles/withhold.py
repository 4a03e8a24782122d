"""Roles that are not public taken from readers: stories published anew without them, what was before hidden."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from articles import clock
from articles.composed import Composed, Link, QuoteSnapshot
from articles.models import Article, Edition, Person, User
from articles.publishing import NotPublishable
from articles.publishing.compose_quotes import organization_link, person_link
from articles.publishing.republish import republish
from articles.record.integrity import in_chunks

from .editions import Carrier, find_carriers, shown_editions


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many editions were ``published`` anew (or scheduled so) and ``hidden`` from the public history.

    ``refused`` are stories that were left alone, since the clock has gone back.
    """

    published: int = 0
    hidden: int = 0
    refused: int = 0

    def __add__(self, other: "Withheld") -> "Withheld":
        return Withheld(
            self.published + other.published,
            self.hidden + other.hidden,
            self.refused + other.refused,
        )


def withhold_everywhere(reason: str, *, by: User | None) -> Withheld:
    """Do for every story what ``withhold_private_roles`` does for one; a transaction a story."""
    keys = {
        carrier.edition.article_id
        for chunk in in_chunks(shown_editions())
        for carrier in find_carriers(chunk)
    }
    stories = Article.objects.filter(pk__in=keys).order_by("pk")
    withheld = Withheld()
    for story in stories:
        try:
            withheld += withhold_private_roles(story, reason, by=by)
        except NotPublishable:
            withheld += Withheld(refused=1)
    return withheld


def withhold_private_roles(article: Article, reason: str, *, by: User | None) -> Withheld:
    """Publish ``article`` anew without roles that are not public, and hide the editions before that carry one.

    Not a word of its text changes and no correction tells of it. ``reason`` is what readers see in the place of a
    hidden edition. One transaction, under the lock of the article.
    """
    with transaction.atomic():
        republished = republish(article, _without_private_roles, by=by)
        editions = shown_editions().filter(article=article, ends_at__lte=clock.now())
        keys = [carrier.edition.pk for carrier in find_carriers(list(editions))]
        return Withheld(len(republished), Edition.objects.filter(pk__in=keys).hide(reason))


def _without_private_roles(edition: Edition) -> Composed | None:
    """Return ``edition`` without the roles that it must not carry, None when it carries none."""
    carrier = next(iter(find_carriers([edition])), None)
    return _RoleRemoval(carrier).compose() if carrier else None


class _RoleRemoval:
    """One edition composed anew from itself: where a role goes, the public role of that day comes, or none."""

    def __init__(self, carrier: Carrier) -> None:
        self.edition, self.places = carrier.edition, carrier.places
        self.spoke_for = carrier.spoke_for
        self.day = timezone.localdate(self.edition.published_at)
        people = {place.person for place in self.places}
        rows = Person.objects.prefetch_related("memberships__organization")
        self.people = rows.in_bulk(people)
        mentions = self.edition.article.mentions.exclude(person=None)
        self.printed_roles = dict(mentions.values_list("person_id", "role"))

    def compose(self) -> Composed:
        was = self.edition.composed
        quotes = tuple(self._quote(quote) for quote in was.quotes)
        listed = {place.person for place in self.places if place.field == "listed"}
        people = tuple(
            self._link(link, self.day) if link.id in listed else link for link in was.people
        )
        removed = (
            _organization_ids(was.quotes) - _organization_ids(quotes) - self._filed_organizations()
        )
        organizations = {link.id: link for link in was.organizations if link.id not in removed}
        for quote in quotes:
            if quote.said_for:
                organizations.setdefault(quote.said_for.id, quote.said_for)
        return replace(
            was, quotes=quotes, people=people, organizations=tuple(organizations.values())
        )

    def _quote(self, quote: QuoteSnapshot) -> QuoteSnapshot:
        role_fields = {place.field for place in self.places if place.key == quote.key}
        day = date.fromisoformat(quote.said_on) if quote.said_on else self.day
        if "role" in role_fields:
            person = self.people.get(quote.person.id) if quote.person else None
            membership = person.role_on(day) if person else None
            quote = replace(quote, role=str(membership) if membership else "")
            if person and quote.key not in self.spoke_for:
                quote = replace(
                    quote,
                    said_for=organization_link(membership.organization) if membership else None,
                )
        if quote.person and "speaker" in role_fields:
            quote = replace(quote, person=self._link(quote.person, day, quote.role))
        return quote

    def _link(self, link: Link, day: date, role: str = "") -> Link:
        """Return ``link`` with the role of ``day``, else the one of its quote or the one printed with its name."""
        person = self.people[link.id]
        new_link = person_link(person, day, role or self.printed_roles.get(person.pk, ""))
        return replace(link, role=new_link.role)

    def _filed_organizations(self) -> set[int]:
        """Return the organizations that the story is about, or names, whoever speaks for them."""
        article = self.edition.article
        named = article.mentions.exclude(organization=None).exclude(spans=[])
        return {
            *article.organizations.values_list("pk", flat=True),
            *named.values_list("organization_id", flat=True),
        }


def _organization_ids(quotes: tuple[QuoteSnapshot, ...]) -> set[int]:
    links = (link for quote in quotes for link in (quote.organization, quote.said_for))
    return {link.id for link in links if link}
