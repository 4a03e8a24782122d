"""articles/public/syndication/schema_org.py: JSON-LD of a story."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.composed import Composed, Credit, QuoteSnapshot
from articles.public.syndication.schema_org import as_json, news_article, quotation
from tests.public.test_fragments import QUOTE, STORY


def test_a_story_has_the_names_of_the_standard():
    data = news_article(STORY, "http://testserver/articles/7/seal-closes-slipway/")
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Seal closes slipway"
    assert data["datePublished"] == "2026-11-23T09:14:00+00:00"
    assert data["articleSection"] == "Council"
    assert data["keywords"] == ["seals"]
    assert data["author"][0] == {"@type": "Person", "name": "Kit Wetherall"}
    assert data["image"] == "http://testserver/media/token/640.jpeg"
    assert data["correction"] == ["We said sea lion. It is a seal."]


def test_an_author_with_a_page_has_its_address():
    data = news_article(replace(STORY, bylines=(Credit("Kit Ó Dúill", id=8),)), "http://x/")
    url = "http://testserver/authors/8/kit-o-duill/"
    assert data["author"] == [{"@type": "Person", "name": "Kit Ó Dúill", "url": url}]


def test_what_a_story_has_not_is_left_out():
    data = news_article(Composed(article_id=1, headline="Seal", slug="seal"), "http://x/")
    assert not {"author", "image", "dateline", "correction", "datePublished"} & data.keys()


@given(st.text())
def test_no_text_ends_the_script_element_and_all_of_it_arrives(text):
    written = as_json(news_article(replace(STORY, headline=text, dek=text), "http://x/"))
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written).get("headline", "") == text


@pytest.mark.parametrize("field", ["body_html", "body_text"])
def test_the_body_is_not_repeated(field):
    words: dict[str, Any] = {field: "unrepeated words"}
    assert "unrepeated" not in as_json(news_article(replace(STORY, **words), "http://x/"))


def test_a_story_s_quotes_are_its_parts():
    [data] = news_article(replace(STORY, quotes=(QUOTE,)), "http://x/")["hasPart"]
    assert data == {
        "@type": "Quotation",
        "text": "A seal",
        "spokenByCharacter": {
            "@type": "Person",
            "name": "Maren Østvik",
            "url": "http://testserver/people/3/maren-ostvik/",
            "jobTitle": "harbour master",
        },
        "url": "http://testserver/quotes/k2/",
    }
    assert "hasPart" not in news_article(STORY, "http://x/")


def test_an_organization_speaks_without_a_job():
    data = quotation(replace(QUOTE, person=None, organization=STORY.organizations[0]))
    assert data["spokenByCharacter"] == {
        "@type": "Organization",
        "name": "Harbour Authority",
        "url": "http://testserver/organizations/4/harbour-authority/",
    }


def test_a_source_that_is_not_named_is_a_credit_and_no_character():
    data = quotation(QuoteSnapshot("k2", "A seal", "direct", ((0, 6),), unnamed="a passer-by"))
    assert data["creditText"] == "a passer-by"
    assert "spokenByCharacter" not in data
