"""Hostile JSON costs neither time nor memory, and only its own record."""

import json
import time
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats.common import json_records
from articles.importing.formats.ninjs import reader as ninjs
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from tests.importing.formats.ninjs.test_reader import VALUES, items
from tests.importing.formats.plain_text.test_reader import CONTROL


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('{"uri": "a", "x": NaN}', "NaN"),
        ('{"uri": "a", "x": -Infinity}', "Infinity"),
        ('{"uri": "a", "uri": "b"}', "twice"),
        ('{"\\u0000": 1, "\\u0000": 2}', "twice"),
        ('{"uri": "a" "b"}', "delimiter"),
        ('{"uri": "a\x00"}', "control character"),
        ('{"uri": "a\nb"}', "JSON"),
        (b'{"uri": "a\xe9"}', "UTF-8"),
        ('{"uri": ' + "9" * 5000 + "}", "JSON"),
        ('{"uri": "a", "x": ' + "[" * 500_000 + "]" * 500_000 + "}", "too deeply"),
        ('{"uri": "a", "x": ' + '{"a":' * 200_000, "too deeply"),
        ("[[[1]]]", "no object"),
        ('{"uri": "a", "body_text": "' + "a" * 10_000_000 + '"}', "10 MB"),
        ('[{"uri": "a", "body_text": "' + "a" * 10_000_000 + '"}]', "10 MB"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_hostile_json_is_refused_with_its_reason(data: bytes | str, reason: str) -> None:
    started = time.process_time()
    [refused, *more] = items(data)
    assert time.process_time() - started < 5
    assert not more
    assert isinstance(refused, RejectedRecord)
    assert reason in str(refused.reason)
    assert refused.field
    assert not CONTROL.search(f"{refused.field}{refused.reason}")


def test_a_doubled_key_deep_inside_costs_nothing() -> None:
    [parsed] = items('{"uri": "a", "body_text": "A.", "renditions": {"a": 1, "a": 2}}')
    assert isinstance(parsed, ParsedArticle)


@pytest.mark.parametrize(
    ("data", "message", "before"),
    [
        ('[{"uri": "a", "body_text": "A."}, {"uri": "b"', "middle of record 2", 1),
        ('[{"uri": "a", "body_text": "A.}]', "middle of record 1", 0),
        ("[" * 300_000, "middle of record 1", 0),
        ('[{"uri": "a", "body_text": "A."}] and so on', "array ends, but not the file", 1),
        (b'\xff\xfe{\x00"\x00', "UTF-8", 0),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_file_that_breaks_off_says_where(data: bytes | str, message: str, before: int) -> None:
    reader = ninjs.READER.read(BytesIO(data if isinstance(data, bytes) else data.encode()), "a")
    assert len([next(reader) for _ in range(before)]) == before
    with pytest.raises(ReadError, match=message):
        next(reader)


def test_an_array_is_read_as_it_is_asked_for() -> None:
    text = "A long story. " * 700
    record = json.dumps({"uri": "a", "body_text": text}).encode()
    stream = BytesIO(b"[" + b",".join([record] * 300) + b"]")
    reader = ninjs.READER.read(stream, "a")
    assert isinstance(next(reader), ParsedArticle)
    assert stream.tell() < 200_000
    assert len(list(reader)) == 299


@given(
    st.lists(st.dictionaries(st.text(max_size=3), VALUES, min_size=1), max_size=5),
    st.integers(1, 9),
)
def test_records_are_those_of_the_array_wherever_a_chunk_ends(
    values: list[dict[str, Any]], size: int
) -> None:
    for spaced in (None, 1):
        data = json.dumps(values, indent=spaced).encode()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(json_records, "_CHUNK", size)
            records = [
                json.loads(record or b"")
                for record in json_records.iter_json_records(BytesIO(data))
            ]
        assert records == values
