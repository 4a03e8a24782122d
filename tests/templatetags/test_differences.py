"""articles/templatetags/differences.py: a difference without styles still says what went and what came."""

import re

import pytest

from articles.templatetags.differences import as_difference, as_marked
from articles.text.diff import DiffPiece, diff, diff_bodies
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


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('<p>See <a href="https://example.org">it</a>.</p>',
         '<p>See <a href="https://evil.example">it</a>.</p>',
         "See it [link changed from https://example.org to https://evil.example]."),
        ("<p>See it.</p>", '<p>See it <a href="https://example.org">here</a>.</p>',
         "See it[added:  here (link to https://example.org)]."),
        ("<p><strong>Alpha</strong> beta</p>", "<p>Alpha beta</p>", "Alpha [no longer bold] beta"),
        ("<p>Alpha beta</p>", "<p><em>Alpha</em> beta</p>", "Alpha [now italic] beta"),
        ("<p>Alpha</p>", "<h2>Alpha</h2>", "[removed: paragraph] [added: heading]: Alpha"),
        ("<p>Alpha</p>", "<p>Alpha</p>\n<h2>Beta</h2>", "Alpha\nheading: [added: Beta]"),
        ("<p>Alpha</p>", "<blockquote>\n<p>Alpha</p>\n</blockquote>",
         "[removed: paragraph] [added: paragraph in a quoted block]: Alpha"),
        ("<p><strong>Alpha</strong> beta</p>", "<p><strong>Alpha </strong>beta</p>",
         "Alphaspace [now bold]beta"),
        ("<p>Alpha beta</p>", "<p>Alphabeta</p>", "[removed: Alpha beta]\n[added: Alphabeta]"),
        ("<p>a-b</p>", "<p>a -b</p>", "a[added: space]-b"),
    ],
)  # fmt: skip
def test_formatting_links_and_kinds_of_blocks_are_said_in_words(old, new, words):
    assert re.sub(r"<[^>]+>", "", as_difference(diff_bodies(old, new))) == words


def test_unchanged_paragraphs_are_counted():
    old = "\n\n".join(["Alpha", "Beta", "Gamma", "Delta"])
    html = as_difference(diff(old, old.replace("Delta", "Epsilon")))
    assert html.startswith('<p class="skipped">2 unchanged paragraphs</p>')


def test_an_address_is_escaped():
    html = as_difference(diff_bodies("<p>a</p>", '<p><a href="https://e.org/&lt;i&gt;">b</a></p>'))
    assert "<i>" not in html
