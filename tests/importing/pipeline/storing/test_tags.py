"""An imported tag is the tag of that name, of whatever kind; where several are, a person is asked; none is doubled."""

import random
import unicodedata

import pytest

from articles.importing.formats.types import ParsedArticle
from articles.importing.pipeline.run import ImportOptions, run_import
from articles.importing.pipeline.storing.entities import EntityResolver
from articles.importing.pipeline.storing.tags import parse_tag
from articles.models import Article, FormerTagName, Tag
from articles.record.trash.moves import move_to_trash
from articles.text.fold import fold
from tests.factories import make_section, make_tag
from tests.importing.pipeline.intakes import story, write

pytestmark = pytest.mark.django_db
KINDS = ["", *(f"{kind}:" for kind in Tag.Kind.values)]


def resolve(*tags: str, entities: EntityResolver | None = None) -> EntityResolver:
    entities = entities or EntityResolver()
    entities.resolve([ParsedArticle("1", b"x", tags=tags)])
    return entities


@pytest.mark.parametrize("raw", ["topic:council", "council", "place:COUNCIL", "series:Cóuncil"])
def test_what_folds_to_the_name_of_a_section_is_that_section(raw):
    section = make_section("Council")
    assert resolve(raw).tags == {raw: section.pk}
    assert Tag.objects.count() == 1


def test_one_name_of_two_kinds_makes_one_tag_the_section_first():
    entities = resolve("topic:quay", "place:Quay", "section:QUAY")
    assert Tag.objects.get().kind == "section"
    assert len(set(entities.tags.values())) == 1


def test_several_tags_of_a_name_are_told_with_file_record_and_remedy_and_none_is_made(tmp_path):
    make_section("Harbour")
    make_tag("Harbour", kind="place", slug="harbour-place")
    rows = [story(number, section="News", tags=["harbour"]) for number in (1, 2)]
    path = write(tmp_path / "in.jsonl", rows)
    options = ImportOptions(source="x", tags=("place:HARBOUR",))
    report = run_import([str(path)], options)
    assert Tag.objects.filter(name__iexact="harbour").count() == 2
    for article in Article.objects.all():
        assert article.tags.get(name__iexact="harbour").kind == "place"
        assert "several are called so: “Harbour” (section), “Harbour” (place)" in article.ed_note
    [note] = [note for note in report.notes if "harbour” may mean any of" in note]
    for words in ("in.jsonl, record ", ", tags: ", "“Harbour” (section)", "tag the story by hand"):
        assert words in note
    assert report.met["unclear_tags"] == 1


def test_what_a_person_put_into_the_trash_is_neither_linked_nor_made_anew():
    move_to_trash(make_tag("Gossip"), by=None)
    entities = resolve("topic:GOSSIP", "gossip", "section:gossip")
    assert entities.tags == {}
    assert entities.pop_in_trash() == ["Gossip"]
    assert Tag.all_objects.count() == 1
    resolve("topic:Gossip", entities=entities)
    assert Tag.all_objects.count() == 1


def test_a_former_name_of_another_kind_is_the_tag_that_had_it():
    section = make_section("Town hall")
    FormerTagName.objects.create(tag=section, name="Council", slug="council")
    assert resolve("topic:council").tags == {"topic:council": section.pk}


def test_what_the_desk_made_while_an_import_runs_is_found():
    entities = resolve("topic:Fish")
    section = make_section("Council")
    assert resolve("topic:council", entities=entities).tags["topic:council"] == section.pk


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("topic:Quay", ("topic", "Quay")),
        ("Quay", ("", "Quay")),
        ("Analysis: Quay", ("", "Analysis: Quay")),
        ("topic:", ("", "topic:")),
    ],
)
def test_a_kind_stands_before_a_colon(raw, parts):
    assert parse_tag(raw) == parts


def disguised(name: str, source: random.Random) -> str:
    """Write ``name`` otherwise: another case, marks, full width, another kind before it."""
    ways = [
        str.upper,
        str.title,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: "".join(
            letter + "\u0301" if letter.isalpha() and source.random() < 0.3 else letter
            for letter in text
        ),
        lambda text: "".join(
            chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" and letter != ":" else letter
            for letter in text
        ),
    ]
    for way in source.sample(ways, 2):
        name = way(name)
    return source.choice(KINDS) + name


@pytest.mark.parametrize("seed", range(4))
def test_no_two_tags_have_one_folded_name_whatever_comes_in_and_however_often(seed):
    source = random.Random(seed)  # noqa: S311 - no secret
    names = ["council", "østvik", "straße", "résumé", "日本", "c++", "new quay", "élan", "ligue 1"]
    section, trashed = make_section("Östvik"), make_tag("Élan")
    make_section("Council")
    FormerTagName.objects.create(tag=section, name="Old quay", slug="old-quay")
    move_to_trash(trashed, by=None)
    for _ in range(2):
        entities = EntityResolver()
        for _ in range(4):
            tags = [disguised(source.choice([*names, "old quay"]), source) for _ in range(6)]
            resolve(*tags, entities=entities)
    folded = [fold(name) for name in Tag.all_objects.values_list("name", flat=True)]
    folded += [fold(name) for name in FormerTagName.objects.values_list("name", flat=True)]
    assert len(folded) == len(set(folded)), sorted(folded)
