"""Which of two versions is the later one: by its own word, else by its place in the run."""

import pytest

from articles.importing.formats.types import ParsedArticle
from articles.importing.pipeline.reading.records import content_hash
from articles.importing.pipeline.storing.entities import EntityResolver
from articles.importing.pipeline.storing.match import IncomingItem, match
from articles.importing.pipeline.storing.new_articles import snapshot_values
from articles.models import ImportedItem, ImportRun
from tests.factories import make_article

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
