"""What a reader gives is sanitised, completed and held to the limits; nothing of a story is cut to fit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from articles.importing.formats.types import (
    FormerLink,
    OffsetRun,
    ParsedArticle,
    ParsedName,
    RejectedRecord,
    RemotePicture,
)
from articles.importing.pipeline.reading.normalize import LIMITS, LIST_LIMITS, clean
from articles.models import Image

RAW = ParsedArticle(record="1", original=b"x", headline="A", body_html="<p>Text.</p>")


def cleaned(**fields: Any) -> ParsedArticle:
    parsed = clean(replace(RAW, **fields), zone=ZoneInfo("Europe/Paris"), language="en")
    assert isinstance(parsed, ParsedArticle)
    return parsed


def refused(**fields: Any) -> RejectedRecord:
    outcome = clean(replace(RAW, **fields), zone=ZoneInfo("Europe/Paris"), language="en")
    assert isinstance(outcome, RejectedRecord)
    return outcome


def test_body_is_sanitised_and_lines_are_printable() -> None:
    parsed = cleaned(
        body_html="<p onclick=x>a<script>b</script>", headline=" A\x03 b\n c ", ed_note="a\r\nb\x00"
    )
    assert (parsed.body_html, parsed.headline, parsed.ed_note) == ("<p>a</p>", "A b c", "a\nb")


def test_a_day_is_its_midnight_at_the_paper() -> None:
    parsed = cleaned(published_at=datetime(2026, 7, 1), date_precision="day")
    assert parsed.published_at == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert parsed.published_at.tzinfo is UTC
    assert cleaned().published_at is None


def test_an_offset_that_was_printed_holds() -> None:
    at = datetime(2026, 7, 1, tzinfo=timezone(timedelta(hours=-5)))
    assert cleaned(embargoed_until=at).embargoed_until == datetime(2026, 7, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize("field", ["published_at", "embargoed_until"])
@pytest.mark.parametrize("year", [1, 999, 3000, 9999])
def test_a_date_out_of_range_is_refused(field: str, year: int) -> None:
    outcome = refused(**{field: datetime(year, 12, 31, tzinfo=timezone(-timedelta(hours=14)))})
    assert (outcome.field, outcome.original) == (field, b"x")
    assert str(year) in str(outcome.reason)


@pytest.mark.parametrize("field", sorted(LIMITS))
def test_a_field_that_is_too_long_is_refused_and_not_cut(field: str) -> None:
    longest = "ab-abcdefgh-abcdefgh" if field == "language" else "a" * LIMITS[field]
    assert getattr(cleaned(**{field: longest}), field) == longest
    outcome = refused(**{field: "a" * (LIMITS[field] + 1)})
    assert outcome.field == field
    assert str(LIMITS[field]) in str(outcome.reason)
    assert outcome.remedy


@pytest.mark.parametrize("field", sorted(LIST_LIMITS))
def test_lists_lose_doubles_and_blanks_and_keep_their_limits(field: str) -> None:
    assert getattr(cleaned(**{field: ("a", " ", "b", "a")}), field) == ("a", "b")
    assert refused(**{field: ("a" * (LIST_LIMITS[field] + 1),)}).field == field


def test_bylines_keep_their_order_and_their_limit() -> None:
    bylines = (ParsedName("Bo ", "photographs"), ParsedName(""), ParsedName("Al"), ParsedName("Al"))
    assert cleaned(bylines=bylines).bylines == (ParsedName("Bo", "photographs"), ParsedName("Al"))
    assert refused(bylines=(ParsedName("a" * 201),)).field == "bylines"
    assert refused(bylines=(ParsedName("a", "b" * 81),)).field == "bylines"


@pytest.mark.parametrize(
    "body", ["", "<p> </p>", "<script>x</script>", "<p>\xa0</p>", "<img src=x>"]
)
def test_a_story_without_text_is_refused(body: str) -> None:
    assert refused(body_html=body).field == "body"


def test_a_missing_headline_is_derived_and_marked() -> None:
    parsed = cleaned(headline=" ", body_html="<p>…</p><p>The quay is open. So is the bar.</p>")
    assert (parsed.headline, parsed.is_headline_derived) == ("The quay is open", True)
    assert not cleaned().is_headline_derived
    assert refused(headline="", body_html="<p>…</p>").field == "headline"


def test_language_is_the_papers_unless_the_story_names_one() -> None:
    assert cleaned().language == "en"
    assert cleaned(language="pt-BR").language == "pt-BR"
    assert refused(language="in English").field == "language"


def test_the_way_back_is_kept_only_when_the_letters_stayed() -> None:
    body_map = (OffsetRun(0, 0, 5),)
    assert cleaned(body_map=body_map).body_map == body_map
    assert cleaned(body_map=body_map, body_html="<p>Te<u>xt</u>.</p>").body_map == body_map
    assert cleaned(body_map=body_map, body_html="<p>Text.<script>x</script></p>").body_map == ()


def test_codes_stay_with_their_tags() -> None:
    parsed = cleaned(
        tags=("topic: sea\x00  water ", "topic:b"),
        qcodes=(("topic: sea\x00  water ", " medtop:1\n"), ("topic:b", "c" * 61), ("", "medtop:2")),
    )
    assert parsed.qcodes == (("topic: sea water", "medtop:1"),)
    assert dict(parsed.qcodes).keys() <= set(parsed.tags)
    assert cleaned(qcodes=(("t" * 121, "medtop:1"), ("t", "c" * 60))).qcodes == (("t", "c" * 60),)


def test_a_correction_is_one_line_cut_where_it_is_too_long() -> None:
    assert cleaned(correction=" Mends\x00\n the name. ").correction == "Mends the name."
    for text in ("word " * 500, "w" * 2000):
        cut = cleaned(correction=text).correction
        assert cut.endswith(" …")
        assert 990 < len(cut) <= 1000
    assert cleaned(correction="w" * 1000).correction == "w" * 1000


def test_words_on_a_picture_are_lines_that_the_library_can_keep() -> None:
    texts = ("a\x00\nb" + "c " * 500, "d " * 500, "e" * 500)
    picture = cleaned(remote_picture=RemotePicture(" https://a.example/b c.jpg\x00", *texts))
    remote = picture.remote_picture
    assert remote
    assert remote.url == "https://a.example/b%20c.jpg"
    assert remote.alt.startswith("a bc c")
    for name in ("alt", "caption", "credit"):
        field: Any = Image._meta.get_field(name)
        limit = field.max_length
        assert limit - 10 < len(getattr(remote, name)) <= limit
    assert picture.ed_note == ""


@pytest.mark.parametrize(
    "url",
    [
        *("", "a.jpg", "//a.example/b.jpg", "file:///etc/passwd", "javascript:alert(1)", "http://"),
        *("http://[a", "https://a.example/" + "b" * 500, "https://a.example/\ta.jpg"),
    ],
)
def test_a_picture_without_an_address_goes_with_a_note(url: str) -> None:
    parsed = cleaned(remote_picture=RemotePicture(url, "Boats"), ed_note="As sent.")
    assert parsed.remote_picture is None
    assert parsed.ed_note.startswith("As sent.\nPicture left out, its address cannot be used:")
    assert len(parsed.ed_note) < 300


def test_former_links_name_tags_and_authors_as_the_story_does() -> None:
    parsed = cleaned(
        tags=("topic: a\x00  b",),
        bylines=(ParsedName(" Ann\nMarrow "),),
        former_links=(
            FormerLink("/tag/a/", tag="topic: a\x00  b"),
            FormerLink("/author/ann/", author=" Ann\nMarrow "),
            FormerLink("/feed/", is_feed=True),
            FormerLink("/feed/", is_feed=True),
        ),
    )
    assert parsed.former_links == (
        FormerLink("/tag/a/", tag=parsed.tags[0]),
        FormerLink("/author/ann/", author=parsed.bylines[0].name),
        FormerLink("/feed/", is_feed=True),
    )


@pytest.mark.parametrize(
    "link",
    [
        FormerLink("tag/a/", tag="a"),
        FormerLink("/" + "a" * 500, tag="a"),
        FormerLink("/tag/\x00/", tag="a"),
        FormerLink("/tag/\n/", tag="a"),
        FormerLink("/tag/\ud800/", tag="a"),
        FormerLink("/tag/a/", tag="a" * 121),
        FormerLink("/tag/a/feed/", tag="\x00", is_feed=True),
        FormerLink("/author/a/", author="a" * 201),
    ],
)
def test_a_former_link_that_cannot_be_kept_costs_no_story(link: FormerLink) -> None:
    assert cleaned(former_links=(link,)).former_links == ()
    assert cleaned(former_links=(FormerLink("/" + "a" * 499, tag="a"),)).former_links


def test_a_picture_s_name_has_the_room_that_the_library_has() -> None:
    assert LIMITS["picture"] == Image._meta.get_field("name").max_length


def test_a_headline_is_derived_from_one_of_the_first_five_paragraphs() -> None:
    empty = "<p>…</p>"
    words = "<p>The quay is open.</p>"
    assert cleaned(headline="", body_html=empty * 4 + words).headline == "The quay is open"
    assert refused(headline="", body_html=empty * 5 + words).field == "headline"
