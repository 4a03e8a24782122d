"""P1: no import brings back a story that was spiked here, nor what else was put into the trash."""

import pytest

from articles.importing.pipeline.runs.undo import find_undo_blockers
from articles.importing.pipeline.storing.pending_changes import accept_change
from articles.models import (
    Article,
    Author,
    EmptiedItem,
    ImportedItem,
    ImportRun,
    Organization,
    Person,
    Tag,
    TrashEntry,
    WaitingChange,
)
from articles.record.trash.empty import empty_trash
from articles.record.trash.moves import move_to_trash, restore_from_trash
from tests.factories import make_user

pytestmark = pytest.mark.django_db
WHY = "Overtaken by events."


@pytest.fixture
def spike(import_story) -> TrashEntry:
    """Give the entry of a wire story that came in and was spiked."""
    import_story(publish=False)
    return move_to_trash(Article.objects.get(), by=make_user(), reason=WHY)


@pytest.mark.parametrize("publish", [False, True])
def test_a_newer_version_waits_with_its_spiked_story(import_story, figures, spike, publish):
    report = import_story(version=2, headline="Gale, worse", publish=publish)
    assert figures(report) == (0, 0, 0, 1, 0)
    assert report.met["waits:spiked"] == 1
    assert "It is spiked here." in report.notes[0]
    assert not Article.objects.exists()
    assert not WaitingChange.objects.exists()
    assert Article.all_objects.get().headline == "Gale"


def test_the_newest_version_can_be_taken_over_once_the_story_is_restored(import_story, spike):
    import_story(version=2, headline="Gale, worse")
    import_story(version=3, headline="Gale, the worst")
    restore_from_trash(spike, by=make_user())
    change = WaitingChange.objects.get()
    assert change.version == "3"
    accept_change(change, by=make_user())
    assert Article.objects.get().headline == "Gale, the worst"


def test_the_same_version_again_changes_nothing(import_story, figures, spike):
    assert figures(import_story()) == (0, 0, 1, 0, 0)
    assert not Article.objects.exists()


def test_a_kill_reaches_a_spiked_story(import_story, figures, spike):
    import_story(version=2, extra="Status: canceled\n")
    assert not Article.objects.exists()
    restore_from_trash(spike, by=None)
    assert Article.objects.get().pub_status == "canceled"


def test_what_was_emptied_from_the_trash_does_not_come_in_again(import_story, figures, spike):
    empty_trash(days=0)
    assert EmptiedItem.objects.count() == 1
    report = import_story(version=2, headline="Gale, worse")
    assert figures(report) == (0, 0, 1, 0, 0)
    assert report.met["emptied"] == 1
    assert not Article.all_objects.exists()
    assert not ImportedItem.objects.exists()


def test_an_import_with_a_spiked_story_is_not_undone(import_story, spike):
    reasons = find_undo_blockers(ImportRun.objects.get())
    assert any("spiked" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Tag, "weather"),
        (Person, "Ada Quince"),
        (Organization, "Harbour Watch"),
        (Author, "Bo Teal"),
    ],
)
def test_what_is_in_the_trash_is_neither_revived_nor_made_anew(import_story, figures, model, name):
    extra = {"slug": "x"} if model is not Author else {}
    move_to_trash(model.objects.create(name=name, **extra), by=None)
    report = import_story()
    assert figures(report) == (1, 0, 0, 0, 0)
    assert report.met["in_trash"] == 1
    assert report.notes == [f"“{name}” is in the trash here: not linked, not made anew."]
    assert [*model.all_objects.filter(name=name)] == [*model.all_objects.exclude(trashed_at=None)]
    snapshot = str(Article.objects.with_everything().get().snapshot()["bylines"])
    assert ("Bo Teal" in snapshot) == (model is not Author)


def test_another_of_that_name_is_linked(import_story):
    move_to_trash(Person.objects.create(name="Ada Quince", slug="ada"), by=None)
    person = Person.objects.create(name="Ada Quince", slug="ada")
    import_story()
    assert list(Article.objects.get().people.all()) == [person]


def test_a_later_version_goes_without_it_too(import_story, figures):
    import_story()
    tag = Tag.objects.get(name="weather")
    move_to_trash(tag, by=None)
    assert figures(import_story(version=2, body="It blew more."))[:2] == (0, 1)
    assert not Article.objects.get().tags.filter(name="weather").exists()
