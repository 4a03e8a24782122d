"""A wire of 1987 comes in record by record: what its tags say, without what breaks a page of today."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats import reuters_sgml
from articles.importing.formats.types import ParsedArticle, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.text import wire_copy
from articles.text.html.plain import plain_text
from tests.conftest import ROOT
from tests.growth import assert_linear
from tests.importing.formats.ninjs.test_reader import outcome_fields
from tests.importing.formats.plain_text.test_reader import CONTROL

DATA = ROOT / "tests" / "importing" / "data" / "reuters_sgml"
STORY = '<REUTERS NEWID="{}"><TEXT><TITLE>GALE</TITLE><BODY>{}</BODY></TEXT></REUTERS>'


def records(data: bytes) -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the records of ``data``, for a paper in Paris."""
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in reuters_sgml.READER.read(BytesIO(data), "file")
    ]


def test_each_record_is_what_is_expected_of_it() -> None:
    data = (DATA / "records.sgm").read_bytes()
    expected = json.loads((DATA / "records.expected.json").read_text("utf-8"))
    assert [outcome_fields(outcome) for outcome in records(data)] == expected


def test_the_original_of_a_record_are_its_own_bytes() -> None:
    data = (DATA / "records.sgm").read_bytes()
    first, *_, last = records(data)
    assert first.original.startswith(b"<REUTERS TOPICS")
    assert first.original.endswith(b"</REUTERS>")
    assert last.original in data
    assert b"NO NUMBER" in records(data)[5].original


def test_a_date_is_naive_for_the_wire_names_no_zone() -> None:
    parsed = next(reuters_sgml.READER.read((DATA / "records.sgm").open("rb"), "file"))
    assert isinstance(parsed, ParsedArticle)
    assert parsed.published_at is not None
    assert parsed.published_at.tzinfo is None


@pytest.mark.parametrize(
    ("sent", "place", "rest"),
    [
        ("    LONDON, March 9 - ", "London", ""),
        ("    PORT SKERRY, Maine, MARCH 18 -\n    ", "Port Skerry, Maine", ""),
        ("SKERRY, MAR8  --     --", "Skerry", ""),
        ("FOB RIVER - ", "Fob River", ""),
        ("****RIO DE JANEIRO, March 5 - ", "Rio de Janeiro", ""),
        ("Quito, 2 march-", "Quito", ""),
        ("BADEN-BADEN, March 2, Reuter - ", "Baden-Baden", ""),
        ("SKERRY, Feb 26 - Gulls are ", "Skerry", "Gulls are"),
        ("MARCHES, March 3 -", "Marches", ""),
    ],
)
def test_the_dateline_gives_its_place_and_keeps_the_storys_words(
    sent: str, place: str, rest: str
) -> None:
    body = f"<DATELINE>{sent}</DATELINE><BODY>here.</BODY>"
    [parsed] = records(
        f'<REUTERS NEWID="1"><TEXT><TITLE>A</TITLE>{body}</TEXT></REUTERS>'.encode("latin-1")
    )
    assert isinstance(parsed, ParsedArticle)
    assert (parsed.dateline, plain_text(parsed.body_html)) == (place, f"{rest} here.".strip())


@pytest.mark.parametrize(
    ("end", "remainder"),
    [
        (".\n REUTER\n&#3;", "."),
        (". REUTER...^M\n&#3;", "."),
        (".\n MORE\n REUTER", "."),
        (" told Reuters.", " told Reuters."),
        (" wanted more", " wanted more"),
        (" &lt;REUT>.\nReuter", " <REUT>."),
    ],
)
def test_the_wires_signature_is_no_part_of_the_text(end: str, remainder: str) -> None:
    [parsed] = records(STORY.format(1, f"It blew{end}").encode())
    assert isinstance(parsed, ParsedArticle)
    assert plain_text(parsed.body_html) == f"It blew{remainder}"


def test_a_record_that_is_too_long_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reuters_sgml, "LIMIT", 200_000)
    stories = (
        STORY.format(1, "It blew."),
        STORY.format(2, "x" * 900_000),
        STORY.format(3, "Calm."),
    )
    first, long, third = records("\n".join(stories).encode())
    assert [outcome.ref for outcome in (first, third) if isinstance(outcome, ParsedArticle)] == [
        "1",
        "3",
    ]
    assert isinstance(long, RejectedRecord)
    assert "10 MB" in str(long.reason)


