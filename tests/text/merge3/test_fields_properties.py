"""What holds of every merge, whatever was written: nothing is lost, and merging again changes nothing."""

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.merge3 import MergeChoice, find_choices, merge3, merge_body
from articles.text.merge3.blocks import split_blocks

KINDS = {"body_html": "html", "ed_note": "text", "tags": "rows"}
WORDS = ["gale", "harbour", "ferry", "Mr.", "“We", "saw”", "<em>tide</em>", "quay", "boats", "five"]

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(
    lambda words: " ".join(words) + "."
)
paragraphs = st.builds(
    lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag}>",
    st.sampled_from(["p", "p", "p", "h2"]),
    st.lists(sentences, min_size=1, max_size=3),
)
lists = st.lists(sentences, min_size=1, max_size=3).map(
    lambda items: "\n".join(["<ul>", *(f"<li>{item}</li>" for item in items), "</ul>"])
)
unknown = st.builds(
    "<figure><table><tr><td>{}</td></tr></table></figure>".format, st.integers(0, 9)
)
blocks = st.one_of(paragraphs, paragraphs, lists, unknown)
body_blocks = st.lists(blocks, max_size=6)


@st.composite
def edits(draw: Any, base: list[str], mark: str) -> str:
    """Return ``base`` as somebody has edited it: each new word bears ``mark`` and a number, and is there once."""
    body = []
    for number, block in enumerate([*base, ""]):
        action = draw(st.sampled_from(["keep", "keep", "keep", "add", "reword", "drop", "whole"]))
        if action == "add":
            body.append(f"<p>New {mark}{number}.</p>")
        if action == "reword":
            words = block.split(" ")
            words.insert(draw(st.integers(1, max(1, len(words)))), f"{mark}{number}.")
            body.append(" ".join(words) if block.startswith("<p>") else block)
        elif action == "whole":
            body.append(f"<p>{mark}{number}</p>")
        elif action != "drop":
            body.append(block)
    return "\n".join(filter(None, body))


@st.composite
def three(draw: Any) -> tuple[str, str, str]:
    base = draw(body_blocks)
    return "\n".join(base), draw(edits(base, "mine")), draw(edits(base, "theirs"))


def flat(merged: Any) -> str:
    """Return all that stands in a merged text, both sides of each choice too."""
    if isinstance(merged, str):
        return merged
    if isinstance(merged, MergeChoice):
        return f"{merged.mine}\n{merged.theirs}"
    return "\n".join(map(flat, merged))


def added(text: str) -> set[str]:
    return set(re.findall(r"(?:mine|theirs)\d+", text))


@settings(max_examples=150)
@given(three())
def test_nothing_of_either_side_is_lost(texts):
    base, mine, theirs = texts
    merged = flat(merge_body(base, mine, theirs))
    assert added(merged) == added(mine) | added(theirs)
    before, *sides = map(split_blocks, (base, mine, theirs))
    once = [block for block in before if before.count(block) == 1]
    assert all(block in merged for block in once if all(block in side for side in sides))


@settings(max_examples=150)
@given(three())
def test_what_is_merged_is_merged_again_without_a_change(texts):
    base, mine, theirs = texts
    merged = merge_body(base, mine, theirs)
    if isinstance(merged, str):
        assert merge_body(base, merged, theirs) == merged
        assert merge_body(base, mine, merged) == merged
        assert merge_body(theirs, merged, theirs) == merged


@settings(max_examples=80)
@given(three())
def test_the_sides_are_equal_before_the_merge(texts):
    base, mine, theirs = texts
    merged, other = merge_body(base, mine, theirs), merge_body(base, theirs, mine)
    assert isinstance(merged, str) is isinstance(other, str)
    if isinstance(merged, str):
        assert merged == other


values = st.one_of(st.none(), st.text("ab\n", max_size=8), st.lists(st.integers(0, 5), max_size=3))
snapshots = st.dictionaries(
    st.sampled_from(["headline", "body_html", "ed_note", "tags", "published_at"]), values
)


@given(snapshots, snapshots)
def test_a_side_that_changed_nothing_takes_the_other(a, b):
    assert merge3(a, a, b, KINDS) == b
    assert merge3(a, b, a, KINDS) == b
    assert merge3(a, b, b, KINDS) == b


@given(snapshots, snapshots, snapshots)
def test_fields_that_were_merged_are_merged_again_without_a_change(a, b, c):
    merged = merge3(a, b, c, KINDS)
    if not find_choices(merged):
        assert merge3(a, merged, c, KINDS) == merged
        assert merge3(c, merged, c, KINDS) == merged


@given(*[st.text("<>/plib \nA.“”&", max_size=60)] * 3)
def test_no_text_makes_it_fail(a, b, c):
    for pair in ((a, b), (b, a)):
        assert merge_body(a, *pair) == b
    merge_body(a, b, c)
