"""Other paragraphs come together without a question; the same sentence reworded twice is a choice of both."""

import pytest

from articles.text.merge3 import MergeChoice, merge_body
from articles.text.merge3.blocks import join_blocks, split_blocks

LEAD = "<p>A gale tore the roof off the fish market in Skerry on Tuesday.</p>"
QUAY = "<p>Boats stayed at the quay. The ferry to Ostby was cancelled.</p>"
END = "<p>The harbour office expects calmer weather by the weekend.</p>"
FIGURE = "<figure><table><tr><td>Wind</td><td>{}</td></tr></table></figure>"
BASE = join_blocks([LEAD, QUAY, END])


def body(*blocks: str) -> str:
    return join_blocks(blocks)


CLEAN = {
    "different paragraphs reworded, side by side": (
        body(LEAD.replace("Tuesday", "Tuesday night"), QUAY, END),
        body(LEAD, QUAY.replace("Ostby", "Ostby and Hale"), END),
        body(LEAD.replace("Tuesday", "Tuesday night"), QUAY.replace("Ostby", "Ostby and Hale"), END),
    ),
    "ours reworded at the end, theirs added after it": (
        body(LEAD, QUAY, END.replace("weekend", "weekend, it says")),
        body(LEAD, QUAY, END, "<p>Two sailors were hurt.</p>"),
        body(LEAD, QUAY, END.replace("weekend", "weekend, it says"), "<p>Two sailors were hurt.</p>"),
    ),
    "a new lead above the one that we reworded": (
        body(LEAD.replace("gale", "storm"), QUAY, END),
        body("<p>Two sailors were hurt.</p>", LEAD, QUAY, END),
        body("<p>Two sailors were hurt.</p>", LEAD.replace("gale", "storm"), QUAY, END),
    ),
    "a paragraph taken out, another reworded": (
        body(LEAD, QUAY),
        body(LEAD.replace("gale", "storm"), QUAY, END),
        body(LEAD.replace("gale", "storm"), QUAY),
    ),
    "different sentences of one paragraph": (
        body(LEAD, QUAY.replace("Boats", "Most boats"), END),
        body(LEAD, QUAY.replace("Ostby", "Hale"), END),
        body(LEAD, QUAY.replace("Boats", "Most boats").replace("Ostby", "Hale"), END),
    ),
    "the same on both sides": (
        body(LEAD, END),
        body(LEAD, END, "<p>More.</p>"),
        body(LEAD, END, "<p>More.</p>"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("mine", "theirs", "merged"), CLEAN.values(), ids=CLEAN.keys())
def test_changes_in_different_places_come_together(mine, theirs, merged):
    assert merge_body(BASE, mine, theirs) == merged
    assert merge_body(BASE, theirs, mine) == merged


CHOICES = {
    "one sentence reworded twice": (
        body(LEAD, QUAY.replace("The ferry to Ostby", "No ferry"), END),
        body(LEAD, QUAY.replace("Ostby", "Hale"), END),
        (QUAY, QUAY.replace("The ferry to Ostby", "No ferry"), QUAY.replace("Ostby", "Hale")),
    ),
    "taken out here, reworded there": (
        body(LEAD, END),
        body(LEAD, QUAY.replace("Ostby", "Hale"), END),
        (QUAY, "", QUAY.replace("Ostby", "Hale")),
    ),
    "both add at one place": (
        body(LEAD, QUAY, END, "<p>Ours.</p>"),
        body(LEAD, QUAY, END, "<p>Theirs.</p>"),
        ("", "<p>Ours.</p>", "<p>Theirs.</p>"),
    ),
}


@pytest.mark.parametrize(("mine", "theirs", "sides"), CHOICES.values(), ids=CHOICES.keys())
def test_what_collides_is_a_choice_that_holds_both_sides(mine, theirs, sides):
    merged = merge_body(BASE, mine, theirs)
    assert [part for part in merged if isinstance(part, MergeChoice)] == [MergeChoice(*sides)]
    texts = [part if isinstance(part, str) else part.mine for part in merged]
    assert join_blocks([text for text in texts if text]) == mine


def test_a_quotation_is_never_made_of_two():
    base = "<p>“The roof is gone. We start again tomorrow,” said Ada Quince.</p>"
    merged = merge_body(base, base.replace("roof", "whole roof"), base.replace("start", "begin"))
    assert isinstance(merged, tuple)


def test_an_unknown_block_is_one_whole():
    base = body(LEAD, FIGURE.format(9), END)
    ours, theirs = body(LEAD, FIGURE.format(10), END), body(LEAD, FIGURE.format(9), END, LEAD)
    assert merge_body(base, ours, theirs) == body(LEAD, FIGURE.format(10), END, LEAD)
    merged = merge_body(base, ours, body(LEAD, FIGURE.format(11), END))
    assert merged[1] == MergeChoice(*map(FIGURE.format, (9, 10, 11)))


def test_lists_are_merged_item_by_item():
    html = "<ol>\n<li>{}</li>\n<li>The ferry is off.</li>\n<li>{}</li>\n</ol>"
    base = html.format("The roof is off.", "The quay is shut.")
    mine = html.format("The whole roof is off.", "The quay is shut.")
    theirs = html.format("The roof is off.", "The quay is shut until noon.")
    merged = html.format("The whole roof is off.", "The quay is shut until noon.")
    assert merge_body(base, mine, theirs) == merged


def test_blocks_are_outermost_elements():
    text = body(LEAD, FIGURE.format(1), "<ul>\n<li>One<br>two</li>\n</ul>", "bare words", "<p>open")
    assert join_blocks(split_blocks(text)) == text
    assert len(split_blocks(text)) == 5


def test_a_very_long_body_is_merged_in_good_time():
    many = [f"<p>Line {number % 7} of the list of results.</p>" for number in range(9_000)]
    merged = merge_body(body(*many), body(*many, "<p>Ours.</p>"), body("<p>Theirs.</p>", *many))
    assert isinstance(merged, tuple)
