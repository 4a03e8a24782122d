"""RSS, RDF and Atom come in as their papers meant them; a bad entry costs only itself, a bomb nothing."""

import json
import re
import time
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats.feed import reader as feed
from articles.importing.formats.feed.fields import parse_feed_date, with_absolute_links
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.text.html.sanitize import sanitise
from tests.conftest import ROOT
from tests.growth import assert_linear
from tests.importing.formats.ninjs.test_reader import outcome_fields

DATA = ROOT / "tests" / "importing" / "data" / "feed"
CASES = sorted(DATA.glob("*.xml"))
ACTIVE = re.compile(r"<script|<style|<iframe|<object|javascript:|<[^>]*\son\w+=", re.IGNORECASE)
HEAD = "<rss version='2.0'><channel><title>Post</title><link>https://a.example/</link>"
ITEM = "<item><guid>{}</guid><title>T</title><description>Some text.</description>{}</item>"
END = "</channel></rss>"


def entries(data: bytes | str) -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the entries of ``data``, for a paper in Paris."""
    data = data if isinstance(data, bytes) else data.encode()
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in feed.READER.read(BytesIO(data), "file")
    ]


def item(extra: str = "", **names: str) -> ParsedArticle:
    [parsed] = entries(HEAD + ITEM.format("g", extra) + END)
    assert isinstance(parsed, ParsedArticle), parsed
    return parsed


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_entries_are_what_is_expected_of_them(path: Path) -> None:
    data = path.read_bytes()
    assert feed.READER.identify(data[:8192], path.name)
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    assert [outcome_fields(outcome) for outcome in entries(data)] == expected


def test_a_picture_and_a_link_become_absolute_and_the_caption_is_not_the_text() -> None:
    parsed = entries((DATA / "rss_2.xml").read_bytes())[0]
    assert isinstance(parsed, ParsedArticle)
    assert parsed.remote_picture
    assert parsed.remote_picture.url == "https://skerry.example/nets.jpg"
    assert parsed.remote_picture.caption == "Nets on the quay"
    assert 'href="https://skerry.example/tide"' in parsed.body_html
    assert "Nets on the quay" not in parsed.body_html


def test_an_entry_gives_the_same_bytes_whatever_stands_beside_it() -> None:
    alone = entries(HEAD + ITEM.format("g", "") + END)[0]
    among = entries(
        "<?xml version='1.0' encoding='utf-8'?>\n" + HEAD + ITEM.format("a", "") + "<!-- <item> -->"
        "<item><description><![CDATA[<item>x</item>]]></description></item>"
        + ITEM.format("g", "")
        + END
    )
    assert [outcome.ref for outcome in among] == ["a", "", "g"]
    assert among[2].original == alone.original
    broken = entries(HEAD.replace("Post", "A & B") + ITEM.format("g", "") + END)[0]
    assert broken.original == alone.original
    assert "not well-formed" in broken.ed_note


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_what_is_refused_can_be_read_alone(path: Path) -> None:
    refused = [
        outcome for outcome in entries(path.read_bytes()) if isinstance(outcome, RejectedRecord)
    ]
    assert bool(refused) == (path.name == "rss_2.xml")
    for outcome in refused:
        [again] = entries(outcome.before + outcome.original + outcome.after)
        assert isinstance(again, RejectedRecord)
        assert (again.field, again.original) == (outcome.field, outcome.original)
        [mended] = entries(
            outcome.before
            + outcome.original.replace(b"</guid>", b"</guid><description>X</description>")
            + outcome.after
        )
        assert isinstance(mended, ParsedArticle)


def test_an_entry_that_is_cut_off_does_not_come_in() -> None:
    whole, cut = entries(HEAD + ITEM.format("a", "") + ITEM.format("b", "")[:-25])
    assert isinstance(whole, ParsedArticle)
    assert isinstance(cut, RejectedRecord)
    assert "middle" in str(cut.reason)


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE rss [<!ENTITY lol "x">]>',
        '<!-- x --><?y z?><!DOCTYPE rss [<!ENTITY % p "<item>]>"> <!ENTITY lol "x">]>',
        '<!-- <!DOCTYPE x> --> <!DOCTYPE rss [<!-- ]> --><!ENTITY lol SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY lol "x"',
        "<!DOCTYPE rss [<!ENTITY % p \"<!ENTITY lol 'x'>\"> %p;",
    ],
)
def test_an_entity_is_refused_wherever_it_hides(prolog: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(ReadError):
            entries((prolog + HEAD + ITEM.format("g", "&lol;") + END).encode(encoding))


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://a.example/rss-0.91.dtd">',
        '<!DOCTYPE rss [<!ENTITY % p "q">]>',
    ],
)
def test_a_doctype_elsewhere_and_a_parameter_are_passed_over(prolog: str) -> None:
    [parsed] = entries(prolog + HEAD + ITEM.format("g", "<title>caf&eacute;</title>") + END)
    assert isinstance(parsed, ParsedArticle)


@pytest.mark.parametrize(
    ("data", "count"),
    [(b"", None), (b"<rss", None), (HEAD.encode() + b"<item>", None), ((HEAD + END).encode(), 0)],
)
def test_an_empty_feed_is_one_and_a_broken_one_is_none(data: bytes, count: int | None) -> None:
    if count is None:
        try:
            outcomes = entries(data)
        except ReadError:
            return
        assert all(isinstance(outcome, RejectedRecord) for outcome in outcomes)
    else:
        assert entries(data) == []


@pytest.mark.parametrize(
    ("date_text", "expected"),
    [
        ("Wed, 04 Mar 2026 08:00:00 EST", "2026-03-04 13:00:00+00:00"),
        ("Wed, 04 Mar 26 08:00:00 GMT", "2026-03-04 08:00:00+00:00"),
        ("2026-03-04T08:00:00", "2026-03-04 08:00:00+00:00"),
        ("04/03/2026", "None"),
        ("Mer, 04 mars 2026", "None"),
        ("9999-12-31T23:59:59-14:00", "None"),
    ],
)
def test_a_date_that_is_not_clear_is_none_and_noted(date_text: str, expected: str) -> None:
    parsed = item(f"<pubDate>{date_text}</pubDate>")
    assert str(parsed.published_at) == expected
    assert (f"Date as sent: {date_text}" in parsed.ed_note) == (expected == "None")


def test_a_link_stands_in_the_note_and_is_no_address_of_ours() -> None:
    parsed = item("<link>/a b</link>")
    assert "Stands at https://a.example/a b" in parsed.ed_note
    assert parsed.former_addresses == ()


def test_a_link_that_cannot_be_absolute_leaves_its_words() -> None:
    assert with_absolute_links('<p><a href="x">here</a></p>', "") == "<p>here</p>"
    mail = '<p><a href="mailto:a@b.example">here</a></p>'
    assert with_absolute_links(mail, "") == mail


def test_an_address_of_mail_is_no_byline_and_a_long_id_becomes_its_hash() -> None:
    parsed = item("<author>ann@example.com (Ann Marrow)</author>")
    assert [line.name for line in parsed.bylines] == ["Ann Marrow"]
    assert item("<author>ann@example.com</author>").bylines == ()
    assert "@example" not in item("<author>ann@example.com</author>").ed_note
    [long] = entries(HEAD + ITEM.format("g" * 300, "") + END)
    assert long.ref.startswith("sha256:")


def test_an_export_of_wordpress_and_other_xml_are_not_claimed() -> None:
    wxr = b'<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
    assert not feed.READER.identify(wxr, "a.xml")
    for root in (b"<nitf>", b"<newsMessage>", b"<opml>", b"<feed xmlns='urn:x'>", b"{}", b""):
        assert not feed.READER.identify(root, "feed.xml")


@given(st.text("<>&;!-[]\"'/ aitem\x00\x03\ud800", max_size=200))
def test_anything_comes_in_clean_or_is_refused(junk: str) -> None:
    data = (HEAD + ITEM.format("g", junk) + END).encode("utf-8", "surrogatepass")
    try:
        outcomes = entries(data)
    except ReadError:
        return
    for outcome in outcomes:
        assert (
            isinstance(outcome, RejectedRecord) or sanitise(outcome.body_html) == outcome.body_html
        )


@pytest.mark.parametrize("junk", ["<", "&", "<a ", "<![CDATA[", "<!--", '<a b="', "<item>", "&#"])
def test_junk_takes_no_quadratic_time(junk: str) -> None:
    def read_all(size: int) -> None:
        text = HEAD + "<item><title>x</title><description>" + junk * (size // len(junk))
        with suppress(ReadError):
            entries(text.encode())

    assert_linear(read_all, 200_000)


def crowded(count: int, before: str = "") -> bytes:
    """Return a feed in which one element has ``count`` attributes."""
    attributes = " ".join(f"a{number}='1'" for number in range(count))
    item = f"<item><guid>g</guid><title>x</title><description>Words.</description><y {attributes}/>"
    return f"<rss version='2.0'><channel>{before}{item}</item></channel></rss>".encode()


def test_an_element_with_more_attributes_than_feeds_have_is_refused_at_once() -> None:
    started = time.process_time()
    with pytest.raises(ReadError, match="the element y has 200,000 attributes, more than 256"):
        entries(crowded(200_000))
    assert time.process_time() - started < 2
    assert len(entries(crowded(256))) == 1


def test_what_is_not_well_formed_comes_in_as_before_however_crowded() -> None:
    started = time.process_time()
    assert len(entries(crowded(20_000, before="<br></p>"))) == 1
    assert time.process_time() - started < 2


def test_real_feeds_come_in_without_a_fault(shared: Path) -> None:
    counts = {"in": 0, "refused": 0, "unread": 0}
    for folder in ("feedparser", "feedvalidator", "jsonfeed", "cms-exports/mg-libsyn"):
        for path in sorted((shared / "formats" / folder).rglob("*")):
            if not path.is_file() or not feed.READER.identify(path.read_bytes()[:8192], path.name):
                continue
            try:
                outcomes = entries(path.read_bytes())
            except ReadError:
                counts["unread"] += 1
                continue
            for outcome in outcomes:
                counts["refused" if isinstance(outcome, RejectedRecord) else "in"] += 1
                assert isinstance(outcome, RejectedRecord) or not ACTIVE.search(
                    outcome.body_html
                ), path
    assert counts["in"] > 95
    assert counts["unread"] < 20


def test_bombs_are_refused_at_once(shared: Path) -> None:
    for path in sorted((shared / "formats" / "hostile" / "xml-own").glob("*.rss")):
        started = time.process_time()
        if path.name != "control-characters.rss":
            with pytest.raises(ReadError):
                entries(path.read_bytes())
        assert time.process_time() - started < 1


def test_a_moment_is_never_guessed() -> None:
    assert parse_feed_date("", time.gmtime()) is None
    assert parse_feed_date("yesterday", time.gmtime()) is None
