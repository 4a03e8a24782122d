"""Drafted corrections: read, published one after the other, dropped when nothing differs."""

import pytest
from django.urls import reverse

from articles.models import Correction, CorrectionDraft, Person
from tests.admin.forms import fields_of, messages_of
from tests.admin.outdated_stories import (
    DRAFTS,
    correct_address,
    draft_all,
    make_harbour_master,
    make_story,
    outdated_address,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db) -> Person:
    return make_harbour_master()


def test_from_the_list_to_the_correction_to_the_next_draft(chief_client, ada):
    first, second = make_story(ada), make_story(ada, "Port asks for money")
    Person.objects.update(name="Ada Lundh")
    draft_all(chief_client, outdated_address())
    newest, oldest = CorrectionDraft.objects.all()
    page = chief_client.get(correct_address(newest.article))
    data = fields_of(page, "deed_form")
    assert data["wrong"].startswith("The story gave the name of Ada Lundh as “Ada Lund”.")
    assert data["right"] == "The name is Ada Lundh."
    page = chief_client.post(correct_address(newest.article), data, follow=True)
    assert "Corrected: readers see the text and the correction" in messages_of(page)
    assert page.redirect_chain[-1][0] == correct_address(oldest.article)
    page = chief_client.post(
        correct_address(oldest.article), fields_of(page, "deed_form"), follow=True
    )
    assert "That was the last correction that waited." in messages_of(page)
    assert page.redirect_chain[-1][0] == reverse(DRAFTS)
    assert {correction.edition.article for correction in Correction.objects.all()} == {
        first,
        second,
    }
    assert "all agree with the record" in chief_client.get(outdated_address()).content.decode()


def test_a_correction_without_a_draft_goes_back_to_its_story(chief_client, ada):
    story = make_story(ada)
    data = {"wrong": "Two.", "right": "Three.", "weight": "correction"}
    page = chief_client.post(correct_address(story), data, follow=True)
    assert page.redirect_chain[-1][0] == reverse("admin:articles_article_change", args=[story.pk])
    assert (
        "Drafted from the record" not in chief_client.get(correct_address(story)).content.decode()
    )


def test_a_draft_published_twice_tells_readers_once(chief_client, ada):
    story = make_story(ada)
    Person.objects.update(name="Ada Lundh")
    draft_all(chief_client, outdated_address())
    data = fields_of(chief_client.get(correct_address(story)), "deed_form")
    chief_client.post(correct_address(story), data)
    response = chief_client.post(correct_address(story), data, follow=True)
    assert "That was done already, at" in messages_of(response)
    response = chief_client.post(
        correct_address(story), data | {"form_token": "", "right": "Lundh."}, follow=True
    )
    assert "Its draft no longer exists" in messages_of(response)
    assert Correction.objects.count() == 1


def test_unpublished_changes_are_said_before_they_go_out_with_a_correction(chief_client, ada):
    story = make_story(ada)
    story.create_revision(None)
    Person.objects.update(name="Ada Lundh")
    page = chief_client.get(outdated_address()).content.decode()
    assert "Its text has 1 unpublished change, which goes out with a correction." in page
    draft_all(chief_client, outdated_address())
    page = chief_client.get(correct_address(story)).content.decode()
    assert "The text has 1 unpublished change" in page
    assert "The text still says “Ada Lund”." in page


def test_a_draft_of_which_nothing_holds_any_more_says_so_and_is_dropped(chief_client, ada):
    story = make_story(ada)
    Person.objects.update(name="Ada Lundh")
    draft_all(chief_client, outdated_address())
    Person.objects.update(name="Ada Lund")
    assert "Nothing differs any more" in chief_client.get(correct_address(story)).content.decode()
    draft = CorrectionDraft.objects.get()
    data = {"action": "drop_chosen", "_selected_action": [draft.pk]}
    response = chief_client.post(reverse(DRAFTS), data, follow=True)
    assert "1 draft dropped." in messages_of(response)
    assert not CorrectionDraft.objects.exists()
