"""The index is made anew from what readers have, in steps, and goes on where it was stopped."""

from datetime import timedelta

import pytest

from articles.models import EditionSearch
from articles.public.search import build
from articles.public.search.build import build_index
from tests.factories import make_live_many, make_withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def editions(monkeypatch):
    monkeypatch.setattr(build, "STEP", 2)
    editions = make_live_many(5)
    EditionSearch.objects.all().unindex()
    return editions


def indexed() -> set[int]:
    return set(EditionSearch.objects.values_list("edition_id", flat=True))


def test_what_is_missing_is_indexed_in_steps(editions):
    make_withdrawn()
    steps = list(build_index())
    assert [step.indexed for step in steps] == [2, 2, 1]
    assert indexed() == {edition.pk for edition in editions}
    assert not any(step.indexed for step in build_index())


def test_a_build_that_was_stopped_goes_on(editions):
    next(build_index())
    assert len(indexed()) == 2
    assert sum(step.indexed for step in build_index()) == 3


def test_every_row_is_made_anew_when_asked(editions):
    list(build_index())
    EditionSearch.objects.update(headline="stale")
    assert sum(step.indexed for step in build_index(every=True)) == 5
    assert not EditionSearch.objects.filter(headline="stale").exists()


def test_what_has_ended_goes(editions):
    list(build_index())
    ended = editions[0]
    type(ended).objects.filter(pk=ended.pk).close(ended.starts_at + timedelta(microseconds=1))
    assert sum(step.removed for step in build_index()) == 1
    assert ended.pk not in indexed()
