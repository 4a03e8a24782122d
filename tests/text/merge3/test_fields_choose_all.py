"""Whatever the other side changed is a choice: a person takes or leaves each field and each paragraph of it."""

import pytest
from hypothesis import given, settings

from articles.text.merge3 import MergeChoice, apply_choices, find_choices, list_parts, merge3
from tests.text.merge3.test_fields_properties import KINDS, added, snapshots, three

LEAD = "<p>A gale tore the roof off the fish market. Nobody was hurt.</p>"
QUAY = "<p>Boats stayed at the quay.</p>"
END = "<p>Calmer weather is expected by the weekend.</p>"


def story(*blocks: str, **fields: object) -> dict[str, object]:
    return {"headline": "Gale", "tags": [1], "body_html": "\n".join(blocks), **fields}


def choose(merged, side):
    return apply_choices(merged, {part.key: side for part in list_parts(merged)})


def merge(base, mine, theirs):
    return merge3(base, mine, theirs, KINDS, choose_all=True)


def test_each_change_to_what_nobody_else_touched_is_a_choice():
    theirs = story(
        LEAD.replace("gale", "storm"), "<p>New.</p>", QUAY, headline="Storm", tags=[1, 2]
    )
    merged = merge(story(LEAD, QUAY, END), story(LEAD, QUAY, END), theirs)
    assert [(part.key, part.choice.mine, part.choice.theirs) for part in list_parts(merged)] == [
        ("headline", "Gale", "Storm"),
        ("tags", [1], [1, 2]),
        ("body_html.1", LEAD, LEAD.replace("gale", "storm")),
        ("body_html.2", "", "<p>New.</p>"),
        ("body_html.3", END, ""),
    ]


def test_one_paragraph_is_taken_without_the_others():
    theirs = story(LEAD.replace("gale", "storm"), QUAY, "<p>New.</p>", END)
    merged = merge(story(LEAD, QUAY, END), story(LEAD, QUAY, END), theirs)
    taken = apply_choices(merged, {"body_html.2": "theirs"})
    assert taken["body_html"] == "\n".join([LEAD, QUAY, "<p>New.</p>", END])


def test_a_choice_within_one_paragraph_offers_what_the_merge_of_both_would_be():
    mine = LEAD.replace("Nobody was hurt", "Two were hurt")
    theirs = LEAD.replace("gale", "storm")
    merged = merge(story(LEAD), story(mine), story(theirs))
    both = mine.replace("gale", "storm")
    assert find_choices(merged)["body_html"] == [MergeChoice(LEAD, mine, both)]


def test_what_only_mine_changed_is_no_question():
    mine = story(LEAD, "<p>Ours.</p>", QUAY, headline="Ours")
    merged = merge(story(LEAD, QUAY), mine, story(LEAD, QUAY, END))
    assert [part.key for part in list_parts(merged)] == ["body_html.1"]
    assert choose(merged, "theirs")["body_html"].count("Ours") == 1


@settings(max_examples=150)
@given(three())
def test_nothing_taken_leaves_mine_and_everything_taken_is_theirs_where_mine_is_the_base(texts):
    base, mine, theirs = ({"body_html": text} for text in texts)
    assert choose(merge(base, mine, theirs), "mine") == mine
    assert choose(merge(base, base, theirs), "theirs") == theirs


@settings(max_examples=150)
@given(three())
def test_nothing_of_theirs_comes_in_without_a_choice(texts):
    base, mine, theirs = ({"body_html": text} for text in texts)
    merged = merge(base, mine, theirs)
    assert not added(choose(merged, "mine")["body_html"]) - added(mine["body_html"])
    assert added(choose(merged, "theirs")["body_html"]) >= added(theirs["body_html"])


@settings(max_examples=150)
@given(three())
def test_a_merge_without_a_collision_is_what_comes_of_taking_all(texts):
    base, mine, theirs = ({"body_html": text} for text in texts)
    merged = merge3(base, mine, theirs, KINDS)
    if not find_choices(merged):
        assert choose(merge(base, mine, theirs), "theirs") == merged


@given(snapshots, snapshots)
def test_equal_sides_leave_no_question(a, b):
    assert merge(a, b, a) == b
    assert merge(a, b, b) == b


@pytest.mark.parametrize("base", [{}, {"headline": "Gale"}])
def test_a_field_that_only_they_have_is_a_choice(base):
    merged = merge(base, base, base | {"dek": "It blew."})
    assert find_choices(merged) == {"dek": [MergeChoice(None, None, "It blew.")]}
