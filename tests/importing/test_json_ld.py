"""JSON-LD: the object that is this page's story, whatever stands around it."""

import json

import pytest
from hypothesis import given

from articles.importing import json_ld
from tests.importing.test_ninjs import VALUES


def story(*values: object, addresses: tuple[str, ...] = (), titles: tuple[str, ...] = ()) -> dict:
    found = json_ld.nodes(json.dumps(value) for value in values)
    return json_ld.story(found, addresses, titles)


@pytest.mark.parametrize(
    "script",
    [
        '{"a": "x\ny"}',
        '<!-- {"a": "x\\ny"} -->',
        '//<![CDATA[\n{"a": "x\\ny"}\n//]]>',
        '{"a": "x\\ny",};',
    ],
)
def test_scripts_are_read_as_pages_write_them(script: str) -> None:
    assert json_ld.load(script) == {"a": "x\ny"}


@pytest.mark.parametrize("script", ["", "{", '{"a": NaN}', "[" * 100_000, "<b>"])
def test_what_is_no_json_says_nothing(script: str) -> None:
    assert json_ld.load(script) is None


@pytest.mark.parametrize(
    "value",
    [
        {"@type": "NewsArticle", "headline": "A"},
        {"@type": ["Thing", "http://schema.org/ReportageNewsArticle"], "headline": "A"},
        {"@graph": [{"@type": "WebSite"}, {"@type": "BlogPosting", "headline": "A"}]},
        {"@type": "WebPage", "mainEntity": {"@type": "OpinionNewsArticle", "headline": "A"}},
        [[{"@type": "LiveBlogPosting", "headline": "A"}]],
    ],
)
def test_an_article_is_found_wherever_it_stands(value: object) -> None:
    assert story(value)["headline"] == "A"


def test_no_article_is_no_story() -> None:
    assert story({"@type": "WebPage", "headline": "A"}, {"@type": "NewsArticle"}, 7, None) == {}


def test_the_story_is_the_one_of_this_page() -> None:
    other = {
        "@type": "Article",
        "headline": "Gale",
        "url": "https://a.example/gale/",
        "author": "X",
    }
    own = {"@type": "Article", "headline": "Ferry", "mainEntityOfPage": "https://a.example/ferry"}
    assert story(other, own, addresses=("https://www.a.example/ferry/",)) == own
    assert story(other, own, titles=("Ferry – The Post",)) == own


def test_character_references_are_resolved_once() -> None:
    assert json_ld.text({"headline": "AT&amp;amp;T &quot;x&quot;"}, "headline") == 'AT&amp;T "x"'


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (None, []),
        ("Ann Marrow", [("Ann Marrow", False)]),
        (["Ann Marrow", {"name": "Bo Teal"}], [("Ann Marrow", False), ("Bo Teal", False)]),
        ({"@type": "NewsMediaOrganization", "name": "Post"}, [("Post", True)]),
        ({"givenName": "Ann", "familyName": "Marrow"}, [("Ann Marrow", False)]),
        ({"@id": "#a"}, [("Ann Marrow", False)]),
        ({"@id": "#b"}, []),
        ([7, True, [], {}], []),
    ],
)
def test_authors_are_read_in_every_form(author: object, expected: list[tuple[str, bool]]) -> None:
    found = [{"@id": "#a", "name": "Ann Marrow"}]
    assert list(json_ld.names({"author": author}, "author", found)) == expected


@pytest.mark.parametrize(
    ("value", "is_so"), [(False, True), ("False", True), (True, False), (None, False)]
)
def test_a_paywall_is_what_the_page_says_is_one(value: object, is_so: bool) -> None:
    assert json_ld.is_behind_paywall({"isAccessibleForFree": value}) is is_so


@pytest.mark.parametrize(
    "image",
    [
        "https://a.example/p.jpg",
        ["https://a.example/p.jpg"],
        {"url": "https://a.example/p.jpg"},
        [{"@id": "#p"}],
    ],
)
def test_the_picture_is_read_in_every_form(image: object) -> None:
    found = [{"@id": "#p", "url": "https://a.example/p.jpg"}]
    picture = json_ld.picture({"image": image}, found)
    assert picture
    assert picture.url == "https://a.example/p.jpg"


@given(VALUES, VALUES, VALUES)
def test_any_values_are_read(one: object, other: object, third: object) -> None:
    node = {"@type": "NewsArticle", "headline": one, "author": other, "image": third, "url": third}
    node |= {"mainEntityOfPage": other, "@id": one, "isAccessibleForFree": third}
    found = json_ld.nodes([json.dumps([node, one, {"@type": other, "datePublished": third}])])
    told = json_ld.story(found, ["https://a.example/"], ["A"])
    assert isinstance(json_ld.text(told, "headline"), str)
    assert all(name for name, _ in json_ld.names(told, "author", found))
    assert json_ld.picture(told, found) is None or json_ld.picture(told, found).url
