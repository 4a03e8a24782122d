"""What is not saved is offered once, with what differs from what is stored now; what is stored by now is not."""

from typing import Any

import pytest
from django.urls import reverse

from articles.models import Article, UnsavedForm
from articles.roles import make_roles
from tests.admin.forms import form_of, texts_of
from tests.factories import make_article, make_user

from .forms import open_form, send_draft, signed_in

pytestmark = pytest.mark.django_db
WRITTEN = "Written for an hour"


@pytest.fixture
def article(db: None) -> Article:
    make_roles()
    return make_article(headline="As stored")


@pytest.fixture
def nia(article: Article) -> Any:
    return make_user(username="nia", groups=("editor",))


def write_draft(user: Any, article: Article | None, headline: str = WRITTEN) -> None:
    client = signed_in(user)
    send_draft(client, article, open_form(client, article) | {"headline": headline})


def test_a_draft_of_another_computer_is_offered_and_opened_beside_what_differs(article, nia):
    write_draft(nia, article)
    client = signed_in(nia)
    (offer,) = texts_of(client.get(form_of(article)), "unsaved")
    assert WRITTEN in offer
    page = client.get(UnsavedForm.objects.get().address)
    (difference,) = texts_of(page, "differences")
    assert "Headline" in difference
    assert WRITTEN in difference
    assert texts_of(page, "unsaved") == []


def test_the_newest_text_is_offered_first(article, nia):
    for headline in ("First computer", "Second computer"):
        write_draft(nia, article, headline)
    first, second = texts_of(signed_in(nia).get(form_of(article)), "unsaved")
    assert "Second computer" in first
    assert "First computer" in second


def test_a_text_that_is_stored_by_now_is_offered_no_more(article, nia):
    write_draft(nia, article)
    Article.objects.update(headline=WRITTEN)
    article.refresh_from_db()
    article.create_revision(None)
    assert texts_of(signed_in(nia).get(form_of(article)), "unsaved") == []
    assert not UnsavedForm.objects.exists()


def test_a_text_that_cannot_be_saved_as_it_is_stays_on_offer(article, nia):
    write_draft(nia, article, "")
    assert len(texts_of(signed_in(nia).get(form_of(article)), "unsaved")) == 1


def test_a_draft_of_a_new_story_is_opened_without_differences(article, nia):
    write_draft(nia, None)
    page = signed_in(nia).get(UnsavedForm.objects.get().address)
    assert "It is not saved yet." in page.content.decode()
    assert texts_of(page, "differences") == []


def test_a_draft_on_top_of_what_somebody_saved_shows_both(article, nia):
    write_draft(nia, article)
    article.dek = "Somebody wrote this."
    article.save()
    article.create_revision(None)
    page = signed_in(nia).get(UnsavedForm.objects.get().address)
    assert page.status_code == 409
    assert "conflict-heading" in page.content.decode()


def test_nobody_else_sees_that_there_is_a_draft(article, nia):
    write_draft(nia, article)
    address = UnsavedForm.objects.get().address
    tom = signed_in(make_user(username="tom", groups=("chief",)))
    for page in (address, form_of(article), reverse("admin:index")):
        assert WRITTEN not in tom.get(page).content.decode()


def test_who_may_not_change_stories_opens_none(article, nia):
    write_draft(nia, article)
    address = UnsavedForm.objects.get().address
    nia.groups.set(make_roles()[3:])
    assert WRITTEN not in signed_in(nia).get(address, follow=True).content.decode()
