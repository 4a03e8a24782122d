"""What changed between two texts is told word by word, and nothing of either text is lost."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.diff import DiffPiece, Op, Passage, diff

WORDS = st.lists(
    st.sampled_from(["the", "cat", "sat", ",", ".", " ", "  ", "\n", "\n\n", "é", "mat"]),
    max_size=40,
)
TEXTS = WORDS.map("".join)


def side(passages: list[Passage], op: Op) -> str:
    """Put one of the two texts together again."""
    paragraphs = [
        [piece.text for piece in passage.pieces if piece.op in ("equal", op)]
        for passage in passages
    ]
    return "\n\n".join("".join(words) for words in paragraphs if words)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_from_the_pieces(old: str, new: str) -> None:
    passages = diff(old, new, context=None)
    assert side(passages, "delete") == old
    assert side(passages, "insert") == new


@given(TEXTS, TEXTS)
def test_what_is_shown_and_what_is_skipped_add_up(old: str, new: str) -> None:
    passages, whole = diff(old, new), diff(old, new, context=None)
    if old == new:
        assert passages == []
    else:
        assert sum(passage.skipped or 1 for passage in passages) == len(whole)
        assert [passage for passage in passages if passage.is_changed] == [
            passage for passage in whole if passage.is_changed
        ]


def test_a_changed_word_is_shown_within_its_paragraph() -> None:
    assert diff("The fee is 18 per cent.", "The fee is 8 per cent.") == [
        Passage(
            (
                DiffPiece("equal", "The fee is "),
                DiffPiece("delete", "18"),
                DiffPiece("insert", "8"),
                DiffPiece("equal", " per cent."),
            )
        )
    ]


def test_words_side_by_side_change_as_one() -> None:
    [passage] = diff("It is a small red boat now.", "It is a large blue boat now.")
    assert [piece.text for piece in passage.pieces] == [
        "It is a ",
        "small red",
        "large blue",
        " boat now.",
    ]


def test_a_rewritten_paragraph_goes_and_another_comes() -> None:
    old = "Kept one.\n\nNobody was hurt in the gale.\n\nKept two."
    new = "Kept one.\n\nWork begins next January, officers said.\n\nKept two."
    assert [[piece.op for piece in passage.pieces] for passage in diff(old, new)] == [
        ["equal"],
        ["delete"],
        ["insert"],
        ["equal"],
    ]


def test_unchanged_paragraphs_are_skipped_but_for_their_neighbours() -> None:
    old = "\n\n".join(f"Paragraph {number}." for number in range(9))
    passages = diff(old, old.replace("4", "four"), context=1)
    assert [passage.skipped for passage in passages] == [3, 0, 0, 0, 3]
    assert [passage.is_changed for passage in passages] == [False, False, True, False, False]


def text(seed: int, words: int, paragraph: int) -> str:
    """Write a text of common and rare words."""
    chance = random.Random(seed)  # noqa: S311
    drawn = [f"w{int(1 / (chance.random() + 0.0003))}" for _ in range(words)]
    return "\n\n".join(" ".join(drawn[at : at + paragraph]) for at in range(0, words, paragraph))


@pytest.mark.parametrize("paragraph", [1, 30, 200, 600, 3_000, 30_000])
def test_100_kb_of_different_text_take_no_time(paragraph: int) -> None:
    old, new = text(1, 25_000, paragraph), text(2, 25_000, paragraph)
    started = time.process_time()
    passages = diff(old, new, context=None)
    assert time.process_time() - started < 3  # 0.4 s alone on a machine; tests run side by side
    assert side(passages, "insert") == new
