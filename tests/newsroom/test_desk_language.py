"""The desk follows its user's language, readers' pages the paper's: whoever asks, and whatever their browser says."""

import pytest
from django.test import Client
from django.utils.translation import get_language, override
from pytest_django import Settings

from articles.models import User
from articles.publishing import publish
from tests.factories import make_article, make_live, make_user

pytestmark = pytest.mark.django_db
VIEW_SITE = "Ṽííééŵ šííţéé"


@pytest.fixture
def editor(client: Client, pseudo_locale: str) -> User:
    """Sign in somebody to whom the desk speaks the pseudo-locale."""
    user = make_user(is_superuser=True, language=pseudo_locale)
    client.force_login(user)
    return user


def test_desk_speaks_its_users_language(client: Client, editor: User) -> None:
    page = client.get("/admin/").content.decode()
    assert VIEW_SITE in page
    assert '<html lang="en-xa"' in page


def test_desk_speaks_the_papers_language_to_who_has_chosen_none(
    client: Client, settings: Settings
) -> None:
    settings.LANGUAGE_CODE = "de"
    client.force_login(make_user(is_superuser=True))
    assert '<html lang="de"' in client.get("/admin/").content.decode()


def test_login_speaks_the_papers_language(client: Client, settings: Settings) -> None:
    settings.LANGUAGE_CODE = "de"
    response = client.get("/admin/login/", headers={"Accept-Language": "fr"})
    assert '<html lang="de"' in response.content.decode()


def test_readers_page_is_the_same_to_an_editor(client: Client, editor: User) -> None:
    edition = make_live()
    for path in ("/", edition.get_absolute_url(), "/quotes/", "/nothing/", "/articles/?after=x"):
        theirs = client.get(path)
        ours = Client().get(path, headers={"Accept-Language": "en-XA, fr;q=0.8"})
        assert theirs.content == ours.content, path
        assert not {"Cookie", "Accept-Language"} & set(ours.headers.get("Vary", "").split(", ")), (
            path
        )
        assert not ours.cookies, path


def test_no_language_is_left_over_for_the_next_request(client: Client, editor: User) -> None:
    client.get("/admin/")
    assert get_language() == "en-gb"


def test_missing_page_of_the_desk_speaks_the_papers_language(client: Client, editor: User) -> None:
    page = client.get("/admin/nothing/").content.decode()
    assert "There is nothing here" in page
    assert '<html lang="en-gb"' in page
    assert ">Search<" in Client().get("/").content.decode(), "the frame is kept for a minute"


def test_what_an_editor_publishes_speaks_the_papers_language(editor: User) -> None:
    article = make_article(bylines=("Nora Lis",))
    with override(editor.language):
        edition = publish(article, by=editor)
    assert "By <span" in edition.page_html


def test_preview_speaks_the_papers_language(client: Client, editor: User) -> None:
    article = make_article(bylines=("Nora Lis",))
    page = client.get(f"/admin/articles/article/{article.pk}/preview/").content.decode()
    assert "By <span" in page


def test_language_without_a_catalog_is_no_fault(client: Client, editor: User) -> None:
    User.objects.update(language="xx-yy")
    assert client.get("/admin/").status_code == 200
