"""articles/public/syndication/ninjs.py: a story as ninjs 3.1, and back."""

import json
from dataclasses import replace
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema.validators import validator_for
from referencing import Registry, Resource

from articles.composed import Composed, Credit, Link
from articles.importing.formats.ninjs import reader as ninjs
from articles.importing.formats.types import ParsedArticle
from articles.importing.pipeline.reading.normalize import clean
from articles.public.syndication.ninjs import news_item
from articles.text.html.plain import plain_text
from tests.public.test_fragments import STORY

URL = "http://testserver/articles/7/seal-closes-slipway/"
PLACE = Link(9, "Aldermouth", "aldermouth", "place")
FULL = replace(
    STORY,
    body_html="<p>A <em>seal</em> &amp; a slip.</p>\n<h2>Why</h2>\n<ul>\n<li>tide</li>\n</ul>",
    body_text="A seal & a slip.\n\nWhy\n\ntide",
    credit="Coastline",
    language="en-GB",
    tags=(*STORY.tags, Link(8, "Small Victories", "small-victories", "series"), PLACE),
)


def schema_errors(item: dict[str, Any], shared: Path) -> list[str]:
    """Return what the schema of ninjs 3.1 has against ``item``."""
    folder = shared / "formats" / "schemas" / "ninjs"
    schema, geo = (
        json.loads((folder / name).read_text("utf-8"))
        for name in ("ninjs-schema_3.1.json", "GeoJSON-schema.json")
    )
    registry = Registry().with_resource(
        "https://geojson.org/schema/GeoJSON.json", Resource.from_contents(geo)
    )
    validator = validator_for(schema)(schema, registry=registry)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(item)]


def import_item(item: dict[str, Any]) -> ParsedArticle:
    """Return ``item`` as our own importer reads it."""
    [parsed] = ninjs.READER.read(BytesIO(json.dumps(item).encode()), "file")
    assert isinstance(parsed, ParsedArticle), parsed
    cleaned = clean(parsed, zone=UTC, language="en")
    assert isinstance(cleaned, ParsedArticle), cleaned
    return cleaned


@pytest.mark.parametrize(
    "story", [FULL, STORY, Composed(article_id=1, headline="Seal", slug="seal")]
)
def test_an_item_is_valid_against_the_schema(story: Composed, shared: Path) -> None:
    assert schema_errors(news_item(story, URL), shared) == []


def test_the_check_of_the_schema_can_fail(shared: Path) -> None:
    assert schema_errors(news_item(FULL, URL) | {"random": 1}, shared)
    assert schema_errors(news_item(FULL, URL) | {"by": 1}, shared)


def test_a_story_comes_back_as_it_went_out() -> None:
    parsed = import_item(news_item(FULL, URL))
    assert parsed.ref == URL
    assert (parsed.headline, parsed.kicker, parsed.dek) == (FULL.headline, FULL.kicker, FULL.dek)
    assert parsed.body_html == FULL.body_html
    assert plain_text(parsed.body_html) == FULL.body_text
    assert [(credit.name, credit.role) for credit in parsed.bylines] == [
        (credit.name, credit.role) for credit in FULL.bylines
    ]
    assert set(parsed.tags) == {f"{tag.kind}:{tag.name}" for tag in FULL.tags}
    assert parsed.people == tuple(link.name for link in FULL.people)
    assert parsed.organizations == tuple(link.name for link in FULL.organizations)
    assert parsed.published_at == FULL.published_at
    assert parsed.version == FULL.modified_at.isoformat()
    assert (parsed.dateline, parsed.credit) == (FULL.dateline, FULL.credit)
    assert (parsed.language, parsed.pub_status) == ("en-GB", "usable")


LETTERS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1)
LINES = st.lists(LETTERS, min_size=1, max_size=4).map(" ".join)
NAMES = st.text("ABCdefghß李", min_size=1, max_size=12)


@given(headline=LINES, dek=LINES, names=st.lists(st.tuples(NAMES, NAMES), unique=True, max_size=4))
def test_any_words_come_back_as_they_went_out(
    headline: str, dek: str, names: list[tuple[str, str]]
) -> None:
    bylines = tuple(Credit(f"Ann {name}", role) for name, role in names)
    story = replace(STORY, headline=headline, dek=dek, bylines=bylines)
    parsed = import_item(news_item(story, URL))
    assert (parsed.headline, parsed.dek) == (headline, dek)
    assert [credit.role for credit in parsed.bylines] == [credit.role for credit in bylines]
    assert [credit.name for credit in parsed.bylines] == [credit.name for credit in bylines]


def test_readers_of_the_item_learn_of_corrections_and_the_picture() -> None:
    item = news_item(STORY, URL)
    assert item["edNote"] == "Correction: We said sea lion. It is a seal."
    [picture] = item["associations"]
    assert picture["uri"] == "http://testserver/media/token/640.jpeg"
    assert picture["renditions"][0]["height"] == 427
    texts = {text["role"]: text["value"] for text in picture["descriptions"]}
    assert texts == {"caption": "It lay there.", "alternative": "A seal"}


def test_what_a_story_has_not_is_left_out() -> None:
    item = news_item(Composed(article_id=1, headline="Seal", slug="seal"), URL)
    left_out = {"by", "located", "people", "edNote", "firstCreated", "associations", "infoSources"}
    assert not left_out & item.keys()
