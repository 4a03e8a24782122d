"""Whatever a page holds, it comes in harmless or is refused, and soon."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from articles.importing.formats.types import ParsedArticle, RejectedRecord
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import TAGS, sanitise
from tests.importing.formats.web_page.pages import page, wrapped
from tests.importing.formats.web_page.test_reader import STORY, TEXT
from tests.pace import pace

IS_ACTIVE = re.compile(r"(?i)^\s*(?:javascript|data|vbscript)")


def assert_harmless(parsed: ParsedArticle) -> None:
    assert sanitise(parsed.body_html) == parsed.body_html
    for element in html.fragment_fromstring(
        parsed.body_html, create_parent="section"
    ).iterdescendants():
        assert element.tag in TAGS
        assert set(element.attrib) <= {"href"}
        assert not IS_ACTIVE.match(element.get("href", ""))
    assert not parsed.remote_picture or parsed.remote_picture.url.startswith(
        ("http://", "https://")
    )


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
    started = time.process_time()
    outcome = page(wrapped(body))
    assert time.process_time() - started < 2.5 * pace()
    assert isinstance(outcome, RejectedRecord) or plain_text(outcome.body_html).strip()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.text("<>/!-'\"= apdivscripthref:javl\0\n&#;", max_size=200))
def test_any_bytes_come_in_clean_or_are_refused(data: bytes, markup: str) -> None:
    for outcome in (page(data), page(wrapped(STORY) + data), page(wrapped(markup + STORY, markup))):
        if isinstance(outcome, RejectedRecord):
            assert outcome.field
            assert outcome.remedy
        else:
            assert_harmless(outcome)


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
        outcome = page(
            wrapped(f"<article>{STORY}{payloads}</article>", f"<title>{lines[at]}</title>")
        )
        if isinstance(outcome, ParsedArticle):
            accepted_pages += 1
            assert_harmless(outcome)
    assert accepted_pages > 30
