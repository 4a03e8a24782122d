"""A saved page gives its story, with what the page says of it, and nothing that runs."""

import json
import sys
from pathlib import Path

import pytest

from articles.importing.formats.types import ParsedArticle, RejectedRecord
from articles.importing.formats.web_page import reader as web_page
from tests.conftest import ROOT
from tests.importing.formats.plain_text.test_reader import filled_fields
from tests.importing.formats.web_page.pages import page, wrapped

DATA = ROOT / "tests" / "importing" / "data" / "web_page"
TEXT = "<p>The ferry sailed again on Wednesday, after eleven weeks in the dry dock of the yard.</p>"
STORY = f"<article><h1>Back</h1>{TEXT * 2}<p>Nobody had expected it to take so long.</p></article>"


def accepted(body: str = STORY, head: str = "") -> ParsedArticle:
    parsed = page(wrapped(body, head))
    assert isinstance(parsed, ParsedArticle), parsed
    return parsed


POST = '{"name": "Sund Post"}'
SITE_BYLINE = (
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
    parsed = accepted(f"<article><h1>Back</h1>{text}</article>", SITE_BYLINE)
    assert [signer.name for signer in parsed.bylines] == names


@pytest.mark.parametrize("path", sorted(DATA.glob("*.html")), ids=lambda path: path.stem)
def test_page_is_what_is_expected_of_it(path: Path) -> None:
    parsed = page(path.read_bytes(), path.stem)
    assert web_page.READER.identify(path.read_bytes()[:8192], path.name)
    assert isinstance(parsed, ParsedArticle), parsed
    assert filled_fields(parsed) == json.loads(
        path.with_suffix(".expected.json").read_text("utf-8")
    )


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
    assert web_page.READER.identify(head, "a.html") is is_page


def test_without_the_extra_a_page_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    outcome = page(wrapped(STORY))
    assert isinstance(outcome, RejectedRecord)
    assert "not installed" in str(outcome.reason)
    assert "uv sync --extra html" in str(outcome.remedy)
    assert "pip install 'trafilatura' 'lxml_html_clean'" in str(outcome.remedy)


def test_json_ld_comes_before_the_head_and_the_head_before_the_text() -> None:
    head = '<title>C - Site</title><meta property="og:title" content="B"><meta name="author" content="Bo Teal">'
    script = '{"@type": "NewsArticle", "headline": "A", "author": "Ann Marrow and Cy Moss"}'
    assert accepted(head=head).headline == "B"
    assert [parsed.name for parsed in accepted(head=head).bylines] == ["Bo Teal"]
    parsed = accepted(head=f'{head}<script type="application/ld+json">{script}</script>')
    assert parsed.headline == "A"
    assert [name.name for name in parsed.bylines] == ["Ann Marrow", "Cy Moss"]


def test_a_live_blog_says_that_it_may_be_partial() -> None:
    script = '{"@type": "LiveBlogPosting", "headline": "Gale as it comes"}'
    parsed = accepted(head=f'<script type="application/ld+json">{script}</script>')
    assert "live blog" in parsed.ed_note
    assert parsed.pub_status == "usable"


def test_a_text_that_only_json_ld_has_comes_in() -> None:
    text = "\\n".join(
        "The ferry sailed again on Wednesday, after eleven weeks. " * 2 for _ in range(4)
    )
    script = f'{{"@type": "NewsArticle", "headline": "Back", "articleBody": "{text}"}}'
    parsed = accepted("<div>Loading</div>", f'<script type="application/ld+json">{script}</script>')
    assert parsed.body_html.count("<p>") == 4


def test_a_page_without_a_date_has_none() -> None:
    parsed = accepted()
    assert parsed.published_at is None


def test_a_guessed_date_is_no_more_exact_than_what_was_found() -> None:
    parsed = accepted(STORY + "<p>Published 17 May 2019</p>", "<title>Back</title>")
    assert (str(parsed.published_at)[:10], parsed.date_precision) == ("2019-05-17", "day")
    assert "guess" in parsed.ed_note
    link = '<link rel="canonical" href="https://post.example/2018/back.html">'
    assert accepted(head=link).date_precision in ("year", "minute")


def test_an_address_of_the_first_page_is_no_ref() -> None:
    assert accepted(head='<link rel="canonical" href="https://post.example/">').ref == "file"


def test_a_page_of_mediums_export_that_is_no_story_stays_out() -> None:
    footer = '<p>Exported from <a href="https://medium.com">Medium</a> on March 1, 2026.</p>'
    outcome = page(wrapped(STORY + footer))
    assert isinstance(outcome, RejectedRecord)
    assert "Medium" in str(outcome.reason)
