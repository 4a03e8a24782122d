"""Some distinct stories, made and published by the product's own code: what the loader multiplies.

Each is about one person and under one tag that stand for others, ends with words that stand for others, and says a
number that is its own. Links, quotes, corrections and withdrawals are those of a small paper.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from articles.models import Article, Correction, Organization, Person, Tag
from articles.publishing import correct, withdraw
from articles.publishing.batch import publish_batch
from articles.text.fold import slugify
from tests.factories import make_article, make_quote, make_tag

from .words import invent, write_prose

SOURCE = "benchmark"  # of each story, so that none of another kind is taken for it
MINUTES_BETWEEN = 10
FIRST_NUMBER = 9_000_000  # of a story that is copied; its digits stand nowhere else
TAIL = ("xqcommon", "xqmedium", "xqrare", "xqold", "xqown")  # words that stand for a clone's own
OWN_PERSON, OWN_TAG = "Xqgivek Zqfamot", "zqtag"
SECTIONS, TOPICS, PEOPLE, ORGANIZATIONS, AUTHORS = 6, 60, 200, 100, 40
CORRECTED, WITHDRAWN = 50, 200  # one of so many


@dataclass(frozen=True, slots=True)
class Cast:
    """What stories are filed under."""

    sections: list[Tag]
    topics: list[Tag]
    people: list[Person]
    organizations: list[Organization]


@dataclass(frozen=True, slots=True)
class StandIns:
    """The two that stand for others in every story."""

    person: Person
    tag: Tag


def make_cast() -> Cast:
    """Create sections, topics, people and organizations."""
    names = [word.capitalize() for word in invent(1000, "qu")]
    people = [(names[200 + number], names[number]) for number in range(PEOPLE)]
    return Cast(
        sections=_create(Tag, [f"{name} Desk" for name in names[:SECTIONS]], kind="section"),
        topics=_create(Tag, names[10 : 10 + TOPICS]),
        people=[_person(given_name, family_name) for given_name, family_name in people],
        organizations=_create(
            Organization, [f"{name} Institute" for name in names[500 : 500 + ORGANIZATIONS]]
        ),
    )


def make_stand_ins() -> StandIns:
    """Create whom stories are about and what they are filed under until they are copied: both come and sort last."""
    person = _person(*OWN_PERSON.split(), id=810_001)
    return StandIns(person, make_tag(OWN_TAG, id=820_001))


def _create(model: Any, names: list[str], **fields: Any) -> list[Any]:
    rows = [model(name=name, slug=slugify(name), **fields) for name in names]
    return list(model.objects.bulk_create(rows))


def _person(given_name: str, family_name: str, **fields: Any) -> Person:
    name = f"{given_name} {family_name}"
    row = Person(name=name, slug=slugify(name), sort_name=f"{family_name} {given_name}", **fields)
    return Person.objects.bulk_create([row])[0]


def publish_stories(count: int, cast: Cast, stand_ins: StandIns, newest: datetime) -> None:
    """Publish ``count`` stories, the last at ``newest`` (aware, whole minutes), and correct and withdraw some."""
    for start in range(0, count, 500):
        with transaction.atomic():
            numbers = range(start, min(count, start + 500))
            keys = [_write_story(number, cast, stand_ins, newest).pk for number in numbers]
            articles = Article.objects.with_everything().filter(pk__in=keys).order_by("pk")
            refused = publish_batch(list(articles))
            if refused:
                raise RuntimeError(f"Not published: {refused}")
    with transaction.atomic():
        for number, article in enumerate(Article.objects.order_by("pk")):
            if number % WITHDRAWN == 7:
                withdraw(article, by=None, reason="It was about somebody else.")
            elif number % CORRECTED == 3:
                weight = Correction.Weight.CORRECTION
                correct(article, by=None, wrong="The sum was wrong.", right="Half.", weight=weight)


def _write_story(number: int, cast: Cast, stand_ins: StandIns, newest: datetime) -> Article:
    """Write story ``number`` (0 is the newest) with two quotes; nobody's name stands in its text."""
    chance = random.Random(number)  # noqa: S311 - the same paper each time
    words = invent(3000)
    paragraphs = [write_prose(chance, words, 24) for _ in range(3)]
    sums = [f"We paid {FIRST_NUMBER + number} for {write_prose(chance, words, 5)}" for _ in "12"]
    paragraphs += [f"“{words_said}” The hall was full." for words_said in sums]
    paragraphs += [write_prose(chance, words, 12), f"Filed as {' '.join(TAIL)}."]
    topics = chance.choices(cast.topics, weights=[1 / (n + 1) for n in range(TOPICS)], k=2)
    person, *others = chance.sample(cast.people, 2)
    article = make_article(
        headline=write_prose(chance, words, 6).rstrip("."),
        slug=f"story-{words[number % 3000]}",
        source=SOURCE,
        dek=write_prose(chance, words, 12),
        body_html="\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        bylines=(f"Author {invent(AUTHORS, 'wr')[number % AUTHORS].capitalize()}",),
        tags=(chance.choice(cast.sections), *topics, stand_ins.tag),
        people=(person, *others, stand_ins.person),
        organizations=(chance.choice(cast.organizations),),
        published_at=newest - timedelta(minutes=MINUTES_BETWEEN * number),
    )
    for place, speaker in enumerate((person, stand_ins.person)):
        key = f"q{FIRST_NUMBER + number}x{place}"
        make_quote(article, sums[place], person=speaker, quote_key=key)
    return article


def newest_minute(now: datetime) -> datetime:
    """Return noon of the day before ``now`` (aware, UTC): when the newest story of all is published."""
    return datetime(now.year, now.month, now.day, 12, tzinfo=UTC) - timedelta(days=1)
