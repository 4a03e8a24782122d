"""Drafted corrections: read, published one after the other, dropped when nothing differs."""

import pytest
from django.urls import reverse

from articles.models import Article, Correction, CorrectionDraft, Person
from articles.text.merge3 import split_pieces
from tests.admin.forms import fields_of, lines_of, messages_of
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
    assert "Its draft no longer exists" in response.content.decode()
    assert fields_of(response, "deed_form")["right"] == "Lundh."
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


def redraft(chief_client, **changes) -> None:
    """Change the record, and draft all corrections anew."""
    Person.objects.update(**changes)
    draft_all(chief_client, outdated_address())


def test_words_written_beside_a_draft_that_changed_come_back_merged(chief_client, ada):
    story = make_story(ada)
    redraft(chief_client, name="Ada Lundh")
    data = fields_of(chief_client.get(correct_address(story)), "deed_form")
    data["right"] += " We regret the error."
    ada.memberships.update(role="pilot")
    redraft(chief_client, name="Ada Lundh")
    draft = CorrectionDraft.objects.get()
    response = chief_client.post(correct_address(story), data)
    assert response.status_code == 409
    text = response.content.decode()
    assert "Not corrected. Its draft says something else by now." in text
    assert not Correction.objects.exists()
    fields = fields_of(response, "deed_form")
    assert fields["wrong"] == draft.wrong
    for sentence in (*split_pieces(draft.right), "We regret the error."):
        assert sentence in fields["right"]
    assert "Both are in the words below" in text
    chief_client.post(correct_address(story), fields)
    assert "We regret the error." in Correction.objects.get().right


def test_where_both_changed_one_sentence_hers_stands_and_the_draft_is_shown(chief_client, ada):
    story = make_story(ada)
    redraft(chief_client, name="Ada Lundh")
    data = fields_of(chief_client.get(correct_address(story)), "deed_form")
    data["right"] = "Her name is Ada Lundh."
    redraft(chief_client, name="Ada Lunt")
    response = chief_client.post(correct_address(story), data)
    assert response.status_code == 409
    assert fields_of(response, "deed_form")["right"] == "Her name is Ada Lundh."
    assert "yours stands below" in response.content.decode()
    assert "[added: Lunt]" in " ".join(lines_of(response, "differences"))


def test_a_form_with_an_error_takes_no_draft_for_read_that_came_meanwhile(chief_client, ada):
    story = make_story(ada)
    redraft(chief_client, name="Ada Lundh")
    data = fields_of(chief_client.get(correct_address(story)), "deed_form")
    redraft(chief_client, name="Ada Lunt")
    response = chief_client.post(correct_address(story), data | {"weight": "nonsense"})
    assert response.status_code == 409
    assert fields_of(response, "deed_form")["right"] == "The name is Ada Lunt."


def test_a_draft_that_came_since_is_read_before_a_correction_drops_it(chief_client, ada):
    story = make_story(ada)
    data = fields_of(chief_client.get(correct_address(story)), "deed_form")
    data |= {"wrong": "Two ferries.", "right": "Three ferries."}
    redraft(chief_client, name="Ada Lundh")
    response = chief_client.post(correct_address(story), data)
    assert response.status_code == 409
    assert "was drafted from the record since" in response.content.decode()
    assert fields_of(response, "deed_form")["right"] == "The name is Ada Lundh. Three ferries."
    assert CorrectionDraft.objects.count() == 1


def test_words_of_a_correction_that_is_refused_come_back(chief_client, ada):
    story = make_story(ada)
    data = fields_of(chief_client.get(correct_address(story)), "deed_form")
    data |= {"wrong": "Two ferries.", "right": "Three ferries."}
    Article.objects.update(headline="")
    response = chief_client.post(correct_address(story), data)
    assert response.status_code == 400
    assert "Not corrected." in response.content.decode()
    assert fields_of(response, "deed_form")["right"] == "Three ferries."


@pytest.mark.parametrize("name", ["draft", "draft_wrong", "draft_right"])
def test_a_tampered_draft_loses_no_words(chief_client, ada, name):
    story = make_story(ada)
    redraft(chief_client, name="Ada Lundh")
    data = fields_of(chief_client.get(correct_address(story)), "deed_form")
    data |= {"draft": "0", "right": "Lundh.", name: "x" * 5000}
    response = chief_client.post(correct_address(story), data)
    assert response.status_code == 409
    assert fields_of(response, "deed_form")["right"].startswith("Lundh.")
    assert not Correction.objects.exists()
