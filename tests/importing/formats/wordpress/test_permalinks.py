"""Who follows an old link of a WordPress or Ghost site arrives at the page that is meant."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from articles.importing.pipeline.run import ImportOptions, run_import
from articles.models import Article, Author, FormerAddress, Tag

pytestmark = pytest.mark.django_db

WXR = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Skerry Post</title><link>https://skerry.example{base}</link>
<wp:base_site_url>https://skerry.example</wp:base_site_url>
<wp:base_blog_url>https://skerry.example{base}</wp:base_blog_url>
<wp:author><wp:author_id>3</wp:author_id><wp:author_login>Ann.M</wp:author_login>
<wp:author_email>ann@example.com</wp:author_email>
<wp:author_display_name>Ann Marrow</wp:author_display_name></wp:author>
<wp:author><wp:author_id>4</wp:author_id><wp:author_login>bo@example.com</wp:author_login>
<wp:author_display_name>Bo Teal</wp:author_display_name></wp:author>
<wp:category><wp:term_id>7</wp:term_id><wp:category_nicename>coast</wp:category_nicename>
<wp:category_parent></wp:category_parent><wp:cat_name>Coast</wp:cat_name></wp:category>
<wp:category><wp:term_id>8</wp:term_id><wp:category_nicename>harbour</wp:category_nicename>
<wp:category_parent>coast</wp:category_parent><wp:cat_name>Harbour &amp;amp; sea</wp:cat_name></wp:category>
<wp:category><wp:term_id>9</wp:term_id><wp:category_nicename>loop</wp:category_nicename>
<wp:category_parent>loop</wp:category_parent><wp:cat_name>Loop</wp:cat_name></wp:category>
{items}</channel></rss>
"""
ITEM = """\
<item><title>Gale {number}</title><link>https://skerry.example{base}/2026/03/gale-{number}/</link>
<dc:creator>{login}</dc:creator><guid>https://skerry.example{base}/?p={number}</guid>
<content:encoded>It blew {number} times.</content:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date_gmt>2026-03-04 10:00:00</wp:post_date_gmt><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type>
<category domain="category" nicename="harbour"><![CDATA[Harbour &amp; sea]]></category>
<category domain="category" nicename="loop">Loop</category>
<category domain="post_tag" nicename="boats">Boats</category>
<category domain="post_tag" nicename="%d0%bc%d0%be%d1%80%d0%b5">Море</category></item>
"""
Resolve = Callable[[str], str]


@pytest.fixture
def redirect_of(client: Any) -> Resolve:
    """Give a function that returns where an address leads for good, empty for nowhere."""

    def resolve(address: str) -> str:
        response = client.get(address)
        return response["Location"] if response.status_code == 301 else ""

    return resolve


def import_export(path: Path, base: str = "") -> None:
    items = "".join(
        ITEM.format(number=number, base=base, login=login)
        for number, login in ((11, "ann.m"), (12, "bo@example.com"))
    )
    path.write_text(WXR.format(base=base, items=items), encoding="utf-8")
    report = run_import([str(path)], ImportOptions(source="post", publish=True, suggest=False))
    assert report.created == 2, report.refusals


@pytest.mark.parametrize("base", ["", "/blog"])
def test_every_old_address_of_wordpress_leads_to_its_page(
    tmp_path, redirect_of: Resolve, base: str
) -> None:
    import_export(tmp_path / "export.xml", base)
    story = Article.objects.get(headline="Gale 11").editions.get().get_absolute_url()
    tags = {tag.name: tag.get_absolute_url() for tag in Tag.objects.all()}
    ann, bo = (
        Author.objects.get(name=name).get_absolute_url() for name in ("Ann Marrow", "Bo Teal")
    )
    harbour, boats, sea = tags["Harbour & sea"], tags["Boats"], tags["Море"]
    expected = {
        "/2026/03/gale-11/": story,
        "/?p=11": story,
        "/category/coast/harbour/": harbour,
        "/category/coast/harbour/feed/": f"{harbour}feed/",
        "/category/coast/harbour/page/2/": harbour,
        "/?cat=8": harbour,
        "/category/loop/": tags["Loop"],
        "/tag/boats/": boats,
        "/tag/boats": boats,
        "/tag/boats/feed/": f"{boats}feed/",
        "/?tag=boats": boats,
        "/tag/%d0%bc%d0%be%d1%80%d0%b5/": sea,
        "/tag/море/": sea,
        "/author/ann-m/": ann,
        "/author/ann-m/feed/": f"{ann}feed/",
        "/?author=3": ann,
        "/?author=4": bo,
        "/?feed=rss2": "/feed/",
    }
    expected |= {"/feed/": "/feed/"} if base else {}
    assert {address: redirect_of(f"{base}{address}") for address in expected} == expected


def test_no_login_and_no_mail_address_comes_in(tmp_path) -> None:
    import_export(tmp_path / "export.xml")
    assert set(Author.objects.values_list("name", flat=True)) == {"Ann Marrow", "Bo Teal"}
    paths = "\n".join(FormerAddress.objects.values_list("path", flat=True))
    assert "example" not in paths
    assert "@" not in paths


def test_an_address_of_a_term_without_a_story_leads_nowhere(
    tmp_path, redirect_of: Resolve, client
) -> None:
    import_export(tmp_path / "export.xml")
    assert client.get("/category/coast/").status_code == 404
    assert redirect_of("/?cat=7") == ""


def test_every_old_address_of_ghost_leads_to_its_page(tmp_path, redirect_of: Resolve) -> None:
    post = {"id": "p", "title": "Gale", "slug": "gale", "html": "<p>It blew.</p>"}
    post |= {"status": "published", "published_at": "2026-03-04T10:00:00.000Z"}
    tables = {
        "posts": [post],
        "tags": [
            {"id": "t", "name": "Boats", "slug": "boats"},
            {"id": "h", "name": "#wide", "slug": "hash-wide"},
        ],
        "users": [{"id": "u", "name": "Ann Marrow", "slug": "ann", "email": "ann@example.com"}],
        "posts_tags": [{"post_id": "p", "tag_id": tag_id} for tag_id in "th"],
        "posts_authors": [{"post_id": "p", "author_id": "u"}],
    }
    path = tmp_path / "ghost.json"
    path.write_text(json.dumps({"db": [{"meta": {}, "data": tables}]}))
    run_import([str(path)], ImportOptions(source="ghost", publish=True, suggest=False))
    boats = Tag.objects.get().get_absolute_url()
    ann = Author.objects.get().get_absolute_url()
    expected = {
        "/gale/": Article.objects.get().editions.get().get_absolute_url(),
        "/tag/boats/": boats,
        "/tag/boats/rss/": f"{boats}feed/",
        "/author/ann/": ann,
        "/author/ann/rss/": f"{ann}feed/",
        "/rss/": "/feed/",
        "/tag/hash-wide/": "",
    }
    assert {address: redirect_of(address) for address in expected} == expected
