"""A waiting version is decided about once, as it was read, and comes in with what was chosen."""

from functools import partial

import pytest

from articles.importing.pipeline.storing import pending_changes
from articles.importing.pipeline.storing.pending_changes import (
    ChangeReplacedError,
    accept_change,
    describe_version,
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


def test_a_version_is_named_by_what_its_source_calls_it():
    assert describe_version(WaitingChange(version="3")) == "Version 3 of the source"
    assert describe_version(WaitingChange()) == "A version of the source"


def test_what_an_editor_decides_is_kept_with_who_and_when(change):
    by = make_user()
    assert accept_change(change, by=by) == []
    change.refresh_from_db()
    assert (change.state, change.decided_by, change.revision_number) == ("taken", by, 3)
    assert change.decided_at is not None
    article = Article.objects.get()
    assert (article.headline, article.body_html) == ("Gale, 2", body(LEAD, NEW, QUAY, END))
    assert article.revisions.first().note == "Version 2 of the source, taken whole."
    assert article.imported_items.get().base_values == change.values


def test_of_what_was_set_aside_nothing_comes_in(change):
    by = make_user()
    dismiss_change(change, by=by)
    change.refresh_from_db()
    assert (change.state, change.decided_by, change.revision_number) == ("left", by, None)
    assert Article.objects.get().headline == "Roof off fish market"
    assert Revision.objects.count() == 2


@pytest.mark.parametrize(
    ("sides", "sentence"),
    [
        ({}, "It changed: text. Ours stayed in: headline."),
        ({"headline": "theirs"}, "It changed: headline, text."),
    ],
)
def test_the_history_says_what_came_in_and_where_ours_stayed(change, sides, sentence):
    merge_change(change, by=make_user(), sides=sides)
    note = Article.objects.get().revisions.first().note
    assert note == f"Version 2 of the source, beside the changes made here. {sentence}"


def test_where_nothing_comes_in_there_is_no_revision_and_the_version_is_taken(send_in):
    send_in("1")
    edit(headline="Roof off fish market")
    send_in("2", headline="Gale, 2")
    change = WaitingChange.objects.get()
    assert merge_change(change, by=make_user(), sides={}) == ([], [])
    change.refresh_from_db()
    assert (change.state, change.revision_number, Revision.objects.count()) == ("taken", 2, 2)
    item = Article.objects.get().imported_items.get()
    assert (item.base_revision, item.base_values) == (None, change.values)


def test_a_note_is_cut_to_what_the_history_can_keep(change, monkeypatch):
    monkeypatch.setattr(pending_changes, "describe_version", lambda change: "v" * 600)
    accept_change(change, by=make_user())
    assert Article.objects.get().revisions.first().note == "v" * 500
