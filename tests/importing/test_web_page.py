"""A saved page gives its story, with what the page says of it, and nothing that runs."""

import json
import re
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from articles.importing import page_body
from articles.importing.page_meta import best_moment, moment, own_address, without_site
from articles.importing.page_tree import page_text
from articles.importing.parsed import ParsedArticle, Refused
from articles.importing.readers import web_page
from articles.text.html import TAGS, plain_text, sanitise
from tests.importing.pages import page, wrapped
from tests.importing.test_plain_text import told
from tests.pace import pace

DATA = Path(__file__).parent / "data" / "web_page"
TEXT = "<p>The ferry sailed again on Wednesday, after eleven weeks in the dry dock of the yard.</p>"
STORY = f"<article><h1>Back</h1>{TEXT * 2}<p>Nobody had expected it to take so long.</p></article>"
IS_ACTIVE = re.compile(r"(?i)^\s*(?:javascript|data|vbscript)")


def accepted(body: str = STORY, head: str = "") -> ParsedArticle:
    one = page(wrapped(body, head))
    assert isinstance(one, ParsedArticle), one
    return one


def assert_harmless(one: ParsedArticle) -> None:
    assert sanitise(one.body_html) == one.body_html
    for element in html.fragment_fromstring(
        one.body_html, create_parent="section"
    ).iterdescendants():
        assert element.tag in TAGS
        assert set(element.attrib) <= {"href"}
        assert not IS_ACTIVE.match(element.get("href", ""))
    assert not one.remote_picture or one.remote_picture.url.startswith(("http://", "https://"))


POST = '{"name": "Sund Post"}'
HOUSE = (
    '<script type="application/ld+json">'
    f'{{"@type": "NewsArticle", "headline": "Back", "author": {POST}, "publisher": {POST}}}</script>'
)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("NERYS CALLOW", ["Nerys Callow"]),
        ("Nerys Callow/Ada Lund", ["Nerys Callow", "Ada Lund"]),
        ("Dry dock", ["Sund Post"]),
        ("Nobody Expected", ["Sund Post"]),
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_a_name_in_bold_beside_the_text_signs_what_only_the_site_has_signed(line, names, is_above):
    end = "<p>Nobody had expected it to take so long, and nobody had expected the bill.</p>"
    signed = f"<p><strong>{line}</strong></p>"
    text = f"{signed}{TEXT * 2}{end}" if is_above else f"{TEXT * 2}{end}{signed}"
    one = accepted(f"<article><h1>Back</h1>{text}</article>", HOUSE)
    assert [signer.name for signer in one.bylines] == names


@pytest.mark.parametrize("path", sorted(DATA.glob("*.html")), ids=lambda path: path.stem)
def test_page_is_what_is_expected_of_it(path: Path) -> None:
    one = page(path.read_bytes(), path.stem)
    assert web_page.identify(path.read_bytes()[:8192], path.name)
    assert isinstance(one, ParsedArticle), one
    assert told(one) == json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("head", "is_page"),
    [
        (b"<!DOCTYPE html><html>", True),
        (b"\xef\xbb\xbf\n<!-- saved from url=(0014) --><html lang=en>", True),
        (
            b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html>',
            True,
        ),
        ("<!doctype html><body>".encode("utf-16"), True),
        (b"<head><title>a", True),
        (b"<!DOCTYPE html><rss><channel>", False),
        (b"<!DOCTYPE html>\n<!-- a --><feed xmlns='http://www.w3.org/2005/Atom'>", False),
        (b"<!DOCTYPE nitf SYSTEM 'x'><nitf>", False),
        (b"<rss version='2.0'>", False),
        (b"---\nlayout: post\n---\n<html>", False),
        (b"<p>A part of a page</p>", False),
        (b"From: a\n\n<html>", False),
        (b"", False),
    ],
)
def test_a_page_is_known_by_its_beginning(head: bytes, is_page: bool) -> None:
    assert web_page.identify(head, "a.html") is is_page


