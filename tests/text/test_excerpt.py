import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.excerpt import sentences_around, shorten

TEXT = (
    "The mayor spoke first. “We looked at No. 3 pile,” Mr. Lund said. “It will not hold!” Then he left.\n\n"
    "Another paragraph. “Why?” he asked. Nobody knew."
)


def bracketed(*words: str, text: str = TEXT) -> str:
    parts = [(text.index(word), text.index(word) + len(word)) for word in words]
    return "".join(
        f"[{run.text}]" if run.is_highlighted else run.text for run in sentences_around(text, parts)
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["We looked at No. 3 pile,"], "“[We looked at No. 3 pile,]” Mr. Lund said."),
        (["It will not hold!"], "“[It will not hold!]”"),
        (
            ["We looked at No. 3 pile,", "It will not hold!"],
            "“[We looked at No. 3 pile,]” Mr. Lund said. “[It will not hold!]”",
        ),
        (["Why?"], "“[Why?]” he asked."),
        (["Nobody knew."], "[Nobody knew.]"),
        (["mayor"], "The [mayor] spoke first."),
    ],
)
def test_the_sentence_around_words_is_shown_whole(words, sentence):
    assert bracketed(*words) == sentence


def test_a_sentence_without_end_is_cut():
    runs = sentences_around("word " * 1000 + "“here” " + "word " * 1000, [(5001, 5005)])
    assert sum(len(run.text) for run in runs) < 500


def test_words_that_are_not_there_show_nothing():
    assert (
        sentences_around("short", [(3, 99)])
        == sentences_around("short", [])
        == sentences_around("", [(0, 1)])
        == []
    )


@given(text=st.text(), spans=st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=3))
def test_the_runs_are_a_piece_of_the_text(text, spans):
    at, parts = 0, []
    for gap, length in spans:
        parts.append((at + gap, at + gap + length))
        at = parts[-1][1]
    runs = sentences_around(text, parts)
    assert "".join(run.text for run in runs) in text
    expected = [text[start:end] for start, end in parts if end <= len(text)]
    assert [run.text for run in runs if run.is_highlighted] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seal\non it", "Seal on it"),
        ("Seal on the slipway", "Seal on …"),
        ("Sealsealseals", "Sealsealse …"),
    ],
)
def test_long_words_are_cut_after_a_whole_word(text, expected):
    assert shorten(text, 12) == expected
