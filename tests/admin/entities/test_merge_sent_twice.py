"""A merge, and its undo, sent twice: the second answer says who did it and when."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Merge, Person
from articles.record.merging.merge import undo_merge
from tests.factories import make_organization, make_person

from .test_merge import page_address

pytestmark = pytest.mark.django_db


def press(client: Client, *address: Any, **data: str) -> str:
    return client.post(page_address(*address), data, follow=True).content.decode()


def test_a_merge_sent_twice_is_done_once(chief_client):
    ada, other = make_person("Ada Lund"), make_person("A. Lund")
    keys, token = (ada.pk, other.pk), "a-token-of-22-letters-"
    press(chief_client, "merge", *keys, form_token=token)
    page = press(chief_client, "merge", *keys, form_token=token)
    assert "That was done already, at" in page
    assert "A. Lund was merged into Ada Lund" in page
    assert Merge.objects.count() == 1


@pytest.mark.parametrize("is_swapped", [False, True])
def test_a_merge_from_two_windows_is_done_once(chief_client, other_client, is_swapped):
    ada, other = make_person("Ada Lund"), make_person("A. Lund")
    keys = [ada.pk, other.pk]
    press(chief_client, "merge", *keys)
    address = page_address("merge", *(reversed(keys) if is_swapped else keys))
    for response in (
        other_client.post(address, follow=True),
        other_client.get(address, follow=True),
    ):
        assert response.redirect_chain[0][0] == page_address("change", ada.pk)
        page = response.content.decode()
        assert "A. Lund was merged into Ada Lund already, at" in page
        assert "by chief." in page
    assert Merge.objects.count() == 1


def test_the_survivor_of_the_survivor_is_led_to(chief_client):
    rows = [make_organization(name) for name in ("Port", "The port", "Port of Sund")]
    first, second, third = (row.pk for row in rows)
    for keys in ((second, first), (third, second)):
        chief_client.post("/admin/articles/organization/{}/merge/{}/".format(*keys), {"sure": "on"})
    response = chief_client.post(
        page_address("merge", second, first, kind="organization"), follow=True
    )
    assert response.redirect_chain[0][0] == page_address("change", third, kind="organization")


def test_what_was_deleted_or_parted_again_is_no_merge(chief_client, chief):
    ada, other = make_person("Ada Lund"), make_person("A. Lund")
    key = other.pk
    press(chief_client, "merge", ada.pk, key)
    undo_merge(Merge.objects.get(), by=chief)
    Person.objects.filter(pk=key).delete()
    assert chief_client.post(page_address("merge", ada.pk, key)).status_code == 404


def test_an_undo_sent_twice_is_done_once(chief_client, other_client):
    ada, other = make_person("Ada Lund"), make_person("A. Lund")
    press(chief_client, "merge", ada.pk, other.pk)
    address, token = ("unmerge", Merge.objects.get().pk), "a-token-of-22-letters-"
    for _ in range(2):
        page = press(chief_client, *address, form_token=token)
    assert "That was done already, at" in page
    assert "Undone: A. Lund is back" in page
    page = press(other_client, *address)
    assert "It is undone already, since" in page
    assert "by chief." in page
