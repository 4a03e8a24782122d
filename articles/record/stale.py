"""Live stories that say something else of people, organizations and quotes than the record does now."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models import (
    Article,
    Edition,
    EditionOrganization,
    EditionPerson,
    Membership,
    Organization,
    OtherName,
    Person,
    Quote,
)
from articles.publishing import has_same_text, record_now, record_then
from articles.publishing.said import Record
from articles.text.html import plain_text

from .differences import Story, facts_between
from .facts import Fact, Names, Sense

CHUNK = 200
Subject = Person | Organization | Membership | Quote | Article


@dataclass(frozen=True, slots=True)
class Stale:
    """A listed edition and what of its record does not hold any more, at least one fact.

    ``still_printed`` are wrong names that the working text has too: a correction of the record alone leaves them.
    """

    article: Article
    edition: Edition
    facts: tuple[Fact, ...]
    still_printed: tuple[str, ...] = ()

    @property
    def wrong(self) -> list[Fact]:
        """What a correction has to own up to."""
        return [fact for fact in self.facts if fact.sense == Sense.WRONG]

    @property
    def changes(self) -> int:
        """How many unpublished changes the working text has; they go out with the correction."""
        return self.article.revision_number - self.edition.revision_number


@dataclass(frozen=True, slots=True)
class _Pair:
    """A story, what its readers have on record and what the newsroom has, where these differ."""

    article: Article
    edition: Edition
    then: Record
    now: Record


def touched_by(subject: Subject) -> QuerySet[Edition]:
    """Return the listed editions that a change of ``subject`` can have made untrue.

    For an organization these are also the stories of its members: their roles name it.
    """
    listed = Edition.objects.listed()
    if isinstance(subject, Article):
        return listed.filter(article=subject)
    if isinstance(subject, Quote):
        return listed.filter(article=subject.article_id)
    if isinstance(subject, Membership):
        subject = subject.person
    if isinstance(subject, Person):
        links = EditionPerson.objects.filter(person=subject)
        return listed.filter(pk__in=links.values("edition"))
    members = Membership.objects.filter(organization=subject).values("person")
    named = EditionOrganization.objects.filter(organization=subject).values("edition")
    roles = EditionPerson.objects.filter(person__in=members).values("edition")
    return listed.filter(Q(pk__in=named) | Q(pk__in=roles))


def chunks(editions: QuerySet[Edition], size: int = CHUNK) -> Iterator[list[Edition]]:
    """Yield ``editions`` newest first, ``size`` at a time, without what only readers look at."""
    found = editions.newest().defer("card_html", "page_html")
    chunk = list(found[:size])
    while chunk:
        yield chunk
        last = chunk[-1]
        chunk = list(found.before(last.published_at, last.pk)[:size]) if len(chunk) == size else []


def stale_stories(editions: QuerySet[Edition]) -> Iterator[Stale]:
    """Yield those of ``editions`` that do not agree with the record, newest first: a stream in constant memory."""
    for chunk in chunks(editions):
        yield from stale_among(chunk)


def stale_among(editions: Sequence[Edition]) -> list[Stale]:
    """Return those of ``editions`` that do not agree with the record; the number of queries does not depend on them."""
    stories = Article.objects.with_record().defer("original", "original_map", "ed_note")
    by_key = stories.in_bulk([edition.article_id for edition in editions])
    pairs = []
    for edition in editions:
        article = by_key[edition.article_id]
        then, now = record_then(edition), record_now(article, edition)
        if then != now:
            pairs.append(_Pair(article, edition, then, now))
    names = names_for(pairs)
    found = ((pair, _facts(pair, names)) for pair in pairs)
    return [
        Stale(pair.article, pair.edition, facts, _still_printed(pair.article, facts))
        for pair, facts in found
        if facts
    ]


def names_for(pairs: Iterable[_Pair]) -> Names:
    """Read, in one query, which other names of the people and organizations of ``pairs`` were right to print.

    A former name was right in its time, whoever may see it now. Any other name is right if readers may see it;
    one that only redirects, or is hidden, may well be a slip of the pen.
    """
    people = {link.id for pair in pairs for link in pair.then.people}
    if not people and not any(pair.then.organizations for pair in pairs):
        return Names()
    bodies = {link.id for pair in pairs for link in pair.then.organizations}
    seats = Membership.objects.filter(person__in=people).values("organization")
    rows = OtherName.objects.filter(
        Q(kind=OtherName.Kind.FORMER) | Q(visibility=OtherName.Visibility.PUBLIC),
        Q(person__in=people) | Q(organization__in=bodies) | Q(organization__in=seats),
    ).select_related("organization")
    names: dict[tuple[str, int], set[str]] = defaultdict(set)
    by_body: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.organization:
            names["organization", row.organization_id].add(row.name)
            by_body[row.organization.name].add(row.name)
        else:
            names["person", row.person_id].add(row.name)
    return Names(names, by_body)


def _facts(pair: _Pair, names: Names) -> tuple[Fact, ...]:
    story = Story(
        then_text=pair.edition.body_text,
        same_text=has_same_text(pair.article, pair.edition),
        on_record={quote.quote_key for quote in pair.article.quotes.all()},
        held=_held(pair.article, timezone.localdate(pair.edition.published_at)),
    )
    return tuple(facts_between(pair.then, pair.now, story, names))


def _held(article: Article, day: date) -> dict[int, set[str]]:
    """Return the roles that people of ``article`` held on ``day``, or when they said what it quotes, by their keys."""
    days: dict[Person, set[date]] = defaultdict(set)
    for person in article.people.all():
        days[person].add(day)
    for mention in article.mentions.all():
        if mention.person:
            days[mention.person].add(day)
    for quote in article.quotes.all():
        if quote.person:
            days[quote.person] |= {day, quote.said_on or day}
    return {
        person.pk: {
            str(role)
            for role in person.memberships.all()
            if role.is_confirmed and any(role.holds_on(one.isoformat()) for one in when)
        }
        for person, when in days.items()
    }


def _still_printed(article: Article, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the wrong names among ``facts`` that stand in the working text."""
    names = dict.fromkeys(fact.printed for fact in facts if fact.printed)
    if not names:
        return ()
    body_text = plain_text(article.body_html)
    return tuple(name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", body_text))
