"""Live stories that say something else of people, organizations and quotes than the record does now."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
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
from articles.models.editions import EditionQuerySet
from articles.publishing import current_record, has_same_text, published_record
from articles.publishing.compose_quotes import StoryRecord
from articles.record.private_roles.labels import Labels, labels_of
from articles.text.html.plain import plain_text

from .compare import StoryContext, compare_records
from .discrepancies import AcceptedNames, Fact, FactKind, Sense

CHUNK = 200
Subject = Person | Organization | Membership | Quote | Article


@dataclass(frozen=True, slots=True)
class OutdatedStory:
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
    def private(self) -> list[Fact]:
        """Roles that readers must not be told: they go without a correction."""
        roles = (fact for fact in self.facts if fact.kind == FactKind.ROLE)
        return [fact for fact in roles if fact.sense == Sense.PRIVATE]

    @property
    def changes(self) -> int:
        """How many unpublished changes the working text has; they go out with the correction."""
        return self.article.revision_number - self.edition.revision_number


@dataclass(frozen=True, slots=True)
class _Pair:
    """A story, what its readers have on record and what the newsroom has, where these differ."""

    article: Article
    edition: Edition
    published: StoryRecord
    current: StoryRecord


def editions_touched_by(subject: Subject) -> EditionQuerySet:
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
    mentions = EditionOrganization.objects.filter(organization=subject).values("edition")
    roles = EditionPerson.objects.filter(person__in=members).values("edition")
    return listed.filter(Q(pk__in=mentions) | Q(pk__in=roles))


def edition_chunks(editions: EditionQuerySet, size: int = CHUNK) -> Iterator[list[Edition]]:
    """Yield ``editions`` newest first, ``size`` at a time, without what only readers look at."""
    newest = editions.newest().defer("card_html", "page_html")
    chunk = list(newest[:size])
    while chunk:
        yield chunk
        last = chunk[-1]
        chunk = list(newest.before(last.published_at, last.pk)[:size]) if len(chunk) == size else []


def outdated_stories(editions: EditionQuerySet) -> Iterator[OutdatedStory]:
    """Yield those of ``editions`` that do not agree with the record, newest first: a stream in constant memory."""
    for chunk in edition_chunks(editions):
        yield from outdated_among(chunk)


def outdated_among(editions: Sequence[Edition]) -> list[OutdatedStory]:
    """Return those of ``editions`` that do not agree with the record; the number of queries does not depend on them."""
    stories = Article.objects.with_record().defer("original", "original_map", "ed_note")
    by_key = stories.in_bulk([edition.article_id for edition in editions])
    pairs = []
    for edition in editions:
        article = by_key[edition.article_id]
        published, current = published_record(edition), current_record(article, edition)
        if published != current:
            pairs.append(_Pair(article, edition, published, current))
    names = read_accepted_names(pairs)
    people = {link.id for pair in pairs for link in pair.published.people}
    private = labels_of(people) if people else {}
    compared = ((pair, _facts(pair, names, private)) for pair in pairs)
    return [
        OutdatedStory(pair.article, pair.edition, facts, _still_printed(pair.article, facts))
        for pair, facts in compared
        if facts
    ]


def read_accepted_names(pairs: Iterable[_Pair]) -> AcceptedNames:
    """Read, in one query, which other names of the people and organizations of ``pairs`` were right to print."""
    people = {link.id for pair in pairs for link in pair.published.people}
    if not people and not any(pair.published.organizations for pair in pairs):
        return AcceptedNames()
    organizations = {link.id for pair in pairs for link in pair.published.organizations}
    role_organizations = Membership.objects.filter(person__in=people).values("organization")
    rows = (
        OtherName.objects.printable()
        .filter(
            Q(person__in=people)
            | Q(organization__in=organizations)
            | Q(organization__in=role_organizations)
        )
        .select_related("organization")
    )
    names: dict[tuple[str, int], set[str]] = defaultdict(set)
    by_organization: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.organization:
            names["organization", row.organization.pk].add(row.name)
            by_organization[row.organization.name].add(row.name)
        else:
            names["person", row.person_id or 0].add(row.name)
    return AcceptedNames(names, by_organization)


def _facts(pair: _Pair, names: AcceptedNames, private: Labels) -> tuple[Fact, ...]:
    story = StoryContext(
        published_text=pair.edition.body_text,
        same_text=has_same_text(pair.article, pair.edition),
        on_record={quote.quote_key for quote in pair.article.quotes.all()},
        roles_held=_roles_held(pair.article, timezone.localdate(pair.edition.published_at)),
        private=private,
    )
    return tuple(compare_records(pair.published, pair.current, story, names))


def _roles_held(article: Article, day: date) -> dict[int, set[str]]:
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
            str(role) for role_day in person_days for role in person.confirmed_roles_on(role_day)
        }
        for person, person_days in days.items()
    }


def _still_printed(article: Article, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the wrong names among ``facts`` that stand in the working text."""
    names = dict.fromkeys(fact.printed_name for fact in facts if fact.printed_name)
    if not names:
        return ()
    body_text = plain_text(article.body_html)
    return tuple(name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", body_text))
