"""Addresses, moments and headlines of pages lose what is not theirs."""

import pytest

from articles.importing.formats.web_page.meta import (
    best_page_date,
    clean_url,
    parse_page_date,
    strip_site_name,
)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("HTTPS://Post.example/a/?id=3&utm_source=x&fbclid=y#top", "https://post.example/a/?id=3"),
        ("https://post.example", "https://post.example/"),
        ("javascript:alert(1)", ""),
        ("//post.example/a", ""),
        ("https://user:word@post.example/", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_an_address_loses_what_only_tracks(address: str, expected: str) -> None:
    assert clean_url(address) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-04T08:30:00+0100", "2026-03-04 08:30:00+01:00"),
        ("1750680000000", "2025-06-23 12:00:00+00:00"),
        ("Fri Apr 28 19:20:36 CEST 2023", "2023-04-28 19:20:36+02:00"),
        ("2026-03-04T08:30:00+01:00[Europe/Paris]", "2026-03-04 08:30:00+01:00"),
        ("yesterday", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("03/04/2026", None),
    ],
)
def test_moments_are_read_as_pages_write_them(written: str, expected: str | None) -> None:
    date = parse_page_date(written)
    assert (str(date[0]) if date else None) == expected


def test_the_clock_of_the_same_day_makes_a_date_more_exact() -> None:
    date = best_page_date(["2026-03-04", "2026-03-05T01:00:00Z", "2026-03-04T08:30:00Z"])
    assert date
    assert str(date[0]) == "2026-03-04 08:30:00+00:00"


def test_the_name_of_the_site_is_no_part_of_a_headline() -> None:
    assert strip_site_name("Back - at last | The Post", ["The Post"], []) == "Back - at last"
    assert strip_site_name("Back | News | post.example", [], ["Back"]) == "Back"
    assert strip_site_name("Back - at last", ["The Post"], []) == "Back - at last"
