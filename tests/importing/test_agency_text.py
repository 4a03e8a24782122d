"""Agency text comes in without its header, its control bytes and what was not meant for readers."""

import time
from collections import Counter
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.clean import clean
from articles.importing.parsed import ParsedArticle, Refused
from articles.importing.readers import agency_text, email_message, plain_text
from articles.text.html import plain_text as words
from tests.importing.test_plain_text import CONTROL
from tests.pace import pace

DATA = Path(__file__).parent / "data" / "agency_text"
MINE = (agency_text, email_message, plain_text)


def stories(data: bytes, name: str = "wire") -> list[ParsedArticle | Refused]:
    """Read and clean the messages of ``data``, for a paper in Paris."""
    return [
        one
        if isinstance(one, Refused)
        else clean(one, zone=ZoneInfo("Europe/Paris"), language="en")
        for one in agency_text.read(BytesIO(data), name)
    ]


def story(data: bytes) -> ParsedArticle:
    [one] = stories(data)
    assert isinstance(one, ParsedArticle), one
    assert not CONTROL.search(f"{one.headline}{one.body_html}{one.ed_note}{one.removed}")
    return one


def fixture(name: str) -> ParsedArticle:
    return story((DATA / name).read_bytes())


def test_iptc_7901_gives_headline_place_time_and_leaves_out_the_notebook() -> None:
    one = fixture("iptc_7901.txt")
    assert one.headline == "Island ferries stop as storm nears, harbour master says"
    assert (one.ref, one.version) == ("abc0123/2026-03-12", "2026-03-12T17:30:00+00:00")
    assert (one.dateline, one.credit, one.tags) == ("Skerry", "dpa", ("section:International",))
    assert str(one.published_at) == "2026-03-12 17:30:00+00:00"
    assert one.ed_note == "Slug: Skerry/ferries\nREFILE"
    assert words(one.body_html) == (
        "The last ferry left Skerry on Wednesday evening, and no other will sail before the storm has passed, "
        "the harbour master Ada Quince said.\n\n“We wait for the wind to turn,” Quince said, and closed the pier "
        "for the night. Cafés near the pier stayed open for those left behind."
    ).replace("“", '"').replace("”", '"')
    assert any("Lev Orlov" in removed for removed in one.removed)


def test_anpa_1312_gives_bylines_and_keeps_the_slug_over_versions() -> None:
    one = fixture("anpa_1312.tst")
    assert one.headline == "Regatta goes to the oldest boat"
    assert [line.name for line in one.bylines] == ["Ann Marrow", "Bo Teal"]
    assert (one.dateline, one.credit, one.tags) == ("Skerry, Norland", "AP", ("section:Sport",))
    assert one.ref == "BC-SK--Skerry-Regatta/2026-03-12"
    assert one.version == "2026-03-12T15:09:00+00:00"
    assert one.ed_note.splitlines()[1:] == ["1st Ld-Writethru", "Eds: Adds quote. With photos."]
    assert one.body_html.endswith("who has sailed her since 1971.</p>")


def test_zczc_gives_its_headline_and_ends_before_the_desk_mark() -> None:
    one = fixture("zczc.txt")
    assert (one.headline, one.dateline, one.credit) == (
        "Ferries stop for the storm",
        "Skerry",
        "AAP",
    )
    assert one.ed_note == "Slug: Harbour Ferries, Ferries, Storm"
    assert words(one.body_html).split("\n\n") == [
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
    one = story(data)
    assert (one.pub_status, one.headline) == (status, "Ferries stop")


def test_each_message_of_a_file_is_a_story_of_its_own_with_its_own_bytes() -> None:
    data = (DATA / "anpa_1312.tst").read_bytes()
    found = stories(data + b"\n" + data.replace(b"Regatta", b"Rowing"))
    assert [one.ref.partition("/")[0] for one in found] == [
        "BC-SK--Skerry-Regatta",
        "BC-SK--Skerry-Rowing",
    ]
    assert found[0].original == data


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
    [one] = stories(data)
    assert isinstance(one, Refused)
    assert one.field == field


PARTS = [
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
PARTS += [
    b"abc0123 4 i 55 dpa",
    b"MEDIA RELEASE PR1",
    b"%A #x",
    b"Text. ",
    b"=",
    b"<",
    b"\xe9",
    b"  ",
]


@given(st.lists(st.sampled_from(PARTS) | st.binary(max_size=6), max_size=25).map(b"".join))
def test_any_bytes_come_in_clean_or_are_refused(data: bytes) -> None:
    for one in stories(data):
        text = "" if isinstance(one, Refused) else f"{one.headline}{one.body_html}{one.ed_note}"
        assert not CONTROL.search(text)


@pytest.mark.parametrize("part", [b" ", b"word ", b"\x1f", b"^\n", b"ab cd ef\n", b"#", b"=\n"])
def test_a_hostile_message_takes_no_time(part: bytes) -> None:
    began = time.process_time()
    stories(b"\x01abc0123 4 i 5 dpa\r\n\x02" + part * (600_000 // len(part)))
    assert time.process_time() - began < 4 * pace()


def test_real_wires_have_one_reader_each_and_come_in_without_a_control_byte(shared: Path) -> None:
    left_out = {"ORIGIN.txt", "LICENCE-NOTE.txt"}
    paths = sorted((shared / "formats" / "superdesk-wires").rglob("*.t[sx]t"))
    counts: Counter[str] = Counter()
    for path in paths:
        if path.name in left_out:
            continue
        data = path.read_bytes()
        [reader] = [one for one in MINE if one.identify(data[:8192], path.name)]
        for one in reader.read(BytesIO(data), path.stem):
            if not isinstance(one, Refused):
                one = clean(one, zone=ZoneInfo("UTC"), language="en")
            counts[reader.NAME if isinstance(one, ParsedArticle) else one.reason] += 1
            if isinstance(one, ParsedArticle):
                assert one.headline
                assert words(one.body_html).strip()
                assert not CONTROL.search(f"{one.headline}{one.body_html}{one.ed_note}{one.ref}")
    assert counts == {"agency-text": 28, "text": 4, "email": 4, "it is data, not a story": 1}


def test_no_file_of_another_format_is_claimed(shared: Path) -> None:
    folders = [p for p in (shared / "formats").iterdir() if p.is_dir()]
    folders += [Path(__file__).parents[2] / "articles" / "demo" / "stories"]
    claimed = [
        path
        for folder in folders
        if folder.name != "superdesk-wires"
        for path in folder.rglob("*")
        if path.is_file() and agency_text.identify(path.open("rb").read(8192), path.name)
    ]
    assert claimed == []
