"""The list and the form of quotes: found, corrected, taken off; never made here."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Person, Quote, Suggestion
from articles.publishing import publish
from articles.record import Choice, accept
from tests.factories import make_organization, make_person, make_user

from .finds import find, make_story, press
from .forms import fields_of, messages_of, texts_of

pytestmark = pytest.mark.django_db
LIST = "admin:articles_quote_changelist"


@pytest.fixture
def story(db):
    return make_story()


@pytest.fixture
def quote(story) -> Quote:
    by = make_user(username="sub")
    return accept(find(story, "We looked"), by=by, choice=Choice("new-person", name="Ada Lund"))


def address_of(quote: Quote, page: str = "change") -> str:
    return reverse(f"admin:articles_quote_{page}", args=[quote.pk])


def save(desk, quote: Quote, **changes):
    data = fields_of(desk.get(address_of(quote)), "quote_form") | changes
    return desk.post(address_of(quote), data, follow=True)


def found(desk, **query) -> list[Quote]:
    response = desk.get(reverse(LIST), query)
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def test_the_list_tells_who_said_what_where_and_who_confirmed_it(desk, quote, story):
    page = " ".join(desk.get(reverse(LIST)).content.decode().split())
    for words in ("We looked at every pile", "Ada Lund", "mayor", "Quay to close", "by sub"):
        assert words in page
    assert reverse("admin:articles_article_record", args=[story.pk]) in page


def test_quotes_are_found_by_words_speaker_and_other_names_and_filtered(desk, quote):
    quote.person.other_names.create(name="Adelaide Lund", visibility="hidden")
    for query in (
        {"q": "every pile"},
        {"q": "ada lund"},
        {"q": "adelaide"},
        {"state": "confirmed"},
    ):
        assert found(desk, **query) == [quote]
    for query in ({"q": "bicycle"}, {"state__exact": "detached"}, {"kind__exact": "indirect"}):
        assert found(desk, **query) == []


def test_the_list_costs_the_same_however_long_it_is(desk, quote):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(reverse(LIST))
        return len(captured)

    few = cost()
    for number in range(8):
        article = make_story(headline=f"Story {number}")
        choice = Choice("new-person", name=f"Otto Brant{'abcdefgh'[number]}")
        accept(find(article, "I would not"), by=make_user(), choice=choice)
    assert cost() == few


def test_the_words_and_the_story_are_not_changed_here(desk, quote):
    fields = fields_of(desk.get(address_of(quote)), "quote_form")
    assert not {"text", "article", "state", "quote_key"} & fields.keys()
    was = quote.text
    save(desk, quote, text="Other words", role="head of the council")
    quote.refresh_from_db()
    assert (quote.text, quote.role) == (was, "head of the council")


def test_the_speaker_becomes_an_unnamed_source_with_its_reason(desk, quote):
    changes = {"person": "", "unnamed": "a diver", "unnamed_reason": ""}
    response = save(desk, quote, **changes)
    assert "Say why the source is not named." in response.content.decode()
    save(desk, quote, **changes | {"unnamed_reason": "Fears for the job."})
    quote.refresh_from_db()
    assert (quote.speaker, quote.person) == ("a diver", None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"person": ""}, "Say who it was"),
        ({"unnamed": "a diver"}, "Choose only one speaker"),
        ({"organization": "body"}, "Choose only one speaker"),
    ],
)
def test_a_quote_has_exactly_one_speaker(desk, quote, changes, said):
    body = make_organization("Port of Sund")
    sent = {name: body.pk if value == "body" else value for name, value in changes.items()}
    response = save(desk, quote, **sent)
    assert said in response.content.decode()
    quote.refresh_from_db()
    assert quote.person.name == "Ada Lund"


def test_a_link_to_the_recording_leads_to_the_web_only(desk, quote):
    save(desk, quote, source_url="javascript:alert(1)")
    quote.refresh_from_db()
    assert quote.source_url == ""
    save(desk, quote, source_url="tapes.example/quay")
    quote.refresh_from_db()
    assert quote.source_url == "https://tapes.example/quay"


def test_no_quote_is_added_here(desk):
    assert desk.get(reverse("admin:articles_quote_add")).status_code == 403


def test_a_deleted_quote_leaves_its_find_rejected(desk, chief, quote, story):
    response = desk.post(address_of(quote, "delete"), {"post": "yes"}, follow=True)
    assert "was deleted successfully" in messages_of(response)
    one = find(story, "We looked")
    assert (one.state, one.decided_by, one.quote) == (Suggestion.State.REJECTED, chief, None)
    assert not Quote.objects.exists()
    press(desk, story, one.pk, button="undo")
    assert find(story, "We looked").state == "open"
    assert Person.objects.filter(name="Ada Lund").exists(), (
        "the name of the story is still accepted"
    )


def test_the_history_tells_who_changed_what(desk, quote):
    save(desk, quote, role="head of the council")
    page = desk.get(address_of(quote, "history")).content.decode()
    assert "<del>mayor</del> <ins>head of the council</ins>" in page


def test_the_way_to_the_readers_page_is_there_once_they_have_it(desk, quote, story):
    public = reverse("quote", args=[quote.quote_key])
    assert public not in desk.get(address_of(quote)).content.decode()
    publish(story, by=None)
    assert public in desk.get(address_of(quote)).content.decode()


def test_stories_with_quotes_to_check_are_found(desk, quote, story):
    checked = make_story("<p>Nobody spoke.</p>", headline="Checked")
    loose = make_story(headline="Loose")
    person = make_person("Tomas Reve")
    one = accept(find(loose, "I would not"), by=make_user(), choice=Choice("person", person.pk))
    Quote.objects.filter(pk=one.pk).update(state="detached")
    stories = reverse("admin:articles_article_changelist")

    def headlines(value: str) -> set[str]:
        response = desk.get(stories, {"record": value})
        return {article.headline for article in response.context["cl"].result_list}

    assert headlines("waiting") == {"Quay to close", "Loose"}
    assert headlines("detached") == {"Loose"}
    assert headlines("nonsense") == {"Quay to close", "Loose", checked.headline}
    index = desk.get(reverse("admin:index")).content.decode()
    assert f"{stories}?record=waiting" in index
    assert "Stories with quotes to check" in " ".join(
        texts_of(desk.get(reverse("admin:index")), "waits")
    )
