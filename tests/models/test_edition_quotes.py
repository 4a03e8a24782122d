"""Quotes that readers got: their order, and which of them is taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from articles.models import EditionQuote, StatementLink
from articles.publishing import publish, withdraw
from tests.factories import make_article, make_live_quote, make_person, make_quote

pytestmark = pytest.mark.django_db
BODY = "<p>“The quay holds.” Then: “It will rain.”</p>"
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def make_story(**fields):
    article = make_article(body_html=BODY, **fields)
    for words in ("The quay holds.", "It will rain."):
        make_quote(article, words, person=make_person())
    return publish(article, by=None)


def test_quotes_stand_by_the_newest_story_and_within_it_in_reading_order():
    older = make_story(published_at=NEW_YEAR)
    newer = make_story(published_at=NEW_YEAR + timedelta(days=1))
    quotes = [(row.edition_id, row.text) for row in EditionQuote.objects.newest()]
    assert quotes == [
        (newer.pk, "The quay holds."),
        (newer.pk, "It will rain."),
        (older.pk, "The quay holds."),
        (older.pk, "It will rain."),
    ]


def test_paging_visits_every_quote_once():
    for _ in range(2):
        make_story(published_at=NEW_YEAR)
    make_story(published_at=NEW_YEAR - timedelta(days=1))
    rows, page = [], list(EditionQuote.objects.newest()[:1])
    while page:
        rows += page
        last = page[-1]
        page = list(EditionQuote.objects.newest().before(last.published_at, last.pk)[:1])
    assert rows == list(EditionQuote.objects.newest())


@pytest.fixture
def statement():
    return make_live_quote("The quay holds.", person=make_person()).quote_links.get()


def make_link(earlier, kind="withdraws", **fields):
    edition = make_live_quote("I was wrong.", person=make_person(), **fields)
    later = edition.quote_links.get()
    StatementLink.objects.create(kind=kind, later=later.quote_key, earlier=earlier.quote_key)
    return later


def test_a_quote_says_which_one_takes_it_back_and_when_that_was_said(statement):
    day = date(2026, 2, 3)
    later = make_link(statement, said_on=day)
    rows = {row.pk: row for row in EditionQuote.objects.with_taking_back()}
    row = rows[statement.pk]
    assert (row.taken_back, row.taken_back_on) == (later.quote_key, day)
    assert row.taken_back_at == later.published_at
    assert rows[later.pk].taken_back is None


def test_what_only_contradicts_takes_nothing_back(statement):
    make_link(statement, kind="contradicts")
    assert {row.taken_back for row in EditionQuote.objects.with_taking_back()} == {None}


def test_what_readers_have_no_more_takes_nothing_back(statement):
    later = make_link(statement)
    withdraw(later.edition.article, by=None, reason="Checking.")
    row = EditionQuote.objects.with_taking_back().get(pk=statement.pk)
    assert (row.taken_back, row.taken_back_at, row.taken_back_on) == (None, None, None)


def test_of_two_that_take_it_back_the_first_link_counts(statement):
    first, _second = make_link(statement), make_link(statement)
    row = EditionQuote.objects.with_taking_back().get(pk=statement.pk)
    assert (row.taken_back, row.taken_back_at) == (first.quote_key, first.published_at)
