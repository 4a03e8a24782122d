"""Every form of the desk does its work once; what did nothing can be sent again."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture

from articles.admin_site import submissions
from articles.models import Author, FormSubmission, Image, RightOfReply, Tag
from articles.roles import make_roles
from tests.admin.forms import fields_of, messages_of
from tests.desk_rows import address_of, client_of
from tests.desk_rows import rows as rows
from tests.factories import make_article, make_person, make_user
from tests.test_permissions import BOTH, GET, POST

pytestmark = pytest.mark.django_db

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
TOKEN = re.compile(r'<input type="hidden" name="form_token" value="([\w-]{22})">')
ADD_AUTHOR = "admin:articles_author_add"
# Addresses of the desk where a second POST needs no token, and why.
EXEMPT = {
    "articles_subscription_changelist": "asks servers, so no one transaction: of two visits one claims the feed",
}
# Pages that answer no POST of their own: downloads, and what the review of a story asks for.
SILENT = {"articles_image_rendition", "articles_article_original_file"}


@pytest.fixture
def client(db: None) -> Client:
    make_roles()
    return client_of("superuser")


def author_form(client: Client, **values: str) -> dict[str, Any]:
    return fields_of(client.get(reverse(ADD_AUTHOR)), "author_form") | values


def add_author(client: Client, data: dict[str, Any]) -> Any:
    return client.post(reverse(ADD_AUTHOR), data, follow=True)


def forms_of(page: str) -> list[tuple[str, list[str]]]:
    """Return of each form of ``page`` that sends by POST its attributes and its tokens."""
    forms = FORM.findall(page)
    return [(attributes, TOKEN.findall(body)) for attributes, body in forms if "post" in attributes]


def test_every_form_of_every_page_of_the_desk_has_a_token_of_its_own(rows):
    client, count = client_of("superuser"), 0
    for name in GET:
        if name in SILENT:
            continue
        page = client.get(address_of(name, rows), follow=True).content.decode()
        forms = forms_of(page)
        tokens = [token for _, found_tokens in forms for token in found_tokens]
        assert all(len(found_tokens) == 1 for _, found_tokens in forms), name
        assert len(set(tokens)) == len(forms), name
        count += len(forms)
    assert count > 150


def test_every_address_of_the_desk_goes_through_the_gate_or_says_why_not(rows, monkeypatch):
    noted = []

    def note(request: Any, submission: Any, view: Any) -> HttpResponse:
        noted.append(request.resolver_match.url_name)
        return HttpResponse("noted")

    monkeypatch.setattr(submissions, "_do_work", note)
    client = client_of("superuser")
    names = {*GET, *POST, *BOTH} - SILENT
    for number, name in enumerate(sorted(names)):
        token = f"token-of-{number:020}"
        client.post(address_of(name, rows), {"form_token": token})
    assert names - set(noted) == EXEMPT.keys()


def test_the_same_form_twice_does_its_work_once_and_says_so(client):
    data = author_form(client, name="Ada Pell")
    first, again = (add_author(client, data) for _ in range(2))
    assert Author.objects.count() == 1
    assert first.redirect_chain == again.redirect_chain
    assert "added successfully" in messages_of(first)
    assert re.search(
        r"That was done already, at \d\d:\d\d \w+: .*added successfully", messages_of(again)
    )


def test_the_same_form_on_a_page_that_was_fetched_anew_is_the_same(client):
    data = author_form(client, name="Ada Pell")
    add_author(client, data)
    of_page = {"csrfmiddlewaretoken": "x" * 64, "form_owner": "1:another:signature"}
    assert "That was done already" in messages_of(add_author(client, data | of_page))


def test_another_form_or_other_words_are_something_else_to_do(client):
    data = author_form(client, name="Ada Pell")
    add_author(client, data)
    add_author(client, data | {"name": "Nia Vale"})
    add_author(client, author_form(client, name="Tom Reed"))
    assert Author.objects.count() == 3


def test_a_form_with_errors_can_be_sent_again(client):
    Author.objects.create(name="Ada Pell")
    data = author_form(client, name="Ada Pell")
    assert "already exists" in add_author(client, data).content.decode()
    assert not FormSubmission.objects.exists()
    Author.objects.update(name="Ada Lund")
    assert "added successfully" in messages_of(add_author(client, data))
    assert Author.objects.count() == 2


def test_a_failure_leaves_the_form_free(client, monkeypatch):
    data = author_form(client, name="Ada Pell")
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("django.contrib.admin.ModelAdmin.response_add", None)
        assert client.post(reverse(ADD_AUTHOR), data).status_code == 500
    assert not Author.objects.exists()
    assert "added successfully" in messages_of(add_author(client, data))


def test_a_token_is_of_one_account_and_one_page(client):
    data = author_form(client, name="Ada Pell")
    add_author(client, data)
    other = client_of("superuser")
    assert "already exists" in add_author(other, data).content.decode()
    assert client.post(reverse("admin:articles_tag_add"), data).status_code == 200
    assert FormSubmission.objects.count() == 1


@pytest.mark.parametrize("token", ["", "short", "x" * 65, "a\0b" * 9, "ß" * 20, "../" * 9])
def test_what_is_no_token_of_ours_is_none(client, token):
    data = author_form(client, name="Ada Pell") | {"form_token": token}
    assert add_author(client, data).status_code == 200
    assert not FormSubmission.objects.exists()


def test_a_small_window_that_is_sent_twice_chooses_the_same_row(client):
    address = reverse("admin:articles_tag_add") + "?_popup=1"
    data = fields_of(client.get(address), "tag_form") | {"name": "Dredging", "kind": "topic"}
    first, again = (client.post(address, data) for _ in range(2))
    tag = Tag.objects.get()
    assert f"&quot;{tag.pk}&quot;" in first.content.decode()
    assert first.content == again.content


def test_a_picture_that_is_sent_twice_is_told_as_stored(client):
    address = reverse("admin:articles_image_add")
    fields = fields_of(client.get(address), "image_form") | {
        "alt": "The harbour",
        "name": "harbour",
    }
    content = _picture()
    pages = []
    for _ in range(2):
        file = SimpleUploadedFile("harbour.png", content, "image/png")
        pages.append(client.post(address, fields | {"file": file}, follow=True))
    assert Image.objects.filter(name="harbour").count() == 1
    assert "That was done already" in messages_of(pages[1])
    other_file = SimpleUploadedFile("harbour.png", b"no picture", "image/png")
    page = client.post(address, fields | {"file": other_file}).content.decode()
    assert "That was done already" not in page


def _picture() -> bytes:
    stream = BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(stream, "PNG")
    return stream.getvalue()


def test_a_move_to_the_trash_that_is_sent_twice_is_told_as_done(client):
    author = Author.objects.create(name="Ada Pell")
    address = reverse("admin:articles_author_delete", args=[author.pk])
    (token,) = [tokens[0] for attributes, tokens in forms_of(_text(client, address))][-1:]
    data = {"confirmed": "yes", "form_token": token}
    assert "1 row is in the trash" in messages_of(client.post(address, data, follow=True))
    assert "That was done already" in messages_of(client.post(address, data, follow=True))


def test_a_request_for_a_reply_is_logged_once(client):
    address = reverse("admin:articles_rightofreply_add")
    values = {"article": make_article().pk, "person": make_person().pk}
    data = fields_of(client.get(address), "rightofreply_form") | values
    for _ in range(2):
        client.post(address, data)
    assert RightOfReply.objects.count() == 1


def test_what_was_sent_is_stored_as_a_keyed_digest_only(client, settings):
    data = author_form(client, name="Ada Pell")
    add_author(client, data)
    digest = FormSubmission.objects.get().content
    settings.SECRET_KEY = "another-key-0123456789-0123456789-0123456789"
    client.force_login(make_user(username="second", is_superuser=True, is_staff=True))
    Author.objects.all().delete()
    add_author(client, data)
    assert FormSubmission.objects.latest("pk").content != digest
    assert "Ada Pell" not in str(FormSubmission.objects.values_list("path", "content"))


def test_old_rows_go_with_the_next_form(client):
    old = timezone.now() - timedelta(days=3)
    client.force_login(user := make_user(is_superuser=True, is_staff=True))
    for number in range(3):
        FormSubmission.objects.create(user=user, path="/", token=str(number), at=old)
    new = FormSubmission.objects.create(user=user, path="/", token="new")
    add_author(client, author_form(client, name="Ada Pell"))
    assert FormSubmission.objects.count() == 2
    assert FormSubmission.objects.filter(pk=new.pk).exists()


def test_no_token_stands_in_an_address_or_on_a_page_of_readers(client, rows):
    page = client.get(reverse("admin:articles_article_changelist")).content.decode()
    assert not re.search(r"\?[^\"]*form_token", page)
    assert "form_token" not in client.get("/").content.decode()
    assert "form_token" not in Client().get(reverse("admin:login")).content.decode()


def test_a_page_that_is_read_notes_nothing(client, rows):
    client.get(reverse(ADD_AUTHOR) + "?form_token=0123456789012345678901")
    assert not FormSubmission.objects.exists()


def _text(client: Client, address: str) -> str:
    return client.get(address).content.decode()
