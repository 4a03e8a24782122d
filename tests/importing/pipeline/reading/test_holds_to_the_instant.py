"""The window of a story at its source opens and closes at an instant, and a template's tag is shown in short."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.importing.formats.types import ParsedArticle
from articles.importing.pipeline.reading.holds import apply_holds

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


def with_holds(**fields) -> ParsedArticle:
    return apply_holds(ParsedArticle(record="1", original=b"", headline="Fish", **fields), NOON)


def test_a_story_is_open_from_the_instant_that_its_source_says():
    assert with_holds(opens_at=NOON).embargoed_until is None
    parsed = with_holds(opens_at=NOON + INSTANT)
    assert (parsed.embargoed_until, parsed.holds[0].kind) == (NOON + INSTANT, "not_yet")


@pytest.mark.parametrize("hours", [1, 3])
def test_of_two_embargoes_the_later_one_holds(hours):
    opens_at, until = NOON + timedelta(hours=2), NOON + timedelta(hours=hours)
    parsed = with_holds(opens_at=opens_at, embargoed_until=until)
    assert parsed.embargoed_until == max(opens_at, until)


def test_a_story_is_withheld_from_the_instant_at_which_its_source_takes_it_down():
    parsed = with_holds(expires_at=NOON + INSTANT)
    assert (parsed.pub_status, parsed.holds) == ("usable", ())
    assert "takes it down on" in parsed.ed_note
    parsed = with_holds(expires_at=NOON)
    assert (parsed.pub_status, parsed.holds[0].kind) == ("withheld", "expired")


def test_what_the_wire_cancelled_stays_cancelled():
    assert with_holds(expires_at=NOON, pub_status="canceled").pub_status == "canceled"


def test_a_tag_of_a_template_is_shown_with_sixty_letters():
    exact, longer = "{{" + "x" * 58, "{{" + "x" * 59
    assert f"“{exact}”" in with_holds(body_html=exact).ed_note
    note = with_holds(body_html=longer).ed_note
    assert longer not in note
    assert "…" in note
