"""Readers get every page in the paper's language, whatever the desk or their browser speaks."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from articles.public import sitemaps
from articles.publishing.bring_back import CANCELED
from newsroom import faults
from tests.factories import make_withdrawn
from tests.foreign_paper import ForeignPaper, latin_words, make_foreign_paper

pytestmark = pytest.mark.django_db
NAME = "Курьер"


@pytest.fixture
def site(settings: Settings, pseudo_paper: str) -> ForeignPaper:
    settings.PAPER_NAME = settings.PAPER_WORDMARK = NAME
    settings.PAPER_TAGLINE = "Новости порта"
    return make_foreign_paper()


def test_no_page_says_a_word_that_is_not_marked(client: Client, site: ForeignPaper) -> None:
    unmarked: dict[str, set[str]] = {}
    for path, status in site.paths().items():
        response = client.get(path)
        assert response.status_code == status, path
        if words := latin_words(response.content.decode()):
            unmarked[path] = words
    assert unmarked == {}


def test_no_page_of_an_empty_paper_says_a_word_that_is_not_marked(
    client: Client, settings: Settings, pseudo_paper: str
) -> None:
    settings.PAPER_NAME = settings.PAPER_WORDMARK = NAME
    paths = [reverse(name) for name in sitemaps.PAGES]
    assert {
        path: latin_words(client.get(path).content.decode()) for path in paths
    } == dict.fromkeys(paths, set())


def test_reason_that_a_machine_gave_is_translated_and_a_person_s_is_not(
    client: Client, pseudo_paper: str
) -> None:
    wire, ours = make_withdrawn(CANCELED), make_withdrawn("100%% <b>wrong</b>")
    page = client.get(f"/articles/{wire.article_id}/").content.decode()
    assert "Ţĥéé ááĝééñçýý ţĥááţ šééñţ" in page
    page = client.get(f"/articles/{ours.article_id}/").content.decode()
    assert "100%% &lt;b&gt;wrong&lt;/b&gt;" in page


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_page_of_an_error_says_no_word_that_is_not_marked(
    settings: Settings, pseudo_paper: str, status: int
) -> None:
    settings.PAPER_NAME = settings.PAPER_WORDMARK = NAME
    for is_slow in (False, True):
        page = faults.page(status, None, is_slow=is_slow).content.decode()
        assert latin_words(page) == set()


def test_error_that_cannot_be_rendered_is_told_in_the_papers_language(
    settings: Settings, pseudo_paper: str
) -> None:
    settings.TEMPLATES = []
    assert latin_words(faults.page(500).content.decode()) == set()


@pytest.mark.parametrize("path", ["/feed/", "/quotes/feed/"])
def test_feed_says_no_word_that_is_not_marked(
    client: Client, site: ForeignPaper, path: str
) -> None:
    html = client.get(path).content.decode()
    texts = re.findall(r"<title>([^<]*)</title>|&gt;([^&<]*)&lt;", html)
    assert {text for pair in texts for text in pair if re.search("[A-Za-z]{2}", text)} == set()


def test_scripts_say_nothing_themselves(client: Client) -> None:
    script = client.get("/paper.js").content.decode()
    sentences = re.findall(r"[\"'`]([A-Z][a-z]+(?: [^\"'`]*)?)[\"'`]", script)
    assert set(sentences) == {"Escape", "Enter"}, "the names of keys"
