"""A whole import is taken back as long as nobody has touched what it brought; then it can come in again."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.importing.pipeline.run import ImportOptions, run_import
from articles.importing.pipeline.runs import undo as undoing
from articles.importing.pipeline.runs.undo import (
    NotUndoable,
    count_removals,
    describe_removals,
    find_undo_blockers,
    undo,
)
from articles.models import (
    Article,
    Author,
    Edition,
    FormerAddress,
    ImportedItem,
    ImportRun,
    Organization,
    Person,
    Revision,
    Suggestion,
    Tag,
)
from articles.publishing import withdraw
from tests.factories import make_article, make_live, make_person, make_quote, make_tag, make_user
from tests.importing.pipeline.intakes import rows, story, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(tmp_path):
    """Give a function that imports lines and returns the run."""

    def send(*records, **options):
        path = write(tmp_path / "in.jsonl", list(records or (story(1), story(2), story(3))))
        report = run_import(
            [str(path)], ImportOptions(**dict[str, Any](source="x", publish=True) | options)
        )
        return ImportRun.objects.get(pk=report.run or 0)

    return send


def test_an_import_is_taken_back_and_can_come_in_again(send):
    run = send()
    before = rows()
    deleted = undo(run, by=make_user())
    assert deleted == {"article": 3, "tag": 5, "author": 4, "person": 3, "organization": 3}
    models = (Article, Edition, Revision, ImportedItem, Suggestion, FormerAddress)
    for model in (*models, Tag, Author, Person, Organization):
        assert not model.objects.exists(), model
    run.refresh_from_db()
    assert run.state == "undone"
    assert run.undone_by
    assert send().created == 3
    assert rows() == before


def test_who_undid_it_and_when_is_kept(send):
    run, by = send(), make_user()
    undo(run, by=by)
    run.refresh_from_db()
    assert (run.undone_by, run.undone_at >= run.finished_at) == (by, True)
    assert run.created == 3


def test_drafts_are_taken_back_too(send):
    undo(send(publish=False), by=make_user())
    assert not Article.objects.exists()


def test_names_that_other_rows_use_stay(send):
    run = send()
    tag, person = Tag.objects.get(name="weather"), Person.objects.get(name="Ada Quince1")
    make_article(tags=(tag,), bylines=("Bo Teal",))
    make_quote(make_article(body_html="<p>“We saw it.”</p>"), "We saw it.", person=person)
    deleted = undo(run, by=make_user())
    assert [t.name for t in Tag.objects.all()] == ["weather"]
    assert [a.name for a in Author.objects.all()] == ["Bo Teal"]
    assert [p.name for p in Person.objects.all()] == ["Ada Quince1"]
    assert (deleted["tag"], deleted["person"]) == (4, 2)


def test_names_of_another_import_stay(send):
    run = send(story(1))
    send(story(2))
    undo(run, by=make_user())
    assert {tag.name for tag in Tag.objects.all()} == {"Harbour", "weather", "tag 2"}
    assert Article.objects.get().tags.count() == 3


def test_names_that_were_here_before_stay(send):
    make_tag("weather")
    make_person("Ada Quince1")
    undo(send(), by=make_user())
    assert [tag.name for tag in Tag.objects.all()] == ["weather"]
    assert [person.name for person in Person.objects.all()] == ["Ada Quince1"]


def _confirmed(person):
    person.is_confirmed = True
    person.save()


def _renamed(person):
    person.biography = "She keeps the light."
    person.save()


@pytest.mark.parametrize("change", [_confirmed, _renamed])
def test_a_person_whom_an_editor_changed_stays(send, change):
    run = send(story(1))
    change(Person.objects.get())
    assert undo(run, by=make_user())["person"] == 0
    assert Person.objects.exists()


def test_a_tag_and_an_author_that_an_editor_changed_stay(send):
    run = send(story(1))
    tag = Tag.objects.get(name="weather")
    tag.description = "Wind and rain."
    tag.save()
    Author.objects.filter(name="Bo Teal").update(user=make_user())
    undo(run, by=make_user())
    assert [tag.name for tag in Tag.objects.all()] == ["weather"]
    assert [author.name for author in Author.objects.all()] == ["Bo Teal"]


def _edited(article):
    article.headline = "As an editor wrote it"
    article.save()
    article.create_revision(make_user())


def _decided(article):
    Suggestion.objects.create(
        article=article, kind="person", state="rejected", fingerprint="f", start=0, end=1,
        found={}, confidence=1,
    )  # fmt: skip


def _quoted(article):
    make_quote(article, "The words of story 1.")


def _withdrawn(article):
    withdraw(article, by=make_user(), reason="It was wrong.")


@pytest.mark.parametrize(
    ("touch", "reason"),
    [
        (_edited, "1 stories were changed since."),
        (_decided, "1 stories have decisions about names and quotes."),
        (_quoted, "1 stories have quotes on record."),
        (_withdrawn, "1 stories were published or withdrawn by hand."),
    ],
)
def test_what_somebody_has_worked_on_is_not_taken_back(send, touch, reason):
    run = send()
    touch(Article.objects.get(headline="Story 1 as of 1"))
    before = rows()
    with pytest.raises(NotUndoable) as refused:
        undo(run, by=make_user())
    assert refused.value.reasons == [reason]
    assert rows() == before
    run.refresh_from_db()
    assert run.state == "done"


def test_all_reasons_are_named_at_once(send):
    run = send()
    _edited(Article.objects.get(headline="Story 1 as of 1"))
    _decided(Article.objects.get(headline="Story 2 as of 1"))
    assert len(find_undo_blockers(run)) == 2


def test_an_import_that_changed_older_stories_is_not_taken_back(send):
    first = send()
    second = send(story(1, 2), story(9))
    assert find_undo_blockers(second) == ["1 older stories were changed by it."]
    assert "1 stories were changed since." in find_undo_blockers(first)


@pytest.mark.parametrize("publish", [False, True])
def test_versions_of_one_story_within_one_run_are_the_runs_own(send, publish):
    run = send(story(1), story(1, 2), story(1, 3), story(2), publish=publish)
    article = Article.objects.get(headline="Story 1 as of 3")
    assert article.revision_number == 3
    assert article.editions.count() == (3 if publish else 0)
    assert find_undo_blockers(run) == []
    assert undo(run, by=make_user())["article"] == 2
    assert not Article.objects.exists()


def test_a_kill_within_the_run_is_its_own_too(send):
    run = send(story(1), story(1, 2, pubstatus="canceled", status="canceled"))
    assert find_undo_blockers(run) == []
    undo(run, by=make_user())


def test_a_version_that_came_beside_an_edit_belongs_to_neither_run(send):
    first = send(story(1))
    _edited(Article.objects.get())
    words = "Other words of story 1. “We saw it, 1,” said Ada Quince1."
    second = send(story(1, 2, headline="Story 1 as of 1", text=words))
    article = Article.objects.get()
    assert (article.headline, article.revision_number) == ("As an editor wrote it", 3)
    assert find_undo_blockers(second) == ["1 older stories were changed by it."]
    assert find_undo_blockers(first) == ["1 stories were changed since."]
    assert Article.objects.get().headline == "As an editor wrote it"


def test_it_is_taken_back_once(send):
    run = send()
    undo(run, by=make_user())
    with pytest.raises(NotUndoable, match="undone already"):
        undo(run, by=make_user())


def test_a_run_that_has_not_ended_is_not_taken_back(send):
    run = send()
    ImportRun.objects.update(state="running")
    with pytest.raises(NotUndoable, match="not ended"):
        undo(run, by=make_user())


def test_a_large_import_is_taken_back_in_steps(send, monkeypatch):
    monkeypatch.setattr(undoing, "CHUNK_SIZE", 2)
    run = send(*(story(number) for number in range(7)))
    assert undo(run, by=make_user())["article"] == 7
    assert not Article.objects.exists()


@pytest.mark.parametrize("publish", [False, True])
def test_what_an_undo_deletes_is_counted_before_as_it_is_after(send, publish):
    make_article(tags=(make_tag("weather"),), bylines=("Bo Teal",))
    run = send(publish=publish)
    counts = count_removals(run)
    assert counts == {
        "article": 3,
        "edition": 3 * publish,
        "tag": 4,
        "author": 3,
        "person": 3,
        "organization": 3,
    }
    assert undo(run, by=make_user()) == {kind: n for kind, n in counts.items() if kind != "edition"}


def test_what_stays_is_not_counted_among_what_goes(send):
    run = send()
    _confirmed(Person.objects.get(name="Ada Quince1"))
    make_article(tags=(Tag.objects.get(name="weather"),))
    edition = Edition.objects.get(headline="Story 2 as of 1")
    other = make_live(tags=(Tag.objects.get(name="tag 2"),))
    assert edition.article != other.article
    counts = count_removals(run)
    assert (counts["person"], counts["tag"]) == (2, 3)


def test_counts_are_words_and_what_is_none_is_left_out():
    counts = {"article": 1, "edition": 0, "tag": 1200, "person": 2}
    assert describe_removals(counts) == ["1 story", "1,200 tags", "2 people"]
    assert describe_removals({}) == []


def test_the_stories_of_the_run_are_locked_before_anything_is_read_of_them(send):
    other = make_article()
    run = send()
    keys = list(run.items.values_list("article", flat=True))
    with CaptureQueriesContext(connection) as captured:
        undo(run, by=make_user())
    table = Article._meta.db_table
    statement = next(q["sql"] for q in captured if f'FROM "{table}"' in q["sql"])
    listed = statement.rpartition(" IN (")[2].partition(")")[0]
    assert sorted(map(int, listed.split(", "))) == sorted(keys)
    assert "NOT" not in statement
    assert ("FOR UPDATE" in statement) is (connection.vendor == "postgresql")
    assert Article.objects.get() == other


def test_an_edition_that_another_import_published_is_not_the_run_s_own(send):
    first = send(story(1))
    send(story(1, 2))
    assert find_undo_blockers(first) == [
        "1 stories were changed since.",
        "1 stories were published or withdrawn by hand.",
    ]
