"""Quotes whose words are no longer in the text: shown, reworded, taken off the record."""

import pytest

from articles.models import Quote, Suggestion
from articles.record import SpeakerChoice, accept_suggestion
from tests.admin.forms import fields_of, messages_of, send, texts_of
from tests.admin.review_stories import (
    find_suggestion,
    press,
    review_of,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_detached_quote_is_shown_and_reworded(chief_client, ada, story):
    accept_suggestion(
        find_suggestion(story, "I would not"),
        by=make_user(),
        choice=SpeakerChoice("person", ada.pk),
    )
    key = Quote.objects.get().quote_key
    body = story.body_html.replace("I would not park a bicycle", "I would not leave a bicycle")
    assert "no longer in the text" in messages_of(send(chief_client, story, body_html=body))
    page = chief_client.get(review_of(story))
    (detached,) = texts_of(page, "loose")
    assert "I would not park a bicycle on it." in detached
    assert "Harbour engineer Tomas Reve said: “I would not leave a bicycle on it.”" in detached
    quote = Quote.objects.get()
    fields = fields_of(page, f"record-q{quote.pk}")
    assert fields[f"words-q{quote.pk}"] == "I would not leave a bicycle on it."
    response = press(
        chief_client, story, f"q{quote.pk}", button="reword", value=quote.pk, words="Never"
    )
    assert response.status_code == 400
    assert "These words do not stand in the saved text" in response.content.decode()
    press(chief_client, story, f"q{quote.pk}", button="reword", value=quote.pk)
    quote.refresh_from_db()
    assert (quote.text, quote.state) == ("I would not leave a bicycle on it.", "confirmed")
    assert quote.quote_key == key


def test_a_detached_quote_is_taken_off_the_record_and_not_asked_again(
    chief_client, ada, story, chief
):
    accept_suggestion(
        find_suggestion(story, "I would not"),
        by=make_user(),
        choice=SpeakerChoice("person", ada.pk),
    )
    quote = Quote.objects.get()
    send(chief_client, story, body_html="<p>Nothing of it.</p>")
    assert (
        "Nothing like it stands in the text now."
        in chief_client.get(review_of(story)).content.decode()
    )
    response = press(chief_client, story, f"q{quote.pk}", button="remove", value=quote.pk)
    assert "Off the record" in messages_of(response)
    assert not Quote.objects.exists()
    rejected = Suggestion.objects.get(state="rejected")
    assert (rejected.found["text"], rejected.decided_by) == (
        "I would not park a bicycle on it.",
        chief,
    )
