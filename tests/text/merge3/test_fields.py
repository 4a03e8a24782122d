"""A field that one side left alone takes the other's value; the rest by what the field holds."""

from articles.text.merge3 import MergeChoice, find_choices, merge3, merge_body

KINDS = {"body_html": "html", "ed_note": "text", "tags": "rows"}


def test_each_field_for_itself():
    base = {"headline": "Gale", "dek": "It blew.", "bylines": [["Ann Marrow", ""]]}
    mine, theirs = base | {"headline": "Roof off"}, base | {"dek": "It blows."}
    assert merge3(base, mine, theirs, KINDS) == mine | {"dek": "It blows."}


def test_a_line_that_both_changed_is_a_choice_of_the_whole_line():
    merged = merge3({"headline": "Gale"}, {"headline": "Roof off"}, {"headline": "Gale: 2"}, KINDS)
    assert find_choices(merged) == {"headline": [MergeChoice("Gale", "Roof off", "Gale: 2")]}


def test_rows_are_a_set():
    merged = merge3({"tags": [1, 2, 3]}, {"tags": [1, 2, 9]}, {"tags": [2, 3, 7]}, KINDS)
    assert merged == {"tags": [2, 7, 9]}


def test_a_note_is_merged_by_lines():
    base, mine = {"ed_note": "Call Ann."}, {"ed_note": "Ask Bo.\nCall Ann."}
    theirs = {"ed_note": "Call Ann.\nUPDATES with roof."}
    assert merge3(base, mine, theirs, KINDS)["ed_note"] == "Ask Bo.\nCall Ann.\nUPDATES with roof."


def test_without_a_base_whatever_differs_is_a_choice():
    merged = merge3({}, {"headline": "A", "dek": "Same"}, {"headline": "B", "dek": "Same"}, KINDS)
    assert (merged["dek"], [*find_choices(merged)]) == ("Same", ["headline"])


def test_the_choices_of_a_body_are_named_by_its_field():
    base, mine, theirs = ({"body_html": f"<p>The {word}.</p>"} for word in ("a", "b", "c"))
    merged = merge3(base, mine, theirs, KINDS)
    assert find_choices(merged) == {
        "body_html": [MergeChoice("<p>The a.</p>", "<p>The b.</p>", "<p>The c.</p>")]
    }


def test_the_tags_that_all_paragraphs_share_make_no_two_of_them_alike():
    base, mine, theirs = (
        "<p>gale.</p>\n<p>harbour.</p>\n<p>gale. gale.</p>",
        "<p>gale.</p>\n<p>harbour.</p>\n<p>gale. mine2. gale.</p>\n<p>New mine3.</p>",
        "<p>gale.</p>\n<p>gale. gale.</p>\n<p>New theirs3.</p>",
    )
    merged = merge_body(base, mine, theirs)
    choices = [part for part in merged if not isinstance(part, str)]
    assert [(choice.mine, choice.theirs) for choice in choices] == [
        ("<p>New mine3.</p>", "<p>New theirs3.</p>")
    ]
