"""The page that removes the name of a source: a look changes nothing, the removal lists what stays, few may see it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import FormSubmission, NameRemoval, Person, Quote
from articles.publishing import publish, schedule
from articles.record import SpeakerChoice, accept_suggestion
from tests.factories import make_user
from tests.record.quotes.unnamed import SILENT, suggestion_of
from tests.record.quotes.unnamed import story as story

pytestmark = pytest.mark.django_db
NAME = "Harriet Ollerby"
SENT = {
    "names": f"{NAME}\nOllerby",
    "unnamed": "a senior official",
    "unnamed_reason": "Fears for the job.",
}


@pytest.fixture
def quote(story, chief) -> Quote:
    chief.first_name, chief.last_name = "Dana", "Okafor"
    chief.save()
    quote: Any = accept_suggestion(
        suggestion_of(story), by=chief, choice=SpeakerChoice("new-person", name=NAME)
    )
    return quote


def address_of(quote: Quote) -> str:
    return reverse("admin:articles_quote_remove_name", args=[quote.pk])


def send(client: Client, quote: Quote, button: str, **fields: Any) -> Any:
    return client.post(address_of(quote), SENT | {button: "1"} | fields)


def test_the_form_begins_with_all_names_on_record(chief_client, quote):
    quote.person.other_names.create(name="Hattie O.", visibility="hidden")
    page = chief_client.get(address_of(quote)).content.decode()
    assert f"{NAME}\nHattie O.\nOllerby</textarea>" in page


def test_a_look_lists_all_and_changes_nothing(chief_client, quote, story):
    publish(story, by=None)
    page = send(chief_client, quote, "look").content.decode()
    assert "Remove the name now" in page
    for address in (
        reverse("admin:articles_article_change", args=[story.pk]),
        reverse("admin:articles_article_edition", args=[story.pk, 1]),
        reverse("admin:articles_article_revision", args=[story.pk, 1]),
    ):
        assert f'href="{address}"' in page
    quote.refresh_from_db()
    assert quote.person.name == NAME
    assert not NameRemoval.objects.exists()
    assert not LogEntry.objects.exists()


def test_the_removal_says_when_and_by_whom_to_who_may_approve_sources(
    chief_client, quote, story, chief
):
    page = send(chief_client, quote, "remove").content.decode()
    removal = NameRemoval.objects.get()
    day = removal.at.strftime("%-d %B %Y")
    sentence = f"Name removed everywhere on {day}, by Dana Okafor."
    assert sentence in page
    form = reverse("admin:articles_quote_change", args=[quote.pk])
    assert sentence in chief_client.get(form).content.decode()
    reporter = Client()
    reporter.force_login(make_user(groups=("reporter",)))
    text = reporter.get(form).content.decode()
    assert "Name removed" not in text
    assert address_of(quote) not in text
    assert reporter.get(address_of(quote)).status_code == 403


def test_the_row_goes_when_it_is_chosen(chief_client, quote, story):
    story.body_html = SILENT
    story.save()
    person = Person.objects.get()
    page = send(chief_client, quote, "look").content.decode()
    token = f"person-{person.pk}"
    assert f'value="{token}"' in page
    send(chief_client, quote, "remove", rows=[token])
    assert not Person.objects.exists()
    history: Any = Person.history
    assert not history.exists()
    log = LogEntry.objects.get()
    assert NAME not in f"{log.object_repr} {log.change_message}"


def test_an_editor_who_may_delete_nobody_is_offered_no_row(quote):
    editor = Client()
    editor.force_login(make_user(groups=("editor",)))
    page = send(editor, quote, "look").content.decode()
    assert "who may delete people" in page
    assert 'name="rows"' not in page
    refusal = send(editor, quote, "remove", rows=[f"person-{quote.person_id}"])
    assert refusal.status_code == 400
    assert Person.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"names": ""}, "This field is required."),
        ({"names": "x" * 2601}, "at most 2600"),
        ({"names": "–"}, "too short"),
        ({"unnamed": ""}, "This field is required."),
        ({"unnamed": "an aide of Ollerby"}, "must not have the name"),
        ({"unnamed": "x" * 201}, "at most 200"),
        ({"rows": ["person-x", "nonsense-9"]}, None),
        ({"names": "Ollerby\0"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_is_answered_in_words(chief_client, quote, fields, sentence):
    response = send(chief_client, quote, "remove", **fields)
    if sentence is None:
        assert response.status_code == 200
        assert Person.objects.exists(), "what is no row is no row"
        return
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert not NameRemoval.objects.exists()


def test_the_form_sent_twice_keeps_no_name(chief_client, quote):
    for _ in range(2):
        send(chief_client, quote, "remove", form_token="a" * 20)
    assert not FormSubmission.objects.exists()


def test_a_quote_that_is_gone_is_404(chief_client, quote):
    address = address_of(quote)
    quote.delete()
    assert chief_client.get(address).status_code == 404


def test_a_scheduled_edition_that_has_the_name_is_listed(chief_client, quote, story):
    schedule(story, by=None, at=timezone.now() + timedelta(hours=1))
    assert "Edition 1" in send(chief_client, quote, "remove").content.decode()
