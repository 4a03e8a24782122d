"""Stories are hits by their words within a bound, whatever the word; the ones that fit best can come first."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Edition
from articles.models.search import key_at
from articles.public.search import find_stories, rank, stories
from articles.publishing import schedule
from articles.text.search import parse_query
from articles.text.search.index import IndexQuery
from tests.factories import make_live, make_user

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 1, 9, tzinfo=UTC)


def find(text: str, **bounds):
    return find_stories(IndexQuery(parse_query(text, "en")), **bounds)


@pytest.fixture
def harbour() -> list[Edition]:
    """Three stories with the word, the newest first."""
    stories = [
        make_live(
            headline=headline,
            body_html="<p>In the harbour.</p>",
            published_at=DAY + timedelta(days=day),
        )
        for day, headline in enumerate(["Harbour opens", "Ferry sails", "Crane falls"])
    ]
    return stories[::-1]


def test_the_newest_hits_come_first(harbour):
    hits = find("harbour")
    assert hits.editions == [edition.pk for edition in harbour]
    assert hits.count == 3


def test_a_frequent_word_is_counted_to_a_cap_and_walked_newest_first(harbour, monkeypatch):
    monkeypatch.setattr(stories, "COUNT_CAP", 2)
    monkeypatch.setattr(stories, "RANKED", 2)
    hits = find("harbour")
    assert hits.count == 2
    assert hits.editions == [edition.pk for edition in harbour[:2]]


@pytest.mark.parametrize("cap", [2, 1001])
def test_a_time_bounds_the_hits(harbour, monkeypatch, cap):
    monkeypatch.setattr(stories, "COUNT_CAP", cap)
    newest, middle, oldest = (edition.pk for edition in harbour)
    assert find("harbour", since=key_at(DAY + timedelta(days=1))).editions == [newest, middle]
    assert find("harbour", before=key_at(DAY + timedelta(days=2))).editions == [middle, oldest]
    assert find("harbour", before=key_at(DAY)).editions == []


def test_no_words_find_nothing(harbour):
    assert find("-harbour").editions == find("!").editions == []


def test_a_scheduled_edition_is_in_no_count():
    edition = make_live(headline="Ferry sails")
    edition.article.headline = "Herring lands"
    edition.article.save()
    at = datetime.now(UTC) + timedelta(hours=1)
    schedule(edition.article, by=make_user(), at=at)
    assert find("herring").count == 0
    assert find("ferry").count == 1
    assert find("herring", at=at).count == 1
    assert find("ferry", at=at).count == 0


def test_what_fits_best_comes_first_and_the_newest_among_equals(harbour):
    query = parse_query("harbour", "en")
    newest, middle, oldest = (edition.pk for edition in harbour)
    assert rank(query, [newest, middle, oldest]) == [oldest, newest, middle]
