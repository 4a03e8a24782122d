"""Finds in a text: which wait, which are decided about, which are worth a look each."""

import pytest

from articles.models import Suggestion
from tests.factories import make_article
from tests.models.rows import make_suggestion

pytestmark = pytest.mark.django_db


def test_a_find_waits_until_somebody_decides_whatever_the_decision_is():
    article = make_article()
    rows = {state: make_suggestion(article, state=state) for state in Suggestion.State.values}
    waiting = rows.pop("open")
    assert Suggestion.objects.open().get() == waiting
    assert set(Suggestion.objects.decided()) == set(rows.values())


def test_what_was_said_is_told_from_who_is_named():
    article = make_article()
    quoted = make_suggestion(article, kind="quote")
    make_suggestion(article, kind="mention")
    assert Suggestion.objects.quotes().get() == quoted


def test_what_is_folded_is_not_worth_a_look_each():
    article = make_article()
    likely = make_suggestion(article)
    make_suggestion(article, is_folded=True)
    assert Suggestion.objects.likely().get() == likely


def test_finds_stand_in_reading_order():
    article = make_article()
    spans = [(5, 9), (0, 9), (5, 7), (0, 4)]
    for start, end in spans:
        make_suggestion(article, start=start, end=end)
    assert [(row.start, row.end) for row in Suggestion.objects.all()] == sorted(spans)


def test_a_find_says_what_it_is_where_and_what_became_of_it():
    row = make_suggestion(state="changed")
    assert str(row) == f"quote in article {row.article_id}, accepted with changes"
