"""Reported speech without marks: where the clause begins and ends, and what reports nothing."""

import pytest

from articles.extraction.extract import extract
from articles.extraction.types import ExtractedQuote
from tests.growth import assert_linear

LEDE = "Harbour master Ada Okafor and ferry owner Per Lind met in Northtown on Monday.\n\n"


def _clauses(text: str) -> list[ExtractedQuote]:
    return [quote for quote in extract(LEDE + text).quotes if quote.kind == "indirect"]


def _clauses_of(text: str) -> list[str]:
    return [quote.text for quote in _clauses(text)]


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("Okafor said the lock would open.", "the lock would open"),
        ("Okafor said on Monday that the lock would open.", "that the lock would open"),
        ("Okafor said Monday the lock would open.", "the lock would open"),
        (
            "Okafor said in an interview with the Courier that the lock leaked.",
            "that the lock leaked",
        ),
        (
            "Okafor said the dam is the oldest thing that anyone has built here.",
            "the dam is the oldest thing that anyone has built here",
        ),
        ("Lind told reporters the ferry was full.", "the ferry was full"),
        ("Lind told the harbour board he would sell.", "he would sell"),
        ("Lind told Ada Okafor that the ferry was full.", "that the ferry was full"),
        ("Okafor urged the captains to wait for the tide.", "to wait for the tide"),
        ("The ferry will be sold in spring, Lind said.", "The ferry will be sold in spring"),
        ("The ferry will be sold in spring, said Lind.", "The ferry will be sold in spring"),
        ("The ferry was full, Lind said on Monday.", "The ferry was full"),
        ("According to Okafor, the lock has leaked for years.", "the lock has leaked for years"),
        ("The lock has leaked for years, according to Okafor.", "The lock has leaked for years"),
        ("Lind went on to say that the ferry was full.", "that the ferry was full"),
    ],
)
def test_the_clause_is_what_was_said_and_no_more(sentence, clause):
    assert _clauses_of(sentence) == [clause]


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("The lock, Okafor says, is older than the town.", ["The lock", "is older than the town"]),
        (
            "Okafor said the lock leaked, and added that nobody had the key.",
            ["the lock leaked", "that nobody had the key"],
        ),
        (
            "Okafor said the lock leaked, but Lind says it is dry.",
            ["the lock leaked", "it is dry"],
        ),
        (
            "The lock will open in May, Okafor said, adding that nobody had the key.",
            ["The lock will open in May", "that nobody had the key"],
        ),
        (
            "Okafor said Lind told the crew that the ferry was full.",
            ["Lind told the crew that the ferry was full"],
        ),
    ],
)
def test_each_speaker_of_a_sentence_gets_a_clause_and_none_stands_inside_another(sentence, clauses):
    assert _clauses_of(sentence) == clauses


def test_both_sides_of_an_attribution_are_one_utterance():
    first, second = _clauses("The lock, Okafor says, is older than the town.")
    assert first.utterance == second.utterance
    assert first.speaker == second.speaker == "Ada Okafor"


@pytest.mark.parametrize(
    "sentence",
    [
        "The company added 40 points in early trade.",
        "Lind added a second ferry early in the season.",
        "Okafor agreed with the plan of the board.",
        "Okafor has never said whether the lock is safe.",
        "Lind would not say what the ferry cost.",
        "The notice of claim was filed in the harbour court.",
        "Shares fell after a week of poor earnings reports from the docks.",
        "I believe the lock should have been closed years ago, and I said so.",
        "The lock is older than Lind says it is.",
        "Okafor was told she had three days to close the lock.",
        "Okafor denied the plan.",
    ],
)
def test_what_reports_nothing_gives_no_clause(sentence):
    assert _clauses_of(sentence) == []


def test_a_clause_ends_before_what_another_is_quoted_with():
    text = "Okafor said that the lock leaked, with Lind calling it “a long and wet goodbye”."
    assert _clauses_of(text) == ["that the lock leaked"]


def test_a_clause_holds_the_quoted_words_and_ends_behind_their_mark():
    text = "Okafor said the lock was “old” and that it “leaks like a basket.”"
    (clause,) = _clauses_of(text)
    assert clause == text.removeprefix("Okafor said ")


def test_a_clause_before_a_colon_ends_there():
    text = "Okafor said that the lock had leaked for years: “We bail it out every morning.”"
    assert _clauses_of(text) == ["that the lock had leaked for years"]


def test_captions_are_passed_over():
    text = "Ada Okafor, left, said the lock has leaked for years. (Ines Vahtra/Coast Press)\n\nIt rained."
    assert _clauses_of(text) == []
    assert _clauses_of("Okafor said the lock has leaked for years (and it has).") != []


def test_what_has_no_width_hides_no_speaker():
    (clause,) = _clauses("Okafor\u200b said the lock would open.")
    assert (clause.speaker, clause.text) == ("Ada Okafor", "the lock would open")


@pytest.mark.parametrize(
    "unit",
    [
        "Okafor said ",
        "The lock leaks, Okafor said, and ",
        "He said Lind told Okafor that ",
        "according to the mayor, ",
        "(a/b)",
        "/",
        "(",
    ],
)
def test_a_megabyte_of_cues_takes_linear_time(unit):
    text = unit * (1_000_000 // len(unit) + 1)
    assert_linear(lambda size: extract(text[:size]), 1_000_000)
