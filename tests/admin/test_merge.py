"""Merging two people from the desk: the choice, the trial, the second word, the list and the undoing."""

import pytest
from django.urls import reverse

from articles.models import Merge, Person
from articles.record.merge import merge
from tests.factories import make_article, make_live, make_organization, make_person, make_quote

pytestmark = pytest.mark.django_db


def at(page: str, *args: int, kind: str = "person") -> str:
    return reverse(f"admin:articles_{kind}_{page}", args=args)


@pytest.fixture
def two() -> tuple[Person, Person]:
    ada, other = (
        make_person("Ada Lund", biography="Born in Sund."),
        make_person("A. Lund", honorific="Dr"),
    )
    story = make_article(body_html="<p>“We saw it,” said Ada Lund.</p>", people=(ada,))
    make_quote(story, "We saw it,", person=ada)
    make_live(people=(other,))
    make_live(people=(ada,))
    return ada, other


def test_the_form_leads_to_merging(desk, two):
    assert at("merge_with", two[0].pk) in desk.get(at("change", two[0].pk)).content.decode()
    assert at("merges") in desk.get(at("changelist")).content.decode()


def test_choosing_the_other_leads_to_the_trial(desk, two):
    ada, other = two
    assert "Choose the other" in desk.get(at("merge_with", ada.pk)).content.decode()
    response = desk.get(at("merge_with", ada.pk), {"other": other.pk})
    assert response["Location"] == at("merge", ada.pk, other.pk)
    for nonsense in ("x", "0", str(ada.pk)):
        assert desk.get(at("merge_with", ada.pk), {"other": nonsense}).status_code == 200


def test_the_trial_says_what_would_happen_and_does_nothing(desk, two):
    ada, other = two
    said = desk.get(at("merge", ada.pk, other.pk)).content.decode()
    assert "published version" in said
    assert "honorific: <strong>Dr</strong>" in said
    assert at("merge", other.pk, ada.pk) in said
    assert "I am sure" not in said
    assert Person.objects.count() == 2


def test_merging_says_so_and_leads_to_the_survivor(desk, two):
    ada, other = two
    key = other.pk
    response = desk.post(at("merge", ada.pk, key), follow=True)
    assert response.redirect_chain[0][0] == at("change", ada.pk)
    assert "A. Lund went into Ada Lund" in response.content.decode()
    assert not Person.objects.filter(pk=key).exists()


def test_uphill_wants_a_second_word(desk, two):
    ada, other = two
    said = desk.get(at("merge", other.pk, ada.pk)).content.decode()
    assert "I am sure: Ada Lund goes into A. Lund" in said
    said = desk.post(at("merge", other.pk, ada.pk), follow=True).content.decode()
    assert "Not merged." in said
    assert Person.objects.count() == 2
    desk.post(at("merge", other.pk, ada.pk), {"sure": "on"})
    assert Person.objects.get() == other


def test_a_merge_is_undone_from_the_list(desk, two):
    ada, other = two
    key = other.pk
    made = merge(ada, other, by=None)
    assert "A. Lund" in desk.get(at("merges")).content.decode()
    response = desk.post(at("unmerge", made.pk), follow=True)
    assert "Undone: A. Lund is back" in response.content.decode()
    assert Person.objects.filter(pk=key).exists()
    said = desk.post(at("unmerge", made.pk), follow=True).content.decode()
    assert "Not undone. It is undone already." in said
    assert desk.get(at("unmerge", made.pk)).status_code == 405


def test_a_merge_of_organizations_is_not_in_the_list_of_people(desk):
    made = merge(make_organization("Port"), make_organization("Harbour"), by=None)
    assert "Harbour" not in desk.get(at("merges")).content.decode()
    assert "Harbour" in desk.get(at("merges", kind="organization")).content.decode()
    assert desk.post(at("unmerge", made.pk)).status_code == 404
    assert Merge.objects.standing().count() == 1


def test_a_row_that_is_gone_is_not_found(desk, two):
    assert desk.get(at("merge", two[0].pk, 987654)).status_code == 404
    assert desk.get(at("merge", two[0].pk, two[0].pk)).status_code == 302
