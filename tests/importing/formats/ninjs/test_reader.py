"""ninjs of every version comes in as its newsroom meant it, and a bad item costs only itself."""

import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats.detect import identify
from articles.importing.formats.ninjs import reader as ninjs
from articles.importing.formats.types import ParsedArticle, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.importing.pipeline.run import ImportOptions, run_import
from articles.models import Article, Edition
from articles.text.html.sanitize import sanitise
from tests.conftest import ROOT
from tests.importing.formats.plain_text.test_reader import CONTROL, filled_fields

DATA = ROOT / "tests" / "importing" / "data" / "ninjs"
CASES = sorted(path for path in DATA.iterdir() if "expected" not in path.name)
HIDDEN = {"original", "before", "after"}

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('{}[]",\\é\n ', max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('",{}'), inner, max_size=3),
    max_leaves=8,
)


def items(data: bytes | str) -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the items of ``data``, for a paper in Paris."""
    data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in ninjs.READER.read(BytesIO(data), "file")
    ]


def item(**fields: Any) -> ParsedArticle | RejectedRecord:
    """Read one item with a text and these fields."""
    [outcome] = items(
        json.dumps({"uri": "urn:example:1", "headline": "H", "body_text": "Text."} | fields)
    )
    return outcome


def accepted(**fields: Any) -> ParsedArticle:
    parsed = item(**fields)
    assert isinstance(parsed, ParsedArticle), parsed
    return parsed


def outcome_fields(outcome: ParsedArticle | RejectedRecord) -> dict[str, Any]:
    if isinstance(outcome, ParsedArticle):
        return filled_fields(outcome)
    words = {"reason": str(outcome.reason), "remedy": str(outcome.remedy)}
    values = asdict(outcome) | words
    return {name: value for name, value in values.items() if name not in HIDDEN}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_items_are_what_is_expected_of_them(path: Path) -> None:
    data = path.read_bytes()
    assert identify(data, path.name) is ninjs.READER
    actual = [outcome_fields(outcome) for outcome in items(data)]
    assert actual == json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


def test_the_original_of_an_item_are_its_own_bytes() -> None:
    first, second = b'{"uri": "a", "body_text": "A."}', b'{"uri":"b" , "body_text":"B\\u002e"}'
    for data in (b"[" + first + b" , \n" + second + b"]", first + b"\n" + second + b"\n"):
        assert [outcome.original.strip() for outcome in items(data)] == [first, second]


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"uri": ""}, "uri", "none"),
        ({"uri": 7}, "uri", "not text"),
        ({"headline": ["H"]}, "headline", "not text"),
        ({"body_text": {"a": 1}}, "body_text", "not text"),
        ({"body_*": "x"}, "body_*", "letters"),
        ({"people": "Ana Rua"}, "people", "not a list"),
        ({"people": [{"name": 7}]}, "name", "not text"),
        ({"bodies": [{"value": 7}]}, "value", "not text"),
        ({"pubstatus": "cancelled"}, "pubstatus", "usable"),
        ({"pubStatus": True}, "pubstatus", "not text"),
        ({"pubstatus": "usable", "pubStatus": "withheld"}, "file", "twice"),
        ({"associations": "a"}, "associations", "neither"),
        ({"associations": ["a"]}, "file", "no object"),
        ({"body_text": "", "type": "picture"}, "type", "picture"),
        ({"body_text": "", "eventDetails": {"dates": {}}}, "type", "event"),
        ({"body_text": " "}, "body", "no text"),
        ({"language": "in English"}, "language", "language tag"),
        ({"headline": "a" * 301}, "headline", "300"),
        ({"versioncreated": "9999-12-31T23:59:59-14:00"}, "published_at", "9999"),
    ],
)
def test_what_cannot_come_in_is_refused_by_field(
    fields: dict[str, Any], field: str, reason: str
) -> None:
    refused = item(**fields)
    assert isinstance(refused, RejectedRecord)
    assert refused.field == field
    assert reason in str(refused.reason)
    assert refused.remedy
    assert refused.original


@given(
    st.recursive(
        VALUES,
        lambda inner: st.dictionaries(
            st.sampled_from(
                sorted(
                    "uri headline body_html bodies headlines people subjects associations by version pubstatus"
                    " versioncreated value name role contenttype descriptions type".split()
                )
            ),
            inner,
        ),
        max_leaves=20,
    )
)
def test_any_json_comes_in_clean_or_is_refused_with_a_remedy(value: Any) -> None:
    values = {"uri": "a", "body_text": "Text."} | (value if isinstance(value, dict) else {})
    for outcome in items(json.dumps(values)):
        if isinstance(outcome, RejectedRecord):
            assert outcome.field
            assert outcome.reason
            assert outcome.remedy
            assert not CONTROL.search(f"{outcome.field}{outcome.reason}")
        else:
            assert sanitise(outcome.body_html) == outcome.body_html
            assert not CONTROL.search(f"{outcome.body_html}{outcome.headline}{outcome.tags}")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"firstcreated": "2026-03-04T10:00:00Z", "versioncreated": "2026-03-05T10:00:00Z"}, "4"),
        ({"firstcreated": "Last Tuesday", "versionCreated": "2026-03-05T10:00:00Z"}, "5"),
        ({"firstpublished": "2026-03-06T10:00:00+0000", "firstcreated": "2026-03-04"}, "6"),
        ({"firstcreated": "Last Tuesday"}, ""),
        ({"firstcreated": "05/03/2026"}, ""),
        ({}, ""),
    ],
)
def test_a_date_is_one_that_was_sent_or_none(fields: dict[str, str], expected: str) -> None:
    at = accepted(**fields).published_at
    assert (str(at.day) if at else "") == expected


def test_an_embargo_holds_also_when_its_end_is_not_clear() -> None:
    clear = accepted(embargoed="2026-03-04T10:00:00Z")
    assert (str(clear.embargoed_until), clear.pub_status) == ("2026-03-04 10:00:00+00:00", "usable")
    for unclear in ("2026-03-04", "next week"):
        parsed = accepted(embargoed=unclear)
        assert (parsed.embargoed_until, parsed.pub_status) == (None, "withheld")
        assert unclear in parsed.ed_note
    assert accepted(embargoed="next week", pubstatus="canceled").pub_status == "canceled"


def test_a_kill_without_a_text_comes_in() -> None:
    assert accepted(body_text="", pubstatus="canceled").body_html == (
        "<p>The source sent only: canceled.</p>"
    )
    refused = item(body_text="", embargoed="next week")
    assert isinstance(refused, RejectedRecord)


def test_a_long_description_goes_to_the_editors_and_a_repeated_one_nowhere() -> None:
    assert accepted(description_text="a" * 501).dek == ""
    assert accepted(description_text="a" * 501).ed_note.endswith("a" * 501)
    assert accepted(description_text="Text …").dek == ""
    assert accepted(description_text="Words.", description_caption="C").dek == "Words."


def test_a_description_is_the_text_of_a_story_that_has_no_other() -> None:
    parsed = accepted(body_text="", description_text="All there is.", type="text")
    assert (parsed.body_html, parsed.dek) == ("<p>All there is.</p>", "")


@pytest.mark.parametrize(
    ("fields", "credit"),
    [
        ({"infosources": [{"name": "A", "role": "x"}, {"name": "B"}], "source": "C"}, "B"),
        ({"source": "C", "copyrightholder": "D"}, "C"),
        ({"body_text": "OSLO (AP) – It snowed.", "copyrightholder": "D"}, "AP"),
        ({"by": "Ana Rua, dpa", "copyrightholder": "D"}, "dpa"),
        ({"copyrightholder": "D"}, "D"),
    ],
)
def test_the_credit_is_the_nearest_source(fields: dict[str, Any], credit: str) -> None:
    assert accepted(**fields).credit == credit


@pytest.mark.parametrize(
    ("head", "name", "is_ninjs"),
    [
        (b'{"uri": "a"}', "a.json", True),
        (b'\xef\xbb\xbf [ {"x": {"y": "}"}, "uri": "a"', "a", True),
        (b'{"x": "\\"uri\\": 1", "y": {"uri": 1}}', "a.json", False),
        (b'{"guid": "a", "pubstatus": "usable"}', "a.json", True),
        (b'{"guid": "a", "title": "b"}', "a.json", False),
        (b'{"_id": "a", "uri": "b"}', "a.json", False),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "a.json", False),
        (b'["uri"]', "a.json", False),
        (b"[]", "a.json", False),
        (b"[Note: a story] begins", "a.txt", False),
        (b"", "a.json", False),
    ],
)
def test_ninjs_is_known_by_the_keys_of_its_first_object(
    head: bytes, name: str, is_ninjs: bool
) -> None:
    assert ninjs.READER.identify(head, name) is is_ninjs


@pytest.mark.django_db
def test_a_kill_takes_the_live_story_from_readers(tmp_path: Path) -> None:
    story = {"uri": "urn:example:1", "version": "1", "headline": "A loaf", "body_text": "It rose."}
    story |= {"firstcreated": "2026-03-04T10:00:00Z"}
    options = ImportOptions(source="coastline", publish=True)
    (tmp_path / "a.json").write_text(json.dumps(story))
    assert run_import([str(tmp_path)], options).created == 1
    assert Edition.objects.listed().count() == 1
    assert run_import([str(tmp_path)], options).unchanged == 1
    kill = {"uri": "urn:example:1", "version": "2", "pubstatus": "canceled", "ednote": "Kill it."}
    (tmp_path / "a.json").write_text(json.dumps(kill))
    run_import([str(tmp_path)], options)
    assert Edition.objects.listed().count() == 0
    assert Article.objects.get().pub_status == "canceled"


@pytest.mark.django_db
@pytest.mark.parametrize("field", [{"pubstatus": "withheld"}, {"embargoed": "after the speech"}])
def test_what_is_withheld_is_not_published_even_from_a_trusted_source(
    tmp_path: Path, field: dict[str, str]
) -> None:
    story = {"uri": "urn:example:1", "headline": "A loaf", "body_text": "It rose."} | field
    story |= {"firstcreated": "2026-03-04T10:00:00Z"}
    (tmp_path / "a.json").write_text(json.dumps(story))
    report = run_import([str(tmp_path)], ImportOptions(source="coastline", publish=True))
    assert (report.waiting, Edition.objects.count()) == (1, 0)


def test_usage_terms_come_in_and_too_long_ones_go_to_the_editors() -> None:
    story = {"uri": "a", "headline": "Gale", "body_text": "It blew."}
    [short] = items(json.dumps(story | {"usageTerms": "No resale."}))
    [long] = items(json.dumps(story | {"usageterms": "No resale. " * 60}))
    assert isinstance(short, ParsedArticle)
    assert isinstance(long, ParsedArticle)
    assert (short.usage_terms, short.ed_note) == ("No resale.", "")
    assert long.usage_terms == ""
    assert long.ed_note.count("No resale.") == 60