class Endless(BytesIO):
    """A file of many records that is made while it is read; ``reads`` counts how often."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.parts: Iterator[bytes] = (
            STORY.format(number, "It blew. " * 500).encode() for number in range(count)
        )
        self.reads = 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        return next(self.parts, b"")


def test_a_record_is_given_before_the_next_is_read() -> None:
    stream = Endless(1000)
    for number, _ in enumerate(reuters_sgml.READER.read(stream, "file"), 1):
        assert stream.reads <= number + 1


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "<REUTERS",
                    ' NEWID="1">',
                    "</REUTERS>",
                    "<TEXT>",
                    "</TEXT>",
                    "<TITLE>",
                    "</TITLE>",
                ),
                *(
                    "<BODY>",
                    "</BODY>",
                    "<DATELINE>",
                    "</DATELINE>",
                    "<D>",
                    "&#3;",
                    "&#9999999;",
                    "&lt;",
                ),
                *(
                    "\x00",
                    "\x85",
                    "A",
                    "\n    ",
                    " - ",
                    "March 9",
                    "<DATE>",
                    "9-MAR-1987",
                    "<AUTHOR>",
                ),
            ]
        ),
        max_size=40,
    )
)
def test_any_record_comes_in_clean_or_is_refused_with_a_remedy(fragments: list[str]) -> None:
    for outcome in records("".join(fragments).encode("latin-1")):
        if isinstance(outcome, RejectedRecord):
            assert outcome.field
            assert outcome.reason
            assert outcome.remedy
        else:
            assert not CONTROL.search(
                f"{outcome.headline}{outcome.body_html}{outcome.dateline}{outcome.ed_note}"
            )


@pytest.mark.parametrize(
    "fragment",
    ["<TITLE>", "<D>", "<REUTERS ", "REUTER\n", "&#3", "blah ", "- - ", "<TEXT>" + "a " * 9],
)
def test_a_hostile_record_takes_linear_time(fragment: str) -> None:
    def read_all(size: int) -> None:
        body = fragment * (size // len(fragment))
        data = f'<REUTERS NEWID="1"><TEXT><BODY>{body}</BODY></TEXT></REUTERS>'
        assert list(reuters_sgml.READER.read(BytesIO(data.encode()), "file"))

    assert_linear(read_all, 1_000_000)


def test_the_collection_comes_in_whole(shared: Path) -> None:
    paths = sorted((shared / "formats" / "reuters21578").glob("*.sgm"))
    outcomes = [outcome for path in paths for outcome in records(path.read_bytes())]
    stories = [outcome for outcome in outcomes if isinstance(outcome, ParsedArticle)]
    assert len(outcomes) == len(stories) == len({outcome.ref for outcome in stories}) == 5000
    assert sum(not outcome.is_headline_derived for outcome in stories) == 4971
    assert sum(bool(outcome.dateline) for outcome in stories) == 4584
    assert sum(bool(outcome.bylines) for outcome in stories) == 193
    assert sum("only a headline" in outcome.ed_note for outcome in stories) == 387
    assert sum(any(tag.startswith("topic:") for tag in outcome.tags) for outcome in stories) == 2760
    assert sum(any(tag.startswith("place:") for tag in outcome.tags) for outcome in stories) == 4591
    assert all(outcome.published_at and outcome.date_precision == "minute" for outcome in stories)
    assert {outcome.credit for outcome in stories} == {"Reuters"}
    assert not [
        outcome.ref for outcome in stories if CONTROL.search(outcome.headline + outcome.body_html)
    ]
    ends = [
        outcome.ref
        for outcome in stories
        if re.search(r"\n\W*reuter\W*\Z", plain_text(outcome.body_html), re.I)
    ]
    assert not ends


def test_the_place_is_the_one_that_the_text_without_tags_gives(shared: Path) -> None:
    """Two ways to one place: the reader's by the tag, and the one for wires that have no tags."""
    matches = []
    for path in sorted((shared / "formats" / "reuters21578").glob("*.sgm")):
        for outcome in records(path.read_bytes()):
            raw = outcome.original.decode("latin-1").replace("&lt;", "<")
            tagged = re.search(r"<DATELINE>(.*?)</DATELINE><BODY>(.{0,200})", raw, re.DOTALL)
            if tagged and isinstance(outcome, ParsedArticle):
                untagged = wire_copy.parse_dateline(f"{tagged[1].strip()} {tagged[2]}")
                matches.append(bool(untagged) and untagged[1] == outcome.dateline)
    assert len(matches) == 4584
    assert sum(matches) / len(matches) > 0.97


def test_no_file_of_another_format_is_claimed(shared: Path) -> None:
    stories = ROOT / "articles" / "demo" / "stories"
    paths = [*(shared / "formats").rglob("*"), *stories.rglob("*")]
    claimed = [
        path
        for path in paths
        if path.is_file() and reuters_sgml.READER.identify(path.read_bytes()[:8192], path.name)
    ]
    assert {path.parent.name for path in claimed} == {"reuters21578"}
    assert {path.suffix for path in claimed} == {".sgm"}