def test_without_the_extra_a_page_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    one = page(wrapped(STORY))
    assert isinstance(one, Refused)
    assert "not installed" in one.reason
    assert "uv sync --extra html" in one.remedy
    assert "pip install 'trafilatura' 'lxml_html_clean'" in one.remedy


def test_json_ld_comes_before_the_head_and_the_head_before_the_text() -> None:
    head = '<title>C - Site</title><meta property="og:title" content="B"><meta name="author" content="Bo Teal">'
    script = '{"@type": "NewsArticle", "headline": "A", "author": "Ann Marrow and Cy Moss"}'
    assert accepted(head=head).headline == "B"
    assert [one.name for one in accepted(head=head).bylines] == ["Bo Teal"]
    one = accepted(head=f'{head}<script type="application/ld+json">{script}</script>')
    assert one.headline == "A"
    assert [name.name for name in one.bylines] == ["Ann Marrow", "Cy Moss"]


def test_a_live_blog_says_that_it_may_be_partial() -> None:
    script = '{"@type": "LiveBlogPosting", "headline": "Gale as it comes"}'
    one = accepted(head=f'<script type="application/ld+json">{script}</script>')
    assert "live blog" in one.ed_note
    assert one.pub_status == "usable"


def test_a_text_that_only_json_ld_has_comes_in() -> None:
    text = "\\n".join(
        "The ferry sailed again on Wednesday, after eleven weeks. " * 2 for _ in range(4)
    )
    script = f'{{"@type": "NewsArticle", "headline": "Back", "articleBody": "{text}"}}'
    one = accepted("<div>Loading</div>", f'<script type="application/ld+json">{script}</script>')
    assert one.body_html.count("<p>") == 4


def test_a_page_without_a_date_has_none() -> None:
    one = accepted()
    assert one.published_at is None


def test_a_guessed_date_is_no_more_exact_than_what_was_found() -> None:
    one = accepted(STORY + "<p>Published 17 May 2019</p>", "<title>Back</title>")
    assert (str(one.published_at)[:10], one.date_precision) == ("2019-05-17", "day")
    assert "guess" in one.ed_note
    link = '<link rel="canonical" href="https://post.example/2018/back.html">'
    assert accepted(head=link).date_precision in ("year", "minute")


def test_an_address_of_the_first_page_is_no_ref() -> None:
    assert accepted(head='<link rel="canonical" href="https://post.example/">').ref == "file"


def test_a_page_of_mediums_export_that_is_no_story_stays_out() -> None:
    footer = '<p>Exported from <a href="https://medium.com">Medium</a> on March 1, 2026.</p>'
    one = page(wrapped(STORY + footer))
    assert isinstance(one, Refused)
    assert "Medium" in one.reason


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("HTTPS://Post.example/a/?id=3&utm_source=x&fbclid=y#top", "https://post.example/a/?id=3"),
        ("https://post.example", "https://post.example/"),
        ("javascript:alert(1)", ""),
        ("//post.example/a", ""),
        ("https://user:word@post.example/", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_an_address_loses_what_only_tracks(address: str, expected: str) -> None:
    assert own_address(address) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-04T08:30:00+0100", "2026-03-04 08:30:00+01:00"),
        ("1750680000000", "2025-06-23 12:00:00+00:00"),
        ("Fri Apr 28 19:20:36 CEST 2023", "2023-04-28 19:20:36+02:00"),
        ("2026-03-04T08:30:00+01:00[Europe/Paris]", "2026-03-04 08:30:00+01:00"),
        ("yesterday", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("03/04/2026", None),
    ],
)
def test_moments_are_read_as_pages_write_them(written: str, expected: str | None) -> None:
    found = moment(written)
    assert (str(found[0]) if found else None) == expected


