import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.mutants.mutations import mutants_of
from tests.mutants.sample import (
    EQUIVALENT,
    ROOMS,
    ROOT,
    equivalents,
    leak_rules,
    mirrored_tests,
    mirrors,
    room_of,
    sample,
)


def test_each_equivalent_is_a_break_that_there_is_with_a_reason():
    for path, listed in equivalents().items():
        breaks = Counter(
            (mutant.text, mutant.change) for mutant in mutants_of((ROOT / path).read_text())
        )
        assert listed <= breaks, path
        assert all(breaks[key] == listed[key] for key in listed), f"{path}: one line, two breaks"
    entries = [
        entry for entries in tomllib.loads(EQUIVALENT.read_text()).values() for entry in entries
    ]
    assert all(len(entry["why"]) > 20 for entry in entries)


def test_a_seed_takes_the_same_places_and_another_takes_others():
    places = sample("articles/publishing", 10, "a")
    assert places == sample("articles/publishing", 10, "a")
    assert places != sample("articles/publishing", 10, "b")
    assert len(set(places)) == 10


def test_the_leak_rules_name_what_is_there():
    rooms = leak_rules()
    assert set(rooms) <= set(ROOMS)
    assert all(rooms.values())


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_has_tests_that_mirror_it(room):
    assert mirrored_tests(room)


@pytest.mark.parametrize(
    ("path", "room"),
    [
        ("articles/record", "articles/record"),
        ("articles/record/merging/merge.py", "articles/record"),
        ("articles/records.py", "articles/records.py"),
    ],
)
def test_a_module_belongs_to_its_room(path, room):
    assert room_of(path) == room


@pytest.mark.parametrize(
    ("test", "does"),
    [
        ("tests/record/merging/test_merge.py", True),
        ("tests/record/merging/test_merge_people.py", True),
        ("tests/record/merging/merge/test_people.py", True),
        ("tests/record/merging/test_merged.py", False),
        ("tests/record/test_merge.py", False),
    ],
)
def test_a_test_mirrors_the_module_of_its_name(test, does):
    assert mirrors(test, Path("articles/record/merging/merge.py")) is does
