"""Superdesk's items, and AP's, come in as what a desk published; what none published stays out, with its state."""

import json
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats import ap_media
from articles.importing.formats.common.iptc import correction_note, iptc_code, top_topic
from articles.importing.formats.ninjs import reader as ninjs
from articles.importing.formats.reader import Reader
from articles.importing.formats.superdesk import reader as superdesk
from articles.importing.formats.types import ParsedArticle, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from tests.conftest import ROOT
from tests.importing.formats.plain_text.test_reader import CONTROL, filled_fields

WIRES = (ninjs.READER, superdesk.READER, ap_media.READER)
DATA = ROOT / "tests" / "importing" / "data" / "superdesk"
ITEM = {"_id": "a", "guid": "a", "type": "text", "state": "published", "body_html": "<p>Text.</p>"}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("{}<&\x00\ud800é ", max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("n"), inner, max_size=3),
    max_leaves=8,
)


def outcome_fields(outcome: ParsedArticle | RejectedRecord) -> dict[str, Any]:
    """Return what comes of one item, as JSON has it."""
    if isinstance(outcome, ParsedArticle):
        return filled_fields(outcome)
    return {"record": outcome.record, "field": outcome.field, "reason": str(outcome.reason)}


def items(data: Any, reader: Reader = superdesk.READER) -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the items of ``data``, for a paper in Paris."""
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in reader.read(BytesIO(data), "file")
    ]


def accepted(**fields: Any) -> ParsedArticle:
    """Read one published item with these fields."""
    [parsed] = items(ITEM | fields)
    assert isinstance(parsed, ParsedArticle), parsed
    return parsed


@pytest.mark.parametrize("path", sorted(DATA.glob("published.json")), ids=lambda path: path.stem)
def test_items_are_what_is_expected_of_them(path: Path) -> None:
    assert superdesk.READER.identify(path.read_bytes()[:8192], path.name)
    actual = [outcome_fields(outcome) for outcome in items(path.read_bytes())]
    assert actual == json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "state",
    "draft ingested routed fetched submitted in_progress correction spiked archived odd".split(),
)
def test_what_no_desk_published_is_refused_with_its_state(state: str) -> None:
    [refused] = items(ITEM | {"state": state})
    assert isinstance(refused, RejectedRecord)
    assert refused.field == "state"
    assert refused.remedy
    assert json.loads(refused.original)["state"] == state


@pytest.mark.parametrize("state", ["killed", "recalled", "unpublished"])
def test_what_was_taken_back_is_canceled_even_without_its_text(state: str) -> None:
    assert accepted(state=state, pubstatus="usable").pub_status == "canceled"
    assert accepted(state=state, body_html="").pub_status == "canceled"


def test_what_may_not_be_published_is_not() -> None:
    [refused] = items(ITEM | {"flags": {"marked_for_not_publication": True}})
    assert isinstance(refused, RejectedRecord)
    assert refused.field == "flags"
    assert accepted(flags={"marked_for_legal": True}).pub_status == "withheld"


@pytest.mark.parametrize(
    ("fields", "until", "status"),
    [
        ({"embargo": "2026-03-04T10:00:00+0000"}, "2026-03-04 10:00:00+00:00", "usable"),
        ({"embargo": "next week"}, "None", "withheld"),
        ({"state": "scheduled"}, "None", "withheld"),
        ({"state": "scheduled", "publish_schedule": {"$date": 0}}, "1970", "usable"),
        (
            {
                "embargo": "2026-03-04T11:00:00",
                "schedule_settings": {"utc_embargo": "2026-03-04T10:00:00"},
            },
            "2026-03-04 10:00:00+00:00",
            "usable",
        ),
    ],
)
def test_an_embargo_and_a_schedule_hold(fields: dict[str, Any], until: str, status: str) -> None:
    parsed = accepted(**fields)
    assert str(parsed.embargoed_until).startswith(until)
    assert parsed.pub_status == status


def test_nothing_of_users_and_desks_comes_in() -> None:
    parsed = accepted(
        sign_off="ann@desk.example",
        original_creator="ann-login",
        task={"desk": "secret-desk"},
        unique_name="#77",
        authors=[{"_id": ["5d", "AUTHOR"], "role": "AUTHOR", "name": "AUTHOR", "sub_label": "adm"}],
        subscribers=["secret-subscriber"],
    )
    text = json.dumps(outcome_fields(parsed))
    for word in ("ann", "secret", "#77", "AUTHOR", "adm"):
        assert word not in text


def test_a_corrected_item_says_what_it_corrects() -> None:
    assert accepted(state="corrected", ednote="The name.").correction == "The name."
    assert "corrected" in accepted(state="corrected").correction
    assert accepted(ednote="Corrects the name.").correction == "Corrects the name."
    assert accepted(ednote="With a picture.").correction == ""


def test_pages_arrays_and_lines_give_the_same_items() -> None:
    second = ITEM | {"_id": "b", "guid": "b"}
    lines = f"{json.dumps(ITEM)}\n{json.dumps(second)}\n".encode()
    for data in ({"_items": [ITEM, second], "_meta": {}}, [ITEM, second], lines):
        outcomes = items(data)
        assert [outcome.ref for outcome in outcomes if isinstance(outcome, ParsedArticle)] == [
            "a",
            "b",
        ]
        for outcome in outcomes:
            assert items(outcome.original)[0].ref == outcome.ref


@given(
    st.dictionaries(
        st.sampled_from(
            [
                *ITEM,
                *"subject place flags dateline authors ednote byline keywords"
                " associations schedule_settings embargo version abstract".split(),
            ]
        ),
        VALUES,
    )
)
def test_any_item_comes_in_clean_or_is_refused_with_a_remedy(fields: dict[str, Any]) -> None:
    for outcome in items(ITEM | fields):
        if isinstance(outcome, RejectedRecord):
            assert outcome.field
            assert outcome.remedy
            assert not CONTROL.search(f"{outcome.field}{outcome.reason}")
        else:
            assert not CONTROL.search(json.dumps(outcome_fields(outcome), ensure_ascii=False))


@given(VALUES, VALUES)
def test_any_answer_of_ap_comes_in_or_is_refused(value: Any, second_value: Any) -> None:
    item = {
        "uri": "a",
        "type": "text",
        "subject": value,
        "bylines": second_value,
        "datelinelocation": second_value,
    }
    for data in (value, {"item": value}, {"item": item}, {"items": [value, {"item": item}]}):
        for text in (second_value, {"body_html": "<p>Text.</p>"}):
            for outcome in items({"api_version": "1", "data": data, "nitf": text}, ap_media.READER):
                assert isinstance(outcome, ParsedArticle) or outcome.remedy


@pytest.mark.parametrize("data", [b"{", b'{"_id": "a", ', b"[" * 100_000, b'{"guid": "\xff"}'])
def test_hostile_bytes_are_refused(data: bytes) -> None:
    try:
        outcomes = items(b'[{"_id": "a"}, ' + data if data[:1] == b"{" else data)
    except Exception as error:
        assert type(error).__name__ == "ReadError"  # noqa: PT017
    else:
        assert all(isinstance(outcome, RejectedRecord) for outcome in outcomes)


@pytest.mark.parametrize(
    ("code", "scheme", "expected"),
    [
        ("20000002", "", "medtop:20000002"),
        ("04001000", "", "subj:04001000"),
        ("04000000", "", "medtop:04000000"),
        ("04000000", "subjectcode", "subj:04000000"),
        ("http://cv.iptc.org/newscodes/mediatopic/20000002", "", "medtop:20000002"),
        ("afpcat:04000000", "", ""),
        ("BIN", "", ""),
        ("", "", ""),
    ],
)
def test_codes_of_iptc_are_told_from_others(code: str, scheme: str, expected: str) -> None:
    assert iptc_code(code, scheme) == expected


def test_a_subject_code_tells_its_top() -> None:
    assert top_topic("subj:15054000") == ("sport", "medtop:15000000")
    assert top_topic("medtop:20000002") == top_topic("") == ("", "")
    assert correction_note("Corrects spelling") == "Corrects spelling"
    assert correction_note("No correction needed") == ""


def test_all_json_of_the_wires_comes_in_or_is_refused_with_the_right_reason(shared: Path) -> None:
    counts: Counter[str] = Counter()
    for path in sorted((shared / "formats" / "superdesk-wires").rglob("*.json")):
        data = path.read_bytes()
        readers = [item for item in WIRES if item.identify(data[:8192], "")]
        assert len(readers) <= 1, path
        for item in items(data, readers[0]) if readers else ():
            is_in = isinstance(item, ParsedArticle)
            counts[f"{readers[0].NAME} {'in' if is_in else item.field}"] += 1
            text = json.dumps(outcome_fields(item), ensure_ascii=False)
            assert not CONTROL.search(text), path
        counts["nobody's"] += not readers
    assert counts == {
        "ninjs in": 8,
        "ninjs body": 1,  # a package
        "superdesk in": 7,
        "superdesk type": 2,  # plans of coverage
        "superdesk state": 3,
        "ap-media in": 1,
        "ap-media type": 3,  # pictures
        "ap-media renditions": 4,
        "nobody's": 5,  # answers about pictures, press searches and events
    }
