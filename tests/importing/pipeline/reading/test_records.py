"""Records gathered for one transaction each: never more than a thousand, nor much more than 16 MB."""

import pytest

from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.importing.pipeline.reading.records import (
    Batch,
    Record,
    dedupe_records,
    get_reader,
    in_batches,
)
from articles.text.messages import Message

MB = 1_000_000
EMPTY = Message("It is empty.", code="file.empty")


def record(size: int = 1, position: int = 1, letter: bytes = b"x") -> Record:
    parsed = ParsedArticle(record="1", original=letter * size)
    return Record("a.json", "a.json", "ninjs", position, parsed)


def sizes(*records: Record) -> list[int]:
    return [len(batch.records) for batch in in_batches(records)]


def test_a_batch_holds_a_thousand_records():
    records = [record() for _ in range(2001)]
    batches = list(in_batches(records))
    assert [len(batch.records) for batch in batches] == [1000, 1000, 1]
    assert [batch.number for batch in batches] == [1, 2, 3]
    assert [row for batch in batches for row in batch.records] == records


def test_a_batch_takes_records_until_it_has_more_than_sixteen_megabytes():
    assert sizes(record(16 * MB), record(), record()) == [2, 1]
    assert sizes(record(16 * MB + 1), record(), record()) == [1, 2]
    assert sizes(record(20 * MB), record(16 * MB), record(), record()) == [1, 2, 1]
    assert sizes() == []


def test_a_batch_is_told_from_others_by_what_it_holds():
    batch, other = Batch(1, [record(), record(2)]), Batch(1, [record(2), record()])
    assert batch.digest == Batch(7, [record(), record(2)]).digest != other.digest


def test_of_records_of_the_same_bytes_the_first_counts():
    first, second, other = record(), record(position=2), record(2)
    assert list(dedupe_records([first, other, second])) == [first, other]


def test_a_refusal_without_bytes_is_known_by_its_words():
    refused = [RejectedRecord(name, "file", EMPTY, "") for name in ("1", "2", "1")]
    hashes = [Record("a.json", "a.json", "", 1, outcome).hash for outcome in refused]
    assert hashes[0] == hashes[2] != hashes[1]


def test_a_format_that_there_is_not_is_named_with_those_that_there_are():
    assert get_reader("ninjs").NAME == "ninjs"
    with pytest.raises(ReadError, match=r"There is no format 'x'. Known: .*ninjs"):
        get_reader("x")
