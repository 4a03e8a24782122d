"""Names are found without their marks, and addresses are made of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.fold import fold, slugify
from articles.text.names.sort_name import sort_name


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ní Dhálaigh", "ni dhalaigh"),
        ("Øystein Łukasz Đorđe", "oystein lukasz dorde"),
        ("Straße ÆON Œuvre", "strasse aeon oeuvre"),
        ("İstanbul ılık", "istanbul ilik"),
        ("  Maren \n Østvik ", "maren ostvik"),
        ("ﬁne", "fine"),
    ],
)
def test_marks_and_case_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.integers(5, 100))
def test_a_slug_is_plain_short_and_never_empty(text: str, limit: int) -> None:
    slug = slugify(text, limit, "story")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= limit


def test_a_slug_is_cut_between_words() -> None:
    assert slugify("Harbour’s dredging vote delayed", 20) == "harbours-dredging"
    assert slugify("x" * 30, 10) == "x" * 10
    assert slugify("東京") == "story"
    assert slugify("…", default="person") == "person"


@pytest.mark.parametrize(
    ("name", "sorted_as"),
    [
        ("Jane Roe", "Roe, Jane"),
        ("Ana de la Cruz", "de la Cruz, Ana"),
        ("Willem van der Hoeck", "van der Hoeck, Willem"),
        ("Keith Marlowe-Dunn", "Marlowe-Dunn, Keith"),
        ("Martin Luther King Jr.", "King, Martin Luther Jr."),
        ("Pelé", "Pelé"),
        ("", ""),
        ("De La", "La, De"),
    ],
)
def test_the_family_name_comes_first_in_lists(name: str, sorted_as: str) -> None:
    assert sort_name(name) == sorted_as
