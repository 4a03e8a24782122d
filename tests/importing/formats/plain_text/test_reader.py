"""Plain text comes in as its newsroom meant it: each story beside what is expected of it."""

import json
import re
import time
from dataclasses import asdict, fields
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats.plain_text.reader import READER
from articles.importing.formats.types import ParsedArticle, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.text.encoding import decode
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from tests.conftest import ROOT

DATA = ROOT / "tests" / "importing" / "data" / "plain_text"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def story(data: bytes, name: str = "story") -> ParsedArticle | RejectedRecord:
    """Read and clean the one story of ``data``, for a paper in Paris."""
    [parsed] = READER.read(BytesIO(data), name)
    if isinstance(parsed, RejectedRecord):
        return parsed
    return clean(parsed, zone=ZoneInfo("Europe/Paris"), language="en")


def filled_fields(parsed: ParsedArticle) -> dict[str, Any]:
    """Return the fields that say something, as JSON has them."""
    empty = {field.name: field.default for field in fields(ParsedArticle)}
    filled = {name: value for name, value in asdict(parsed).items() if value != empty[name]}
    filled = {
        name: filled[name] for name in filled if name not in ("record", "original", "body_map")
    }
    return json.loads(json.dumps(filled, default=str))


@pytest.mark.parametrize("path", sorted(DATA.glob("*.txt")), ids=lambda path: path.stem)
def test_story_is_what_is_expected_of_it(path: Path) -> None:
    parsed = story(path.read_bytes(), path.stem)
    assert isinstance(parsed, ParsedArticle)
    assert filled_fields(parsed) == json.loads(
        path.with_suffix(".expected.json").read_text("utf-8")
    )


def follows_its_map(parsed: ParsedArticle) -> bool:
    """Tell whether each run of the body stands in the original as it says."""
    source, body = decode(parsed.original)[0], plain_text(parsed.body_html)
    return all(
        body[run.start : run.start + run.length] == source[run.source : run.source + run.length]
        for run in parsed.body_map
    )


@pytest.mark.parametrize("path", sorted(DATA.glob("*.txt")), ids=lambda path: path.stem)
def test_body_leads_back_into_the_original(path: Path) -> None:
    parsed = story(path.read_bytes())
    assert isinstance(parsed, ParsedArticle)
    assert follows_its_map(parsed)
    mapped = sum(run.length for run in parsed.body_map)
    assert mapped >= 0.9 * len(plain_text(parsed.body_html).replace("\n", ""))


LINES = st.lists(
    st.sampled_from(
        [
            *(
                "Headline: A",
                "Id: 7",
                "Tags: a; b",
                "date 2026-03-04 Read on",
                "TOLLESBURY – It rained .",
            ),
            *(
                "- item",
                "> quoted",
                "",
                " ",
                "A short line",
                "“Yes ,” he said. REUTERS",
                "MORE",
                "By Ana Rua",
            ),
            *("x\x03y", "a  b", "\ufeff", "&amp; <b>", "\x85", "é" * 130, "(Reporting by Ana Rua)"),
        ]
    )
    | st.text(max_size=20),
    max_size=12,
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
def test_any_text_comes_in_clean_or_is_refused_with_a_remedy(lines: list[str], end: str) -> None:
    parsed = story(end.join(lines).encode("utf-8", "surrogatepass"))
    if isinstance(parsed, RejectedRecord):
        assert parsed.field
        assert parsed.reason
        assert parsed.remedy
        return
    assert parsed.headline
    assert follows_its_map(parsed)
    assert sanitise(parsed.body_html) == parsed.body_html
    assert not CONTROL.search(f"{parsed.body_html}{parsed.headline}{parsed.removed}")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    assert isinstance(story(data), ParsedArticle | RejectedRecord)


@pytest.mark.parametrize(
    ("data", "field", "reason"),
    [
        (b"", "file", "empty"),
        (b" \r\n\t\n", "file", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file", "not text"),
        (b"abc\x00\x00\x00" * 9, "file", "not text"),
        (b"a" * 10_000_001, "file", "10 MB"),
        (b"Headline: A\nHedline: B\n\nText.", "Hedline", "line 2"),
        (b"Headline: A\nand so on\n\nText.", "header", "line 2"),
        (b"Headline: A\nDate: 31/12/26\n\nText.", "Date", "line 2"),
        (b"Headline: A\nEmbargo: 2026\n\nText.", "Embargo", "moment"),
        (b"Headline: A\nStatus: gone\n\nText.", "Status", "usable"),
        (b"Headline: A\nFormer-Address: x\n\nText.", "Former-Address", "path"),
        (b"Headline: A\n\n", "body", "no text"),
        (b"Headline: A\nText without a blank line.", "header", "line 2"),
        (b"Headline: " + b"a" * 301 + b"\n\nText.", "headline", "300"),
    ],
)
def test_what_cannot_come_in_is_refused_by_field(data: bytes, field: str, reason: str) -> None:
    refused = story(data)
    assert isinstance(refused, RejectedRecord)
    assert refused.field == field
    assert reason in str(refused.reason)
    assert refused.remedy


def test_an_unknown_key_is_told_the_known_ones() -> None:
    refused = story(b"Headline: A\nHedline: B\n\nText.")
    assert isinstance(refused, RejectedRecord)
    assert "Former-Address" in str(refused.remedy)


def test_the_name_of_the_file_is_the_ref_unless_the_header_has_an_id() -> None:
    assert story(b"A title\n\nText.", "0a1b2c").ref == "0a1b2c"
    assert story(b"Id: 7\n\nText.", "0a1b2c").ref == "7"
    assert story(b"A title\n\nText.", "").ref == ""


@pytest.mark.parametrize(
    ("head", "name", "is_text"),
    [
        *(
            (b"Words.", "a.txt", True),
            (b"Words.", "standard input", True),
            (b"<b> was here", "a.txt", True),
        ),
        *(
            (b"", "a.txt", True),
            (b"<?xml version='1.0'?>", "a", False),
            (b'  {"a": 1}', "a", False),
        ),
        *(
            (b"Words.", "a.html", False),
            (b"\x89PNG\r\n", "a.txt", False),
            (b"%PDF-1.7", "a", False),
        ),
    ],
)
def test_plain_text_is_known_by_what_it_is_not(head: bytes, name: str, is_text: bool) -> None:
    assert READER.identify(head, name) is is_text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "word " * 200_000,
            "ab cd\n" * 100_000,
            "x\n\n" + "MORE\n\n" * 20_000,
            "\n" * 500_000 + "x",
        ),
        *("Headline: a\n" + "Tags: a\n" * 50_000 + "\nText.", "&<" * 200_000, " ," * 100_000),
        *("a\x03" * 200_000, "Id: 7\n\n" + "> q\n" * 50_000, "x. REUTERS\n\n" * 20_000),
    ],
    ids=lambda text: text[:12],
)
def test_a_hostile_file_takes_no_time(text: str) -> None:
    started = time.process_time()
    story(text.encode())
    assert time.process_time() - started < 3  # well below 1 s alone on a machine


def test_bbc_stories_come_in_with_title_and_without_control_bytes(shared: Path) -> None:
    paths = sorted((shared / "formats" / "bbc-plaintext").glob("*/*.txt"))
    stories = [story(path.read_bytes(), path.stem) for path in paths]
    assert len(stories) > 300
    for parsed in stories:
        assert isinstance(parsed, ParsedArticle)
        assert not parsed.is_headline_derived
        assert not CONTROL.search(parsed.body_html + parsed.headline)
        assert follows_its_map(parsed)
