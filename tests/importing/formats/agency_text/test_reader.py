"""Agency text comes in without its header, its control bytes and what was not meant for readers."""

from collections import Counter
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats import email_message
from articles.importing.formats.agency_text import reader as agency_text
from articles.importing.formats.detect import identify
from articles.importing.formats.plain_text import reader as plain_text
from articles.importing.formats.types import ParsedArticle, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.text.html.plain import plain_text as words
from tests.conftest import ROOT
from tests.growth import assert_linear
from tests.importing.formats.plain_text.test_reader import CONTROL

DATA = ROOT / "tests" / "importing" / "data" / "agency_text"
TEXT_READERS = (agency_text.READER, email_message.READER, plain_text.READER)


def stories(data: bytes, name: str = "wire") -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the messages of ``data``, for a paper in Paris."""
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in agency_text.READER.read(BytesIO(data), name)
    ]


def story(data: bytes) -> ParsedArticle:
    [parsed] = stories(data)
    assert isinstance(parsed, ParsedArticle), parsed
    assert not CONTROL.search(
        f"{parsed.headline}{parsed.body_html}{parsed.ed_note}{parsed.removed}"
    )
    return parsed


def fixture(name: str) -> ParsedArticle:
    return story((DATA / name).read_bytes())


def test_iptc_7901_gives_headline_place_time_and_leaves_out_the_notebook() -> None:
    parsed = fixture("iptc_7901.txt")
    assert parsed.headline == "Island ferries stop as storm nears, harbour master says"
    assert (parsed.ref, parsed.version) == ("abc0123/2026-03-12", "2026-03-12T17:30:00+00:00")
    assert (parsed.dateline, parsed.credit, parsed.tags) == (
        "Skerry",
        "dpa",
        ("section:International",),
    )
    assert str(parsed.published_at) == "2026-03-12 17:30:00+00:00"
    assert parsed.ed_note == "Slug: Skerry/ferries\nREFILE"
    assert words(parsed.body_html) == (
        "The last ferry left Skerry on Wednesday evening, and no other will sail before the storm has passed, "
        "the harbour master Ada Quince said.\n\n“We wait for the wind to turn,” Quince said, and closed the pier "
        "for the night. Cafés near the pier stayed open for those left behind."
    ).replace("“", '"').replace("”", '"')
    assert any("Lev Orlov" in removed for removed in parsed.removed)


def test_anpa_1312_gives_bylines_and_keeps_the_slug_over_versions() -> None:
    parsed = fixture("anpa_1312.tst")
    assert parsed.headline == "Regatta goes to the oldest boat"
    assert [line.name for line in parsed.bylines] == ["Ann Marrow", "Bo Teal"]
    assert (parsed.dateline, parsed.credit, parsed.tags) == (
        "Skerry, Norland",
        "AP",
        ("section:Sport",),
    )
    assert parsed.ref == "BC-SK--Skerry-Regatta/2026-03-12"
    assert parsed.version == "2026-03-12T15:09:00+00:00"
    assert parsed.ed_note.splitlines()[1:] == ["1st Ld-Writethru", "Eds: Adds quote. With photos."]
    assert parsed.body_html.endswith("who has sailed her since 1971.</p>")


def test_zczc_gives_its_headline_and_ends_before_the_desk_mark() -> None:
    parsed = fixture("zczc.txt")
    assert (parsed.headline, parsed.dateline, parsed.credit) == (
        "Ferries stop for the storm",
        "Skerry",
        "AAP",
    )
    assert parsed.ed_note == "Slug: Harbour Ferries, Ferries, Storm"
    assert words(parsed.body_html).split("\n\n") == [
        "No ferry sails until the wind turns.",
        "The pier is closed, said Ada Quince.",
    ]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"^BC-SK--Ferries, KILL,20<\n^Ferries stop<\n", "canceled"),
        (b"^BC-SK--Ferries, Advisory,20<\n^Ferries stop<\n", "withheld"),
        (b"^BC-SK--Ferries,20<\n^EMBARGOED until 1800 GMT<\n^Ferries stop<\n", "withheld"),
        (b"^BC-SK--Ferries,20<\n^Ferries stop<\n", "usable"),
    ],
)
def test_a_message_does_what_its_slug_says(head: bytes, status: str) -> None:
    data = b"\x16\x01W1\x1fx\nr s\x13\x11 BC-x 03-12\n\x02" + head + b"\t   No ferry sails.\n\x03"
    parsed = story(data)
    assert (parsed.pub_status, parsed.headline) == (status, "Ferries stop")


def test_each_message_of_a_file_is_a_story_of_its_own_with_its_own_bytes() -> None:
    data = (DATA / "anpa_1312.tst").read_bytes()
    outcomes = stories(data + b"\n" + data.replace(b"Regatta", b"Rowing"))
    assert [outcome.ref.partition("/")[0] for outcome in outcomes] == [
        "BC-SK--Skerry-Regatta",
        "BC-SK--Skerry-Rowing",
    ]
    assert outcomes[0].original == data


def test_lead_is_a_word_of_the_headline_unless_it_is_a_mark() -> None:
    marked = (
        b"\x01abc0123 4 i 55 dpa\r\n\x021ST LEAD Lead pipes go =\r\n\r\nText of the story.\r\n\x03"
    )
    assert story(marked).headline == "Lead pipes go"
    assert story(marked.replace(b"1ST LEAD ", b"")).headline == "Lead pipes go"


@pytest.mark.parametrize(
    ("data", "field"), [(b"", "file"), (b"\x01abc0123 4 i 55 dpa\r\n\x02\x03", "body")]
)
def test_what_says_nothing_is_refused(data: bytes, field: str) -> None:
    [outcome] = stories(data)
    assert isinstance(outcome, RejectedRecord)
    assert outcome.field == field


FRAGMENTS = [
    b"\x01",
    b"\x02",
    b"\x03",
    b"\x04",
    b"\x16",
    b"\x1f",
    b"ZCZC",
    b"\r\n",
    b"\n",
    b"NNNN",
    b"^",
]
FRAGMENTS += [
    b"abc0123 4 i 55 dpa",
    b"MEDIA RELEASE PR1",
    b"%A #x",
    b"Text. ",
    b"=",
    b"<",
    b"\xe9",
    b"  ",
]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.binary(max_size=6), max_size=25).map(b"".join))
def test_any_bytes_come_in_clean_or_are_refused(data: bytes) -> None:
    for outcome in stories(data):
        text = (
            ""
            if isinstance(outcome, RejectedRecord)
            else f"{outcome.headline}{outcome.body_html}{outcome.ed_note}"
        )
        assert not CONTROL.search(text)


@pytest.mark.parametrize("fragment", [b" ", b"word ", b"\x1f", b"^\n", b"ab cd ef\n", b"#", b"=\n"])
def test_a_hostile_message_takes_linear_time(fragment: bytes) -> None:
    start = b"\x01abc0123 4 i 5 dpa\r\n\x02"
    assert_linear(lambda size: stories(start + fragment * (size // len(fragment))), 600_000)


def test_real_wires_have_one_reader_each_and_come_in_without_a_control_byte(shared: Path) -> None:
    left_out = {"ORIGIN.txt", "LICENCE-NOTE.txt"}
    paths = sorted((shared / "formats" / "superdesk-wires").rglob("*.t[sx]t"))
    counts: Counter[str] = Counter()
    for path in paths:
        if path.name in left_out:
            continue
        data = path.read_bytes()
        reader = identify(data[:8192], path.name, TEXT_READERS)
        for item in reader.read(BytesIO(data), path.stem):
            if not isinstance(item, RejectedRecord):
                item = clean(item, zone=ZoneInfo("UTC"), language="en")
            counts[reader.NAME if isinstance(item, ParsedArticle) else str(item.reason)] += 1
            if isinstance(item, ParsedArticle):
                assert item.headline
                assert words(item.body_html).strip()
                assert not CONTROL.search(
                    f"{item.headline}{item.body_html}{item.ed_note}{item.ref}"
                )
    assert counts == {"agency-text": 28, "text": 4, "email": 4, "it is data, not a story": 1}


def test_no_file_of_another_format_is_claimed(shared: Path) -> None:
    folders = [p for p in (shared / "formats").iterdir() if p.is_dir()]
    folders += [ROOT / "articles" / "demo" / "stories"]
    claimed = [
        path
        for folder in folders
        if folder.name != "superdesk-wires"
        for path in folder.rglob("*")
        if path.is_file() and agency_text.READER.identify(path.open("rb").read(8192), path.name)
    ]
    assert claimed == []
