"""A mail comes in as its story: no address, no attachment, no signature."""

from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats import email_message
from articles.importing.formats.detect import identify
from articles.importing.formats.types import ParsedArticle, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.text.html.plain import plain_text as words
from tests.conftest import ROOT
from tests.importing.formats.plain_text.test_reader import CONTROL

DATA = ROOT / "tests" / "importing" / "data" / "email_message"
HEAD = b"From: Ann Marrow <ann@example.org>\nDate: Thu, 12 Mar 2026 10:00:00 +0100\nSubject: Gale\n"


def mail(data: bytes) -> ParsedArticle | RejectedRecord:
    """Read and clean the mail, for a paper in Paris."""
    [outcome] = email_message.READER.read(BytesIO(data), "mail")
    if isinstance(outcome, RejectedRecord):
        return outcome
    return clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")


def accepted(data: bytes) -> ParsedArticle:
    parsed = mail(data)
    assert isinstance(parsed, ParsedArticle), parsed
    return parsed


def test_the_plain_part_is_the_story_and_no_address_gets_into_the_paper() -> None:
    data = (DATA / "two_parts.eml").read_bytes()
    parsed = accepted(data)
    assert identify(data, "a") is email_message.READER
    assert (parsed.headline, parsed.ref) == ("Cafés stay open in the storm", "ferry-1@example.org")
    assert str(parsed.published_at) == "2026-03-12 09:00:00+00:00"
    assert ([line.name for line in parsed.bylines], parsed.dateline, parsed.credit) == (
        ["Ann Marrow"],
        "Skerry",
        "dpa",
    )
    assert words(parsed.body_html) == (
        "The cafés by the pier stayed open all night, and the harbour master poured the tea.\n\n"
        "“We had nowhere else to go,” one passenger said."
    )
    assert (
        "@"
        not in f"{parsed.headline}{parsed.bylines}{parsed.credit}{parsed.body_html}{parsed.ed_note}"
    )


@pytest.mark.parametrize(
    ("sender", "byline", "credit"),
    [
        (b"ann@example.org", [], ""),
        (b'"ann@example.org" <ann@example.org>', [], ""),
        (b"AFP <wire@example.org>", [], "AFP"),
        (b"Harbour Press Office <press@example.org>", [], "Harbour Press Office"),
        (b"a sender <a@example.org>", [], ""),
    ],
)
def test_who_sent_it_signs_only_as_a_person(sender: bytes, byline: list[str], credit: str) -> None:
    parsed = accepted(HEAD.replace(b"Ann Marrow <ann@example.org>", sender) + b"\nText.\n")
    assert ([line.name for line in parsed.bylines], parsed.credit) == (byline, credit)


def test_html_alone_is_sanitised_and_a_wrong_charset_mended() -> None:
    kind = b"Content-Type: text/html; charset=utf-8\n\n"
    parsed = accepted(HEAD + kind + b"<p onclick=x>Caf\xe9 \x03open.</p><script>a</script>")
    assert parsed.body_html == "<p>Café open.</p>"
    unknown = b"Content-Type: text/plain; charset=x-none\n\nCaf\xe9 open.\n"
    assert words(accepted(HEAD + unknown).body_html) == "Café open."


def test_flowed_lines_are_joined() -> None:
    kind = (
        b"Content-Type: text/plain; format=flowed; delsp=yes\n\nAll boats are sa \nfe in the bay.\n"
    )
    assert words(accepted(HEAD + kind).body_html) == "All boats are safe in the bay."


def test_an_embargo_withholds() -> None:
    parsed = accepted(HEAD.replace(b"Gale", b"EMBARGOED until Friday: Gale") + b"\nText.\n")
    assert parsed.pub_status == "withheld"
    assert "Embargo as sent" in parsed.ed_note


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (b"\n", "no text"),
        (b'\n{"Body": ["Text"]}\n', "data"),
        (b"Content-Type: application/pkcs7-mime\n\nabc\n", "encrypted"),
    ],
)
def test_what_is_no_story_is_refused(rest: bytes, reason: str) -> None:
    outcome = mail(HEAD + rest)
    assert isinstance(outcome, RejectedRecord)
    assert (outcome.field, reason in str(outcome.reason)) == ("body", True)


@pytest.mark.parametrize("date", [b"yesterday", b"Thu, 99 Mar 2026 10:00:00 +0100", b""])
def test_a_bad_date_is_none(date: bytes) -> None:
    head = HEAD.replace(b"Thu, 12 Mar 2026 10:00:00 +0100", date)
    assert accepted(head + b"\nText.\n").published_at is None


@given(st.binary(max_size=120), st.binary(max_size=120))
def test_any_mail_comes_in_clean_or_is_refused(head: bytes, body: bytes) -> None:
    outcome = mail(HEAD + b"Message-ID: " + head + b"\nContent-Type: " + head + b"\n\n" + body)
    if isinstance(outcome, ParsedArticle):
        assert not CONTROL.search(
            f"{outcome.headline}{outcome.body_html}{outcome.ref}{outcome.credit}"
        )


def test_no_file_of_another_format_is_claimed(shared: Path) -> None:
    folders = [p for p in (shared / "formats").iterdir() if p.is_dir()]
    folders += [ROOT / "articles" / "demo" / "stories"]
    claimed = [
        path
        for folder in folders
        if folder.name != "superdesk-wires"
        for path in folder.rglob("*")
        if path.is_file() and email_message.READER.identify(path.open("rb").read(8192), path.name)
    ]
    assert claimed == []
