"""Which row stands for one that was merged."""

import pytest
from django.utils import timezone

from articles.models import Merge, Person
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def make_merge(key: int, target: int, *, kind: str = "person", **fields) -> Merge:
    return Merge.objects.create(kind=kind, gone=key, survivor=target, name="x", **fields)


def test_a_merged_row_leads_through_all_merges_to_the_last():
    make_merge(1, 2)
    make_merge(2, 3)
    assert Merge.objects.resolve_key("person", 1) == 3
    assert Merge.objects.resolve_key("person", 2) == 3
    assert Merge.objects.resolve_key("person", 3) is None


def test_a_merge_of_the_other_kind_or_one_undone_leads_nowhere():
    make_merge(1, 2, kind="organization")
    make_merge(1, 3, undone_at=timezone.now())
    assert Merge.objects.resolve_key("person", 1) is None
    assert Merge.objects.resolve_key("organization", 1) == 2
    assert Merge.objects.resolve_keys("person", [1]) == [1]


def test_merges_in_a_circle_end():
    make_merge(1, 2)
    make_merge(2, 1)
    assert Merge.objects.resolve_key("person", 1) == 2


def test_keys_of_many_rows_are_each_led_on_and_named_once():
    make_merge(1, 2)
    make_merge(2, 3)
    make_merge(5, 6, kind="organization")
    assert Merge.objects.resolve_keys("person", [4, 1, 3, 2, 5]) == [4, 3, 5]
    assert Merge.objects.resolve_keys("person", []) == []


def test_a_row_is_taken_itself_while_it_is_there():
    ada, nils = make_person(), make_person()
    make_merge(ada.pk, nils.pk)
    make_merge(nils.pk + 1, nils.pk)
    assert Person.objects.resolve(ada.pk) == ada
    assert Person.objects.resolve(nils.pk + 1) == nils
    assert Person.objects.resolve(nils.pk + 2) is None
    assert Person.objects.exclude(pk=nils.pk).resolve(nils.pk + 1) is None


def test_a_merge_says_what_became_of_whom():
    assert str(make_merge(1, 2)) == "x, merged into no. 2"
