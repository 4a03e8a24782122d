"""Merging two people from the desk: the choice, the trial, the second word, the list and the undoing."""

import pytest
from django.urls import reverse

from articles.models import Merge, Person
from articles.record.merging.merge import merge_rows
from tests.factories import make_article, make_live, make_organization, make_person, make_quote

pytestmark = pytest.mark.django_db


def page_address(page: str, *args: int, kind: str = "person") -> str:
    return reverse(f"admin:articles_{kind}_{page}", args=args)


@pytest.fixture
def two_people() -> tuple[Person, Person]:
    ada, other = (
        make_person("Ada Lund", biography="Born in Sund."),
        make_person("A. Lund", honorific="Dr"),
    )
    story = make_article(body_html="<p>“We saw it,” said Ada Lund.</p>", people=(ada,))
    make_quote(story, "We saw it,", person=ada)
    make_live(people=(other,))
    make_live(people=(ada,))
    return ada, other


def test_the_form_leads_to_merging(chief_client, two_people):
    assert (
        page_address("merge_with", two_people[0].pk)
        in chief_client.get(page_address("change", two_people[0].pk)).content.decode()
    )
    assert page_address("merges") in chief_client.get(page_address("changelist")).content.decode()


def test_choosing_the_other_leads_to_the_preview(chief_client, two_people):
    ada, other = two_people
    assert (
        "Choose the other" in chief_client.get(page_address("merge_with", ada.pk)).content.decode()
    )
    response = chief_client.get(page_address("merge_with", ada.pk), {"other": other.pk})
    assert response["Location"] == page_address("merge", ada.pk, other.pk)
    for nonsense in ("x", "0", str(ada.pk)):
        assert (
            chief_client.get(page_address("merge_with", ada.pk), {"other": nonsense}).status_code
            == 200
        )


def test_the_preview_says_what_would_happen_and_does_nothing(chief_client, two_people):
    ada, other = two_people
    text = chief_client.get(page_address("merge", ada.pk, other.pk)).content.decode()
    assert "published version" in text
    assert "honorific: <strong>Dr</strong>" in text
    assert page_address("merge", other.pk, ada.pk) in text
    assert "I am sure" not in text
    assert Person.objects.count() == 2


def test_merging_says_so_and_leads_to_the_target(chief_client, two_people):
    ada, other = two_people
    key = other.pk
    response = chief_client.post(page_address("merge", ada.pk, key), follow=True)
    assert response.redirect_chain[0][0] == page_address("change", ada.pk)
    assert "A. Lund was merged into Ada Lund" in response.content.decode()
    assert not Person.objects.filter(pk=key).exists()


def test_uphill_wants_a_second_word(chief_client, two_people):
    ada, other = two_people
    text = chief_client.get(page_address("merge", other.pk, ada.pk)).content.decode()
    assert "I am sure: Ada Lund goes into A. Lund" in text
    text = chief_client.post(page_address("merge", other.pk, ada.pk), follow=True).content.decode()
    assert "Not merged." in text
    assert Person.objects.count() == 2
    chief_client.post(page_address("merge", other.pk, ada.pk), {"sure": "on"})
    assert Person.objects.get() == other


def test_a_merge_is_undone_from_the_list(chief_client, two_people):
    ada, other = two_people
    key = other.pk
    merge_row = merge_rows(ada, other, by=None)
    assert "A. Lund" in chief_client.get(page_address("merges")).content.decode()
    response = chief_client.post(page_address("unmerge", merge_row.pk), follow=True)
    assert "Undone: A. Lund is back" in response.content.decode()
    assert Person.objects.filter(pk=key).exists()
    text = chief_client.post(page_address("unmerge", merge_row.pk), follow=True).content.decode()
    assert "It is undone already, since" in text
    assert chief_client.get(page_address("unmerge", merge_row.pk)).status_code == 405


def test_a_merge_of_organizations_is_not_in_the_list_of_people(chief_client):
    merge_row = merge_rows(make_organization("Port"), make_organization("Harbour"), by=None)
    assert "Harbour" not in chief_client.get(page_address("merges")).content.decode()
    assert (
        "Harbour" in chief_client.get(page_address("merges", kind="organization")).content.decode()
    )
    assert chief_client.post(page_address("unmerge", merge_row.pk)).status_code == 404
    assert Merge.objects.active().count() == 1


def test_a_row_that_is_gone_is_not_found(chief_client, two_people):
    assert chief_client.get(page_address("merge", two_people[0].pk, 987654)).status_code == 404
    assert (
        chief_client.get(page_address("merge", two_people[0].pk, two_people[0].pk)).status_code
        == 302
    )
