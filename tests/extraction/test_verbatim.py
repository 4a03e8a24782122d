"""Verbatim or nothing: no text makes extraction raise, dawdle, or print words that do not stand where it says."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.extraction.extract import extract
from tests.growth import assert_linear

WORDS = st.sampled_from(
    "“ ” \" ' ‘ ’ „ « » , . ? ! : ( ) — said says told called Ada Okafor Mr Lind he she who the of that by was mayor"
    " according to with saying \n \n\n 😀 é İ ß \u2028 NATO Party D.C. U.S.".split(" ")
)
TEXTS = st.one_of(
    st.text(), st.lists(WORDS, max_size=60).map(" ".join), st.lists(WORDS).map("".join)
)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, known_names=st.lists(st.one_of(st.text(), WORDS), max_size=3))
def test_every_piece_stands_where_it_says_whatever_the_text(text, known_names):
    extraction = extract(text, known_people=known_names, known_organizations=known_names)
    for quote in extraction.quotes:
        spans: list[Any] = [quote, quote.mention, quote.cue]
        for span in filter(None, spans):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == span.text
        assert 0 <= quote.confidence <= 1
    for entity in (*extraction.people, *extraction.organizations):
        assert all(0 <= start < end <= len(text) for start, end in entity.mentions)


HOSTILE = {
    "opening marks": "“",
    "straight marks": '"',
    "tiny quotes": "“a” ",
    "unclosed paragraphs": "“a\n",
    "quotes with cues": "“We dredge at dawn,” he said. ",
    "cues": "said ",
    "names": "Ada Okafor said. ",
    "pronouns": "Ada Okafor she ",
    "roles": "The mayor, Ada Okafor, said. ",
    "one letter": "a",
    "full stops": ".",
    "brackets": "(",
    "passives": "was told by ",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_megabyte_meant_to_hurt_takes_linear_time(unit):
    text = unit * (1_000_000 // len(unit) + 1)
    assert_linear(lambda size: extract(text[:size]), 1_000_000)
