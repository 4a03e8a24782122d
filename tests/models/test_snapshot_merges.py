"""What holds when whole stories are merged, beyond each field: a headline keeps where it comes from."""

import pytest

from articles.models.snapshot_merges import choose_sides, merge_snapshots

BASE = {"headline": "Gale", "is_headline_derived": True, "dek": ""}
OURS = BASE | {"headline": "Roof off", "is_headline_derived": False}
THEIRS = BASE | {"headline": "Gale, 2", "dek": "It blew."}


@pytest.mark.parametrize("choose_all", [False, True])
@pytest.mark.parametrize(
    ("sides", "headline", "is_derived"),
    [({}, "Roof off", False), ({"headline": "theirs"}, "Gale, 2", True)],
)
def test_a_headline_keeps_its_origin_on_either_side(choose_all, sides, headline, is_derived):
    merged = merge_snapshots(BASE, OURS, THEIRS, choose_all=choose_all)
    values = choose_sides(merged, sides, mine=OURS, theirs=THEIRS)
    assert (values["headline"], values["is_headline_derived"]) == (headline, is_derived)


def test_the_origin_of_a_headline_is_no_question():
    merged = merge_snapshots(BASE, BASE, OURS, choose_all=True)
    assert merged["is_headline_derived"] is True
    values = choose_sides(merged, {"headline": "theirs"}, mine=BASE, theirs=OURS)
    assert values["is_headline_derived"] is False
