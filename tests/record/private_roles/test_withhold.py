"""A role that is not public is taken from readers, without another word changed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Edition, EditionOrganization, EditionQuote
from articles.public import site_context
from articles.publishing import correct, publish, schedule, withdraw
from articles.record.consistency.verify import CHECKS
from articles.record.private_roles.withhold import (
    Withheld,
    withhold_everywhere,
    withhold_private_roles,
)
from tests.factories import make_article, make_membership, make_organization, make_quote, make_user

from .witness import BODY, DAY, MORE, REASON, WORDS, make_private, role_issues

pytestmark = pytest.mark.django_db


def test_it_is_taken_from_readers_without_another_word_changed(story, police, client):
    before = Edition.objects.get()
    editor = make_user()
    assert withhold_private_roles(story, REASON, by=editor) == Withheld(published=1, hidden=1)
    live, before = Edition.objects.listed().get(), Edition.objects.get(number=1)
    assert (before.is_hidden, before.hidden_reason) == (True, REASON)
    assert (live.number, live.kind, live.by) == (2, "minor", editor)
    for name in ("body_html", "headline", "published_at", "modified_at", "revision_number"):
        assert getattr(live, name) == getattr(before, name), name
    assert "protected witness" not in str(vars(live))
    assert "Police of Sund" not in str(vars(live))
    assert not EditionQuote.objects.filter(edition=live).exclude(role="", said_for=None).exists()
    assert not EditionOrganization.objects.filter(edition=live).exists()
    assert [issue for check in CHECKS.values() for issue in check()] == []
    site_context.reset()
    key = story.quotes.get().quote_key
    for path in (live.get_absolute_url(), "/quotes/", f"/quotes/{key}/", "/feed/"):
        assert "protected witness" not in client.get(path).content.decode(), path
    assert (
        "protected witness" not in client.get(f"{live.get_absolute_url()}changes/").content.decode()
    )
    assert client.get(f"/organizations/{police.pk}/{police.slug}/").status_code == 404


def test_the_public_role_of_the_day_comes_in_its_place(story, witness):
    port = make_organization("Port of Sund")
    make_membership(witness, port, "harbour master", start_date="2020")
    withhold_private_roles(story, REASON, by=None)
    (quote,) = Edition.objects.listed().get().composed.quotes
    assert (quote.role, quote.said_for.id) == ("harbour master, Port of Sund", port.pk)
    assert [issue for check in CHECKS.values() for issue in check()] == []


def test_an_organization_that_an_editor_chose_stays(witness, police):
    story = make_article(body_html=BODY, published_at=DAY)
    make_quote(story, WORDS, person=witness, on_behalf_of=police)
    publish(story, by=None)
    make_private(witness)
    withhold_private_roles(story, REASON, by=None)
    (quote,) = Edition.objects.listed().get().composed.quotes
    assert (quote.role, quote.said_for.id) == ("", police.pk)


def test_changes_of_the_working_copy_do_not_go_out_with_it(story):
    story.body_html = BODY.replace("another winter", "next winter")
    story.is_on_hold = True
    story.save()
    story.create_revision(None)
    withhold_private_roles(story, REASON, by=None)
    live = Edition.objects.listed().get()
    assert (WORDS in live.body_text, live.revision_number) == (True, 1)
    assert role_issues() == []


def test_what_is_scheduled_comes_out_at_its_time_without_it(story, witness, monkeypatch):
    witness.memberships.update(is_public=True)
    story.headline = "Quay closed"
    story.save()
    at = timezone.now() + timedelta(hours=1)
    coming = schedule(story, by=None, at=at)
    make_private(witness)
    assert withhold_private_roles(story, REASON, by=None) == Withheld(published=2, hidden=1)
    assert role_issues() == []
    editions = Edition.objects.order_by("starts_at")
    assert [(e.number, e.headline) for e in editions] == [
        (1, "Quay to close"),
        (2, "Quay to close"),
        (3, "Quay closed"),
    ]
    assert (editions[2].starts_at, editions[1].ends_at) == (coming.starts_at, coming.starts_at)
    assert not Edition.objects.filter(pk=coming.pk).exists()


def test_a_withdrawn_story_is_only_hidden(story):
    withdraw(story, by=None, reason="A court has ordered it.")
    assert withhold_private_roles(story, REASON, by=None) == Withheld(published=0, hidden=1)
    assert Edition.objects.live().get().is_withdrawal
    assert role_issues() == []


def test_a_correction_stays_told_on_its_story(story):
    correct(story, by=None, wrong="It was dark.", right="It was light.", weight="correction")
    withhold_private_roles(story, REASON, by=None)
    assert [note.right for note in Edition.objects.listed().get().composed.corrections] == [
        "It was light."
    ]


def test_all_stories_are_repaired_and_twice_is_once(story, witness):
    witness.memberships.update(is_public=True)
    other = make_article(body_html=BODY, published_at=DAY)
    make_quote(other, MORE, person=witness)
    publish(other, by=None)
    publish(make_article(), by=None)
    make_private(witness)
    assert withhold_everywhere(REASON, by=None) == Withheld(published=2, hidden=2)
    assert withhold_everywhere(REASON, by=None) == Withheld(published=0, hidden=0)
