"""What somebody who may not publish saves on a story that readers have is a proposal, and nothing else changes."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Edition, Proposal, Suggestion
from articles.publishing import publish, schedule, withdraw
from tests.admin.forms import fields_of, form_of, messages_of, send, texts_of
from tests.factories import make_article, make_live, make_person, make_tag

pytestmark = pytest.mark.django_db
DEK = "The council decides on Monday."


@pytest.fixture
def story() -> Article:
    return make_live(headline="Ferry stays", dek="", body_html="<p>The ferry stays.</p>").article


def everything_of(article: Article) -> tuple:
    """Return all that a proposal leaves alone: the row, its revisions, its record, its editions."""
    return (
        Article.objects.values().get(pk=article.pk),
        Article.objects.get(pk=article.pk).snapshot(),
        list(article.revisions.values()),
        list(article.quotes.values()),
        list(Suggestion.objects.values()),
        list(Edition.objects.values()),
    )


def test_a_reporters_save_of_a_live_story_is_a_proposal_and_changes_nothing(
    reporter_client, reporter, story
):
    before = everything_of(story)
    response = send(reporter_client, story, dek=DEK, headline="Ferry stays for now")
    assert "Saved as a proposal" in messages_of(response)
    assert everything_of(story) == before
    proposal = Proposal.objects.get()
    assert (proposal.by, proposal.article, proposal.base_number) == (reporter, story, 1)
    assert (proposal.values["dek"], proposal.base["dek"]) == (DEK, "")
    assert proposal.values["body_html"] == story.body_html


def test_a_scheduled_story_is_as_a_live_one(reporter_client):
    article = make_article()
    schedule(article, by=None, at=timezone.now() + timedelta(hours=1))
    before = everything_of(article)
    send(reporter_client, article, dek=DEK, follow=False)
    assert everything_of(article) == before
    assert Proposal.objects.get().values["dek"] == DEK


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_no_reader_has_is_edited_as_before(reporter_client, state):
    article = make_article()
    if state == "withdrawn":
        publish(article, by=None)
        withdraw(article, by=None, reason="Wrong.")
    send(reporter_client, article, dek=DEK, follow=False)
    article.refresh_from_db()
    assert (article.dek, article.revision_number) == (DEK, 2)
    assert not Proposal.objects.exists()


def test_who_may_publish_saves_the_working_copy(editor_client, story):
    send(editor_client, story, dek=DEK, follow=False)
    story.refresh_from_db()
    assert story.dek == DEK
    assert not Proposal.objects.exists()


def test_the_form_says_what_its_buttons_do(reporter_client, editor_client, story):
    page = reporter_client.get(form_of(story)).content.decode()
    assert "Save as a proposal" in page
    assert "Save and see how it differs" in page
    assert "Save as a proposal" not in editor_client.get(form_of(story)).content.decode()
    assert "Save as a proposal" not in reporter_client.get(form_of(make_article())).content.decode()


def test_the_reporter_sees_the_proposal_again_and_saves_it_on(reporter_client, story):
    person, tag = make_person(), make_tag()
    changes: dict[str, Any] = {
        "people": [person.pk],
        "tags": [tag.pk],
        "published_at": "2025-03-01T08:00",
    }
    bylines: dict[str, Any] = {
        "byline_name": ["Tom Reed"],
        "byline_role": [""],
        "byline_place": ["1"],
    }
    send(reporter_client, story, dek=DEK, **changes, **bylines, follow=False)
    page = reporter_client.get(form_of(story))
    assert "You see your proposal of" in page.content.decode()
    fields = fields_of(page, "article_form")
    assert fields["dek"] == DEK
    assert (fields["people"], fields["tags"]) == (str(person.pk), str(tag.pk))
    assert fields["published_at"] == "2025-03-01T08:00"
    assert "Tom Reed" in fields["byline_name"]
    first = Proposal.objects.get()
    send(reporter_client, story, kicker="Harbour", follow=False)
    second = Proposal.objects.get()
    assert (second.pk, second.at, second.base_number) == (first.pk, first.at, 1)
    assert second.changed_at > first.changed_at
    assert second.values == first.values | {"kicker": "Harbour"}


def test_a_proposal_saved_again_as_it_is_stays_as_it_is(reporter_client, story):
    send(reporter_client, story, dek=DEK, follow=False)
    before = Proposal.objects.values().get()
    response = send(reporter_client, story)
    assert "your proposal waits as it is" in messages_of(response)
    assert Proposal.objects.values().get() == before


def test_a_save_that_changes_nothing_proposes_nothing(reporter_client, story):
    response = send(reporter_client, story)
    assert "Nothing had changed" in messages_of(response)
    assert not Proposal.objects.exists()


def test_a_proposal_of_nothing_any_more_is_withdrawn(reporter_client, story):
    send(reporter_client, story, dek=DEK, follow=False)
    response = send(reporter_client, story, dek="")
    assert "the proposal is withdrawn" in messages_of(response)
    assert Proposal.objects.get().state == "withdrawn"


def test_a_form_from_before_the_publication_becomes_a_proposal_from_what_it_showed(
    reporter_client, editor_client
):
    article = make_article(headline="Ferry stays")
    page = reporter_client.get(form_of(article))
    send(
        editor_client,
        article,
        headline="Ferry stays, council says",
        button="_publish",
        follow=False,
    )
    data = fields_of(page, "article_form") | {"dek": DEK, "_save": "1"}
    response = reporter_client.post(form_of(article), data, follow=True)
    assert "Saved as a proposal" in messages_of(response)
    proposal = Proposal.objects.get()
    assert (proposal.base_number, proposal.base["headline"]) == (1, "Ferry stays")
    assert Article.objects.get().headline == "Ferry stays, council says"


def test_a_newer_working_copy_is_no_conflict_and_is_told(reporter_client, editor_client, story):
    send(reporter_client, story, dek=DEK, follow=False)
    send(editor_client, story, kicker="Harbour", follow=False)
    page = reporter_client.get(form_of(story))
    assert "The story was saved since then" in page.content.decode()
    response = send(reporter_client, story, dateline="OSTBY")
    assert response.status_code == 200
    proposal = Proposal.objects.get()
    assert (proposal.base_number, proposal.values["kicker"]) == (1, "")


def test_two_windows_of_one_reporter_lose_nothing_unsaid(reporter_client, story):
    page = reporter_client.get(form_of(story))
    send(reporter_client, story, dek=DEK, follow=False)
    data = fields_of(page, "article_form") | {"kicker": "Harbour", "_save": "1"}
    response = reporter_client.post(form_of(story), data)
    assert response.status_code == 409
    assert "in another window" in response.content.decode()
    assert Proposal.objects.get().values["dek"] == DEK
    again = fields_of(response, "article_form")
    assert (again["kicker"], again["dek"]) == ("Harbour", "")
    response = reporter_client.post(form_of(story), again | {"_save": "1"}, follow=True)
    assert "Saved as a proposal" in messages_of(response)
    assert Proposal.objects.get().values["kicker"] == "Harbour"


def test_a_form_that_was_open_during_the_decision_says_what_was_decided(
    reporter_client, editor, story
):
    send(reporter_client, story, dek=DEK, follow=False)
    page = reporter_client.get(form_of(story))
    Proposal.objects.all().close("left", by=editor)
    data = fields_of(page, "article_form") | {"kicker": "Harbour", "_save": "1"}
    response = reporter_client.post(form_of(story), data)
    assert response.status_code == 409
    (error,) = texts_of(response, "nonfield")
    assert "left aside by Ann Marrow" in error
    again = fields_of(response, "article_form") | {"_save": "1"}
    assert reporter_client.post(form_of(story), again).status_code == 302
    assert Proposal.objects.open().get().values["kicker"] == "Harbour"


@pytest.mark.parametrize("button", ["_publish", "_schedule", "_correct"])
def test_an_editors_button_is_no_reporters(reporter_client, story, button):
    before = everything_of(story)
    response = send(reporter_client, story, dek=DEK, button=button)
    assert response.status_code == 403
    assert everything_of(story) == before
    assert not Proposal.objects.exists()


def test_a_faulty_form_is_shown_with_its_errors_and_text(reporter_client, story):
    response = send(reporter_client, story, dek=DEK, published_at="nonsense")
    assert response.status_code == 200
    assert fields_of(response, "article_form")["dek"] == DEK
    assert not Proposal.objects.exists()


def test_the_second_button_leads_to_what_differs(reporter_client, story):
    response = send(reporter_client, story, dek=DEK, button="_preview")
    assert "As proposed" in response.content.decode()
    assert DEK in response.content.decode()


def test_a_proposal_is_not_in_a_story_that_is_no_longer_live(reporter_client, story):
    send(reporter_client, story, dek=DEK, follow=False)
    withdraw(story, by=None, reason="Wrong.")
    page = reporter_client.get(form_of(story))
    assert "It is not in this form" in page.content.decode()
    assert fields_of(page, "article_form")["dek"] == ""


def test_an_old_revision_that_is_brought_back_is_a_proposal_over_no_other(
    reporter_client, editor_client, story
):
    send(editor_client, story, dek=DEK, is_on_hold="", follow=False)
    before = everything_of(story)
    address = reverse("admin:articles_article_restore", args=[story.pk, 1])
    response = reporter_client.post(address, follow=True)
    assert "Saved as a proposal" in messages_of(response)
    assert everything_of(story) == before
    proposal = Proposal.objects.get()
    assert (proposal.base["dek"], proposal.values["dek"], proposal.base_number) == (DEK, "", 2)
    response = reporter_client.post(address, follow=True)
    assert "Withdraw it first" in messages_of(response)
    Proposal.objects.all().delete()
    response = reporter_client.post(address.replace("/1/restore", "/2/restore"), follow=True)
    assert "Nothing had changed" in messages_of(response)
    assert not Proposal.objects.exists()


def test_no_publication_waits_for_a_proposal(reporter_client, editor_client, story):
    send(reporter_client, story, dek=DEK, follow=False)
    response = send(editor_client, story, headline="Ferry stays put", button="_publish")
    assert "Published: readers have it" in messages_of(response)
    edition = Edition.objects.live().get()
    assert (edition.headline, edition.dek) == ("Ferry stays put", "")
