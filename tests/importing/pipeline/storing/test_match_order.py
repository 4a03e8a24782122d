"""Which of two versions is the later one: by its own word, else by its place in the run."""

import pytest

from articles.importing.formats.types import TEMPLATE_TAGS, Hold, ParsedArticle
from articles.importing.pipeline.reading.records import content_hash
from articles.importing.pipeline.storing.entities import EntityResolver
from articles.importing.pipeline.storing.match import (
    IncomingItem,
    Match,
    Verdict,
    _is_later,
    _is_older,
    find_seen_hashes,
    match,
)
from articles.importing.pipeline.storing.new_articles import snapshot_values
from articles.models import ImportedItem, ImportRun, SupersededContent
from tests.factories import make_article, make_live
from tests.models.rows import make_item

pytestmark = pytest.mark.django_db


def verdict(version: str, stored: str, *, position: int = 9, is_same_run: bool = False) -> str:
    """Return what is made of a version at ``position``, where ``stored`` came in at 5."""
    run = ImportRun.objects.create(source="wire")
    item = ImportedItem.objects.create(
        source="wire",
        ref="a",
        version=stored,
        hash="0" * 64,
        result="created",
        run=run if is_same_run else ImportRun.objects.create(source="wire"),
        article=make_article(),
        position=5,
    )
    parsed = ParsedArticle(record="1", original=b"x", ref="a", version=version)
    (matched,) = match([IncomingItem(parsed, content_hash(b"x"), position)], run)
    item.delete()
    return matched.verdict


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("9", "10"),
        ("1.9", "1.10"),
        ("a", "b"),
        ("5", "x"),
        ("x5", "xa"),
        ("1", "1.1"),
        ("2a", "10a"),
    ],
)
def test_numbers_compare_as_numbers_and_come_before_words(earlier, later):
    assert verdict(later, earlier) == "newer"
    assert verdict(earlier, later) == "unchanged"
    assert verdict(later, later) == "newer"


def test_without_a_version_what_stands_further_on_in_the_run_holds():
    assert verdict("", "", position=4, is_same_run=True) == "unchanged"
    assert verdict("", "", position=5, is_same_run=True) == "newer"
    assert verdict("", "", position=6, is_same_run=True) == "newer"
    assert verdict("", "", position=4) == "newer"


@pytest.mark.parametrize(
    ("picture", "note"),
    [("", "Call."), ("there.jpg", "Call."), ("gone.jpg", "Call.\nNot in the library: gone.jpg")],
)
def test_a_picture_that_is_not_in_the_library_is_noted_for_the_editors(picture, note):
    entities = EntityResolver()
    entities.pictures["there.jpg"] = 1
    parsed = ParsedArticle(record="1", original=b"", picture=picture, ed_note="Call.")
    assert snapshot_values(parsed, entities)["ed_note"] == note


@pytest.mark.parametrize(
    ("version", "stored", "is_later"),
    [
        ("2", "1", True),
        ("10", "9", True),
        ("1", "1", False),
        ("1", "2", False),
        ("", "1", False),
        ("1", "", False),
        ("a", "9", True),
        ("9", "a", False),
        ("2b", "2a", True),
        ("2a", "2", True),
        ("2026-03-04T12:00", "2026-03-04T11:59", True),
    ],
)
def test_numbers_in_a_version_compare_as_numbers_and_come_before_words(version, stored, is_later):
    assert _is_later(version, stored) is is_later
    assert _is_older(stored, version) is is_later


def test_what_is_here_or_emptied_is_passed_over():
    item = IncomingItem(ParsedArticle("1", b"x"), "0" * 64, 1)
    verdicts: dict[Verdict, bool] = {
        "new": False,
        "newer": False,
        "waiting": False,
        "unchanged": True,
        "emptied": True,
    }
    for verdict_word, expected in verdicts.items():
        assert Match(item, verdict_word).is_passed_over is expected


def test_bytes_that_a_source_sent_before_are_known_by_that_source_alone():
    item = make_item(source="wire", hash="a" * 64)
    SupersededContent.objects.create(item=item, hash="b" * 64)
    make_item(source="another", hash="c" * 64)
    hashes = {letter * 64 for letter in "abcd"}
    assert find_seen_hashes(hashes, "wire") == {"a" * 64, "b" * 64}
    assert find_seen_hashes({"d" * 64}, "wire") == set()


def test_a_story_without_a_ref_of_its_source_is_known_by_its_bytes():
    assert IncomingItem(ParsedArticle("1", b"x"), "0f", 1).ref == "sha256:0f"
    assert IncomingItem(ParsedArticle("1", b"x", ref="a"), "0f", 1).ref == "a"


def test_a_version_with_template_tags_waits_beside_what_readers_have():
    run = ImportRun.objects.create(source="wire")
    hold = Hold(TEMPLATE_TAGS, "It shows a tag.")
    live, draft, other = make_live().article, make_article(), make_live().article
    for ref, article in (("a", live), ("b", draft), ("c", other)):
        make_item(article, source="wire", ref=ref, version="1")
    batch = [
        IncomingItem(ParsedArticle("1", b"x", ref=ref, version="2", holds=holds), ref * 64, 9)
        for ref, holds in (("a", (hold,)), ("b", (hold,)), ("c", ()))
    ]
    matches = match(batch, run)
    assert [row.verdict for row in matches] == ["waiting", "newer", "newer"]
    assert matches[0].obstacle is not None
    assert matches[0].obstacle.sentence == "It shows a tag."


def test_an_older_version_leaves_no_trace(import_story, figures):
    import_story(version=2)
    item = ImportedItem.objects.get()
    assert figures(import_story(version=1, body="It blew before.")) == (0, 0, 1, 0, 0)
    again = ImportedItem.objects.get()
    assert (again.version, again.hash, again.run_id) == ("2", item.hash, item.run_id)
    assert not SupersededContent.objects.exists()
