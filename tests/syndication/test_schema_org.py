"""articles/syndication/schema_org.py: JSON-LD of a story."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.composed import Composed
from articles.syndication.schema_org import as_json, news_article
from tests.test_fragments import STORY


def test_a_story_has_the_names_of_the_standard():
    found = news_article(STORY, "http://testserver/articles/7/seal-closes-slipway/")
    assert found["@type"] == "NewsArticle"
    assert found["headline"] == "Seal closes slipway"
    assert found["datePublished"] == "2026-11-23T09:14:00+00:00"
    assert found["articleSection"] == "Council"
    assert found["keywords"] == ["seals"]
    assert found["author"][0] == {"@type": "Person", "name": "Kit Wetherall"}
    assert found["image"] == "http://testserver/media/token/640.jpeg"
    assert found["correction"] == ["We said sea lion. It is a seal."]


def test_what_a_story_has_not_is_left_out():
    found = news_article(Composed(article_id=1, headline="Seal", slug="seal"), "http://x/")
    assert not {"author", "image", "dateline", "correction", "datePublished"} & found.keys()


@given(st.text())
def test_no_text_ends_the_script_element_and_all_of_it_arrives(text):
    written = as_json(news_article(replace(STORY, headline=text, dek=text), "http://x/"))
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written).get("headline", "") == text


@pytest.mark.parametrize("field", ["body_html", "body_text"])
def test_the_body_is_not_repeated(field):
    assert "unrepeated" not in as_json(
        news_article(replace(STORY, **{field: "unrepeated words"}), "http://x/")
    )
