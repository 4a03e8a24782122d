"""Exactly one reader knows a file, or the operator is told what to do."""

from types import SimpleNamespace
from typing import Any

import pytest

from articles.importing.formats import READERS
from articles.importing.formats.detect import identify
from articles.importing.formats.plain_text import reader as plain_text
from articles.importing.formats.types import ReadError


def reader(name: str, *, knows: bool, is_last_resort: bool = False) -> Any:
    return SimpleNamespace(
        NAME=name, identify=lambda head, name: knows, IS_LAST_RESORT=is_last_resort
    )


def test_the_one_reader_that_knows_the_file_is_taken() -> None:
    assert identify(b"A title\n\nText.", "a.txt") is plain_text.READER


def test_the_last_resort_takes_only_what_no_other_knows() -> None:
    last = reader("last", knows=True, is_last_resort=True)
    marked = reader("marked", knows=True)
    assert identify(b"", "a", [last, marked]) is marked
    assert identify(b"", "a", [last, reader("two", knows=False)]) is last


def test_none_or_several_are_named() -> None:
    with pytest.raises(ReadError, match="one and two.*--format"):
        identify(b"", "a", [reader("one", knows=True), reader("two", knows=True)])
    with pytest.raises(ReadError, match="No reader.*one, two"):
        identify(b"", "a", [reader("one", knows=False), reader("two", knows=False)])


def test_every_reader_has_a_name_of_its_own() -> None:
    names = [reader.NAME for reader in READERS]
    assert len(set(names)) == len(names) > 0
