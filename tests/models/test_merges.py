"""Which row stands for one that was merged."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Distinct, Merge, MergeStep, Person
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


def test_a_row_merged_twice_leads_where_the_later_merge_says():
    now = timezone.now()
    make_merge(1, 3, at=now)
    make_merge(1, 2, at=now - timedelta(hours=1))
    assert Merge.objects.resolve_key("person", 1) == 3


def test_a_row_merges_with_another_and_merges_stand_newest_first():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_merge(1, 1)
    merges = [make_merge(1, 2), make_merge(3, 4)]
    assert list(Merge.objects.all()) == merges[::-1]


def test_what_a_merge_did_is_kept_in_its_order():
    merge = make_merge(1, 2)
    rows = [(model, 7) for model in ("quote", "mention", "membership")]
    for model, row in rows:
        MergeStep.objects.create(merge=merge, model=model, row=row, was={})
    assert [(step.model, step.row) for step in merge.steps.all()] == rows
    assert str(merge.steps.first()) == "quote 7"
    assert merge.steps.first().is_deleted is False


def test_that_two_are_not_the_same_is_said_once_the_smaller_key_first():
    row = Distinct.objects.create(kind="person", low=1, high=2)
    Distinct.objects.create(kind="organization", low=1, high=2)
    for low, high in ((1, 2), (2, 1), (3, 3)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Distinct.objects.create(kind="person", low=low, high=high)
    assert str(row) == "person 1 is not 2"
