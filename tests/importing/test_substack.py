"""Substack's export comes in as its readers had it: drafts, threads and what was paid for do not go public."""

from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.parsed import ParsedArticle, ReadError, Refused
from articles.importing.readers import csv_table, substack
from tests.importing.test_plain_text import CONTROL

HEADER = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\r\n"
ROW = "7.loaf,2026-03-04T08:00:00.000Z,{published},,{kind},{audience},{title},It rose.,{sound}\r\n"
TEXT = b"<p>It rose, said Mira Holm.<script>x()</script></p>"


def row(**fields: str) -> str:
    """Return one row of a post that all could read, with these values in it."""
    known = {"published": "TRUE", "kind": "newsletter", "audience": "everyone", "title": "A loaf"}
    return ROW.format(**(known | {"sound": ""} | fields))


def posts(table: str | bytes, text: bytes | None = TEXT) -> list[ParsedArticle | Refused]:
    """Read the posts of ``table``, each with this text beside it."""
    data = table if isinstance(table, bytes) else table.encode("utf-8", "surrogatepass")
    return list(substack.read(BytesIO(data), "posts.csv", lambda path: text))


def test_a_post_comes_in_with_the_text_beside_its_row() -> None:
    asked: list[str] = []
    data = (HEADER + row(title="&#x201C;A loaf&#x201D; &amp; more")).encode()

    def beside(path: str) -> bytes:
        asked.append(path)
        return TEXT

    [one] = substack.read(BytesIO(data), "posts.csv", beside)
    assert asked == ["posts/7.loaf.html"]
    assert isinstance(one, ParsedArticle)
    assert (one.ref, one.headline, one.dek) == ("7", "“A loaf” & more", "It rose.")
    assert one.body_html == "<p>It rose, said Mira Holm.</p>"
    assert str(one.published_at) == "2026-03-04 08:00:00+00:00"
    assert one.former_addresses == ("/p/loaf",)
    assert one.original == data.removeprefix(HEADER.encode()) + TEXT


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
    assert isinstance(refused, Refused)
    assert refused.field == field
    assert refused.remedy
    [again] = posts(refused.before + refused.original + refused.after, text)
    assert isinstance(again, Refused)
    assert (again.field, again.reason) == (field, refused.reason)


@pytest.mark.parametrize("audience", ["only_paid", "founding", "odd"])
def test_what_was_paid_for_is_withheld(audience: str) -> None:
    [one] = posts(HEADER + row(audience=audience))
    assert isinstance(one, ParsedArticle)
    assert one.pub_status == "withheld"
    assert one.ed_note.startswith("It was for")


def test_a_podcast_with_a_text_is_a_story() -> None:
    [one] = posts(HEADER + row(kind="podcast", sound="https://example.com/a.mp3"))
    assert isinstance(one, ParsedArticle)
    assert "https://example.com/a.mp3" in one.ed_note


@pytest.mark.parametrize("post_id", ["../../etc/passwd", "7./../x", "7...", "x.loaf", "", "/7.a"])
def test_an_id_never_leads_out_of_the_folder(post_id: str) -> None:
    [refused] = posts(HEADER + row().replace("7.loaf", post_id))
    assert isinstance(refused, Refused)
    assert refused.field == "post_id"


def test_its_table_is_nobody_elses() -> None:
    head = (HEADER + row()).encode()
    for data in (head, b"\xef\xbb\xbf" + head):
        assert substack.identify(data, "posts.csv")
        assert not csv_table.identify(data, "posts.csv")
    assert not substack.identify(b"title,text\nA,B\n", "posts.csv")
    assert not substack.identify(b"", "posts.csv")


def test_binary_is_refused_as_a_whole() -> None:
    with pytest.raises(ReadError):
        posts(b"\x00\x01\x02" * 9000)


@given(st.lists(st.text('ab"\n,.7\x00\x03\x85é<&;', max_size=30), max_size=9), st.binary())
def test_any_row_comes_in_clean_or_is_refused(values: list[str], text: bytes) -> None:
    try:
        found = posts(HEADER + ",".join(values) + "\n" + row(), text)
    except ReadError:
        return
    for one in found:
        if isinstance(one, Refused):
            assert one.remedy
            assert not CONTROL.search(one.reason)
        else:
            assert not CONTROL.search(one.headline + one.dek + one.body_html)


def test_a_real_export_comes_in_but_for_drafts_threads_and_pages(shared: Path) -> None:
    path = shared / "formats" / "cms-exports" / "mg-substack" / "posts.csv"
    files = {f"posts/{one.name}": one.read_bytes() for one in (path.parent / "posts").iterdir()}
    found = list(substack.read(BytesIO(path.read_bytes()), "posts.csv", files.get))
    counts = Counter("in" if isinstance(one, ParsedArticle) else one.field for one in found)
    assert counts == {"in": 2, "type": 2, "is_published": 1}
