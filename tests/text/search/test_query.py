"""What is written into the search is read as people write it, whatever they write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.search import MAX_QUERY_WORDS, SearchTerm, parse_query
from articles.text.search.index import IndexQuery

CHARACTERS = st.text("ab'\"“”-*:(){}\\|&!<>#= \0é½", max_size=40)


def words(terms: tuple[SearchTerm, ...]) -> list[str]:
    return [" ".join(term.stems) for term in terms]


@pytest.mark.parametrize(
    ("text", "terms", "excluded"),
    [
        ("harbour dredging", ["harbour", "dredg"], []),
        ('"harbour dredging" council', ["harbour dredg", "council"], []),
        ("“harbour dredging”", ["harbour dredg"], []),
        ("«harbour»", ["harbour"], []),
        ("harbour -council", ["harbour"], ["council"]),
        ('harbour -"town council"', ["harbour"], ["town council"]),
        ("e-mail", ["e mail"], []),
        ("d'Aumerle", ["d aumerl"], []),
        ("harbour harbour", ["harbour"], []),
        ('"unclosed words', ["unclos", "word"], []),
        ("-harbour", [], ["harbour"]),
        ("- “” !", [], []),
    ],
)
def test_words_phrases_and_what_is_excluded(text, terms, excluded):
    query = parse_query(f"{text} ", "en")
    assert set(words(query.terms)) == {*terms}
    assert words(query.excluded) == excluded
    assert bool(query) is bool(terms)


@pytest.mark.parametrize(
    ("text", "prefix"),
    [("dredg", "dredg"), ("harbour dredgin", "dredgin"), ('"dredg"', ""), ("d", ""), ("d'Aum", "")],
)
def test_the_last_word_may_go_on(text, prefix):
    assert parse_query(text, "en").terms[-1].prefix == prefix


def test_only_so_many_words_are_looked_for_and_the_others_are_named():
    query = parse_query(" ".join("abcdefghij"), "en")
    assert len(query.terms) == MAX_QUERY_WORDS
    assert query.omitted == ("i", "j")


@given(CHARACTERS)
def test_nothing_that_is_written_gets_out_of_the_quotation_marks_of_a_query(text):
    query = IndexQuery(parse_query(text, "en"))
    quoted = "".join(query.tsquery().split("'")[1::2])
    assert "\\" not in quoted
    assert all(letter.isalnum() or letter == "=" for letter in quoted)
    assert all(
        letter.isalnum() or letter == " " for letter in "".join(query.fts5().split('"')[1::2])
    )
