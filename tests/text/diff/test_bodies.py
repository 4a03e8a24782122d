"""A difference of two bodies hides nothing: words, formatting, links, kinds of blocks."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.diff import DiffPiece, Op, Passage, Shape, diff_bodies
from articles.text.html.blocks import Style
from articles.text.html.sanitize import sanitise

WORDS = ["gale", "harbour", "18", "8", "per cent", ",", "“We", "&amp;", "<br>"]
inline = st.lists(
    st.builds(
        lambda opening, word, space: f"{opening[0]}{word}{opening[1]}{space}",
        st.sampled_from(
            [
                ("", ""),
                ("<strong>", "</strong>"),
                ("<em>", "</em>"),
                ('<a href="https://example.org/a">', "</a>"),
                ('<a href="https://evil.example/b">', "</a>"),
            ]
        ),
        st.sampled_from([*WORDS, *(f"{word} " for word in WORDS)]),
        st.sampled_from(["", " "]),
    ),
    min_size=1,
    max_size=5,
).map("".join)
blocks = st.one_of(
    st.builds(
        lambda tag, text: f"<{tag}>{text}</{tag}>", st.sampled_from(["p", "p", "h2", "h3"]), inline
    ),
    st.builds(
        lambda tag, items: f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>",
        st.sampled_from(["ul", "ol"]),
        st.lists(inline, min_size=1, max_size=3),
    ),
    st.builds("<blockquote><p>{}</p></blockquote>".format, inline),
)
body_html = st.lists(blocks, max_size=4).map(lambda parts: sanitise("".join(parts)))


def words_of(passages: list[Passage], op: Op) -> str:
    """Put the words of one side together again."""
    sides = ("equal", "restyle", op)
    return "".join(
        piece.text for passage in passages for piece in passage.pieces if piece.op in sides
    )


def styles_of(passages: list[Passage], op: Op) -> list[tuple[str, Style]]:
    """Return each letter that is no space, with how one side sets it."""
    return [
        (letter, (piece.old_style if op == "delete" else None) or piece.style)
        for passage in passages
        for piece in passage.pieces
        if piece.op in ("equal", "restyle", op)
        for letter in piece.text
        if not letter.isspace()
    ]


def letters_of(html: str) -> list[tuple[str, Style]]:
    return styles_of(diff_bodies("", html, context=None), "insert")


@given(body_html, body_html)
@settings(max_examples=400, deadline=None)
def test_two_bodies_that_differ_never_give_nothing(old: str, new: str) -> None:
    passages = diff_bodies(old, new)
    assert any(passage.is_changed for passage in passages) == (old != new)


@given(body_html, body_html)
@settings(max_examples=300, deadline=None)
def test_each_side_stands_in_the_difference_with_its_formatting(old: str, new: str) -> None:
    passages = diff_bodies(old, new, context=None)
    if Shape("other") in {passage.shape for passage in passages}:
        return
    assert styles_of(passages, "delete") == letters_of(old)
    assert styles_of(passages, "insert") == letters_of(new)


@given(body_html, body_html, body_html)
@settings(max_examples=200, deadline=None)
def test_differences_from_one_body_are_as_different_as_the_bodies(
    old: str, first: str, second: str
) -> None:
    assert (diff_bodies(old, first) == diff_bodies(old, second)) == (first == second)


def only_changes(old: str, new: str) -> list[Any]:
    return [
        piece
        for passage in diff_bodies(old, new)
        for piece in passage.pieces
        if piece.op != "equal"
    ]


def test_a_changed_link_is_seen_beside_a_changed_word() -> None:
    old = '<p>The <a href="https://example.org/a">harbour plan</a> costs ten million.</p>'
    new = '<p>The <a href="https://evil.example/b">harbour plan</a> costs two million.</p>'
    assert only_changes(old, new) == [
        DiffPiece(
            "restyle",
            "harbour plan",
            Style("https://evil.example/b"),
            Style("https://example.org/a"),
        ),
        DiffPiece("delete", "ten"),
        DiffPiece("insert", "two"),
    ]


def test_bold_that_went_is_seen() -> None:
    assert only_changes("<p><strong>Alpha</strong> beta</p>", "<p>Alpha beta</p>") == [
        DiffPiece("restyle", "Alpha", Style(), Style(is_strong=True))
    ]


def test_bold_within_a_word_is_seen() -> None:
    assert only_changes("<p>undo</p>", "<p>un<em>do</em></p>") == [
        DiffPiece("restyle", "do", Style(is_em=True), Style())
    ]


def test_a_paragraph_that_became_a_crosshead_is_one_passage() -> None:
    assert diff_bodies("<p>Alpha</p>", "<h2>Alpha</h2>") == [
        Passage((DiffPiece("equal", "Alpha"),), shape=Shape("h2"), old_shape=Shape("p"))
    ]


def test_an_item_that_became_a_paragraph_is_seen() -> None:
    old, new = (
        "<ul>\n<li>Alpha</li>\n<li>Beta</li>\n</ul>",
        "<ul>\n<li>Alpha</li>\n</ul>\n<p>Beta</p>",
    )
    [passage] = [passage for passage in diff_bodies(old, new) if passage.is_changed]
    assert (passage.old_shape, passage.shape) == (Shape("ul"), Shape("p"))


def test_two_lists_instead_of_one_are_seen() -> None:
    joined = "<ul>\n<li>Alpha</li>\n<li>Beta</li>\n</ul>"
    parted = "<ul>\n<li>Alpha</li>\n</ul>\n<ul>\n<li>Beta</li>\n</ul>"
    [passage] = [passage for passage in diff_bodies(joined, parted) if passage.is_changed]
    assert passage.shape == Shape("ul", begins=True)


def test_a_space_in_bold_is_shown_only_where_nothing_else_is_different() -> None:
    old, new = "<p><strong>Alpha</strong> beta</p>", "<p><strong>Alpha </strong>beta</p>"
    assert only_changes(old, new) == [DiffPiece("restyle", " ", Style(is_strong=True), Style())]
    assert only_changes(old, new.replace("beta", "gamma")) == [
        DiffPiece("delete", "beta"),
        DiffPiece("insert", "gamma"),
    ]


def test_a_block_of_a_kind_that_nobody_knows_is_compared_whole() -> None:
    old = '<p>Alpha</p>\n<figure data-id="3"><table><tr><td>9</td></tr></table></figure>'
    passages = diff_bodies(old, old.replace('"3"', '"4"'))
    assert [passage.shape.source for passage in passages if passage.is_changed] == [
        '<figure data-id="4"><table><tr><td>9</td></tr></table></figure>'
    ]
    assert any(passage.is_changed for passage in diff_bodies(old, "<p>Alpha</p>"))
