"""One batch: stored once whoever is first, refused by the database or not, with pictures or without."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, OperationalError

from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.importing.pipeline import ingest
from articles.importing.pipeline.ingest import BatchImporter
from articles.importing.pipeline.options import ImportOptions, ImportReport
from articles.importing.pipeline.reading.records import Batch, Record
from articles.importing.pipeline.runs.counts import BatchCounts
from articles.importing.pipeline.storing.match import IncomingItem
from articles.importing.pipeline.storing.store import store_matches
from articles.models import Article, ImportBatch, ImportRun, Person
from articles.text.messages import Message
from tests.models.rows import make_item

pytestmark = pytest.mark.django_db
EMPTY = Message("It is empty.", code="file.empty")


def parsed(number: int) -> ParsedArticle:
    return ParsedArticle(
        str(number),
        b"story %d" % number,
        ref=f"s{number}",
        headline=f"Story {number}",
        people=("Nils Berg",),
        body_html=f"<p>Words of {number}. “It blew,” said Ada Quince.</p>",
    )


def story(number: int) -> Record:
    return Record("a.json", "a", "ninjs", number, parsed(number))


def refusal(number: int) -> Record:
    outcome = RejectedRecord(str(number), "body", EMPTY, "Fill it.", b"refused %d" % number)
    return Record("a.json", "a", "ninjs", number, outcome)


@pytest.fixture
def importer(tmp_path) -> BatchImporter:
    return make_importer(rejects=tmp_path / "x.rejects")


def make_importer(run: ImportRun | None = None, **options) -> BatchImporter:
    run = run or ImportRun.objects.create(source="wire")
    return BatchImporter(run, ImportOptions(**options), ImportReport())


def headlines() -> list[str]:
    return list(Article.objects.order_by("pk").values_list("headline", flat=True))


def test_a_batch_is_stored_with_what_became_of_it(importer):
    importer.import_batch(Batch(1, [story(1), refusal(2), story(3), story(1)]))
    row = ImportBatch.objects.get(number=1)
    assert (row.created, row.unchanged, row.refused) == (2, 1, 1)
    assert row.met["format:ninjs"] == 4
    assert headlines() == ["Story 1", "Story 3"]
    (refused,) = importer.report.refusals
    assert (refused["file"], refused["record"], refused["code"]) == ("a.json", "2", "file.empty")


def test_a_batch_that_is_stored_already_only_fills_the_file_of_rejects(importer, tmp_path):
    batch = Batch(1, [story(1), refusal(2)])
    importer.import_batch(batch)
    again = make_importer(importer.run, rejects=tmp_path / "y.rejects")
    again.import_batch(Batch(1, [story(1), refusal(2)]))
    assert headlines() == ["Story 1"]
    assert (again.rejects.count, len(again.report.refusals)) == (1, 1)
    again.is_whole = True
    again.close()
    assert b"refused 2" in (tmp_path / "y.rejects").read_bytes()
    assert again.report.rejects == 1
    assert again.run.refusals == again.report.refusals


def test_another_batch_of_its_number_is_another_input(importer):
    importer.import_batch(Batch(1, [story(1)]))
    with pytest.raises(ReadError, match="its input is another one now"):
        make_importer(importer.run).import_batch(Batch(1, [story(2)]))
    assert headlines() == ["Story 1"]


def test_what_another_process_of_the_same_command_has_stored_meanwhile_stays_so(importer):
    ImportBatch.objects.create(run=importer.run, number=1, digest="another")
    importer.import_batch(Batch(1, [story(1)]))
    assert headlines() == []
    assert importer.report.refusals == []


def test_what_the_database_refuses_twice_is_tried_one_by_one(importer, monkeypatch):
    calls = []

    def store(matches, *args, **options):
        calls.append(len(matches))
        if any(match.parsed.headline == "Story 2" for match in matches):
            raise DatabaseError("too much")
        return store_matches(matches, *args, **options)

    monkeypatch.setattr(ingest, "store_matches", store)
    importer.import_batch(Batch(1, [story(1), story(2), story(3)]))
    assert calls == [3, 3, 1, 1, 1]
    assert headlines() == ["Story 1", "Story 3"]
    (refused,) = importer.report.refusals
    assert refused["reason"] == "The database refused it: too much"
    row = ImportBatch.objects.get(number=1)
    assert (row.created, row.refused) == (2, 1)
    assert all(article.people.get().name == "Nils Berg" for article in Article.objects.all())


def test_a_database_that_gives_up_twice_ends_the_run(importer, monkeypatch):
    calls = []

    def store(*args, **options):
        calls.append(1)
        raise OperationalError("disk full")

    monkeypatch.setattr(ingest, "store_matches", store)
    with pytest.raises(ReadError, match="The database gave up: disk full. Run the same command"):
        importer.import_batch(Batch(1, [story(1)]))
    assert len(calls) == 2
    assert not ImportBatch.objects.filter(number=1).exists()


def test_a_report_holds_the_first_thousand_refusals(importer):
    for number in range(1001):
        importer._refuse(story(number), refusal(number).outcome)
    assert len(importer.report.refusals) == 1000
    assert importer.rejects.count == 1001
    importer.close()
    assert len(importer.run.refusals) == 1000


@pytest.mark.parametrize(
    ("options", "is_fetched"),
    [
        ({}, False),
        ({"fetch_images": True}, True),
        ({"fetch_images": True, "dry_run": True}, False),
        ({"dry_run": True}, False),
    ],
)
def test_pictures_are_fetched_where_that_is_asked_for_and_never_by_a_dry_run(
    monkeypatch, options, is_fetched
):
    def fetch(articles, *, agent):
        assert agent
        return [replace(article, ed_note="Fetched.") for article in articles], ["One is missing."]

    def note(articles):
        return [replace(article, ed_note="At its source.") for article in articles]

    monkeypatch.setattr(ingest, "fetch_pictures", fetch)
    monkeypatch.setattr(ingest, "note_pictures", note)
    make_importer(**options).import_batch(Batch(1, [story(1)]))
    assert Article.objects.get().ed_note == ("Fetched." if is_fetched else "At its source.")
    notes = ImportBatch.objects.get(number=1).notes
    assert notes == (["One is missing."] if is_fetched else [])


def test_only_in_new_stories_people_and_quotes_are_looked_for(importer):
    make_item(source="wire", ref="s1")
    make_item(source="another", ref="s2")
    items = [IncomingItem(parsed(number), str(number), number) for number in (1, 2)]
    detections = importer._detect(items)
    assert list(detections) == ["s2"]
    assert any(row.found.get("text") == "It blew," for row in detections["s2"])
    assert make_importer(suggest=False)._detect(items) is None


def test_a_name_that_went_with_a_refused_story_is_made_anew_for_the_next(importer, monkeypatch):
    def store(matches, *args, **options):
        if matches[0].parsed.headline == "Story 1":
            raise DatabaseError("too much")
        return store_matches(matches, *args, **options)

    monkeypatch.setattr(ingest, "store_matches", store)
    importer._store_one_by_one(Batch(1, []), [(story(n), parsed(n)) for n in (1, 2)], BatchCounts())
    assert Article.objects.get().people.get() == Person.objects.get(name="Nils Berg")
