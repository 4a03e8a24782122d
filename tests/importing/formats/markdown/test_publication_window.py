"""Every key that opens or closes a story's time before readers counts, whatever stands beside it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from articles.importing.formats.markdown.fields import front_matter_fields

FUTURE, PAST = "2199-05-01T06:00:00+01:00", "2024-03-01"


def window_fields(**front: Any) -> dict[str, Any]:
    return front_matter_fields({"date": "2024-02-01T09:00:00Z", **front}, "")


@pytest.mark.parametrize(
    "key",
    "publishdate publish_date published pubdate published_at publish_on datepublished".split(),
)
def test_what_opens_later_than_its_date_opens_then(key):
    fields = window_fields(**{key: FUTURE})
    assert fields["opens_at"] == datetime(2199, 5, 1, 5, tzinfo=UTC)
    assert fields["published_at"] == datetime(2024, 2, 1, 9, tzinfo=UTC)
    assert fields["pub_status"] == "usable"


@pytest.mark.parametrize("key", "expirydate expiry_date unpublishdate unpublish_at expires".split())
def test_what_closes_closes(key):
    assert window_fields(**{key: PAST})["expires_at"] == datetime(2024, 3, 1)


def test_the_latest_opens_and_the_earliest_closes():
    fields = window_fields(
        pubdate="2024-01-01", publishdate=FUTURE, published="2023-01-01T00:00:00Z"
    )
    assert fields["opens_at"].year == 2199
    fields = window_fields(
        expires="2030-01-01", unpublishdate=PAST, expirydate="2031-01-01T00:00:00Z"
    )
    assert fields["expires_at"] == datetime(2024, 3, 1)


@pytest.mark.parametrize("front", [{"expires": "next spring"}, {"publishdate": "when Ann is back"}])
def test_a_window_that_is_not_clear_withholds_the_story(front):
    (key, text), *_ = front.items()
    fields = window_fields(**front)
    assert fields["pub_status"] == "withheld"
    assert f"{key} as written: {text}" in fields["ed_note"]


@pytest.mark.parametrize(
    "front",
    [
        *({"expires": never} for never in ("never", "", "false", "~", "9999-12-31")),
        *({"published": word} for word in ("true", "yes", "")),
        {"publishdate": ""},
    ],
)
def test_what_says_that_it_never_closes_or_is_open_holds_nothing(front):
    fields = window_fields(**front)
    assert fields["pub_status"] == "usable"
    assert fields.keys().isdisjoint({"opens_at", "expires_at"})


def test_a_cancelled_story_stays_cancelled_whatever_its_window():
    assert window_fields(status="canceled", expires="next spring")["pub_status"] == "canceled"


def test_a_page_that_is_never_written_is_withheld():
    assert window_fields(permalink="false")["pub_status"] == "withheld"


def test_several_values_where_one_is_meant_withhold_the_story():
    assert window_fields(expires={"on": PAST})["pub_status"] == "withheld"


def test_a_story_that_opens_at_its_date_needs_no_more_than_its_date():
    fields = front_matter_fields({"publishdate": FUTURE}, "")
    assert fields["published_at"].year == 2199
    assert "opens_at" not in fields
