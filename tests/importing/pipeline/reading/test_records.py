"""Records gathered for one transaction each: never more than a thousand, nor much more than 16 MB."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pytest

from articles.importing.files.sources import Source
from articles.importing.formats.reader import no_companion
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.importing.pipeline.reading.records import (
    Batch,
    FileOptions,
    Record,
    dedupe_records,
    get_reader,
    in_batches,
    read_records,
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


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def sources(folder: Path, *names: str, is_explicit: bool = False) -> list[Source]:
    """Return files of one story each; one whose name says that it is missing cannot be opened."""
    for name in names:
        if "missing" not in name:
            (folder / name).write_text(f"A title of {name}\n\nThe body of it has a sentence.\n")
    return [
        Source(name, name.partition(".")[0], 1, partial(_open, folder / name), is_explicit)
        for name in names
    ]


def test_records_are_numbered_on_over_files_that_cannot_be_read(tmp_path):
    files = sources(tmp_path, "a.txt", "missing.txt", "missing2.txt", "b.txt")
    records = list(read_records(files, FileOptions()))
    assert [(row.label, row.position) for row in records] == [
        ("a.txt", 1),
        ("missing.txt", 2),
        ("missing2.txt", 3),
        ("b.txt", 4),
    ]
    assert [isinstance(row.finish(), RejectedRecord) for row in records] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("is_explicit", "labels"), [(False, ["a.txt"]), (True, ["a.txt", "b.pdf"])]
)
def test_what_is_no_story_by_its_name_is_passed_over_unless_the_operator_names_it(
    tmp_path, is_explicit, labels
):
    options = FileOptions()
    files = sources(tmp_path, "a.txt", "b.pdf", is_explicit=is_explicit)
    assert [row.label for row in read_records(files, options)] == labels
    assert options.passed_over == ([] if is_explicit else ["b.pdf"])


def test_a_reader_gets_the_file_beside_where_there_is_one(tmp_path, monkeypatch):
    (file,) = sources(tmp_path, "a.txt")
    reader = get_reader("text")
    companions = []

    def read(self, stream, name, options):
        companions.append(options.beside)
        return iter(())

    monkeypatch.setattr(type(reader), "records", read)

    def beside(path: str) -> bytes:
        return b""

    for source in (file, replace(file, beside=beside)):
        assert list(read_records([source], FileOptions("text"))) == []
    assert companions == [no_companion, beside]
