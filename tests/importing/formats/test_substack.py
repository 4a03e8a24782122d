"""Substack's export comes in as its readers had it: drafts, threads and what was paid for do not go public."""

from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats import substack
from articles.importing.formats.tabular import csv_table
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from tests.importing.formats.plain_text.test_reader import CONTROL

HEADER = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\r\n"
ROW = "7.loaf,2026-03-04T08:00:00.000Z,{published},,{kind},{audience},{title},It rose.,{sound}\r\n"
TEXT = b"<p>It rose, said Mira Holm.<script>x()</script></p>"


def row(**fields: str) -> str:
    """Return one row of a post that all could read, with these values in it."""
    defaults = {
        "published": "TRUE",
        "kind": "newsletter",
        "audience": "everyone",
        "title": "A loaf",
    }
    return ROW.format(**(defaults | {"sound": ""} | fields))


def posts(table: str | bytes, text: bytes | None = TEXT) -> list[ParsedArticle | RejectedRecord]:
    """Read the posts of ``table``, each with this text beside it."""
    data = table if isinstance(table, bytes) else table.encode("utf-8", "surrogatepass")
    return list(substack.READER.read(BytesIO(data), "posts.csv", lambda path: text))


def test_a_post_comes_in_with_the_text_beside_its_row() -> None:
    requested: list[str] = []
    data = (HEADER + row(title="&#x201C;A loaf&#x201D; &amp; more")).encode()

    def beside(path: str) -> bytes:
        requested.append(path)
        return TEXT

    [parsed] = substack.READER.read(BytesIO(data), "posts.csv", beside)
    assert requested == ["posts/7.loaf.html"]
    assert isinstance(parsed, ParsedArticle)
    assert (parsed.ref, parsed.headline, parsed.dek) == ("7", "“A loaf” & more", "It rose.")
    assert parsed.body_html == "<p>It rose, said Mira Holm.</p>"
    assert str(parsed.published_at) == "2026-03-04 08:00:00+00:00"
    assert parsed.former_addresses == ("/p/loaf",)
    assert parsed.original == data.removeprefix(HEADER.encode()) + TEXT


@pytest.mark.parametrize(
    ("fields", "text", "field"),
    [
        ({"published": "FALSE"}, TEXT, "is_published"),
        ({"published": ""}, TEXT, "is_published"),
        ({"kind": "thread"}, TEXT, "type"),
        ({"kind": "restack"}, TEXT, "type"),
        ({"kind": "podcast"}, b"<p> </p>", "body"),
        ({}, None, "body"),
    ],
)
def test_what_is_no_published_story_is_refused_and_reads_alone(
    fields: dict[str, str], text: bytes | None, field: str
) -> None:
    [refused] = posts(HEADER + row(**fields), text)
    assert isinstance(refused, RejectedRecord)
    assert refused.field == field
    assert refused.remedy
    [again] = posts(refused.before + refused.original + refused.after, text)
    assert isinstance(again, RejectedRecord)
    assert (again.field, again.reason) == (field, refused.reason)


@pytest.mark.parametrize("audience", ["only_paid", "founding", "odd"])
def test_what_was_paid_for_is_withheld(audience: str) -> None:
    [parsed] = posts(HEADER + row(audience=audience))
    assert isinstance(parsed, ParsedArticle)
    assert parsed.pub_status == "withheld"
    assert parsed.ed_note.startswith("It was for")


def test_a_podcast_with_a_text_is_a_story() -> None:
    [parsed] = posts(HEADER + row(kind="podcast", sound="https://example.com/a.mp3"))
    assert isinstance(parsed, ParsedArticle)
    assert "https://example.com/a.mp3" in parsed.ed_note


@pytest.mark.parametrize("post_id", ["../../etc/passwd", "7./../x", "7...", "x.loaf", "", "/7.a"])
def test_an_id_never_leads_out_of_the_folder(post_id: str) -> None:
    [refused] = posts(HEADER + row().replace("7.loaf", post_id))
    assert isinstance(refused, RejectedRecord)
    assert refused.field == "post_id"


def test_its_table_is_nobody_elses() -> None:
    head = (HEADER + row()).encode()
    for data in (head, b"\xef\xbb\xbf" + head):
        assert substack.READER.identify(data, "posts.csv")
        assert not csv_table.READER.identify(data, "posts.csv")
    assert not substack.READER.identify(b"title,text\nA,B\n", "posts.csv")
    assert not substack.READER.identify(b"", "posts.csv")


def test_binary_is_refused_as_a_whole() -> None:
    with pytest.raises(ReadError):
        posts(b"\x00\x01\x02" * 9000)


@given(st.lists(st.text('ab"\n,.7\x00\x03\x85é<&;', max_size=30), max_size=9), st.binary())
def test_any_row_comes_in_clean_or_is_refused(values: list[str], text: bytes) -> None:
    try:
        outcomes = posts(HEADER + ",".join(values) + "\n" + row(), text)
    except ReadError:
        return
    for outcome in outcomes:
        if isinstance(outcome, RejectedRecord):
            assert outcome.remedy
            assert not CONTROL.search(str(outcome.reason))
        else:
            assert not CONTROL.search(outcome.headline + outcome.dek + outcome.body_html)


def test_a_real_export_comes_in_but_for_drafts_threads_and_pages(shared: Path) -> None:
    path = shared / "formats" / "cms-exports" / "mg-substack" / "posts.csv"
    files = {f"posts/{item.name}": item.read_bytes() for item in (path.parent / "posts").iterdir()}
    outcomes = list(substack.READER.read(BytesIO(path.read_bytes()), "posts.csv", files.get))
    counts = Counter("in" if isinstance(item, ParsedArticle) else item.field for item in outcomes)
    assert counts == {"in": 2, "type": 2, "is_published": 1}
