"""JSON-LD: the object that is this page's story, whatever stands around it."""

import json

import pytest
from hypothesis import given

from articles.importing.formats.web_page import json_ld
from tests.importing.formats.ninjs.test_reader import VALUES


def story(*values: object, addresses: tuple[str, ...] = (), titles: tuple[str, ...] = ()) -> dict:
    nodes = json_ld.page_nodes(json.dumps(value) for value in values)
    return json_ld.article_node(nodes, addresses, titles)


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
    assert json_ld.load_script(script) == {"a": "x\ny"}


@pytest.mark.parametrize("script", ["", "{", '{"a": NaN}', "[" * 100_000, "<b>"])
def test_what_is_no_json_says_nothing(script: str) -> None:
    assert json_ld.load_script(script) is None


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
    assert (
        json_ld.node_text({"headline": "AT&amp;amp;T &quot;x&quot;"}, "headline") == 'AT&amp;T "x"'
    )


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
    nodes = [{"@id": "#a", "name": "Ann Marrow"}]
    assert list(json_ld.node_names({"author": author}, "author", nodes)) == expected


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
    nodes = [{"@id": "#p", "url": "https://a.example/p.jpg"}]
    picture = json_ld.node_picture({"image": image}, nodes)
    assert picture
    assert picture.url == "https://a.example/p.jpg"


@given(VALUES, VALUES, VALUES)
def test_any_values_are_read(value: object, second: object, third: object) -> None:
    node = {
        "@type": "NewsArticle",
        "headline": value,
        "author": second,
        "image": third,
        "url": third,
    }
    node |= {"mainEntityOfPage": second, "@id": value, "isAccessibleForFree": third}
    nodes = json_ld.page_nodes(
        [json.dumps([node, value, {"@type": second, "datePublished": third}])]
    )
    article = json_ld.article_node(nodes, ["https://a.example/"], ["A"])
    assert isinstance(json_ld.node_text(article, "headline"), str)
    assert all(name for name, _ in json_ld.node_names(article, "author", nodes))
    assert json_ld.node_picture(article, nodes) is None or json_ld.node_picture(article, nodes).url
