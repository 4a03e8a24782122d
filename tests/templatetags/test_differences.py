"""articles/templatetags/differences.py: a difference without styles still says what went and what came."""

import re

import pytest

from articles.templatetags.differences import as_marked
from articles.text.diff import DiffPiece, diff
from tests.marks import marks


def plain_difference(old: str, new: str) -> str:
    """Return what a screen reader, a copy or a browser without styles has of one changed paragraph."""
    (passage,) = diff(old, new)
    return re.sub(r"<[^>]+>", "", as_marked(passage.pieces))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Fees rise by 18 per cent.", "Fees rise by 8 per cent.",
         "Fees rise by [removed: 18] [added: 8] per cent."),
        ("Ten boats sank.", "Ten old boats sank.", "Ten [added: old ]boats sank."),
        ("Ten old boats sank.", "Ten boats sank.", "Ten [removed: old ]boats sank."),
        ("It cost £18 and more", "It cost £8, and more",
         "It cost £[removed: 18] [added: 8,] and more"),
    ],
)  # fmt: skip
def test_old_and_new_words_never_run_together(old, new, words):
    assert plain_difference(old, new) == words


def test_the_words_of_a_story_are_escaped():
    pieces = [DiffPiece("equal", "<b>"), DiffPiece("delete", "<i>"), DiffPiece("insert", "<u>")]
    assert as_marked(pieces) == "&lt;b&gt;" + marks("&lt;i&gt;", "&lt;u&gt;")
