"""Quotes by hand, and the record published by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Edition, Membership, Quote
from articles.publishing import publish, schedule
from articles.record import Choice, accept
from articles.roles import make_roles
from articles.text.html import plain_text
from tests.factories import make_organization, make_person, make_user

from .finds import find, make_story, press, review_of
from .forms import fields_of, form_of, messages_of, send, texts_of

pytestmark = pytest.mark.django_db
BODY = """<p>The 🐟 sellers &amp; the crew sang: No fish, no town! Then again: No fish, no town!</p>
<p>Nora Quill, who runs the smokehouse, was asked why 👩‍🚒 came.</p>"""


@pytest.fixture
def nora(db):
    return make_person("Nora Quill")


@pytest.fixture
def story(db):
    return make_story(BODY, headline="A song")


def add(desk, story, words: str, person, **changes):
    who = {"who": f"person:{person.pk}", "kind": "direct"}
    return press(desk, story, "new", button="add", value=1, words=words, **who | changes)


def test_a_quote_by_hand_is_of_words_copied_letter_by_letter(desk, chief, nora, story):
    response = add(desk, story, "“was asked why 👩‍🚒 came”", nora, role="smoker")
    quote = Quote.objects.get()
    (part,) = quote.parts.all()
    body = plain_text(story.body_html)
    assert body[part.start : part.end] == quote.text == "was asked why 👩‍🚒 came"
    assert (quote.person, quote.role, quote.basis) == (nora, "smoker", "by_hand")
    assert quote.confirmed_by == chief
    assert "On record: “was asked why" in messages_of(response)
    assert "on record by hand, by chief" in " ".join(texts_of(response, "done"))
    assert fields_of(response, "record-new")["words-new"] == "", "the form is empty again"


def test_words_that_stand_there_twice_are_asked_for(desk, nora, story):
    response = add(desk, story, "No fish, no town!", nora)
    assert response.status_code == 400
    assert "These words stand 2 times in the text." in response.content.decode()
    assert fields_of(response, "record-new")["words-new"].strip() == "No fish, no town!"
    assert not Quote.objects.exists()
    add(desk, story, "No fish, no town!", nora, number="2")
    (part,) = Quote.objects.get().parts.all()
    body = plain_text(story.body_html)
    assert part.start == body.rindex("No fish, no town!")


def test_selected_words_come_with_their_place_in_code_points(desk, nora, story):
    body = plain_text(story.body_html)
    start = body.rindex("No fish")
    end = start + len("No fish, no town!")
    add(desk, story, "No fish, no town!", nora, start=str(start), end=str(end))
    (part,) = Quote.objects.get().parts.all()
    assert (part.start, part.end) == (start, end)


def test_spaces_and_marks_at_the_ends_of_a_selection_are_left_out(desk, nora):
    story = make_story("<p>She 🐟 said “never again” twice.</p>")
    body = plain_text(story.body_html)
    start, end = body.index(" “never"), body.index(" twice")
    add(desk, story, body[start:end], nora, start=str(start), end=str(end))
    assert Quote.objects.get().text == "never again"


@pytest.mark.parametrize("place", [("0", "17"), ("9", "9999999"), ("-5", "x"), ("20", "3")])
def test_a_place_that_does_not_hold_the_words_is_not_believed(desk, nora, story, place):
    start, end = place
    add(desk, story, "who runs the smokehouse", nora, start=start, end=end)
    assert Quote.objects.get().text == "who runs the smokehouse"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "These words do not stand in the saved text"),
        ("“”", "These words do not stand in the saved text"),
        ("Nobody said this\x00", "Copy them letter by letter"),
    ],
)
def test_words_that_are_not_there_make_no_quote(desk, nora, story, words, said):
    response = add(desk, story, words, nora)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not Quote.objects.exists()


def test_the_same_words_are_on_record_once(desk, nora, story):
    add(desk, story, "who runs the smokehouse", nora)
    response = add(desk, story, "runs the smokehouse", nora)
    assert "are on record already" in response.content.decode()
    assert Quote.objects.count() == 1


@pytest.fixture
def live(db):
    """A story that readers have, without its record."""
    day = timezone.now() - timedelta(days=2)
    article = make_story(published_at=day)
    publish(article, by=None)
    return article


def behind_of(desk, article) -> str:
    return " ".join(" ".join(texts_of(desk.get(review_of(article)), "behind")).split())


def test_the_record_of_a_live_story_is_published_without_touching_its_words(desk, chief, live):
    first = Edition.objects.get()
    assert behind_of(desk, live) == ""
    accept(find(live, "We looked"), by=chief, choice=Choice("new-person", name="Ada Lund"))
    assert behind_of(desk, live).startswith("Readers do not have this record yet.")
    response = press(desk, live, "publish", button="publish", value=1)
    assert "The record is published" in messages_of(response)
    second = Edition.objects.live().get()
    assert (second.number, second.kind, second.by) == (2, "minor", chief)
    assert second.body_html == first.body_html
    assert second.modified_at == first.modified_at
    assert second.revision_number == first.revision_number
    assert [quote.person.name for quote in second.composed.quotes] == ["Ada Lund"]
    assert behind_of(desk, live) == ""
    response = press(desk, live, "publish", button="publish", value=1)
    assert "Readers have this record already." in messages_of(response)
    assert Edition.objects.count() == 2


def test_a_role_changed_on_record_is_seen_as_behind(desk, chief, live):
    quote = accept(find(live, "We looked"), by=chief, choice=Choice("new-person", name="Ada Lund"))
    quote.role = ""
    quote.save()
    publish(live, by=None)
    body = make_organization("Port of Sund")
    role = {"role": "mayor", "is_confirmed": True, "start_date": "2020"}
    Membership.objects.create(person=quote.person, organization=body, **role)
    assert "Readers do not have this record yet." in behind_of(desk, live)


def test_with_changes_of_the_text_the_record_waits_for_them(desk, chief, live):
    send(desk, live, headline="Quay closed")
    assert behind_of(desk, live) == "", "there is no record that could go out"
    accept(find(live, "We looked"), by=chief, choice=Choice("new-person", name="Ada Lund"))
    assert "the record goes out with it" in behind_of(desk, live)
    response = press(desk, live, "publish", button="publish", value=1)
    assert "publish the story, with its record" in messages_of(response)
    assert Edition.objects.count() == 1


def test_a_scheduled_publication_is_not_cancelled_for_the_record(desk, chief, live):
    schedule(live, by=None, at=timezone.now() + timedelta(hours=2))
    accept(find(live, "We looked"), by=chief, choice=Choice("new-person", name="Ada Lund"))
    assert "schedule again to take it in" in behind_of(desk, live)
    response = press(desk, live, "publish", button="publish", value=1)
    assert "schedule again to take the record in" in messages_of(response)
    assert Edition.objects.coming().count() == 1
    assert Edition.objects.count() == 2


def test_a_record_with_loose_words_is_not_published(desk, chief, live):
    quote = accept(find(live, "We looked"), by=chief, choice=Choice("new-person", name="Ada Lund"))
    accept(find(live, "beyond repair"), by=chief)
    quote.state = Quote.State.DETACHED
    quote.save()
    response = press(desk, live, "publish", button="publish", value=1)
    assert "Not published. A quote of Ada Lund is on record" in messages_of(response)
    assert Edition.objects.count() == 1


def test_a_reporter_reads_that_readers_lack_the_record_and_cannot_publish_it(client, live):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    accept(find(live, "We looked"), by=make_user(), choice=Choice("new-person", name="Ada Lund"))
    page = client.get(form_of(live)).content.decode()
    assert "Readers do not have this record yet. Your role may not publish." in page
    assert "Publish the record" not in page
