"""articles/syndication/schema_org.py: JSON-LD of a story."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.composed import Composed, Credit, Quoted
from articles.syndication.schema_org import as_json, news_article, quotation
from tests.test_fragments import SAID, STORY


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


def test_an_author_with_a_page_has_its_address():
    found = news_article(replace(STORY, bylines=(Credit("Kit Ó Dúill", id=8),)), "http://x/")
    url = "http://testserver/authors/8/kit-o-duill/"
    assert found["author"] == [{"@type": "Person", "name": "Kit Ó Dúill", "url": url}]


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


def test_a_story_s_quotes_are_its_parts():
    [found] = news_article(replace(STORY, quotes=(SAID,)), "http://x/")["hasPart"]
    assert found == {
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
    found = quotation(replace(SAID, person=None, organization=STORY.organizations[0]))
    assert found["spokenByCharacter"] == {
        "@type": "Organization",
        "name": "Harbour Authority",
        "url": "http://testserver/organizations/4/harbour-authority/",
    }


def test_a_source_that_is_not_named_is_a_credit_and_no_character():
    found = quotation(Quoted("k2", "A seal", "direct", ((0, 6),), unnamed="a passer-by"))
    assert found["creditText"] == "a passer-by"
    assert "spokenByCharacter" not in found
