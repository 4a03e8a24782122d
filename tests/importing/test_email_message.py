"""A mail comes in as its story: no address, no attachment, no signature."""

from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.clean import clean
from articles.importing.parsed import ParsedArticle, Refused
from articles.importing.readers import email_message, plain_text
from articles.text.html import plain_text as words
from tests.importing.test_plain_text import CONTROL

DATA = Path(__file__).parent / "data" / "email_message"
HEAD = b"From: Ann Marrow <ann@example.org>\nDate: Thu, 12 Mar 2026 10:00:00 +0100\nSubject: Gale\n"


def mail(data: bytes) -> ParsedArticle | Refused:
    """Read and clean the mail, for a paper in Paris."""
    [one] = email_message.read(BytesIO(data), "mail")
    if isinstance(one, Refused):
        return one
    return clean(one, zone=ZoneInfo("Europe/Paris"), language="en")


def accepted(data: bytes) -> ParsedArticle:
    one = mail(data)
    assert isinstance(one, ParsedArticle), one
    return one


def test_the_plain_part_is_the_story_and_no_address_gets_into_the_paper() -> None:
    data = (DATA / "two_parts.eml").read_bytes()
    one = accepted(data)
    assert email_message.identify(data, "a")
    assert not plain_text.identify(data, "a")
    assert (one.headline, one.ref) == ("Cafés stay open in the storm", "ferry-1@example.org")
    assert str(one.published_at) == "2026-03-12 09:00:00+00:00"
    assert ([line.name for line in one.bylines], one.dateline, one.credit) == (
        ["Ann Marrow"],
        "Skerry",
        "dpa",
    )
    assert words(one.body_html) == (
        "The cafés by the pier stayed open all night, and the harbour master poured the tea.\n\n"
        "“We had nowhere else to go,” one passenger said."
    )
    assert "@" not in f"{one.headline}{one.bylines}{one.credit}{one.body_html}{one.ed_note}"


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
    one = accepted(HEAD.replace(b"Ann Marrow <ann@example.org>", sender) + b"\nText.\n")
    assert ([line.name for line in one.bylines], one.credit) == (byline, credit)


def test_html_alone_is_sanitised_and_a_wrong_charset_mended() -> None:
    kind = b"Content-Type: text/html; charset=utf-8\n\n"
    one = accepted(HEAD + kind + b"<p onclick=x>Caf\xe9 \x03open.</p><script>a</script>")
    assert one.body_html == "<p>Café open.</p>"
    unknown = b"Content-Type: text/plain; charset=x-none\n\nCaf\xe9 open.\n"
    assert words(accepted(HEAD + unknown).body_html) == "Café open."


def test_flowed_lines_are_joined() -> None:
    kind = (
        b"Content-Type: text/plain; format=flowed; delsp=yes\n\nAll boats are sa \nfe in the bay.\n"
    )
    assert words(accepted(HEAD + kind).body_html) == "All boats are safe in the bay."


def test_an_embargo_withholds() -> None:
    one = accepted(HEAD.replace(b"Gale", b"EMBARGOED until Friday: Gale") + b"\nText.\n")
    assert one.pub_status == "withheld"
    assert "Embargo as sent" in one.ed_note


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (b"\n", "no text"),
        (b'\n{"Body": ["Text"]}\n', "data"),
        (b"Content-Type: application/pkcs7-mime\n\nabc\n", "encrypted"),
    ],
)
def test_what_is_no_story_is_refused(rest: bytes, reason: str) -> None:
    one = mail(HEAD + rest)
    assert isinstance(one, Refused)
    assert (one.field, reason in one.reason) == ("body", True)


@pytest.mark.parametrize("date", [b"yesterday", b"Thu, 99 Mar 2026 10:00:00 +0100", b""])
def test_a_bad_date_is_none(date: bytes) -> None:
    head = HEAD.replace(b"Thu, 12 Mar 2026 10:00:00 +0100", date)
    assert accepted(head + b"\nText.\n").published_at is None


@given(st.binary(max_size=120), st.binary(max_size=120))
def test_any_mail_comes_in_clean_or_is_refused(head: bytes, body: bytes) -> None:
    one = mail(HEAD + b"Message-ID: " + head + b"\nContent-Type: " + head + b"\n\n" + body)
    if isinstance(one, ParsedArticle):
        assert not CONTROL.search(f"{one.headline}{one.body_html}{one.ref}{one.credit}")


def test_no_file_of_another_format_is_claimed(shared: Path) -> None:
    folders = [p for p in (shared / "formats").iterdir() if p.is_dir()]
    folders += [Path(__file__).parents[2] / "articles" / "demo" / "stories"]
    claimed = [
        path
        for folder in folders
        if folder.name != "superdesk-wires"
        for path in folder.rglob("*")
        if path.is_file() and email_message.identify(path.open("rb").read(8192), path.name)
    ]
    assert claimed == []
