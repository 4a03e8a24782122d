"""Finds of many stories that wait, each with who else is on record in its story and which names in it wait."""

import pytest

from articles.models import Mention, Suggestion
from articles.record.decisions.queue import option_by_name, waiting_items
from tests.factories import make_organization, make_person

pytestmark = pytest.mark.django_db


def options_of(story) -> list[tuple[str, str]]:
    suggestions = list(Suggestion.objects.open().select_related("article").order_by("start"))
    items = waiting_items(suggestions)
    assert [item.suggestion for item, _ in items] == suggestions
    assert all(item.is_open for item, _ in items)
    return [(option.value, option.label) for option in items[0][1]]


def test_who_is_on_record_in_the_story_is_offered_then_the_names_that_wait(story):
    ada, port = make_person("Ada Lund"), make_organization("Port of Sund")
    Mention.objects.create(article=story, person=ada, name="Ada Lund", role="mayor", spans=[])
    Mention.objects.create(article=story, organization=port, name="Port", spans=[])
    assert set(options_of(story)[:2]) == {
        (f"person:{ada.pk}", "Ada Lund — mayor"),
        (f"organization:{port.pk}", "Port of Sund"),
    }
    names = [name for name, _ in options_of(story)[2:]]
    assert "named-person=Tomas Reve" in names


def test_a_name_is_offered_as_whoever_bears_it():
    option = option_by_name("Ada Lund", "person")
    assert (option.value, option.label, option.is_row) == (
        "named-person=Ada Lund",
        "Ada Lund",
        False,
    )
