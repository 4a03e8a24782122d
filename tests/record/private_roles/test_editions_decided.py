"""Whose decision a role in an edition was: what was written by then, by now, and on whose quote."""

from datetime import timedelta

import pytest

from articles import clock
from articles.models import Edition
from articles.publishing import publish
from tests.factories import make_article, make_organization, make_person, make_quote

from .witness import BODY, LABEL, MORE, role_issues

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def write_roles(story, *states: tuple[str, timedelta]) -> None:
    """Let the quote of ``story`` have had these roles, each since so long after its edition began."""
    quote, edition = story.quotes.get(), Edition.objects.get()
    quote.history.all().delete()
    for role, since in states:
        quote.role = role
        quote.save()
        row = quote.history.latest("history_id")
        row.history_date = edition.starts_at + since
        row.save()


def test_of_several_states_the_one_of_the_time_counts_and_none_before_it(story):
    write_roles(story, (LABEL, -2 * SECOND), ("pilot", -SECOND))
    assert [field for field, _ in role_issues()] == ["edition 1"]


def test_what_is_written_at_the_instant_of_publication_counts(story):
    write_roles(story, ("", -SECOND), (LABEL, 0 * SECOND), ("pilot", SECOND))
    assert role_issues() == []


def test_of_a_story_older_than_its_record_the_first_state_counts(story):
    write_roles(story, ("", SECOND), (LABEL, 2 * SECOND), ("pilot", 3 * SECOND))
    assert [field for field, _ in role_issues()] == ["edition 1"]
    write_roles(story, (LABEL, SECOND), ("pilot", 2 * SECOND))
    assert role_issues() == []


def test_what_is_written_on_the_quote_of_somebody_else_excuses_nothing(witness):
    story = make_article(body_html=BODY, people=(witness,))
    make_quote(story, MORE, person=make_person("Tomas Reve"), role=LABEL)
    publish(story, by=None)
    for role in witness.memberships.all():
        role.is_public = False
        role.save()
    assert [field for field, _ in role_issues()] == ["edition 1"]


def test_a_quote_of_nobody_on_record_is_no_hindrance(witness):
    story = make_article(body_html=BODY, people=(witness,))
    make_quote(story, MORE, organization=make_organization("Port of Sund"))
    publish(story, by=None)
    for role in witness.memberships.all():
        role.is_public = False
        role.save()
    assert [field for field, _ in role_issues()] == ["edition 1"]


def test_an_edition_is_superseded_from_the_instant_at_which_it_ends(story, monkeypatch):
    publish(story, by=None)
    ends_at = Edition.objects.get(number=1).ends_at
    for now, state in (
        (ends_at - timedelta(microseconds=1), "what readers have"),
        (ends_at, "superseded"),
    ):
        monkeypatch.setattr(clock, "now", lambda at=now: at)
        ((_, message),) = role_issues()
        assert message.startswith(f"It is {state} and carries")
