"""What is written is stored for its account while it is written: no revision, nothing that anybody else sees."""

from itertools import product
from typing import Any

import pytest
from django.urls import reverse

from articles.models import Article, FormSubmission, Revision, SavedForm, UnsavedForm
from articles.models.unsaved_forms import MAX_BYTES
from articles.roles import make_roles
from tests.admin.forms import form_of
from tests.factories import make_article, make_user

from .forms import draft_address, open_form, send_draft, signed_in

pytestmark = pytest.mark.django_db
WRITTEN = "Written for an hour"


@pytest.fixture
def article(db: None) -> Article:
    make_roles()
    return make_article(headline="As stored")


@pytest.fixture
def nia(article: Article) -> Any:
    return make_user(username="nia", groups=("reporter",))


def test_a_draft_is_stored_for_its_account_and_changes_no_story(article, nia):
    client = signed_in(nia)
    answer = send_draft(client, article, open_form(client, article) | {"headline": WRITTEN})
    draft = UnsavedForm.objects.get()
    assert (draft.user, draft.path, draft.headline) == (nia, form_of(article), WRITTEN)
    assert answer.json() == {"stored_at": draft.at.isoformat(), "address": draft.address}
    assert "no-store" in answer["Cache-Control"]
    article.refresh_from_db()
    assert (article.headline, article.revision_number) == ("As stored", 1)
    assert Revision.objects.count() == 1
    assert not FormSubmission.objects.exists()


def test_a_form_has_one_draft_however_often_it_is_sent(article, nia):
    client = signed_in(nia)
    fields = open_form(client, article)
    for headline in ("Writ", "Written", WRITTEN):
        send_draft(client, article, fields | {"headline": headline})
    assert UnsavedForm.objects.get().headline == WRITTEN


def test_a_draft_holds_no_token_no_button_and_no_character_that_cannot_be_stored(article, nia):
    client = signed_in(nia)
    send_draft(client, article, open_form(client, article), dek="a\0b", _save="1")
    values = UnsavedForm.objects.get().values
    assert values["dek"] == ["ab"]
    names = {"_save", "csrfmiddlewaretoken", "form_token", "form_owner", "draft_token"}
    assert not values.keys() & names


def test_a_draft_that_is_opened_and_written_on_stays_one(article, nia):
    client = signed_in(nia)
    send_draft(client, article, open_form(client, article) | {"headline": WRITTEN})
    opened = open_form(client, article, UnsavedForm.objects.get().address)
    assert opened["headline"] == WRITTEN
    send_draft(client, article, opened | {"headline": "More of it"})
    assert UnsavedForm.objects.get().headline == "More of it"


def test_a_form_that_comes_back_with_errors_goes_on_with_its_draft(article, nia):
    client = signed_in(nia)
    fields = open_form(client, article) | {"headline": ""}
    send_draft(client, article, fields)
    page = client.post(form_of(article), fields | {"_save": "1"}).content.decode()
    assert f'name="draft_token" value="{fields["draft_token"]}"' in page
    assert 'class="notice unsaved" aria-label="Not saved" data-token' not in page


@pytest.mark.parametrize("is_new", [False, True])
def test_save_forgets_the_draft_and_says_that_it_is_saved(article, nia, is_new):
    story, client = None if is_new else article, signed_in(nia)
    fields = open_form(client, story) | {"headline": WRITTEN}
    send_draft(client, story, fields)
    client.post(form_of(story), fields | {"_save": "1"})
    assert Article.objects.latest("pk").headline == WRITTEN
    assert not UnsavedForm.objects.exists()
    assert SavedForm.objects.tokens_of(nia) == [fields["draft_token"]]
    assert f'data-saved="{fields["draft_token"]}"' in client.get(form_of(article)).content.decode()


def test_what_is_written_on_after_a_save_is_a_draft_again(article, nia):
    client = signed_in(nia)
    fields = open_form(client, article) | {"headline": WRITTEN}
    client.post(form_of(article), fields | {"_save": "1"})
    send_draft(client, article, fields | {"headline": "Written on"})
    assert UnsavedForm.objects.get().headline == "Written on"
    assert SavedForm.objects.tokens_of(nia) == []


def test_a_form_that_holds_again_what_it_was_opened_with_has_no_draft(article, nia):
    client = signed_in(nia)
    fields = open_form(client, article)
    send_draft(client, article, fields | {"headline": WRITTEN})
    assert send_draft(client, article, fields, unchanged="1").json()["stored_at"] == ""
    assert not UnsavedForm.objects.exists()


def test_the_page_of_somebody_else_stores_nothing(article, nia):
    fields = open_form(signed_in(nia), article)
    tom = make_user(username="tom", groups=("editor",))
    assert send_draft(signed_in(tom), article, fields).status_code == 400
    assert not UnsavedForm.objects.exists()


def test_a_field_of_the_page_that_is_none_stores_nothing(article, nia, subtests):
    client = signed_in(nia)
    fields = open_form(client, article)
    for field, value in product(("draft_token", "form_owner"), ("", "x" * 65, "a\0b", "ä" * 20)):
        with subtests.test(field=field, value=value):
            assert send_draft(client, article, fields | {field: value}).status_code == 400
            assert not UnsavedForm.objects.exists()


def test_a_draft_needs_what_its_form_needs(article, nia):
    client = signed_in(nia)
    fields = open_form(client, article)
    nia.groups.clear()
    assert send_draft(client, article, fields).status_code == 403
    assert send_draft(client, None, fields).status_code == 403
    client.logout()
    assert send_draft(client, article, fields).status_code == 302
    assert not UnsavedForm.objects.exists()


def test_a_draft_without_the_csrf_token_is_refused(article, nia):
    client = signed_in(nia, enforce_csrf_checks=True)
    fields = open_form(client, article)
    assert send_draft(client, article, fields).status_code == 200
    assert send_draft(client, article, fields | {"csrfmiddlewaretoken": ""}).status_code == 403


def test_a_draft_that_is_too_long_is_refused_and_the_one_before_stays(article, nia):
    client = signed_in(nia)
    fields = open_form(client, article)
    send_draft(client, article, fields)
    answer = send_draft(client, article, fields, body_html="x" * MAX_BYTES)
    assert answer.status_code == 413
    assert UnsavedForm.objects.count() == 1


def test_a_draft_of_no_story_is_not_found(article, nia):
    client = signed_in(nia)
    address = reverse("admin:articles_article_draft", args=[999_999])
    assert client.post(address, open_form(client, article)).status_code == 404
    assert client.get(draft_address(article)).status_code == 405
