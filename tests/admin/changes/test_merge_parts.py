"""The parts of a merge under names made of what they say: no choice is done about other words, and none is lost."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.admin.changes.merge_parts import name_parts, take_sides
from articles.models.snapshot_merges import merge_snapshots
from articles.text.merge3 import apply_choices, list_parts
from tests.text.merge3.test_fields_properties import added, edits, three


def in_form(base: Any, mine: Any, theirs: Any) -> dict[str, Any]:
    """Return what the form of a conflict holds: mine where both changed one place."""
    return apply_choices(merge_snapshots(base, mine, theirs), {})


def parts_by_name(base: Any, mine: Any, theirs: Any) -> dict[str, Any]:
    merged = merge_snapshots(base, mine, theirs)
    names = name_parts(merged)
    return {names[part.key]: part.choice for part in list_parts(merged)}


def as_body(*texts: str) -> list[dict[str, str]]:
    return [{"body_html": text} for text in texts]


def test_equal_parts_have_names_of_their_own():
    base, mine, theirs = as_body(
        "<p>A.</p>", "<p>M.</p>\n<p>A.</p>\n<p>M.</p>", "<p>T.</p>\n<p>A.</p>\n<p>T.</p>"
    )
    assert len(parts_by_name(base, mine, theirs)) == 2


def test_a_choice_about_words_that_are_gone_is_missed():
    base, mine, theirs = as_body(
        "<p>One two three.</p>", "<p>One TWO three.</p>", "<p>One 2 three.</p>"
    )
    (name,) = parts_by_name(base, mine, theirs)
    assert take_sides(base, mine, theirs, {name}) == (theirs, set())
    reworded = {"body_html": "<p>One two, three.</p>"}
    assert take_sides(base, reworded, theirs, {name}) == (reworded, {"body_html"})


@settings(max_examples=150)
@given(three(), st.data())
def test_a_conflict_loses_nothing_whatever_is_chosen(texts, data):
    base, mine, theirs = as_body(*texts)
    form = in_form(base, mine, theirs)
    parts = parts_by_name(base, form, theirs)
    offered = set().union(*(added(choice.theirs) for choice in parts.values()))
    everything = added(mine["body_html"]) | added(theirs["body_html"])
    assert added(form["body_html"]) | offered == everything, "all is in the form or offered beside"
    chosen = data.draw(st.sets(st.sampled_from(sorted(parts)))) if parts else set()
    values, missed = take_sides(base, form, theirs, chosen)
    assert missed == set()
    chosen_marks = set().union(*(added(parts[name].theirs) for name in chosen))
    given_up = set().union(*(added(parts[name].mine) for name in chosen))
    text = added(values["body_html"])
    assert text >= chosen_marks
    assert text >= added(form["body_html"]) - given_up
    assert take_sides(base, form, theirs, set())[0] == form


@settings(max_examples=150)
@given(three(), st.data())
def test_no_choice_drops_what_was_written_by_hand_since(texts, data):
    base, mine, theirs = as_body(*texts)
    form = in_form(base, mine, theirs)
    names = sorted(parts_by_name(base, form, theirs))
    by_hand = {"body_html": data.draw(edits(form["body_html"].split("\n"), "theirs9"))}
    values, _ = take_sides(base, by_hand, theirs, set(names))
    by_hand_marks = {mark for mark in added(by_hand["body_html"]) if mark.startswith("theirs9")}
    assert added(values["body_html"]) >= by_hand_marks
