"""Nothing is decided about a version that nobody has read, nor twice."""

import pytest

from articles.importing.pipeline.storing.pending_changes import dismiss_change
from articles.models import Article, WaitingChange
from tests.admin.forms import decide, fields_of, form_of, lines_of, messages_of, waiting_page
from tests.factories import make_article, make_user
from tests.wire import END, LEAD, NEW, QUAY, THEIR_END, THEIRS, edit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("decision", ["take", "merge", "leave"])
def test_a_newer_version_that_arrived_since_is_shown_and_not_taken_unread(
    chief_client, story, send_in, decision
):
    data = fields_of(chief_client.get(waiting_page(story)), "decide")
    send_in("3", THEIRS, QUAY, THEIR_END, headline="Gale, 3")
    response = chief_client.post(waiting_page(story), data | {"decision": decision})
    assert response.status_code == 409
    text = response.content.decode()
    assert "a newer version has arrived than the one that you had before you. This is it." in text
    assert "as version 3." in text
    assert "Gale[removed: in Skerry] [added: , 3]" in lines_of(response, "merge-part")[0]
    change = WaitingChange.objects.get()
    assert (change.state, change.version) == ("open", "3")
    story.refresh_from_db()
    assert (story.headline, story.revision_number) == ("Roof off fish market", 2)
    data = fields_of(response, "decide")  # the answer is a form about version 3
    chief_client.post(waiting_page(story), data | {"decision": "take"})
    story.refresh_from_db()
    assert story.headline == "Gale, 3"


def test_a_newer_version_that_came_in_by_itself_is_told(chief_client, story, send_in):
    data = fields_of(chief_client.get(waiting_page(story)), "decide")
    send_in("3", LEAD, QUAY, END, NEW)
    response = chief_client.post(waiting_page(story), data | {"decision": "take"}, follow=True)
    assert "It does not wait any more: a later version came in with it" in messages_of(response)
    story.refresh_from_db()
    assert story.headline == "Roof off fish market"


def test_a_story_that_was_saved_since_is_shown_again(chief_client, story):
    data = fields_of(chief_client.get(waiting_page(story)), "decide")
    edit(dek="Boats stay in.")
    response = chief_client.post(waiting_page(story), data | {"decision": "merge"})
    assert response.status_code == 409
    assert "the story was saved after you opened this page" in response.content.decode()
    assert "Boats stay in." in " ".join(lines_of(response, "merge-part"))
    assert WaitingChange.objects.get().state == "open"


def test_a_form_that_names_no_version_decides_nothing(chief_client, story):
    change = WaitingChange.objects.get()
    data = {"change": change.pk, "decision": "take"}
    assert chief_client.post(waiting_page(story), data).status_code == 409
    change.refresh_from_db()
    assert change.state == "open"


def test_a_version_of_another_story_cannot_be_decided_here(chief_client, story):
    other = make_article()
    data = fields_of(chief_client.get(waiting_page(story)), "decide") | {"decision": "take"}
    for pk in (data["change"], "x", "9" * 40, ""):
        assert chief_client.post(waiting_page(other), data | {"change": pk}).status_code == 404
    assert WaitingChange.objects.get().state == "open"


def test_without_a_version_that_waits_the_page_leads_to_the_story(chief_client):
    article = make_article()
    response = chief_client.get(waiting_page(article), follow=True)
    assert "No version from the wire waits." in messages_of(response)
    assert response.redirect_chain == [(form_of(article), 302)]


def test_two_windows_decide_once(chief_client, other_client, story):
    data = fields_of(other_client.get(waiting_page(story)), "decide")
    decide(chief_client, story, "merge")
    response = other_client.post(waiting_page(story), data | {"decision": "take"}, follow=True)
    assert "It was taken over already, at" in messages_of(response)
    story.refresh_from_db()
    assert story.headline == "Roof off fish market"


def test_the_same_form_sent_twice_is_one_revision(chief_client, story):
    data = fields_of(chief_client.get(waiting_page(story)), "decide") | {"decision": "merge"}
    chief_client.post(waiting_page(story), data)
    response = chief_client.post(waiting_page(story), data, follow=True)
    assert "That was done already, at" in messages_of(response)
    assert Article.objects.get().revision_number == 3


def test_a_form_that_was_refused_can_be_sent_once_it_is_mended(chief_client, story):
    data = fields_of(chief_client.get(waiting_page(story)), "decide")
    bad = data | {"decision": "merge", "part-slug": "theirs"}
    assert chief_client.post(waiting_page(story), bad).status_code == 400
    chief_client.post(waiting_page(story), data | {"decision": "merge"})
    assert Article.objects.get().revision_number == 3


def test_a_version_left_aside_is_no_version_that_waits(chief_client, story):
    dismiss_change(WaitingChange.objects.get(), by=make_user())
    assert "A newer version" not in chief_client.get(form_of(story)).content.decode()
