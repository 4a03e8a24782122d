"""Both databases hold the same words of what readers get, and find the same stories by them, newest first."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Edition, EditionSearch
from articles.publishing import publish, withdraw
from articles.text.search import parse_query
from articles.text.search.index import IndexQuery, label
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


def find(text: str, *labels: str, excluded: tuple[str, ...] = ()) -> list[str]:
    query = IndexQuery(parse_query(text, "en"), labels, excluded)
    rows = EditionSearch.objects.matching(query).listed().newest()
    return list(rows.values_list("edition__headline", flat=True))


def publish_story(headline: str, body: str = "", **values):
    article = make_article(headline=headline, body_html=f"<p>{body}</p>", **values)
    return publish(article, by=make_user())


@pytest.fixture
def stories():
    day = datetime(2026, 11, 1, 9, tzinfo=UTC)
    publish_story("Dredging begins", "The harbour’s new channel.", published_at=day)
    publish_story(
        "Council votes", "Dredgers will dig the harbour bed.", published_at=day + timedelta(days=1)
    )
    publish_story("Maren Østvik sails", "No mud here.", published_at=day + timedelta(days=2))


@pytest.mark.parametrize(
    ("text", "headlines"),
    [
        ("dredging", ["Dredging begins"]),
        ("dredge", ["Council votes", "Dredging begins"]),
        ("harbour", ["Council votes", "Dredging begins"]),
        ('"harbour bed"', ["Council votes"]),
        ('"bed harbour"', []),
        ("harbour -council", ["Dredging begins"]),
        ('harbour -"harbour bed"', ["Dredging begins"]),
        ("ostvik", ["Maren Østvik sails"]),
        ("ØSTVIK", ["Maren Østvik sails"]),
        ("harb", ["Council votes", "Dredging begins"]),
        ("harb channel", []),
        ("sails maren", ["Maren Østvik sails"]),
        ("begins harbour", ["Dredging begins"]),
        ('"begins the"', []),
        ("nowhere", []),
    ],
)
def test_words_are_found(stories, text, headlines):
    assert find(text) == headlines


@pytest.mark.parametrize(
    "text",
    ["'", '"', "\\", "a' | 'b", "NEAR(a b)", "a:*", "!a", "{headline}:x", "*", "(", "\0x", "½"],
)
def test_no_words_make_it_fail(stories, text):
    if parse_query(text, "en"):
        assert find(text) == []


def test_a_label_narrows(stories):
    assert find("harbour", label("m", "202611")) == ["Council votes", "Dredging begins"]
    assert find("harbour", label("y", "2025")) == []
    assert find("harbour", excluded=(label("y", "2026"),)) == []
    assert find("y2026") == []


def test_the_words_of_an_edition_that_was_replaced_are_gone():
    edition = publish_story("Old words", "Herring.")
    article = edition.article
    article.headline = "New words"
    article.save()
    publish(article, by=make_user())
    assert find("old") == []
    assert find("new") == ["New words"]
    assert EditionSearch.objects.count() == 1


def test_a_withdrawn_story_has_no_words():
    edition = publish_story("Withdrawn since", "Herring.")
    withdraw(edition.article, by=make_user(), reason="It was wrong.")
    assert find("herring") == []
    assert not EditionSearch.objects.exists()
    assert Edition.objects.count() == 2
