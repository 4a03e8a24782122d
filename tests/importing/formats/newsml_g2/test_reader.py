"""NewsML-G2 comes in as its newsroom meant it; packages, plans and pictures are refused with that reason."""

import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from articles.importing.formats.detect import identify
from articles.importing.formats.newsml_g2 import reader as newsml_g2
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.text.html.sanitize import sanitise
from tests.conftest import ROOT
from tests.importing.formats.plain_text.test_reader import CONTROL, filled_fields

DATA = ROOT / "tests" / "importing" / "data" / "newsml_g2"
HIDDEN = {"original", "before", "after"}
ITEM_START = '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a" version="1">'
REASONS = {
    "packageItem": 9,
    "conceptItem": 9,
    "knowledgeItem": 6,
    "planningItem": 11,
    "catalogItem": 1,
    "newsItem": 3,  # a catalog alone
    "itemClass": 6,  # a picture or a film
    "contentSet": 6,  # text elsewhere
    "body": 45,  # examples of the metadata, with nothing in them
}


def items(data: bytes | str) -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the items of ``data``, for a paper in Paris."""
    stream = BytesIO(data if isinstance(data, bytes) else data.encode())
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in newsml_g2.READER.read(stream, "file")
    ]


def item(
    meta: str = "", content: str = "", body: str = "<p>Text.</p>"
) -> ParsedArticle | RejectedRecord:
    """Read one item with this metadata."""
    inline = f"<contentSet><inlineXML><html><body>{body}</body></html></inlineXML></contentSet>"
    head = f"<itemMeta>{meta}</itemMeta><contentMeta><headline>H</headline>{content}</contentMeta>"
    [outcome] = items(f"{ITEM_START}{head}{inline}</newsItem>")
    return outcome


def accepted(meta: str = "", content: str = "", body: str = "<p>Text.</p>") -> ParsedArticle:
    parsed = item(meta, content, body)
    assert isinstance(parsed, ParsedArticle), parsed
    return parsed


def outcome_fields(outcome: ParsedArticle | RejectedRecord) -> dict[str, Any]:
    if isinstance(outcome, ParsedArticle):
        return filled_fields(outcome)
    fields = asdict(outcome) | {"reason": str(outcome.reason)}
    return {name: value for name, value in fields.items() if name not in HIDDEN}


@pytest.mark.parametrize("path", sorted(DATA.glob("*.xml")), ids=lambda path: path.stem)
def test_items_are_what_is_expected_of_them(path: Path) -> None:
    data = path.read_bytes()
    assert identify(data[:8192], path.name, [newsml_g2.READER]) is newsml_g2.READER
    actual = [outcome_fields(outcome) for outcome in items(data)]
    assert actual == json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


def test_the_original_of_an_item_are_its_own_bytes() -> None:
    data = (DATA / "message.xml").read_bytes()
    outcomes = items(data)
    assert all(outcome.original in data for outcome in outcomes)
    assert [outcome.original[:9] for outcome in outcomes[:2]] == [b"<packageI", b"<newsItem"]
    assert all(outcome.original.endswith(b"Item>") for outcome in outcomes)


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ("<firstCreated>2026-03-04T10:00:00Z</firstCreated>", "2026-03-04 10:00:00+00:00"),
        ("<firstCreated>2026-03-04T10:00:00</firstCreated>", "2026-03-04 09:00:00+00:00"),
        ("<versionCreated>2026-03-05T10:00:00Z</versionCreated>", "2026-03-05 10:00:00+00:00"),
        ("<firstCreated>last week</firstCreated>", "None"),
        ("", "None"),
    ],
)
def test_a_date_is_one_that_was_sent_or_none(meta: str, expected: str) -> None:
    assert str(accepted(meta).published_at) == expected


def test_what_is_embargoed_withheld_or_canceled_says_so() -> None:
    clear = accepted("<embargoed>2026-03-04T10:00:00Z</embargoed>")
    assert (str(clear.embargoed_until), clear.pub_status) == ("2026-03-04 10:00:00+00:00", "usable")
    unclear = accepted("<embargoed>Friday</embargoed>")
    assert (unclear.embargoed_until, unclear.pub_status) == (None, "withheld")
    assert "Friday" in unclear.ed_note
    assert accepted("<embargoed/>").pub_status == "usable"
    for sent, expected in (("canceled", "canceled"), ("Cancelled", "canceled"), ("withheld",) * 2):
        assert accepted(f'<pubStatus qcode="stat:{sent}"/>').pub_status == expected


@pytest.mark.parametrize(
    ("content", "names", "credit"),
    [
        ("<by>Ada Quince, Reuters</by>", ["Ada Quince"], "Reuters"),
        ("<creator><name>Ada Quince</name></creator>", ["Ada Quince"], ""),
        ("<creator><name>quince.ada</name></creator>", [], ""),
        ('<creator literal="Reuters"/>', [], "Reuters"),
        ('<infoSource qcode="nprov:REUTERS"/>', [], "Reuters"),
        ("<creditline>SKP –</creditline><by>Reuters</by>", [], "SKP"),
    ],
)
def test_bylines_are_people_and_credits_are_sources(
    content: str, names: list[str], credit: str
) -> None:
    parsed = accepted(content=content)
    assert ([signer.name for signer in parsed.bylines], parsed.credit) == (names, credit)


def test_a_byline_in_the_body_is_the_byline() -> None:
    body = "<p>By Ada Quince</p><p>OSLO (AP) – It snowed.</p>"
    parsed = accepted(body=body)
    assert [signer.name for signer in parsed.bylines] == ["Ada Quince"]
    assert (parsed.body_html, parsed.dateline, parsed.credit) == ("<p>It snowed.</p>", "Oslo", "AP")
    assert accepted(content="<by>Bo Teal</by>", body=body).body_html.startswith("<p>By Ada Quince")


def test_names_too_long_for_a_tag_go_to_the_editors() -> None:
    parsed = accepted(content=f"<keyword>{'a' * 200}</keyword><keyword>b</keyword>")
    assert parsed.tags == ("topic:b",)
    assert "a" * 200 in parsed.ed_note


def test_a_later_fault_leaves_the_items_before_it() -> None:
    whole = f"{ITEM_START}<contentSet><inlineData>One.</inlineData></contentSet></newsItem>"
    reading = newsml_g2.READER.read(
        BytesIO(f"<newsMessage>{whole}\n<newsItem></x>".encode()), "file"
    )
    assert isinstance(next(reading), ParsedArticle)
    with pytest.raises(ReadError, match="line 2"):
        next(reading)


@pytest.mark.parametrize(
    ("head", "is_newsml"),
    [
        (ITEM_START.encode(), True),
        (b'\xef\xbb\xbf<?xml version="1.0"?><!-- a --><newsMessage xmlns="">', True),
        (b'<g:newsItem xmlns:g="http://iptc.org/std/nar/2006-10-01/">', True),
        (b"<NewsML><NewsItem>", False),
        (b"<nitf>", False),
        (b"<rss><channel><newsItem>", False),
        (b'{"a": "<newsItem>"}', False),
        (b"The <newsItem> element", False),
        (b"", False),
    ],
)
def test_newsml_is_known_by_its_root(head: bytes, is_newsml: bool) -> None:
    assert newsml_g2.READER.identify(head, "a.xml") is is_newsml


def test_real_examples_come_in_or_are_refused_with_the_right_reason(shared: Path) -> None:
    reasons: dict[str, int] = {}
    files = sorted((shared / "formats" / "newsml-g2").rglob("*.xml"))
    identified = [
        path for path in files if newsml_g2.READER.identify(path.read_bytes()[:8192], path.name)
    ]
    assert [path.name[:10] for path in files if path not in identified] == [
        "LISTING_25"
    ]  # a fragment
    stories = 0
    for path in identified:
        for outcome in items(path.read_bytes()):
            stories += isinstance(outcome, ParsedArticle)
            if isinstance(outcome, RejectedRecord):
                reasons[outcome.field] = reasons.get(outcome.field, 0) + 1
    assert (stories, reasons) == (4, REASONS)


def test_real_wires_come_in(shared: Path) -> None:
    stories: list[Any] = []
    refused: list[Any] = []
    for path in sorted((shared / "formats" / "superdesk-wires").rglob("*")):
        if path.is_file() and newsml_g2.READER.identify(path.read_bytes()[:8192], path.name):
            for outcome in items(path.read_bytes()):
                (stories if isinstance(outcome, ParsedArticle) else refused).append(outcome)
    assert sorted(outcome.field for outcome in refused) == [
        *["body"],
        *["itemClass"] * 6,
        *["packageItem"] * 3,
        *["planningItem"],
    ]
    assert len(stories) == 27
    for outcome in stories:
        assert outcome.ref
        assert outcome.version
        assert outcome.headline
        assert outcome.published_at
        assert outcome.credit
        assert sanitise(outcome.body_html) == outcome.body_html
        assert not CONTROL.search(
            f"{outcome.body_html}{outcome.headline}{outcome.tags}{outcome.ed_note}"
        )


def test_files_of_other_formats_are_not_claimed(shared: Path) -> None:
    own = {"newsml-g2", "superdesk-wires"}
    others = [path for path in (shared / "formats").iterdir() if path.name not in own]
    others.append(ROOT / "articles" / "demo" / "stories")
    seen = 0
    for path in (path for folder in others for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as stream:
            assert not newsml_g2.READER.identify(stream.read(8192), path.name), path
        seen += 1
    assert seen > 1000
