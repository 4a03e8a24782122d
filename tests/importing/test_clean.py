"""What a reader gives is sanitised, completed and held to the limits; nothing is cut to fit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from articles.importing.clean import LIMITS, LIST_LIMITS, clean
from articles.importing.parsed import OffsetRun, ParsedArticle, ParsedName, Refused

RAW = ParsedArticle(record="1", original=b"x", headline="A", body_html="<p>Text.</p>")


def cleaned(**fields: Any) -> ParsedArticle:
    parsed = clean(replace(RAW, **fields), zone=ZoneInfo("Europe/Paris"), language="en")
    assert isinstance(parsed, ParsedArticle)
    return parsed


def refused(**fields: Any) -> Refused:
    outcome = clean(replace(RAW, **fields), zone=ZoneInfo("Europe/Paris"), language="en")
    assert isinstance(outcome, Refused)
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
    assert str(year) in outcome.reason


@pytest.mark.parametrize("field", sorted(LIMITS))
def test_a_field_that_is_too_long_is_refused_and_not_cut(field: str) -> None:
    longest = "ab-abcdefgh-abcdefgh" if field == "language" else "a" * LIMITS[field]
    assert getattr(cleaned(**{field: longest}), field) == longest
    outcome = refused(**{field: "a" * (LIMITS[field] + 1)})
    assert outcome.field == field
    assert str(LIMITS[field]) in outcome.reason
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
