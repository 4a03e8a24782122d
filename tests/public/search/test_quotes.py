"""Quotes are found by their words, folded and by their stems, of the newest stories that have them."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import EditionQuote, first_matches
from articles.public.search import stories
from articles.public.search.quotes import find_quotes
from articles.text.search import parse_query
from tests.factories import make_live_quote

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def find(text: str) -> list[str]:
    matches = find_quotes(parse_query(f"{text} ", "en"), EditionQuote.objects.listed())
    quotes = EditionQuote.objects.filter(pk__in=matches.quotes).newest()
    return list(quotes.values_list("text", flat=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dredging", ["Østvik dredges the café."]),
        ("OSTVIK cafe", ["Østvik dredges the café."]),
        ('"the cafe"', ["Østvik dredges the café."]),
        ('"cafe the"', []),
        ("council", []),
        ("dredging -council", ["Østvik dredges the café."]),
        ("dredging -cafe", []),
        ("-council", []),
        ("%", []),
    ],
)
def test_words_are_those_of_the_quote_not_of_its_story(text, words):
    make_live_quote("Østvik dredges the café.")
    assert find(text) == words


def test_only_so_many_stories_are_looked_at_and_it_says_how_far_back(client, monkeypatch):
    monkeypatch.setattr(stories, "RANKED", 2)
    for day in range(5):
        fields = {"published_at": AT + timedelta(days=day)}
        make_live_quote(f"Dredging, day {day}.", fields=fields)
    matches = find_quotes(parse_query("dredging", "en"), EditionQuote.objects.listed())
    assert len(matches.quotes) == 2
    assert matches.looked_to == AT + timedelta(days=3)


def test_a_phrase_of_frequent_words_says_how_far_it_was_looked_for(monkeypatch):
    monkeypatch.setattr(first_matches, "MOST_CANDIDATES", 2)
    for _ in range(3):
        make_live_quote("It turns the tide.")
    query = parse_query('"tide turns"', "en")
    hits = find_quotes(query, EditionQuote.objects.listed())
    assert hits.quotes == []
    assert hits.looked_to is not None
