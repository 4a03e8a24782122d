"""Each place of a collision has a key; what was chosen for it makes one version, the rest stays as it was merged."""

import pytest
from hypothesis import given, settings

from articles.text.merge3 import (
    ChoiceError,
    ConflictPart,
    MergeChoice,
    apply_choices,
    list_parts,
    merge3,
)
from articles.text.merge3.choices import join_parts
from articles.text.merge3.parts import keep_both_sides
from tests.text.merge3.test_fields_properties import added, three

KINDS = {"body_html": "html", "ed_note": "text"}
LEAD = "<p>A gale tore the roof off the fish market.</p>"
QUAY = "<p>Boats stayed at the quay.</p>"
END = "<p>Calmer weather is expected by the weekend.</p>"


def body(*blocks: str) -> str:
    return "\n".join(blocks)


MERGED = merge3(
    {"headline": "Gale", "dek": "It blew.", "body_html": body(LEAD, QUAY, END)},
    {
        "headline": "Roof off",
        "dek": "It blew.",
        "body_html": body(LEAD.replace("gale", "storm"), QUAY, "<p>Ours.</p>", END),
    },
    {
        "headline": "Gale: 2",
        "dek": "It blows.",
        "body_html": body(LEAD.replace("gale", "hurricane"), QUAY, "<p>Theirs.</p>", END),
    },
    KINDS,
)


def test_parts_are_named_counted_and_told_by_what_stands_before_them():
    headline, lead, added_after = list_parts(MERGED)
    assert headline == ConflictPart(
        "headline", "headline", MergeChoice("Gale", "Roof off", "Gale: 2")
    )
    assert (lead.key, lead.number, lead.count, lead.follows) == ("body_html.1", 1, 2, "")
    assert (added_after.key, added_after.number, added_after.follows) == ("body_html.2", 2, QUAY)
    assert added_after.choice == MergeChoice("", "<p>Ours.</p>", "<p>Theirs.</p>")


@pytest.mark.parametrize(
    ("sides", "headline", "words"),
    [
        ({}, "Roof off", ("storm", "Ours")),
        ({"headline": "theirs"}, "Gale: 2", ("storm", "Ours")),
        ({"headline": "mine", "body_html.1": "theirs"}, "Roof off", ("hurricane", "Ours")),
        ({"body_html.2": "theirs", "body_html.1": "mine"}, "Roof off", ("storm", "Theirs")),
        ({"body_html.2": "theirs", "body_html.1": "theirs"}, "Roof off", ("hurricane", "Theirs")),
    ],
)
def test_each_part_gets_the_side_that_was_chosen_else_ours(sides, headline, words):
    wind, addition = words
    assert apply_choices(MERGED, sides) == {
        "headline": headline,
        "dek": "It blows.",  # came in without a question
        "body_html": body(LEAD.replace("gale", wind), QUAY, f"<p>{addition}.</p>", END),
    }


@pytest.mark.parametrize("key", ["dek", "body_html", "body_html.3", "body_html.0", "slug", ""])
def test_a_part_that_is_none_is_refused_by_its_name(key):
    with pytest.raises(ChoiceError, match=f"no part “{key}” to choose") as error:
        apply_choices(MERGED, {"headline": "theirs", key: "theirs"})
    assert error.value.message.code == "merge.unknown_part"


@pytest.mark.parametrize("side", ["", "base", "both", "Theirs"])
def test_a_side_that_is_none_is_refused_with_its_part(side):
    with pytest.raises(ChoiceError, match="no side of the part “headline”") as error:
        apply_choices(MERGED, {"headline": side})
    assert error.value.message.code == "merge.unknown_side"


def test_a_side_without_a_block_leaves_no_line_and_empty_lines_stay():
    choice = MergeChoice("b", "", "t")
    assert join_parts(("one", "", choice, "two"), lambda choice: [choice.mine]) == "one\n\ntwo"
    assert keep_both_sides(("one", MergeChoice("b", "m", "t"), "two")) == "one\nm\nt\ntwo"


def test_a_value_that_is_no_text_is_chosen_whole():
    merged = merge3({"bylines": []}, {"bylines": [["Ann", ""]]}, {"bylines": [["Bo", ""]]}, KINDS)
    assert [part.key for part in list_parts(merged)] == ["bylines"]
    assert apply_choices(merged, {"bylines": "theirs"}) == {"bylines": [["Bo", ""]]}


@settings(max_examples=100)
@given(three())
def test_a_side_that_is_chosen_everywhere_is_there_whole(texts):
    """And of the other only what collides with nothing."""
    base, mine, theirs = ({"body_html": text} for text in texts)
    merged = merge3(base, mine, theirs, KINDS)
    parts = list_parts(merged)
    ours = apply_choices(merged, {})["body_html"]
    wire = apply_choices(merged, {part.key: "theirs" for part in parts})["body_html"]
    assert added(mine["body_html"]) <= added(ours)
    assert added(theirs["body_html"]) <= added(wire)
    collided = {word for part in parts for word in added(part.choice.theirs)}
    assert not collided & added(ours)
    assert apply_choices({"body_html": ours}, {}) == {"body_html": ours}
