"""Both databases hold the same words of what readers get, and find the same stories by them, newest first."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Edition, EditionSearch, first_matches, month_walk
from articles.models.search import key_at
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


@pytest.fixture
def years():
    """A story of each month of two years, the newest last; each fourth has the word "seldom"."""
    months = [(year, month) for year in (2024, 2025) for month in range(1, 13)]
    for number, (year, month) in enumerate(months):
        words = "The tide turns." + (" A seldom sight." if number % 4 == 0 else "")
        day = datetime(year, month, 15, 9, tzinfo=UTC)
        publish_story(f"Month {number:02}", words, published_at=day)


def numbers(headlines: list[str]) -> list[int]:
    return [int(headline.split()[-1]) for headline in headlines]


@pytest.mark.parametrize("most_gathered", [0, 3, 3000])
@pytest.mark.parametrize("most", [1, 5, 1200])
def test_the_first_rows_are_the_same_however_they_are_looked_for(
    years, monkeypatch, most, most_gathered
):
    monkeypatch.setattr(month_walk, "MOST_GATHERED", most_gathered)
    for text, every in (("tide", 1), ("seldom", 4), ("tide seldom", 4)):
        matching = [number for number in range(24) if number % every == 0]
        query = IndexQuery(parse_query(text, "en"))
        assert first_numbers(query, most) == matching[::-1][:most]
        assert first_numbers(query, most, oldest_first=True) == matching[:most]
        since, before = (
            key_at(datetime(year, month, 15, 9, tzinfo=UTC))
            for year, month in ((2024, 3), (2025, 9))
        )
        within = [number for number in matching if 2 <= number < 20]
        assert first_numbers(query, most, since=since, before=before) == within[::-1][:most]


def first_numbers(query: IndexQuery, most: int, **bounds) -> list[int]:
    keys = EditionSearch.objects.first_matches(query, most=most, **bounds).keys
    rows = EditionSearch.objects.among(keys).values_list("key", "edition__headline")
    headlines = dict(rows)
    return numbers([headlines[key] for key in keys])


def test_a_word_of_many_stories_does_not_go_on(years):
    publish_story("Month 24", "Tidewater rises.", published_at=datetime(2026, 1, 15, 9, tzinfo=UTC))
    query = IndexQuery(parse_query("tide", "en"))
    assert first_numbers(query, 3) == [23, 22, 21]
    assert first_numbers(query, 25)[0] == 24


def test_a_phrase_is_looked_for_in_the_first_stories_that_have_its_words(years, monkeypatch):
    monkeypatch.setattr(first_matches, "MOST_CANDIDATES", 3)
    assert (
        EditionSearch.objects.first_matches(IndexQuery(parse_query("tide", "en"))).last_candidate
        is None
    )
    query = IndexQuery(parse_query('"seldom sight"', "en"))
    matches = EditionSearch.objects.first_matches(query)
    assert first_numbers(query, 10) == [20, 16, 12]
    assert matches.last_candidate == matches.keys[-1]
    further = EditionSearch.objects.first_matches(query, before=matches.last_candidate)
    assert len(further.keys) == 3
    backwards = IndexQuery(parse_query('"sight seldom"', "en"))
    matches = EditionSearch.objects.first_matches(backwards)
    assert matches.keys == []
    assert matches.last_candidate


def test_what_was_published_a_century_ago_has_its_place():
    for year in (1925, 1969, 2024):
        publish_story(
            f"Year {year}", "The tide turns.", published_at=datetime(year, 5, 1, 9, tzinfo=UTC)
        )
    query = IndexQuery(parse_query("tide", "en"))
    assert first_numbers(query, 10) == [2024, 1969, 1925]
    assert first_numbers(query, 10, oldest_first=True) == [1925, 1969, 2024]
    assert first_numbers(query, 10, before=key_at(datetime(1970, 1, 1, tzinfo=UTC))) == [1969, 1925]


def test_an_empty_index_has_no_rows():
    assert find("tide") == []


def test_bounds_without_a_row_between_them_have_none(years):
    query = IndexQuery(parse_query("tide", "en"))
    beyond = key_at(datetime(2026, 3, 1, tzinfo=UTC))
    before = key_at(datetime(2023, 3, 1, tzinfo=UTC))
    assert first_numbers(query, 10, since=beyond) == []
    assert first_numbers(query, 10, before=before) == []
