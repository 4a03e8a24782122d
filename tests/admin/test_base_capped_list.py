"""A list counts a bounded part of its rows, and goes on as far as somebody reads."""

import pytest
from django.urls import reverse

from articles.admin import base
from articles.admin.base import CappedPaginator
from articles.models import Tag
from tests.factories import make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(base, "MOST_COUNTED", 4)
    monkeypatch.setattr(base, "PAGES_AHEAD", 1)
    monkeypatch.setattr(base, "MOST_REACHED", 8)
    for number in range(10):
        make_tag(f"Tag {number}")


def paginator(page: int = 1) -> CappedPaginator:
    paginator = CappedPaginator(Tag.objects.order_by("name"), 2)
    paginator.page_shown = page
    return paginator


@pytest.mark.parametrize(("page", "count"), [(1, 4), (2, 6), (3, 8), (9, 8)])
def test_it_counts_on_from_the_page_that_is_shown(few, page, count):
    assert paginator(page).count == count
    assert paginator(page).is_capped


def test_it_counts_all_where_there_are_few(few):
    Tag.objects.filter(name__gte="Tag 3").delete()
    assert paginator().count == 3
    assert not paginator().is_capped


def test_the_count_reads_no_more_rows_than_it_counts(few, django_assert_num_queries):
    with django_assert_num_queries(1) as captured:
        assert paginator().count == 4
    assert "LIMIT 5" in captured[0]["sql"]
    assert "ORDER BY" not in captured[0]["sql"]


def test_a_list_tells_that_it_goes_on(chief_client, few):
    address = reverse("admin:articles_tag_changelist")
    assert "There are more than 8." in chief_client.get(address).content.decode()
    page = chief_client.get(address, {"q": "3"}).content.decode()
    assert "There are more than" not in page


@pytest.mark.parametrize("page", ["1", "3", "99", "x", "-2", "9" * 40])
def test_any_page_of_a_list_answers(chief_client, few, page):
    response = chief_client.get(reverse("admin:articles_tag_changelist"), {"p": page})
    assert response.status_code in (200, 302)
