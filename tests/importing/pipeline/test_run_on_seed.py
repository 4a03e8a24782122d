"""The measure: a wire story as it came in, against what a correct import of it yields."""

import json
import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from articles.importing.formats.types import ParsedArticle
from articles.text.html.plain import plain_text
from tests.importing.formats.plain_text.test_reader import follows_its_map, story


@pytest.fixture
def expected(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "seed" / "expected.json").read_text("utf-8"))


@pytest.fixture
def parsed(shared: Path, expected: dict[str, Any]) -> ParsedArticle:
    parsed = story((shared / "seed" / expected["file"]).read_bytes(), "story")
    assert isinstance(parsed, ParsedArticle)
    return parsed


def test_date_dateline_credit_and_promo_are_taken_off(
    parsed: ParsedArticle, expected: dict[str, Any]
) -> None:
    assert parsed.published_at
    midnight = parsed.published_at.astimezone(ZoneInfo("Europe/Paris"))
    assert midnight.isoformat(" ") == f"{expected['date']} 00:00:00+01:00"
    assert parsed.date_precision == expected["date_precision"]
    assert parsed.dateline == expected["dateline_place"]
    assert parsed.credit == expected["credit"]
    assert list(parsed.removed) == expected["promo_removed"]


def test_paragraphs_and_crossheads_are_as_they_should(
    parsed: ParsedArticle, expected: dict[str, Any]
) -> None:
    paragraphs = re.findall("<p>(.*?)</p>", parsed.body_html)
    assert re.findall("<h2>(.*?)</h2>", parsed.body_html) == expected["crossheads"]
    assert len(paragraphs) == expected["paragraphs"]
    assert paragraphs[0].startswith(expected["first_paragraph_starts"])
    assert paragraphs[-1] == expected["last_paragraph"]
    [crosshead] = expected["crosshead_blocks"]  # block 0 is the line with the date
    assert parsed.body_html.splitlines()[crosshead - 1].startswith("<h2>")


def test_spaces_are_mended_and_lead_back(parsed: ParsedArticle, expected: dict[str, Any]) -> None:
    body = plain_text(parsed.body_html)
    for spacing in expected["cleaned_spacing"]:
        assert spacing["clean"] in body
        assert spacing["raw"] not in body
    assert follows_its_map(parsed)
    assert len(parsed.original.decode()) == expected["characters"]


def test_headline_is_derived_and_says_so(parsed: ParsedArticle, expected: dict[str, Any]) -> None:
    assert expected["headline"] is None
    assert parsed.is_headline_derived
    assert 20 <= len(parsed.headline) <= 90
    assert expected["promo_removed"][0] not in parsed.headline
    assert parsed.language == expected["language"]


def test_each_quotation_stands_verbatim_and_leads_back(
    parsed: ParsedArticle, expected: dict[str, Any]
) -> None:
    body = plain_text(parsed.body_html)
    for quote in expected["quotes"]:
        [run] = [run for run in parsed.body_map if 0 <= quote["start"] - run.source < run.length]
        start = run.start + quote["start"] - run.source
        assert body[start : start + quote["end"] - quote["start"]] == quote["text"]
