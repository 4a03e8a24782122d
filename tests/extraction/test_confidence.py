"""The high band: only what is as clear as it comes, of one sentence, by somebody named, by a verb that reports."""

import pytest

from articles.extraction.extract import extract

LEDE = "Harbour master Ada Okafor and ferry owner Per Lind met in Northtown on Monday.\n\n"


def _confidences(sentences: str) -> list[float]:
    quotes = extract(LEDE + sentences).quotes
    return [quote.confidence for quote in quotes if quote.kind in ("direct", "partial")]


@pytest.mark.parametrize(
    "sentences",
    [
        "“The lock leaks,” Okafor said.",
        "“The lock leaks,” said Okafor. “It always has.”",
        "“The lock leaks,” a senior official said.",
        "Okafor said the lock was “an old friend”.",
        "“The lock leaks,” said Okafor, “and it always has.”",
    ],
    ids=["after", "carried on", "role", "before", "split"],
)
def test_what_is_clear_is_high(sentences):
    assert min(_confidences(sentences)) >= 0.9


@pytest.mark.parametrize(
    "sentences",
    [
        "“The lock leaks. It always has,” Okafor said.",
        "Okafor said Lind had called the lock “an old friend”.",
        "A spokesman said the lock was “an old friend”.",
        "Okafor and the “old friend of the quay” again.",
        "“The lock leaks and it always has.” — Ines Vahtra",
    ],
    ids=["two sentences", "two verbs", "role before", "no verb", "signed"],
)
def test_what_is_less_clear_waits_for_a_look(sentences):
    assert max(_confidences(sentences)) < 0.9


def test_a_quote_in_the_next_paragraph_is_less_sure_than_in_its_own():
    same_paragraph, next_paragraph = (
        _confidences(f"“The lock leaks,” Okafor said.{gap}“It always has, you know.”")[1]
        for gap in (" ", "\n\n")
    )
    assert same_paragraph >= 0.9 > next_paragraph
