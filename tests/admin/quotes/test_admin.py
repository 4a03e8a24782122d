"""The list and the form of quotes: found, corrected, taken off; never made here."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Person, Quote, Suggestion
from articles.publishing import publish
from articles.record import SpeakerChoice, accept_suggestion
from tests.admin.forms import fields_of, messages_of, texts_of
from tests.admin.review_stories import find_suggestion, make_story, press
from tests.factories import make_organization, make_person, make_user
from tests.marks import marks

pytestmark = pytest.mark.django_db
LIST = "admin:articles_quote_changelist"


@pytest.fixture
def story(db):
    return make_story()


@pytest.fixture
def quote(story) -> Quote:
    by = make_user(username="sub")
    accepted: Any = accept_suggestion(
        find_suggestion(story, "We looked"),
        by=by,
        choice=SpeakerChoice("new-person", name="Ada Lund"),
    )
    return accepted


def address_of(quote: Quote, page: str = "change") -> str:
    return reverse(f"admin:articles_quote_{page}", args=[quote.pk])


def save(client, quote: Quote, **changes):
    data = fields_of(client.get(address_of(quote)), "quote_form") | changes
    return client.post(address_of(quote), data, follow=True)


def listed_quotes(client, **query) -> list[Quote]:
    response = client.get(reverse(LIST), query)
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def test_the_list_tells_who_said_what_where_and_who_confirmed_it(chief_client, quote, story):
    page = " ".join(chief_client.get(reverse(LIST)).content.decode().split())
    for phrase in ("We looked at every pile", "Ada Lund", "mayor", "Quay to close", "by sub"):
        assert phrase in page
    assert reverse("admin:articles_article_record", args=[story.pk]) in page


def test_quotes_are_found_by_words_speaker_and_other_names_and_filtered(chief_client, quote):
    quote.person.other_names.create(name="Adelaide Lund", visibility="hidden")
    for query in (
        {"q": "every pile"},
        {"q": "ada lund"},
        {"q": "adelaide"},
        {"state": "confirmed"},
    ):
        assert listed_quotes(chief_client, **query) == [quote]
    for query in ({"q": "bicycle"}, {"state__exact": "detached"}, {"kind__exact": "indirect"}):
        assert listed_quotes(chief_client, **query) == []


def test_the_list_costs_the_same_however_long_it_is(chief_client, quote):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            chief_client.get(reverse(LIST))
        return len(captured)

    few = cost()
    for number in range(8):
        article = make_story(headline=f"Story {number}")
        choice = SpeakerChoice("new-person", name=f"Otto Brant{'abcdefgh'[number]}")
        accept_suggestion(find_suggestion(article, "I would not"), by=make_user(), choice=choice)
    assert cost() == few


def test_the_words_and_the_story_are_not_changed_here(chief_client, quote):
    fields = fields_of(chief_client.get(address_of(quote)), "quote_form")
    assert not {"text", "article", "state", "quote_key"} & fields.keys()
    text_before = quote.text
    save(chief_client, quote, text="Other words", role="head of the council")
    quote.refresh_from_db()
    assert (quote.text, quote.role) == (text_before, "head of the council")


def test_the_speaker_becomes_an_unnamed_source_with_its_reason(chief_client, quote):
    changes = {"person": "", "unnamed": "a diver", "unnamed_reason": ""}
    response = save(chief_client, quote, **changes)
    assert "Say why the source is not named." in response.content.decode()
    save(chief_client, quote, **changes | {"unnamed_reason": "Fears for the job."})
    quote.refresh_from_db()
    assert (quote.speaker, quote.person) == ("a diver", None)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"person": ""}, "Say who it was"),
        ({"unnamed": "a diver"}, "Choose only one speaker"),
        ({"organization": "port"}, "Choose only one speaker"),
    ],
)
def test_a_quote_has_exactly_one_speaker(chief_client, quote, changes, error):
    organization = make_organization("Port of Sund")
    sent = {name: organization.pk if value == "port" else value for name, value in changes.items()}
    response = save(chief_client, quote, **sent)
    assert error in response.content.decode()
    quote.refresh_from_db()
    assert quote.person.name == "Ada Lund"


def test_a_link_to_the_recording_leads_to_the_web_only(chief_client, quote):
    save(chief_client, quote, source_url="javascript:alert(1)")
    quote.refresh_from_db()
    assert quote.source_url == ""
    save(chief_client, quote, source_url="tapes.example/quay")
    quote.refresh_from_db()
    assert quote.source_url == "https://tapes.example/quay"


def test_no_quote_is_added_here(chief_client):
    assert chief_client.get(reverse("admin:articles_quote_add")).status_code == 403


def test_a_deleted_quote_leaves_its_find_rejected(chief_client, chief, quote, story):
    response = chief_client.post(address_of(quote, "delete"), {"post": "yes"}, follow=True)
    assert "was deleted successfully" in messages_of(response)
    suggestion = find_suggestion(story, "We looked")
    assert (suggestion.state, suggestion.decided_by, suggestion.quote) == (
        Suggestion.State.REJECTED,
        chief,
        None,
    )
    assert not Quote.objects.exists()
    press(chief_client, story, suggestion.pk, button="undo")
    assert find_suggestion(story, "We looked").state == "open"
    assert Person.objects.filter(name="Ada Lund").exists(), (
        "the name of the story is still accepted"
    )


def test_the_history_tells_who_changed_what(chief_client, quote):
    save(chief_client, quote, role="head of the council")
    page = chief_client.get(address_of(quote, "history")).content.decode()
    assert marks("mayor", "head of the council") in page


def test_the_way_to_the_readers_page_is_there_once_they_have_it(chief_client, quote, story):
    public = reverse("quote", args=[quote.quote_key])
    assert public not in chief_client.get(address_of(quote)).content.decode()
    publish(story, by=None)
    assert public in chief_client.get(address_of(quote)).content.decode()


def test_stories_with_quotes_to_check_are_found(chief_client, quote, story):
    checked = make_story("<p>Nobody spoke.</p>", headline="Checked")
    detached_story = make_story(headline="Loose")
    person = make_person("Tomas Reve")
    accepted = accept_suggestion(
        find_suggestion(detached_story, "I would not"),
        by=make_user(),
        choice=SpeakerChoice("person", person.pk),
    )
    Quote.objects.filter(pk=accepted.pk).update(state="detached")
    stories = reverse("admin:articles_article_changelist")

    def headlines(value: str) -> set[str]:
        response = chief_client.get(stories, {"record": value})
        return {article.headline for article in response.context["cl"].result_list}

    assert headlines("waiting") == {"Quay to close", "Loose"}
    assert headlines("detached") == {"Loose"}
    assert headlines("nonsense") == {"Quay to close", "Loose", checked.headline}
    index = chief_client.get(reverse("admin:index")).content.decode()
    assert f"{stories}?record=waiting" in index
    assert "Stories with quotes to check" in " ".join(
        texts_of(chief_client.get(reverse("admin:index")), "waits")
    )
