"""What came in for a story: shown as text, given whole as a file."""

import pytest
from django.urls import reverse

from articles.models import Article
from articles.roles import make_roles
from tests.admin.imports.import_runs import (
    import_stories,
    original_address,
    page_text,
    report_address,
)
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db) -> Article:
    return make_article(source="wire")


def store_original(article: Article, content: bytes) -> str:
    article.set_original(content)
    article.save()
    return original_address(article)


def test_the_page_of_what_came_in_says_from_where(chief_client, tmp_path):
    run = import_stories(tmp_path, 1)
    article = Article.objects.get()
    address = original_address(article)
    form = page_text(chief_client, reverse("admin:articles_article_change", args=[article.pk]))
    assert f'href="{address}">What came in</a>' in form
    text = page_text(chief_client, address)
    for phrase in ("wire", "gale-0", report_address(run), "Id: gale-0", "It blew all night"):
        assert phrase in text, phrase


def test_characters_that_nobody_sees_are_shown(chief_client, story):
    text = page_text(
        chief_client, store_original(story, "a\0b\x1bc\x7fd\u202ee\u200df\tg\r\nh".encode())
    )
    assert "a␀b␛c␡d⟨U+202E⟩e\u200df\tg\nh" in text


def test_a_long_original_is_cut_and_can_be_had_whole(chief_client, story):
    content = b"x" * 200_001 + b"END"
    text = page_text(chief_client, store_original(story, content))
    assert "Only the first 200,000 characters" in text
    assert "xEND" not in text
    response = chief_client.get(reverse("admin:articles_article_original_file", args=[story.pk]))
    assert response.content == content
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in response["Cache-Control"]


def test_a_story_written_here_has_nothing_to_download(chief_client, story):
    address = reverse("admin:articles_article_original_file", args=[story.pk])
    assert chief_client.get(address).status_code == 404
    assert "this story was written here" in page_text(chief_client, original_address(story))


def test_whoever_may_not_see_runs_gets_no_link_to_one(client, tmp_path):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    run = import_stories(tmp_path, 1)
    address = original_address(Article.objects.get())
    assert report_address(run) not in page_text(client, address)