def test_the_clock_of_the_same_day_makes_a_date_more_exact() -> None:
    found = best_moment(["2026-03-04", "2026-03-05T01:00:00Z", "2026-03-04T08:30:00Z"])
    assert found
    assert str(found[0]) == "2026-03-04 08:30:00+00:00"


def test_the_name_of_the_site_is_no_part_of_a_headline() -> None:
    assert without_site("Back - at last | The Post", ["The Post"], []) == "Back - at last"
    assert without_site("Back | News | post.example", [], ["Back"]) == "Back"
    assert without_site("Back - at last", ["The Post"], []) == "Back - at last"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é€".encode("utf-16"), "é€"),
        (b'<meta charset="windows-1252">caf\xe9 \x80', "café €"),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">\x93\xfa\x96{',
            "日本",
        ),
        ('<meta charset="iso-8859-1">café'.encode(), "café"),  # saved anew by a program
        (b'<meta charset="rot13">caf\xe9', "café"),
        (b"caf\xe9\x81", "café"),
    ],
)
def test_the_encoding_is_the_one_that_fits(data: bytes, text: str) -> None:
    assert page_text(data)[0].endswith(text)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + "x",
        "<b>" * 50_000 + TEXT,
        f"<p>{'Some words of it go on. ' * 220_000}</p>",
        f"<p>{'a' * 5_000_000}</p>",
        "<p>" + "&" * 390_000,
        "<p>" + "< " * 190_000,
        "<p>A few words, and more.</p>" * 9_900,
        "<p>" + "1/2/2020 12.03.2019 " * 19_000,
        "<blockquote>" * 60 + "<p>x</p>" * 4_000,
        f'<p class="{"a " * 1_000_000}">x</p>',
        "\0" * 100_000,
        f'<script type="application/ld+json">{"[" * 1_000_000}</script>{STORY}',
        "\x00\x01\ud800\ufffe" * 20,
    ],
    ids=range(13),
)
def test_hostile_pages_end_soon(body: str) -> None:
    began = time.process_time()
    one = page(wrapped(body))
    assert time.process_time() - began < 2.5 * pace()
    assert isinstance(one, Refused) or plain_text(one.body_html).strip()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.text("<>/!-'\"= apdivscripthref:javl\0\n&#;", max_size=200))
def test_any_bytes_come_in_clean_or_are_refused(data: bytes, markup: str) -> None:
    for one in (page(data), page(wrapped(STORY) + data), page(wrapped(markup + STORY, markup))):
        if isinstance(one, Refused):
            assert one.field
            assert one.remedy
        else:
            assert_harmless(one)


def test_no_payload_survives_in_a_page(shared: Path) -> None:
    hostile = shared / "formats" / "hostile"
    paths = [
        hostile / "xss-payload-list" / "xss-payload-list.txt",
        hostile / "naughty-strings" / "blns.txt",
        *(path for path in (hostile / "payloads-all-the-things").rglob("*") if "XSS" in str(path)),
    ]
    lines = [
        line
        for path in paths
        if path.is_file() and path.stat().st_size < 2_000_000
        for line in path.read_bytes().decode("utf-8", "replace").splitlines()
        if line.strip()
    ]
    assert len(lines) > 5_000
    accepted_pages = 0
    for at in range(0, len(lines), 80):
        payloads = "".join(
            f"<p>Some words stand before it: {line}</p>" for line in lines[at : at + 80]
        )
        one = page(wrapped(f"<article>{STORY}{payloads}</article>", f"<title>{lines[at]}</title>"))
        if isinstance(one, ParsedArticle):
            accepted_pages += 1
            assert_harmless(one)
    assert accepted_pages > 30


def test_htmldate_is_given_trees_never_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    import htmldate

    given_trees = []
    monkeypatch.setattr(htmldate, "find_date", lambda tree, **_: given_trees.append(tree))
    assert page_body.guessed_day(html.document_fromstring(STORY)) is None
    assert all(not isinstance(tree, str | bytes) for tree in given_trees)
    assert given_trees
