"""What stays when a role goes: whom the story names, what it prints, who else speaks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Edition
from articles.publishing import publish, schedule
from articles.record.private_roles.withhold import (
    Withheld,
    withhold_everywhere,
    withhold_private_roles,
)
from tests.factories import (
    make_article,
    make_membership,
    make_organization,
    make_person,
    make_quote,
)

from .witness import BODY, DAY, MORE, REASON, WORDS, make_private

pytestmark = pytest.mark.django_db
NOON, HOUR = datetime(2030, 3, 2, 12, tzinfo=UTC), timedelta(hours=1)


@pytest.fixture
def set_clock(monkeypatch):
    """Let the clock of the server stand at a moment."""
    return lambda at: monkeypatch.setattr(timezone, "now", lambda: at)


def make_live_story(witness, **fields):
    story = make_article(body_html=BODY, published_at=DAY, **fields)
    make_quote(story, WORDS, person=witness)
    return story


def withheld(story, witness):
    """Publish ``story``, take the role of ``witness`` from readers, and return what they have."""
    publish(story, by=None)
    make_private(witness)
    withhold_private_roles(story, REASON, by=None)
    return Edition.objects.listed().get().composed


def test_who_is_only_listed_loses_the_role_too(witness):
    story = make_article(body_html=BODY, published_at=DAY, people=(witness,))
    assert [link.role for link in withheld(story, witness).people] == [""]


def test_the_role_that_is_printed_with_the_name_comes_in_its_place(witness):
    story = make_article(body_html=BODY, published_at=DAY, people=(witness,))
    story.mentions.create(person=witness, name="Ada Lund", role="engineer", spans=[[1, 2]])
    story.mentions.create(organization=make_organization(), name="Port", role="", spans=[[3, 4]])
    assert [link.role for link in withheld(story, witness).people] == ["engineer"]


def test_the_role_of_who_else_speaks_stays(witness):
    story, bo = make_live_story(witness), make_person("Bo Reve")
    make_membership(bo, make_organization("Port of Sund"), "pilot")
    make_quote(story, MORE, person=bo)
    quotes = withheld(story, witness).quotes
    assert [(quote.role, quote.person.role) for quote in quotes] == [
        ("", ""),
        ("pilot, Port of Sund", "pilot, Port of Sund"),
    ]


def test_an_organization_that_the_story_is_about_stays(witness, police):
    story = make_live_story(witness, organizations=(police,))
    assert [link.id for link in withheld(story, witness).organizations] == [police.pk]


@pytest.mark.parametrize(("spans", "stays"), [([[1, 2]], True), ([], False)])
def test_an_organization_that_the_story_names_stays(witness, police, spans, stays):
    story = make_live_story(witness)
    story.mentions.create(organization=police, name="Police of Sund", spans=spans)
    assert bool(withheld(story, witness).organizations) is stays


def test_what_ends_at_this_very_instant_is_hidden(witness, set_clock):
    set_clock(NOON)
    story = make_live_story(witness)
    publish(story, by=None)
    make_private(witness)
    set_clock(NOON + HOUR)
    assert withhold_private_roles(story, REASON, by=None) == Withheld(published=1, hidden=1)


def test_stories_whose_schedule_a_wrong_clock_makes_unclear_are_counted(witness, set_clock):
    set_clock(NOON)
    stories = [make_live_story(witness) for _ in range(2)]
    for story in stories:
        publish(story, by=None)
        schedule(story, by=None, at=NOON + 60 * HOUR)
    make_private(witness)
    set_clock(NOON + 50 * HOUR)
    make_article()  # says how late it was already
    set_clock(NOON + HOUR)
    assert withhold_everywhere(REASON, by=None) == Withheld(refused=2)
