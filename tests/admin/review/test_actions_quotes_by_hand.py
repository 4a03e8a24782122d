"""Quotes by hand, and the record published by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Edition, Membership, Quote
from articles.publishing import publish, schedule
from articles.record import SpeakerChoice, accept_suggestion
from articles.roles import make_roles
from articles.text.html.plain import plain_text
from tests.admin.forms import fields_of, form_of, messages_of, send, texts_of
from tests.admin.review_stories import find_suggestion, make_story, press, review_of
from tests.factories import make_organization, make_person, make_user

pytestmark = pytest.mark.django_db
BODY = """<p>The 🐟 sellers &amp; the crew sang: No fish, no town! Then again: No fish, no town!</p>
<p>Nora Quill, who runs the smokehouse, was asked why 👩‍🚒 came.</p>"""


@pytest.fixture
def nora(db):
    return make_person("Nora Quill")


@pytest.fixture
def story(db):
    return make_story(BODY, headline="A song")


def add_quote(client, story, text: str, person, **changes):
    fields = {"who": f"person:{person.pk}", "kind": "direct"}
    return press(client, story, "new", button="add", value=1, words=text, **fields | changes)


def test_a_quote_by_hand_is_of_words_copied_letter_by_letter(chief_client, chief, nora, story):
    response = add_quote(chief_client, story, "“was asked why 👩‍🚒 came”", nora, role="smoker")
    quote = Quote.objects.get()
    (part,) = quote.parts.all()
    body = plain_text(story.body_html)
    assert body[part.start : part.end] == quote.text == "was asked why 👩‍🚒 came"
    assert (quote.person, quote.role, quote.basis) == (nora, "smoker", "by_hand")
    assert quote.confirmed_by == chief
    assert "On record: “was asked why" in messages_of(response)
    assert "on record by hand, by chief" in " ".join(texts_of(response, "done"))
    assert fields_of(response, "record-new")["words-new"] == "", "the form is empty again"


def test_words_that_stand_there_twice_are_asked_for(chief_client, nora, story):
    response = add_quote(chief_client, story, "No fish, no town!", nora)
    assert response.status_code == 400
    assert "These words stand 2 times in the text." in response.content.decode()
    assert fields_of(response, "record-new")["words-new"].strip() == "No fish, no town!"
    assert not Quote.objects.exists()
    add_quote(chief_client, story, "No fish, no town!", nora, number="2")
    (part,) = Quote.objects.get().parts.all()
    body = plain_text(story.body_html)
    assert part.start == body.rindex("No fish, no town!")


def test_selected_words_come_with_their_place_in_code_points(chief_client, nora, story):
    body = plain_text(story.body_html)
    start = body.rindex("No fish")
    end = start + len("No fish, no town!")
    add_quote(chief_client, story, "No fish, no town!", nora, start=str(start), end=str(end))
    (part,) = Quote.objects.get().parts.all()
    assert (part.start, part.end) == (start, end)


def test_spaces_and_marks_at_the_ends_of_a_selection_are_left_out(chief_client, nora):
    story = make_story("<p>She 🐟 said “never again” twice.</p>")
    body = plain_text(story.body_html)
    start, end = body.index(" “never"), body.index(" twice")
    add_quote(chief_client, story, body[start:end], nora, start=str(start), end=str(end))
    assert Quote.objects.get().text == "never again"


@pytest.mark.parametrize("place", [("0", "17"), ("9", "9999999"), ("-5", "x"), ("20", "3")])
def test_a_place_that_does_not_hold_the_words_is_not_believed(chief_client, nora, story, place):
    start, end = place
    add_quote(chief_client, story, "who runs the smokehouse", nora, start=start, end=end)
    assert Quote.objects.get().text == "who runs the smokehouse"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "These words do not stand in the saved text"),
        ("“”", "These words do not stand in the saved text"),
        ("Nobody said this\x00", "Copy them letter by letter"),
    ],
)
def test_words_that_are_not_there_make_no_quote(chief_client, nora, story, text, error):
    response = add_quote(chief_client, story, text, nora)
    assert response.status_code == 400
    assert error in response.content.decode()
    assert not Quote.objects.exists()


def test_the_same_words_are_on_record_once(chief_client, nora, story):
    add_quote(chief_client, story, "who runs the smokehouse", nora)
    response = add_quote(chief_client, story, "runs the smokehouse", nora)
    assert "are on record already" in response.content.decode()
    assert Quote.objects.count() == 1


@pytest.fixture
def live(db):
    """A story that readers have, without its record."""
    day = timezone.now() - timedelta(days=2)
    article = make_story(published_at=day)
    publish(article, by=None)
    return article


def outdated_text(client, article) -> str:
    return " ".join(" ".join(texts_of(client.get(review_of(article)), "behind")).split())


def test_the_record_of_a_live_story_is_published_without_touching_its_words(
    chief_client, chief, live
):
    first = Edition.objects.get()
    assert outdated_text(chief_client, live) == ""
    accept_suggestion(
        find_suggestion(live, "We looked"),
        by=chief,
        choice=SpeakerChoice("new-person", name="Ada Lund"),
    )
    assert outdated_text(chief_client, live).startswith("Readers do not have this record yet.")
    response = press(chief_client, live, "publish", button="publish", value=1)
    assert "The record is published" in messages_of(response)
    second = Edition.objects.live().get()
    assert (second.number, second.kind, second.by) == (2, "minor", chief)
    assert second.body_html == first.body_html
    assert second.modified_at == first.modified_at
    assert second.revision_number == first.revision_number
    assert [quote.person.name for quote in second.composed.quotes] == ["Ada Lund"]
    assert outdated_text(chief_client, live) == ""
    response = press(chief_client, live, "publish", button="publish", value=1)
    assert "Readers have this record already." in messages_of(response)
    assert Edition.objects.count() == 2


def test_a_role_changed_on_record_is_seen_as_behind(chief_client, chief, live):
    quote: Any = accept_suggestion(
        find_suggestion(live, "We looked"),
        by=chief,
        choice=SpeakerChoice("new-person", name="Ada Lund"),
    )
    quote.role = ""
    quote.save()
    publish(live, by=None)
    organization = make_organization("Port of Sund")
    role = {"role": "mayor", "is_confirmed": True, "is_public": True, "start_date": "2020"}
    Membership.objects.create(person=quote.person, organization=organization, **role)
    assert "Readers do not have this record yet." in outdated_text(chief_client, live)


def test_with_changes_of_the_text_the_record_waits_for_them(chief_client, chief, live):
    send(chief_client, live, headline="Quay closed")
    assert outdated_text(chief_client, live) == "", "there is no record that could go out"
    accept_suggestion(
        find_suggestion(live, "We looked"),
        by=chief,
        choice=SpeakerChoice("new-person", name="Ada Lund"),
    )
    assert "the record goes out with it" in outdated_text(chief_client, live)
    response = press(chief_client, live, "publish", button="publish", value=1)
    assert "publish the story, with its record" in messages_of(response)
    assert Edition.objects.count() == 1


def test_a_scheduled_publication_is_not_cancelled_for_the_record(chief_client, chief, live):
    schedule(live, by=None, at=timezone.now() + timedelta(hours=2))
    accept_suggestion(
        find_suggestion(live, "We looked"),
        by=chief,
        choice=SpeakerChoice("new-person", name="Ada Lund"),
    )
    assert "schedule again to take it in" in outdated_text(chief_client, live)
    response = press(chief_client, live, "publish", button="publish", value=1)
    assert "schedule again to take the record in" in messages_of(response)
    assert Edition.objects.coming().count() == 1
    assert Edition.objects.count() == 2


def test_a_record_with_loose_words_is_not_published(chief_client, chief, live):
    quote: Any = accept_suggestion(
        find_suggestion(live, "We looked"),
        by=chief,
        choice=SpeakerChoice("new-person", name="Ada Lund"),
    )
    accept_suggestion(find_suggestion(live, "beyond repair"), by=chief)
    quote.state = Quote.State.DETACHED
    quote.save()
    response = press(chief_client, live, "publish", button="publish", value=1)
    assert "Not published. A quote of Ada Lund is on record" in messages_of(response)
    assert Edition.objects.count() == 1


def test_a_reporter_reads_that_readers_lack_the_record_and_cannot_publish_it(client, live):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    accept_suggestion(
        find_suggestion(live, "We looked"),
        by=make_user(),
        choice=SpeakerChoice("new-person", name="Ada Lund"),
    )
    page = client.get(form_of(live)).content.decode()
    assert "Readers do not have this record yet. Your role may not publish." in page
    assert "Publish the record" not in page
