"""A waiting version is decided about once, as it was read, and comes in with what was chosen."""

from functools import partial

import pytest

from articles.importing.pipeline.storing.pending_changes import (
    ChangeReplacedError,
    accept_change,
    dismiss_change,
    merge_change,
    merge_waiting,
)
from articles.models import Article, Revision, WaitingChange
from articles.text.merge3 import ChoiceError
from tests.factories import make_user
from tests.wire import END, LEAD, NEW, QUAY, body, edit
from tests.wire import send_in as send_in

pytestmark = pytest.mark.django_db
DECISIONS = [accept_change, dismiss_change, partial(merge_change, sides={})]


@pytest.fixture
def change(send_in) -> WaitingChange:
    """A version that collides with ours in the headline and brings a paragraph."""
    send_in("1")
    edit(headline="Roof off fish market")
    send_in("2", LEAD, NEW, QUAY, END, headline="Gale, 2")
    return WaitingChange.objects.get()


def test_a_merge_looks_and_writes_nothing(change):
    merged = merge_waiting(change)
    assert (merged.collisions, merged.changed) == (["headline"], ["headline", "body_html"])
    assert (merged.has_base, merged.is_whole) == (True, False)
    assert Revision.objects.count() == 2


@pytest.mark.parametrize(
    ("sides", "headline", "changed"),
    [
        ({}, "Roof off fish market", ["body_html"]),
        ({"headline": "theirs"}, "Gale, 2", ["headline", "body_html"]),
    ],
)
def test_what_is_chosen_comes_in_as_one_revision(change, sides, headline, changed):
    by = make_user()
    assert merge_change(change, by=by, sides=sides) == (changed, [])
    article = Article.objects.get()
    assert (article.headline, article.body_html) == (headline, body(LEAD, NEW, QUAY, END))
    assert article.revisions.first().by == by
    change.refresh_from_db()
    assert (change.state, change.revision_number) == ("taken", 3)
    assert article.original == change.original


def test_a_wrong_choice_stores_nothing(change):
    with pytest.raises(ChoiceError, match="no part “dek”"):
        merge_change(change, by=make_user(), sides={"headline": "theirs", "dek": "theirs"})
    change.refresh_from_db()
    assert (change.state, Revision.objects.count()) == ("open", 2)


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_version_that_has_taken_its_place_is_not_decided_about(change, send_in, decide):
    send_in("3", headline="Gale, 3")
    with pytest.raises(ChangeReplacedError, match="A newer version has arrived"):
        decide(change, by=make_user())
    stored = WaitingChange.objects.get()
    assert (stored.state, stored.version, Revision.objects.count()) == ("open", "3", 2)


@pytest.mark.parametrize("decide", DECISIONS)
def test_what_was_decided_stays_so(change, decide):
    dismiss_change(change, by=make_user())
    decide(change, by=make_user())
    assert WaitingChange.objects.get().state == "left"
    assert Revision.objects.count() == 2
