import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.around import around

TEXT = (
    "The mayor spoke first. “We looked at No. 3 pile,” Mr. Lund said. “It will not hold!” Then he left.\n\n"
    "Another paragraph. “Why?” he asked. Nobody knew."
)


def shown(*words: str, text: str = TEXT) -> str:
    parts = [(text.index(one), text.index(one) + len(one)) for one in words]
    return "".join(f"[{run.text}]" if run.is_meant else run.text for run in around(text, parts))


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
    assert shown(*words) == sentence


def test_a_sentence_without_end_is_cut():
    runs = around("word " * 1000 + "“here” " + "word " * 1000, [(5001, 5005)])
    assert sum(len(run.text) for run in runs) < 500


def test_words_that_are_not_there_show_nothing():
    assert around("short", [(3, 99)]) == around("short", []) == around("", [(0, 1)]) == []


@given(text=st.text(), spans=st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=3))
def test_the_runs_are_a_piece_of_the_text(text, spans):
    at, parts = 0, []
    for gap, length in spans:
        parts.append((at + gap, at + gap + length))
        at = parts[-1][1]
    runs = around(text, parts)
    assert "".join(run.text for run in runs) in text
    meant = [text[start:end] for start, end in parts if end <= len(text)]
    assert [run.text for run in runs if run.is_meant] == meant
