"""NITF as agencies really write it comes in as they meant it."""

import json
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from articles.importing.formats.detect import identify
from articles.importing.formats.nitf import reader as nitf
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.text.html.sanitize import sanitise
from tests.conftest import ROOT
from tests.importing.formats.newsml_g2.test_reader import outcome_fields
from tests.importing.formats.plain_text.test_reader import CONTROL

DATA = ROOT / "tests" / "importing" / "data" / "nitf"


def stories(data: bytes | str) -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the stories of ``data``, for a paper in Paris."""
    stream = BytesIO(data if isinstance(data, bytes) else data.encode())
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in nitf.READER.read(stream, "file")
    ]


def accepted(docdata: str = "", head: str = "", status: str = "") -> ParsedArticle:
    """Read one story with this docdata and this in the head of its body."""
    docs = f"<head><docdata management-status='{status}'>{docdata}</docdata></head>"
    body = f"<body><body.head>{head}</body.head><body.content><p>Text.</p></body.content></body>"
    [parsed] = stories(f"<nitf>{docs}{body}</nitf>")
    assert isinstance(parsed, ParsedArticle), parsed
    return parsed


@pytest.mark.parametrize("path", sorted(DATA.glob("*.xml")), ids=lambda path: path.stem)
def test_stories_are_what_is_expected_of_them(path: Path) -> None:
    data = path.read_bytes()
    assert identify(data[:8192], path.name, [nitf.READER]) is nitf.READER
    actual = [outcome_fields(outcome) for outcome in stories(data)]
    assert actual == json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("docdata", "ref", "version"),
    [
        ('<doc-id id-string="a"/><du-key key="k" version="7"/>', "a", "7"),
        ('<doc-id id-string="k_47"/><du-key key="k" version="48"/>', "k", "48"),
        ('<doc-id id-string="k-eel"/><du-key key="k"/>', "k-eel", ""),
        (
            '<du-key key="k"/><date.issue norm="20260304T0800Z"/>',
            "k 2026-03-04",
            "2026-03-04T08:00:00+00:00",
        ),
        ('<du-key key="k"/>', "", ""),
        ('<doc-id regsrc="AP"/>', "", ""),
    ],
)
def test_a_story_is_known_by_its_id_and_never_by_a_key_of_the_day(
    docdata: str, ref: str, version: str
) -> None:
    parsed = accepted(docdata)
    assert (parsed.ref, parsed.version) == (ref, version)


@pytest.mark.parametrize(
    ("status", "release", "until", "expected"),
    [
        ("", "20260304T080000Z", "None", "usable"),
        ("", "20260305T080000Z", "2026-03-05 08:00:00+00:00", "usable"),
        ("usable", "YYYYMMDD000000-HHMM", "None", "usable"),
        ("", "Friday 5", "None", "withheld"),
        ("embargoed", "20260304T080000Z", "2026-03-04 08:00:00+00:00", "usable"),
        ("embargoed", "", "None", "withheld"),
        ("embargoed", "20260305", "None", "withheld"),
        ("withheld", "", "None", "withheld"),
        ("canceled", "Friday 5", "None", "canceled"),
    ],
)
def test_what_is_embargoed_withheld_or_canceled_says_so(
    status: str, release: str, until: str, expected: str
) -> None:
    dates = f'<date.issue norm="20260304T080000Z"/><date.release norm="{release}"/>'
    parsed = accepted(dates, status=status)
    assert (str(parsed.embargoed_until), parsed.pub_status) == (until, expected)


def test_an_unknown_status_is_refused() -> None:
    [refused] = stories("<nitf><head><docdata management-status='perhaps'/></head></nitf>")
    assert isinstance(refused, RejectedRecord)
    assert (refused.field, refused.record) == ("management-status", "1")
    assert refused.remedy


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ('<date.issue norm="20260304T080000+0100"/>', "2026-03-04 07:00:00+00:00"),
        ('<date.issue norm="2026-03-04T08:00:00"/>', "2026-03-04 07:00:00+00:00"),
        ('<date.issue norm="YYYYMMDD"/><date.release norm="20260304T0800Z"/>', "2026-03-04 08:00"),
        ('<date.issue norm="in March 26"/>', "None"),
        ("", "None"),
    ],
)
def test_a_date_is_one_that_was_sent_or_none(sent: str, expected: str) -> None:
    assert str(accepted(sent).published_at).startswith(expected)


@pytest.mark.parametrize(
    ("head", "names", "dateline", "credit"),
    [
        ("<byline>By Ada Quince and Bo Teal</byline>", ["Ada Quince", "Bo Teal"], "", ""),
        ("<byline>Reuters</byline><dateline>OSLO March 4 AP -</dateline>", [], "Oslo", "Reuters"),
        ("<byline><person>Ada Quince</person><byttl>x</byttl></byline>", ["Ada Quince"], "", ""),
        ("<dateline><story.date norm='20260304'>4 March</story.date></dateline>", [], "", ""),
        ("<distributor>The Associated Press</distributor>", [], "", "AP"),
    ],
)
def test_who_wrote_it_where_for_whom(
    head: str, names: list[str], dateline: str, credit: str
) -> None:
    parsed = accepted(head=head)
    actual = [signer.name for signer in parsed.bylines], parsed.dateline, parsed.credit
    assert actual == (names, dateline, credit)


def test_what_is_not_xml_is_an_error_with_its_line() -> None:
    with pytest.raises(ReadError, match="line 2"):
        stories("<nitf>\n<body></nitf>")


@pytest.mark.parametrize(
    ("head", "is_nitf"),
    [
        (b"<nitf>", True),
        (b'<?xml version="1.0"?>\n<!DOCTYPE nitf SYSTEM "a.dtd"><nitf version="3.2">', True),
        (b'<n:nitf xmlns:n="http://iptc.org/std/NITF/2006-10-18/">', True),
        (b"<newsItem><contentSet><inlineXML><nitf>", False),
        (b"<!-- <nitf> --><NewsML>", False),
        (b'{"body": "<nitf>"}', False),
        (b"", False),
    ],
)
def test_nitf_is_known_by_its_root(head: bytes, is_nitf: bool) -> None:
    assert nitf.READER.identify(head, "a.xml") is is_nitf


def test_real_wires_come_in(shared: Path) -> None:
    files = [path for path in (shared / "formats" / "superdesk-wires").rglob("*") if path.is_file()]
    identified = [
        path for path in files if nitf.READER.identify(path.read_bytes()[:8192], path.name)
    ]
    assert len(identified) == 14
    outcomes = [parsed for path in identified for parsed in stories(path.read_bytes())]
    assert len(outcomes) == 14
    for parsed in outcomes:
        assert isinstance(parsed, ParsedArticle), parsed
        assert parsed.headline
        assert parsed.published_at
        assert parsed.version or parsed.ref
        assert sanitise(parsed.body_html) == parsed.body_html
        assert not CONTROL.search(
            f"{parsed.body_html}{parsed.headline}{parsed.tags}{parsed.ed_note}"
        )
    assert sum(bool(parsed.credit) for parsed in outcomes) >= 12
    assert [parsed.pub_status for parsed in outcomes].count("canceled") == 1


def test_files_of_other_formats_are_not_claimed(shared: Path) -> None:
    formats = shared / "formats"
    others = [path for path in formats.iterdir() if path.name != "superdesk-wires"]
    others.append(ROOT / "articles" / "demo" / "stories")
    seen = 0
    for path in (path for folder in others for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as stream:
            assert not nitf.READER.identify(stream.read(8192), path.name), path
        seen += 1
    assert seen > 1000
