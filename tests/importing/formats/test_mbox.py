"""A mailbox comes in mail by mail, each as if it had been saved alone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, RawIOBase
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats import email_message, mbox
from articles.importing.formats.detect import identify
from articles.importing.formats.types import LazyRecord, ParsedArticle, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.text.html.plain import plain_text as words
from tests.conftest import ROOT
from tests.importing.formats.ninjs.test_reader import outcome_fields
from tests.importing.formats.plain_text.test_reader import CONTROL

DATA = ROOT / "tests" / "importing" / "data" / "mbox"
LINE = b"From ann@example.org Thu Mar 12 09:00:00 2026\n"
HEAD = b"From: Ann Marrow <ann@example.org>\nDate: Thu, 12 Mar 2026 10:00:00 +0100\nSubject: Gale\n"


def mails(data: bytes) -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the mails of ``data``, for a paper in Paris."""
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in mbox.READER.read(BytesIO(data), "box")
    ]


def test_each_mail_is_what_is_expected_of_it() -> None:
    data = (DATA / "desk.mbox").read_bytes()
    expected = json.loads((DATA / "desk.expected.json").read_text("utf-8"))
    assert [outcome_fields(item) for item in mails(data)] == expected
    assert "@" not in json.dumps([item.get("bylines", "") for item in expected])


@pytest.mark.parametrize("name", ["desk.mbox", "Inbox", "desk.txt", "desk.eml"])
def test_a_mailbox_is_claimed_by_this_reader_alone(name: str) -> None:
    head = (DATA / "desk.mbox").read_bytes()[:8192]
    assert identify(head, name) is mbox.READER
    assert identify(head.replace(b"\n", b"\r\n"), name) is mbox.READER


@pytest.mark.parametrize("head", [b"From here on it rained.\n\nText.", HEAD + b"\nText.", LINE])
def test_what_has_no_header_behind_its_first_line_is_no_mailbox(head: bytes) -> None:
    assert not mbox.READER.identify(head, "a.txt")


def test_a_mail_is_read_as_if_it_were_saved_alone() -> None:
    data = HEAD + b"Message-ID: <a@b>\n\nText.\n"
    [alone] = email_message.READER.read(BytesIO(data), "box")
    [inside] = mbox.READER.read(BytesIO(LINE + data + b"\n"), "box")
    assert isinstance(alone, ParsedArticle)
    assert inside == replace(alone, original=data.rstrip())


def test_from_in_a_text_ends_no_mail_and_loses_one_mark() -> None:
    body = b"One.\nFrom: the pier.\n\nFrom the tower.\n\n>From here.\n>>From there.\n"
    [parsed] = mails(LINE + HEAD + b"\n" + body)
    assert isinstance(parsed, ParsedArticle)
    assert "From the tower." in words(parsed.body_html)
    assert ">From there." in words(parsed.body_html)
    assert ">From here" not in words(parsed.body_html)


def test_mails_without_an_id_are_known_by_their_number() -> None:
    mail = LINE + HEAD + b"\nText.\n\n"
    assert [outcome.ref for outcome in mbox.READER.read(BytesIO(mail * 3), "box")] == [
        "box",
        "box#2",
        "box#3",
    ]


def test_a_mailbox_that_grew_holds_the_bytes_of_before() -> None:
    mail = LINE + HEAD + b"\nText.\n"
    [first] = mbox.READER.read_lazily(BytesIO(mail), "box")
    again = [*mbox.READER.read_lazily(BytesIO(mail + b"\n" + mail), "box")]
    assert [outcome.original for outcome in again] == [first.original] * 2


def test_a_refused_mail_reads_alone_as_it_did_in_its_box() -> None:
    data = LINE + HEAD + b"\nText.\n\n" + LINE + HEAD + b"\n"
    [_, refused] = mbox.READER.read(BytesIO(data), "box")
    assert isinstance(refused, RejectedRecord)
    [again] = mbox.READER.read(BytesIO(refused.before + refused.original + refused.after), "box")
    assert isinstance(again, RejectedRecord)
    assert (again.field, again.reason) == (refused.field, refused.reason)
    [mended] = mbox.READER.read(BytesIO(refused.before + refused.original + b"\n\nText."), "box")
    assert isinstance(mended, ParsedArticle)


def test_a_mail_that_is_too_long_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "LIMIT", 2000)
    monkeypatch.setattr(email_message, "LIMIT", 2000)
    data = LINE + HEAD + b"\n" + b"Word. " * 50_000 + b"\n\n" + LINE + HEAD + b"\nText.\n"
    refused, parsed = mbox.READER.read(BytesIO(data), "box")
    assert isinstance(refused, RejectedRecord)
    assert "more than" in str(refused.reason)
    assert len(refused.original) <= 2000
    assert isinstance(parsed, ParsedArticle)


class Endless(RawIOBase):
    """A mailbox without an end."""

    def __init__(self) -> None:
        self.lines: Iterator[bytes] = iter(())

    def readline(self, size: int | None = -1, /) -> bytes:
        """Return one line more."""
        line = next(self.lines, b"")
        if not line:
            self.lines = iter([*(LINE + HEAD + b"\nText.\n\n").splitlines(keepends=True)])
            return self.readline(size)
        return line


def test_a_mail_is_given_before_the_box_is_read_to_its_end() -> None:
    outcomes = mbox.READER.read_lazily(Endless(), "box")  # type: ignore[arg-type]  # of a stream only what is read
    assert isinstance(next(outcomes), LazyRecord)
    assert next(outcomes).record == "2"


@pytest.mark.parametrize(
    "data", [b"", b"x" * 1_000_000, b"\x00\xff\n" * 1000, LINE, LINE * 3, b"\n\n" + LINE + b"\n"]
)
def test_what_holds_no_mail_is_refused(data: bytes) -> None:
    [refused] = mbox.READER.read(BytesIO(data), "box")
    assert isinstance(refused, RejectedRecord)
    assert refused.remedy


FRAGMENTS = st.sampled_from(
    [LINE, HEAD, b"\n", b"Text.\n", b">From a\n", b"From b\n", b"\r\n", b"a: b\n", b"\x00\xff"]
)


@given(st.lists(FRAGMENTS | st.binary(max_size=9), max_size=25))
def test_any_mailbox_comes_in_clean_or_is_refused(fragments: list[bytes]) -> None:
    outcomes = mails(LINE + HEAD + b"\nText.\n" + b"".join(fragments))
    assert outcomes
    for outcome in outcomes:
        if isinstance(outcome, ParsedArticle):
            assert not CONTROL.search(
                f"{outcome.headline}{outcome.body_html}{outcome.ref}{outcome.credit}"
            )
        else:
            assert outcome.remedy


def test_no_file_of_another_format_is_claimed(shared: Path) -> None:
    paths = (path for path in (shared / "formats").rglob("*") if path.is_file())
    heads = ((path, path.open("rb").read(8192)) for path in paths)
    assert [path for path, head in heads if mbox.READER.identify(head, path.name)] == []
