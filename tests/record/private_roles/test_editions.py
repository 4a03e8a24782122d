"""Editions that carry a role which is not public: found, and told from what an editor wrote."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Edition
from articles.publishing import publish, schedule
from articles.record.private_roles.editions import (
    find_carriers,
    shown_editions,
)
from articles.record.private_roles.withhold import (
    Withheld,
    withhold_private_roles,
)
from tests.factories import make_article, make_membership, make_quote

from .witness import BODY, DAY, LABEL, REASON, WORDS, make_private, role_issues

pytestmark = pytest.mark.django_db


def live_text(story) -> str:
    return str([vars(e) for e in Edition.objects.listed().filter(article=story)])


def test_a_live_edition_that_carries_a_private_role_is_found(story):
    words = f"It is what readers have and carries a role that is not public: “{LABEL}”."
    assert role_issues() == [("edition 1", words)]


def test_superseded_and_scheduled_editions_are_found_too(story, witness):
    witness.memberships.update(is_public=True)
    publish(story, by=None)
    schedule(story, by=None, at=timezone.now() + timedelta(hours=1))
    make_private(witness)
    assert [(field, words.split(" and ")[0]) for field, words in role_issues()] == [
        ("edition 1", "It is superseded"),
        ("edition 2", "It is what readers have"),
        ("edition 3", "It is scheduled"),
    ]


def test_a_story_that_was_published_since_carries_none(story):
    edition = publish(story, by=None)
    assert LABEL not in live_text(story)
    assert [field for field, _ in role_issues()] == ["edition 1"]
    Edition.objects.filter(number=1).hide(REASON)
    assert role_issues() == []
    assert edition.number == 2


def rename_organization(story, witness, police) -> None:
    police.name = "Police of the North"
    police.save()


def rename_role(story, witness, police) -> None:
    role = witness.memberships.get()
    role.role = "witness"
    role.save()


def delete_role(story, witness, police) -> None:
    witness.memberships.get().delete()


def take_quote_off(story, witness, police) -> None:
    story.quotes.get().delete()


@pytest.mark.parametrize(
    "change",
    [rename_organization, rename_role, delete_role, take_quote_off],
    ids=lambda c: c.__name__,
)
def test_it_is_found_whatever_became_of_the_role_since(story, witness, police, change):
    change(story, witness, police)
    assert [field for field, _ in role_issues()] == ["edition 1"]


def test_what_an_editor_wrote_on_the_quote_is_no_finding(witness, police):
    make_private(witness)
    story = make_article(body_html=BODY, published_at=DAY)
    quote = make_quote(story, WORDS, person=witness, role=LABEL)
    publish(story, by=None)
    assert role_issues() == []
    quote.role = "pilot"
    quote.save()
    assert role_issues() == [], "what was written when it was published counts"
    quote.delete()
    assert role_issues() == []


def test_words_written_since_are_a_decision_too(story):
    quote = story.quotes.get()
    quote.role = LABEL
    quote.save()
    assert role_issues() == []


def test_a_role_that_is_printed_with_the_name_is_no_finding(witness):
    make_private(witness)
    story = make_article(body_html=BODY, published_at=DAY)
    story.mentions.create(person=witness, name="Ada Lund", role=LABEL, spans=[[1, 2]])
    publish(story, by=None)
    assert LABEL in live_text(story)
    assert role_issues() == []


def test_a_public_role_by_the_same_words_is_no_finding(story, witness, police):
    make_membership(witness, police, "protected witness", start_date="2010", end_date="2012")
    assert role_issues() == []


def test_a_role_that_is_confirmed_no_more_is_not_for_readers_whatever_else_it_is(witness, police):
    story = make_article(body_html=BODY, published_at=DAY, people=(witness,))
    publish(story, by=None)
    role = witness.memberships.get()
    role.is_confirmed = False
    role.save()
    assert role.is_public
    assert [field for field, _ in role_issues()] == ["edition 1"]


def test_a_role_that_nobody_confirmed_was_never_printed_by_itself(witness, police):
    witness.memberships.update(role="pilot")
    make_membership(
        witness, police, "speaker", start_date="2024", is_confirmed=False, is_public=False
    )
    story = make_article(body_html=BODY, published_at=DAY)
    make_quote(story, WORDS, person=witness, role="speaker, Police of Sund")
    publish(story, by=None)
    story.quotes.all().delete()
    assert role_issues() == []


def test_the_role_of_a_source_who_is_not_named_is_found(monkeypatch):
    story = make_article(body_html=BODY, published_at=DAY)
    make_quote(story, WORDS, unnamed="an official", role="deputy head of the port")
    with monkeypatch.context() as before_it_was_checked:
        before_it_was_checked.setattr("articles.publishing.checks.quote_blockers", lambda *_: [])
        publish(story, by=None)
    ((field, words),) = role_issues()
    assert (field, "“deputy head of the port”" in words) == ("edition 1", True)
    assert withhold_private_roles(story, REASON, by=None) == Withheld(1, 1)
    (quote,) = Edition.objects.listed().get().composed.quotes
    assert (quote.unnamed, quote.role) == ("an official", "")
    assert role_issues() == []


def test_the_queries_do_not_depend_on_how_many_editions_there_are(story, witness):
    def cost() -> int:
        editions = list(shown_editions())
        with CaptureQueriesContext(connection) as captured:
            assert len(find_carriers(editions)) == len(editions)
        return len(captured)

    few = cost()
    witness.memberships.update(is_public=True)
    for _ in range(5):
        article = make_article(body_html=BODY, published_at=DAY)
        make_quote(article, WORDS, person=witness)
        publish(article, by=None)
    make_private(witness)
    assert cost() == few
