"""P1: the trash is emptied by the operator's command after 30 days, and never of what has a past."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import (
    Article,
    EmptiedItem,
    ImportedItem,
    ImportRun,
    Merge,
    Person,
    Revision,
    Tag,
    TrashEntry,
)
from articles.publishing import publish, withdraw
from articles.record.merging.merge import merge_rows, undo_merge
from articles.record.trash.empty import EmptyingReport, empty_trash, find_past
from articles.record.trash.moves import NotTrashable, move_to_trash, restore_from_trash
from tests.factories import (
    make_article,
    make_person,
    make_quote,
    make_tag,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
WHY = "Overtaken by events."


def long_ago(row, days: int = 31) -> TrashEntry:
    entry = move_to_trash(row, by=None, reason=WHY)
    TrashEntry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=days))
    return entry


def draft_with_eight_revisions() -> Article:
    article = make_article()
    for _ in range(7):
        article.create_revision(None)
    return article


def test_a_spiked_draft_goes_after_a_month_with_its_revisions():
    long_ago(draft_with_eight_revisions())
    assert empty_trash().deleted == {"article": 1}
    assert not Article.all_objects.exists()
    assert not Revision.objects.exists()
    assert TrashEntry.objects.get().emptied_at is not None


def test_what_lies_there_a_shorter_time_stays():
    long_ago(draft_with_eight_revisions(), days=29)
    assert empty_trash().deleted == {}
    assert Article.all_objects.count() == 1
    assert empty_trash(days=29).deleted == {"article": 1}


def test_what_was_restored_stays():
    restore_from_trash(long_ago(make_article()), by=None)
    assert empty_trash().deleted == {}
    assert Article.objects.count() == 1


def test_a_dry_run_changes_nothing():
    long_ago(make_article())
    long_ago(make_tag())
    assert empty_trash(dry_run=True).deleted == {"article": 1, "tag": 1}
    assert (Article.all_objects.count(), Tag.all_objects.count()) == (1, 1)
    assert TrashEntry.objects.open().count() == 2


def withdrawn() -> Article:
    return make_withdrawn().article


def quoted() -> Article:
    article = make_article(body_html="<p>“The ferry stays.”</p>")
    make_quote(article, "The ferry stays.", person=make_person())
    return article


def merged() -> Article:
    source = make_person()
    article = make_article(people=(source,))
    merge_rows(make_person(), source, by=None, is_sure=True)
    return article


@pytest.mark.parametrize(
    ("make", "phrase"),
    [
        (withdrawn, "readers had it"),
        (quoted, "quotes on record"),
        (merged, "part of a merge"),
    ],
)
def test_a_story_with_a_past_stays_for_good(make, phrase):
    article = make()
    entry = long_ago(article, days=4000)
    assert find_past(Article.all_objects.get(pk=article.pk)) == [phrase]
    report = empty_trash()
    assert (report.deleted, report.remaining) == ({}, {phrase: 1})
    assert Article.all_objects.filter(pk=article.pk).exists()
    assert not Article.objects.filter(pk=article.pk).exists()
    restore_from_trash(entry, by=None)
    assert Article.objects.filter(pk=article.pk).exists()


def test_who_was_part_of_a_merge_stays_for_good():
    target, source = make_person(), make_person()
    undo_merge(merge_rows(target, source, by=None), by=None)
    long_ago(Person.objects.get(pk=source.pk))
    assert empty_trash().remaining == {"part of a merge": 1}
    assert Merge.objects.get().undone_at is not None
    assert Person.all_objects.filter(pk=source.pk).exists()


def test_who_came_into_use_meanwhile_stays():
    person = make_person()
    long_ago(person)
    article = make_article(body_html="<p>“The ferry stays.”</p>")
    make_quote(article, "The ferry stays.", person=person)
    assert empty_trash().remaining == {"in use or on record": 1}


def test_a_tag_that_only_a_spiked_story_used_goes_after_it():
    tag = make_tag()
    article = make_article(tags=(tag,))
    long_ago(tag, days=50)
    long_ago(article, days=40)
    assert empty_trash().deleted == {"article": 1, "tag": 1}
    assert not Tag.all_objects.exists()


def test_what_was_emptied_is_not_restored():
    entry = long_ago(make_article())
    empty_trash()
    entry.refresh_from_db()
    with pytest.raises(NotTrashable, match="emptied"):
        restore_from_trash(entry, by=None)


def test_a_story_of_a_source_leaves_its_id_behind():
    article = make_article(source="wire")
    run = ImportRun.objects.create(source="wire")
    item = {"source": "wire", "ref": "s1", "hash": "0" * 64, "result": "created", "run": run}
    ImportedItem.objects.create(article=article, **item)
    long_ago(article)
    empty_trash()
    assert list(EmptiedItem.objects.values_list("source", "ref")) == [("wire", "s1")]
    assert not ImportedItem.objects.exists()


def test_what_goes_and_what_stays_is_said_in_words():
    deleted = Counter({"article": 1200, "tag": 1, "person": 2})
    remaining = Counter({"readers had it": 1, "part of a merge": 1500})
    report = EmptyingReport(deleted, remaining)
    assert report.deleted_text() == "1,200 articles, 1 tag, 2 people"
    assert report.remaining_text() == "1 (readers had it), 1,500 (part of a merge)"
    assert (EmptyingReport().deleted_text(), EmptyingReport().remaining_text()) == ("", "")


def test_what_lies_there_for_the_whole_time_goes_to_the_instant(monkeypatch):
    at = timezone.now() + timedelta(days=30)
    entry = long_ago(make_tag(), days=0)
    monkeypatch.setattr("articles.clock.now", lambda: at)
    TrashEntry.objects.filter(pk=entry.pk).update(at=at - timedelta(days=30, microseconds=-1))
    assert empty_trash().deleted == {}
    TrashEntry.objects.filter(pk=entry.pk).update(at=at - timedelta(days=30))
    assert empty_trash().deleted == {"tag": 1}
    entry.refresh_from_db()
    assert entry.emptied_at == at


def test_all_that_keeps_a_story_is_said():
    article = make_article(body_html="<p>“The ferry stays.”</p>")
    make_quote(article, "The ferry stays.", person=make_person())
    publish(article, by=None)
    withdraw(article, by=None, reason=WHY)
    long_ago(article)
    assert empty_trash().remaining == {"readers had it, quotes on record": 1}


def test_a_row_that_is_gone_already_is_noted_and_not_counted():
    tag = make_tag()
    entry = long_ago(tag)
    Tag.all_objects.filter(pk=tag.pk).delete()
    report = empty_trash()
    assert (report.deleted, report.remaining) == ({}, {})
    entry.refresh_from_db()
    assert entry.emptied_at is not None


def test_the_survivor_of_a_merge_stays_for_good_and_so_does_no_other():
    target, source, other = make_person(), make_person(), make_person()
    merge_rows(target, source, by=None)
    assert find_past(other) == []
    assert "part of a merge" in find_past(target)
    assert find_past(make_tag()) == []
