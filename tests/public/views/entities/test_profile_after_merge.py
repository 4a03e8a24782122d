"""The addresses of a row that was merged lead to the one that stands for it: one redirect, never a leak."""

from typing import Any

import pytest

from articles.publishing import publish
from articles.record.merging.merge import merge_rows, undo_merge
from tests.factories import make_article, make_organization, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["person", "organization"])
def merged_rows(request):
    """Three rows of one kind, the last with a live story, each merged into the next; with the merges."""
    make_row = make_person if request.param == "person" else make_organization
    rows = [make_row(f"Row {number}") for number in range(3)]
    field = "people" if request.param == "person" else "organizations"
    links: dict[str, Any] = {field: (rows[2],)}
    publish(make_article(**links), by=make_user())
    keys = [row.pk for row in rows]
    merges = [
        merge_rows(rows[number + 1], rows[number], by=None, is_sure=True) for number in (0, 1)
    ]
    return "people" if request.param == "person" else "organizations", keys, rows[2], merges


def test_page_and_feed_lead_to_the_last_target_at_once(client, merged_rows):
    stem, keys, last, _ = merged_rows
    for key in keys[:2]:
        for path in (f"/{stem}/{key}/row-0/", f"/{stem}/{key}/"):
            response = client.get(path)
            assert (response.status_code, response["Location"]) == (301, last.get_absolute_url())
        response = client.get(f"/{stem}/{key}/row-0/feed/")
        assert (response.status_code, response["Location"]) == (
            301,
            f"{last.get_absolute_url()}feed/",
        )
    assert client.get(last.get_absolute_url()).status_code == 200


def test_a_filter_by_the_old_number_finds_the_target(client, merged_rows):
    stem, keys, last, _ = merged_rows
    name = "person" if stem == "people" else "organization"
    for path in ("/articles/", "/quotes/"):
        response = client.get(path, {name: keys[0]})
        assert response.status_code == 200
        assert last.name in response.content.decode()


def test_after_the_undo_the_old_address_is_nobodys(client, merged_rows):
    stem, keys, _, merges = merged_rows
    for merge in reversed(merges):
        undo_merge(merge, by=None)
    assert client.get(f"/{stem}/{keys[0]}/row-0/").status_code == 404


def test_a_target_that_is_not_public_is_not_named(client):
    target, source = make_person("Ada Lund"), make_person("A. Lund")
    key = source.pk
    merge_rows(target, source, by=None)
    assert client.get(f"/people/{key}/a-lund/").status_code == 404
