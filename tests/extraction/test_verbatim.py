"""Verbatim or nothing: no text makes extraction raise, dawdle, or print words that do not stand where it says."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.extraction.extract import extract
from tests.pace import pace

WORDS = st.sampled_from(
    "“ ” \" ' ‘ ’ „ « » , . ? ! : ( ) — said says told called Ada Okafor Mr Lind he she who the of that by was mayor"
    " according to with saying \n \n\n 😀 é İ ß \u2028 NATO Party D.C. U.S.".split(" ")
)
TEXTS = st.one_of(
    st.text(), st.lists(WORDS, max_size=60).map(" ".join), st.lists(WORDS).map("".join)
)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, known=st.lists(st.one_of(st.text(), WORDS), max_size=3))
def test_every_piece_stands_where_it_says_whatever_the_text(text, known):
    found = extract(text, known_people=known, known_organizations=known)
    for quote in found.quotes:
        for piece in filter(None, (quote, quote.mention, quote.cue)):
            assert 0 <= piece.start < piece.end <= len(text)
            assert text[piece.start : piece.end] == piece.text
        assert 0 <= quote.confidence <= 1
    for named in (*found.people, *found.organizations):
        assert all(0 <= start < end <= len(text) for start, end in named.mentions)


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
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        extract(text)
        return time.process_time() - start

    assert min(seconds(1_000_000) for _ in range(2)) < pace()
