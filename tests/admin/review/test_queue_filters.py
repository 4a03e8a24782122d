"""The filters of the queue: source, tag, person, kind, confidence."""

import pytest

from articles.models import ImportRun
from tests.admin.review_stories import (
    make_story,
    queue_address,
    suggestion_texts,
)
from tests.factories import make_tag

pytestmark = pytest.mark.django_db


def make_quote_story(text: str, speaker: str = "Ada Lund", **fields):
    return make_story(f"<p>“{text},” said {speaker}, the mayor.</p>", **fields)


@pytest.mark.parametrize(
    ("query", "headlines"),
    [
        ({"source": "coast"}, ["One"]),
        ({"source": "-"}, ["Two"]),
        ({"tag": "harbour"}, ["Two"]),
        ({"who": "Ada Lund"}, ["One"]),
        ({"who": "Lund"}, ["One"]),
        ({"kind": "quote"}, ["One", "Two"]),
        ({"band": "sure", "kind": "quote"}, ["One", "Two"]),
        ({"band": "close", "kind": "quote"}, []),
        ({"source": "coast", "tag": "harbour"}, []),
    ],
)
def test_it_is_narrowed(chief_client, ada, query, headlines):
    ImportRun.objects.create(source="coast")
    make_quote_story("We counted every single gull that day", headline="One", source="coast")
    make_quote_story(
        "Nobody has seen the tide so low in years",
        speaker="Tomas Reve",
        headline="Two",
        tags=(make_tag("Harbour", slug="harbour"),),
    )
    stories = {
        text.split()[0] for text in suggestion_texts(chief_client.get(queue_address(**query)))
    }
    assert stories == set(headlines)


def test_a_person_is_found_by_another_name_and_by_what_was_kept(chief_client, ada):
    ada.other_names.create(name="Adelina Marr")
    make_quote_story(
        "We counted every single gull that day", speaker="Adelina Marr", headline="One"
    )
    make_quote_story("Nobody has seen the tide so low", speaker="Tomas Reve", headline="Two")
    assert {
        text.split()[0]
        for text in suggestion_texts(chief_client.get(queue_address(who="Ada Lund")))
    } == {"One"}


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"who": "Nobody Atall"}, "Nobody called Nobody Atall is on record."),
        ({"who": "x" * 201}, "at most 200 characters"),
        ({"tag": "\0"}, "Select a valid choice."),
        ({"source": "unheard"}, "Select a valid choice."),
        ({"band": "'; drop"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_looked_for_is_said_in_words(chief_client, query, error):
    make_story()
    response = chief_client.get(queue_address(**query))
    assert response.status_code == 200
    assert error in response.content.decode().replace("&#x27;", "'")
    assert suggestion_texts(response) == []
