"""What was written when the session ended is offered to its own account, and to nobody else."""

from typing import Any

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse

from articles import clock
from articles.models import Article, UnsavedForm
from articles.models.unsaved_forms import MAX_BYTES, MOST_FORMS, OFFERED_FOR
from articles.roles import make_roles
from tests.admin.forms import fields_of, form_of, messages_of
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(db: None) -> Article:
    make_roles()
    return make_article(headline="As stored")


@pytest.fixture
def nia(article: Article) -> Any:
    return make_user(username="nia", groups=("editor",))


def signed_in(user: Any, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


def written(client: Client, article: Article | None, **values: Any) -> dict[str, Any]:
    """Open a story's form and change it: what its Save would send."""
    fields = fields_of(client.get(form_of(article)), "article_form")
    return fields | {"headline": "Written for an hour", "_publish": "1"} | values


def refuse(user: Any, article: Article | None, **values: Any) -> Any:
    """Send the form of ``user`` when nobody is signed in any more."""
    data = written(signed_in(user), article, **values)
    return Client().post(form_of(article), data, follow=True)


def offers(client: Client, article: Article | None) -> str:
    return client.get(form_of(article)).content.decode()


def test_a_form_sent_after_the_session_ended_is_offered_after_signing_in(article, nia):
    response = refuse(nia, article)
    assert response.redirect_chain == [(f"{reverse('admin:login')}?next={form_of(article)}", 302)]
    assert "offered to its account for 14 days" in messages_of(response)
    assert "Written for an hour" not in response.content.decode()
    client, unsaved_form = signed_in(nia), UnsavedForm.objects.get()
    page = offers(client, article)
    assert ", not saved" in page
    assert "Written for an hour" in page
    opened = client.get(unsaved_form.address)
    assert "It is not saved yet." in opened.content.decode()
    fields = fields_of(opened, "article_form")
    assert fields["headline"] == "Written for an hour"
    article.refresh_from_db()
    assert (article.headline, article.revision_number) == ("As stored", 1)
    client.post(unsaved_form.address, fields | {"_save": "1"})
    article.refresh_from_db()
    assert article.headline == "Written for an hour"
    assert not UnsavedForm.objects.exists()


def test_a_form_whose_csrf_cookie_is_gone_is_offered_at_once(article, nia):
    client = signed_in(nia, enforce_csrf_checks=True)
    data = written(client, article)
    client.cookies.pop("csrf", None)
    response = client.post(form_of(article), data, follow=True)
    assert response.redirect_chain == [(form_of(article), 302)]
    assert ", not saved" in response.content.decode()
    article.refresh_from_db()
    assert article.headline == "As stored"


def test_a_new_story_is_offered_on_the_desk_and_in_the_form_of_a_new_one(article, nia):
    refuse(nia, None)
    client = signed_in(nia)
    index = client.get(reverse("admin:index")).content.decode()
    assert ", not saved" in index
    assert f"{form_of(None)}?unsaved={UnsavedForm.objects.get().pk}" in index
    assert ", not saved" in offers(client, None)
    assert "Written for an hour" not in offers(client, article)


def test_nobody_else_is_offered_it(article, nia):
    refuse(nia, article)
    address, pk = UnsavedForm.objects.get().address, UnsavedForm.objects.get().pk
    for visitor in (signed_in(make_user(username="tom", groups=("chief",))), Client()):
        for page in (form_of(article), address, reverse("admin:index")):
            assert "Written for an hour" not in visitor.get(page, follow=True).content.decode()
        visitor.post(reverse("admin:discard_unsaved", args=[pk]))
    assert UnsavedForm.objects.filter(pk=pk).exists()


def test_somebody_else_who_is_signed_in_by_now_is_not_offered_it(article, nia):
    data = written(signed_in(nia), article)
    tom = signed_in(make_user(username="tom", groups=("editor",)), enforce_csrf_checks=True)
    page = tom.post(form_of(article), data, follow=True).content.decode()
    assert "Written for an hour" not in page
    assert UnsavedForm.objects.get().user == nia


def test_a_story_that_changed_meanwhile_shows_both(article, nia):
    refuse(nia, article)
    article.dek = "Somebody wrote this."
    article.save()
    article.create_revision(None)
    opened = signed_in(nia).get(UnsavedForm.objects.get().address)
    assert "conflict-heading" in opened.content.decode()
    fields = fields_of(opened, "article_form")
    assert (fields["headline"], fields["dek"]) == ("Written for an hour", "Somebody wrote this.")


def test_discard_deletes_it(article, nia):
    refuse(nia, article)
    client, pk = signed_in(nia), UnsavedForm.objects.get().pk
    address = reverse("admin:discard_unsaved", args=[pk])
    assert client.get(address).status_code == 405
    response = client.post(address, follow=True)
    assert response.redirect_chain == [(form_of(article), 302)]
    assert not UnsavedForm.objects.exists()
    assert "not offered any more" in messages_of(client.post(address, follow=True))


def test_what_is_opened_and_refused_again_is_offered_once(article, nia):
    refuse(nia, article)
    client, first = signed_in(nia), UnsavedForm.objects.get()
    fields = fields_of(client.get(first.address), "article_form") | {"headline": "More of it"}
    Client().post(first.address, fields)
    assert UnsavedForm.objects.get().headline == "More of it"


def test_a_form_that_is_sent_again_and_saved_is_offered_no_more(article, nia):
    client = signed_in(nia)
    data = written(client, article) | {"_save": "1"}
    for _ in range(2):
        Client().post(form_of(article), data)
    assert UnsavedForm.objects.count() == 1
    client.post(form_of(article), data)
    assert not UnsavedForm.objects.exists()


@pytest.mark.parametrize("owner", ["", "1", "forged", "other salt", "other account"])
def test_nothing_is_stored_for_who_is_not_known(article, nia, owner):
    forged = {
        "forged": f"{nia.pk}:1uXxXx:abcdefghijklmnopqrstuvwxyz",
        "other salt": TimestampSigner().sign(str(nia.pk)),
        "other account": TimestampSigner(salt="articles.form_owner").sign("999999"),
    }
    response = refuse(nia, article, form_owner=forged.get(owner, owner))
    assert response.redirect_chain[0][1] == 302
    assert not UnsavedForm.objects.exists()


def test_nothing_is_stored_for_an_account_that_may_not_save_it_any_more(article, nia):
    data = written(signed_in(nia), article)
    nia.groups.clear()
    Client().post(form_of(article), data)
    nia.is_superuser, nia.is_active = True, False
    nia.save()
    Client().post(form_of(article), data)
    assert not UnsavedForm.objects.exists()


def test_a_form_older_than_any_session_is_stored_no_more(article, nia, settings):
    data = written(signed_in(nia), article)
    settings.SESSION_COOKIE_AGE = -1
    Client().post(form_of(article), data)
    assert not UnsavedForm.objects.exists()


def test_other_forms_and_readers_store_nothing(article, nia):
    client = Client(enforce_csrf_checks=True)
    data = written(signed_in(nia), article)
    for address in (reverse("admin:articles_tag_add"), reverse("admin:login"), "/"):
        assert client.post(address, data).status_code in (302, 403, 405)
    assert not UnsavedForm.objects.exists()


def test_rows_are_bound_by_size_number_and_age(article, nia):
    refuse(nia, article, body_html="x" * MAX_BYTES)
    assert not UnsavedForm.objects.exists()
    other = make_user(username="tom")
    for number in range(MOST_FORMS + 2):
        UnsavedForm.objects.store(other, "/", f"token-{number}", {})
    assert UnsavedForm.objects.filter(user=other).count() == MOST_FORMS
    assert not UnsavedForm.objects.filter(token="token-0").exists()
    UnsavedForm.objects.update(at=clock.now() - OFFERED_FOR)
    assert not UnsavedForm.objects.offered(other).exists()
    refuse(nia, article)
    assert UnsavedForm.objects.get().user == nia


def test_no_token_no_button_and_no_character_that_cannot_be_stored_stays(article, nia):
    refuse(nia, article, dek="a\0b")
    values = UnsavedForm.objects.get().values
    assert values["dek"] == ["ab"]
    names = ("_publish", "csrfmiddlewaretoken", "form_token", "form_owner")
    assert not values.keys() & set(names)
