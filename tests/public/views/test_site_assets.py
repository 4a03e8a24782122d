"""What the paper's settings make: its style sheet, its script, its icon, robots.txt."""

import gzip
import re

import pytest

from articles.public import site_context

pytestmark = pytest.mark.django_db


def test_the_style_sheet_has_the_paper_s_accents(client, settings):
    settings.PAPER_ACCENT, settings.PAPER_ACCENT_DARK = "#123456", "#abcdef"
    site_context.reset()
    assert "light-dark(#123456, #abcdef)" in client.get("/paper.css").content.decode()


def test_the_style_sheet_is_kept_for_ever_under_its_own_address_only(client):
    html = client.get("/").content.decode()
    address = re.search(r'href="(/paper\.css\?v=[^"]+)"', html)[1]
    assert "immutable" in client.get(address)["Cache-Control"]
    assert "immutable" not in client.get("/paper.css?v=other")["Cache-Control"]


def test_another_accent_has_another_address(settings):
    before, _ = site_context.packed_stylesheet()
    settings.PAPER_ACCENT = "#123456"
    site_context.reset()
    assert site_context.packed_stylesheet()[0] != before


def test_the_style_sheet_is_packed_for_who_can_read_it(client):
    plain = client.get("/paper.css")
    packed = client.get("/paper.css", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < 10_000
    assert plain["Vary"] == packed["Vary"] == "Accept-Encoding"


def test_every_page_asks_for_one_script_which_is_kept_for_ever(client):
    html = client.get("/").content.decode()
    [address] = re.findall(r'<script src="([^"]+)"', html)
    response = client.get(address)
    assert "immutable" in response["Cache-Control"]
    assert "immutable" not in client.get("/paper.js?v=other")["Cache-Control"]
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.content.startswith(b'"use strict";')
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.content) == response.content
    assert len(packed.content) < 4_000


def test_every_script_of_the_paper_is_in_the_one(client):
    joined = client.get("/paper.js").content.decode()
    for file in site_context.JS.glob("*.js"):
        assert file.read_text("utf-8") in joined, file.name


def test_the_icon_bears_the_first_letter_of_the_wordmark(client, settings):
    settings.PAPER_WORDMARK = "<Courier>"
    response = client.get("/favicon.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert b">&lt;</text>" in response.content


def test_robots_are_told_of_the_sitemap_and_kept_from_the_admin(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Disallow: /quotes/?" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines
