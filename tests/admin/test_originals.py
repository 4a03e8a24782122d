"""What came in for a story: shown as text, given whole as a file."""

import pytest
from django.urls import reverse

from articles.models import Article
from articles.roles import make_roles
from tests.factories import make_article, make_user

from .bringing import bring, original_at, report_at, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db) -> Article:
    return make_article(source="wire")


def keep(article: Article, content: bytes) -> str:
    article.keep_original(content)
    article.save()
    return original_at(article)


def test_the_page_of_what_came_in_says_from_where(desk, tmp_path):
    run = bring(tmp_path, 1)
    article = Article.objects.get()
    address = original_at(article)
    form = shown(desk, reverse("admin:articles_article_change", args=[article.pk]))
    assert f'href="{address}">What came in</a>' in form
    said = shown(desk, address)
    for words in ("wire", "gale-0", report_at(run), "Id: gale-0", "It blew all night"):
        assert words in said, words


def test_characters_that_nobody_sees_are_shown(desk, story):
    said = shown(desk, keep(story, "a\0b\x1bc\x7fd\u202ee\u200df\tg\r\nh".encode()))
    assert "a␀b␛c␡d⟨U+202E⟩e\u200df\tg\nh" in said


def test_a_long_original_is_cut_and_can_be_had_whole(desk, story):
    content = b"x" * 200_001 + b"END"
    said = shown(desk, keep(story, content))
    assert "Only the first 200,000 characters" in said
    assert "xEND" not in said
    response = desk.get(reverse("admin:articles_article_original_file", args=[story.pk]))
    assert response.content == content
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in response["Cache-Control"]


def test_a_story_written_here_has_nothing_to_download(desk, story):
    address = reverse("admin:articles_article_original_file", args=[story.pk])
    assert desk.get(address).status_code == 404
    assert "this story was written here" in shown(desk, original_at(story))


def test_whoever_may_not_see_runs_gets_no_link_to_one(client, tmp_path):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    run = bring(tmp_path, 1)
    address = original_at(Article.objects.get())
    assert report_at(run) not in shown(client, address)
