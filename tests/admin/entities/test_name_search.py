"""People, organizations, tags and authors are found by the folded words of all their names."""

import pytest
from django.urls import reverse

from articles.models import DeskNameWord, FormerTagName, OtherName, Person
from articles.record.consistency.search_words import build_indexes, search_issues
from tests.admin.forms import fields_of
from tests.factories import make_article, make_organization, make_person, make_tag

pytestmark = pytest.mark.django_db


def listed(client, model: str, text: str) -> list[str]:
    response = client.get(reverse(f"admin:articles_{model}_changelist"), {"q": text})
    assert response.status_code == 200
    return [str(row) for row in response.context["cl"].result_list]


@pytest.fixture
def rows():
    person = make_person("Maren Østvik")
    OtherName.objects.create(person=person, name="Mother Løvås", visibility="hidden")
    organization = make_organization("Port of Sund", abbreviation="PoS")
    tag = make_tag("Channel works", qcode="medtop:20000799")
    FormerTagName.objects.create(tag=tag, name="Dredging", slug="dredging")
    make_article(bylines=("Núria Holt",))
    DeskNameWord.objects.index([person, organization, tag])
    make_person("Tor Vik")


@pytest.mark.parametrize(
    ("model", "text", "name"),
    [
        ("person", "ostvik", "Maren Østvik"),
        ("person", "ØST mar", "Maren Østvik"),
        ("person", "løvås", "Maren Østvik"),
        ("person", "lovas maren", "Maren Østvik"),
        ("organization", "pos", "Port of Sund"),
        ("organization", "sund port", "Port of Sund"),
        ("tag", "chan", "Channel works"),
        ("tag", "dredging", "Channel works"),
        ("tag", "20000799", "Channel works"),
        ("tag", "medtop:20000799", "Channel works"),
        ("author", "nuria", "Núria Holt"),
    ],
)
def test_a_row_is_found_by_the_words_of_its_names(chief_client, rows, model, text, name):
    assert listed(chief_client, model, text) == [name]


@pytest.mark.parametrize(
    ("model", "text"),
    [
        ("person", "stvik"),
        ("person", "maren tor"),
        ("person", "☃"),
        ("tag", "maren"),
        ("person", "sund"),
    ],
)
def test_it_is_not_found_by_others(chief_client, rows, model, text):
    assert listed(chief_client, model, text) == []


def test_a_row_is_found_by_its_number(chief_client, rows):
    person = Person.objects.get(name="Tor Vik")
    assert listed(chief_client, "person", f"#{person.pk}") == ["Tor Vik"]


def test_a_saved_form_changes_the_words(chief_client, rows):
    person = Person.objects.get(name="Tor Vik")
    address = reverse("admin:articles_person_change", args=[person.pk])
    data = fields_of(chief_client.get(address), "person_form") | {"name": "Tor Æbel"}
    assert chief_client.post(address, data).status_code == 302
    assert listed(chief_client, "person", "aebel") == ["Tor Æbel"]
    assert listed(chief_client, "person", "vik") == []


def test_the_words_are_made_anew_and_verified(rows):
    assert list(search_issues()) == []
    stored = {*DeskNameWord.objects.values_list("kind", "key", "word")}
    DeskNameWord.objects.filter(word="ostvik").update(word="cod")
    DeskNameWord.objects.create(kind="person", key=987654, word="gone")
    assert {issue.field for issue in search_issues()} == {
        f"person {Person.objects.get(name='Maren Østvik').pk}",
        "person 987654",
    }
    list(build_indexes())
    assert {*DeskNameWord.objects.values_list("kind", "key", "word")} == stored
    assert list(search_issues()) == []
