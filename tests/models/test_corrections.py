"""Corrections that readers are told of: in force, of a story that is listed, not hidden."""

from datetime import timedelta
from typing import Any

import pytest

from articles.models import Correction, Edition
from articles.publishing import correct, publish, withdraw
from tests.factories import make_live

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)
WORDS: dict[str, Any] = {
    "wrong": "Seven boats.",
    "right": "Eight boats.",
    "weight": "correction",
}


def make_correction(live: Edition) -> Correction:
    return correct(live.article, by=None, **WORDS).correction


def test_corrections_stand_newest_first_with_their_editions(django_assert_num_queries):
    live = make_live()
    corrections = [make_correction(live), make_correction(make_live()), make_correction(live)]
    with django_assert_num_queries(1):
        rows = list(Correction.objects.public())
        assert [row.edition.kind for row in rows] == ["correction"] * 3
    assert rows == corrections[::-1]


def test_a_correction_is_in_force_from_its_first_instant_and_goes_on_after_the_next_edition():
    live = make_live()
    correction = make_correction(live)
    at = correction.edition.starts_at
    assert not Correction.objects.public(at - INSTANT).exists()
    assert Correction.objects.public(at).get() == correction
    publish(live.article, by=None)
    assert Correction.objects.public().get() == correction


def test_readers_are_told_of_none_that_is_hidden_or_whose_story_is_withdrawn():
    hidden, withdrawn = make_correction(make_live()), make_correction(make_live())
    Edition.objects.filter(pk=hidden.edition_id).hide("It names a child.")
    assert Correction.objects.public().get() == withdrawn
    withdraw(withdrawn.edition.article, by=None, reason="Checking.")
    assert not Correction.objects.public().exists()


def test_a_correction_is_named_by_its_weight_and_its_beginning():
    assert str(Correction(weight="serious", right="a" * 61)) == f"serious correction: {'a' * 60}"
