"""A text becomes the same words as what is looked for: without case, marks and endings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.search import index_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dredging the HARBOURS", "dredg the harbour"),
        ("Maren Østvik’s ferry", "maren ostvik ferri"),
        ("d’Aumerle", "d aumerl"),
        ("Désirée Wiśniarek", "desire wisniarek"),
        ("ＦＵＬＬ width", "full width"),
        ("cafe\u0301", "cafe"),
        ("e-mail, 3.5 per cent", "e mail 3 5 per cent"),
        ("東京で", "東 京 て"),
        ("½ of it", "12 of it"),
        ("s is a letter", "s is a letter"),
        ("_under_score", "under score"),
        ("", ""),
    ],
)
def test_words_are_folded_and_stemmed(text, words):
    assert " ".join(word.stem for word in index_words(text, "en")) == words


def test_a_language_without_rules_keeps_its_words():
    assert [word.stem for word in index_words("Dredging", "xx")] == ["dredging"]


def test_a_regional_code_has_the_rules_of_its_language():
    assert [word.stem for word in index_words("Dredging", "en-gb")] == ["dredg"]


def test_a_word_has_a_bound():
    (word,) = index_words("a" * 5_000, "en")
    assert len(word.folded) == 40


@given(st.text(max_size=200))
def test_each_word_stands_where_it_says_and_holds_only_letters_and_digits(text):
    for word in index_words(text, "en"):
        assert 0 <= word.start < word.end <= len(text)
        assert word.folded.isalnum()
        assert word.stem.isalnum()
        assert list(index_words(word.folded, "en"))
