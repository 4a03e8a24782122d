"""The review of the record: an editor's decisions by plain forms."""

import pytest

from articles.models import Mention, Person, Quote, Suggestion
from articles.record import Choice, accept
from tests.factories import make_organization, make_person, make_user

from .finds import find, make_story, pin, press, review_of
from .forms import fields_of, form_of, messages_of, send, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db):
    return make_story()


@pytest.fixture
def ada(db) -> Person:
    return make_person("Ada Lund")


def test_a_clear_find_is_one_button_that_says_what_it_does(desk, ada, story, chief):
    page = desk.get(review_of(story)).content.decode()
    one = find(story, "We looked")
    button = f'value="{one.pk}=person:{ada.pk}=Ada Lund">Accept: Ada Lund<'
    assert button in page
    response = press(desk, story, **pin(story, "We looked", f"person:{ada.pk}", "Ada Lund"))
    quote = Quote.objects.get()
    assert (quote.person, quote.confirmed_by) == (ada, chief)
    assert "On record: “We looked at every pile" in messages_of(response)
    assert find(story, "We looked").state == "accepted"
    decided = " ".join(" ".join(texts_of(response, "done")).split())
    assert "Ada Lund, mayor · accepted by chief" in decided


def test_a_decision_leads_on_to_the_find_that_waits_next(desk, ada, story):
    pinned = pin(story, "beyond repair", f"person:{ada.pk}")
    response = press(desk, story, **pinned)
    assert response.redirect_chain[-1][0].endswith(f"#find-{find(story, 'We looked').pk}")


def test_the_speaker_is_changed_before_accepting(desk, story):
    tomas = make_person("Tomas Reve")
    one = find(story, "We looked")
    press(
        desk,
        story,
        one.pk,
        button="accept",
        who="known",
        name="Tomas Reve",
        role="diver",
        kind="partial",
    )
    quote = Quote.objects.get()
    assert (quote.person, quote.role, quote.kind) == (tomas, "diver", "partial")
    assert find(story, "We looked").state == "changed"


def test_two_of_one_name_are_both_offered_and_neither_is_chosen(desk, story):
    make_person("Ada Lund")
    make_person("Ada Lund")
    one = find(story, "We looked")
    page = desk.get(review_of(story), {"open": one.pk})
    assert fields_of(page, f"record-{one.pk}")[f"who-{one.pk}"] == ""
    ours = next(text for text in texts_of(page, "find") if "We looked at" in text)
    assert "look closely" in ours
    response = press(desk, story, one.pk, button="accept")
    assert response.status_code == 400
    assert "Choose who it is." in " ".join(texts_of(response, "errornote"))
    page = response.content.decode()
    assert all(f"no role known, no. {person.pk}" in page for person in Person.objects.all())
    assert not Quote.objects.exists()


def test_rejecting_is_undone_and_asked_again(desk, story):
    one = find(story, "beyond repair")
    response = press(desk, story, one.pk, button="reject")
    assert "rejected by chief" in " ".join(texts_of(response, "done"))
    response = press(desk, story, one.pk, button="undo")
    assert "It waits again" in messages_of(response)
    assert find(story, "beyond repair").state == "open"


def test_undoing_an_accepted_quote_takes_it_off_the_record(desk, ada, story):
    press(desk, story, **pin(story, "We looked", f"person:{ada.pk}"))
    press(desk, story, find(story, "We looked").pk, button="undo")
    assert not Quote.objects.exists()
    assert Person.objects.filter(pk=ada.pk).exists()


def test_a_new_person_is_made_with_the_printed_role(desk, story):
    pinned = pin(story, "I would not", "new-person", "Tomas Reve")
    assert "Accept: Tomas Reve, new person" in desk.get(review_of(story)).content.decode()
    press(desk, story, **pinned)
    quote = Quote.objects.get()
    assert (quote.person.name, quote.role) == ("Tomas Reve", "Harbour engineer")
    assert quote.person.is_confirmed


def test_a_namesake_is_asked_for_and_what_was_typed_stays(desk, ada, story):
    one = find(story, "We looked")
    typed = {"who": "new-person", "name": "Ada Lund", "role": "skipper", "kind": "partial"}
    response = press(desk, story, one.pk, button="accept", **typed)
    assert response.status_code == 400
    assert "On record already: Ada Lund" in " ".join(texts_of(response, "errornote"))
    fields = fields_of(response, f"record-{one.pk}")
    assert {name: fields[f"{name}-{one.pk}"] for name in typed} == typed
    assert Person.objects.count() == 1
    press(desk, story, one.pk, button="accept", **typed, namesake="1")
    assert Person.objects.filter(name="Ada Lund").count() == 2


def test_an_unnamed_source_needs_a_reason(desk, story):
    one = find(story, "It was always")
    page = desk.get(review_of(story), {"open": one.pk})
    assert fields_of(page, f"record-{one.pk}")[f"who-{one.pk}"] == "unnamed"
    response = press(desk, story, one.pk, button="accept")
    assert response.status_code == 400
    assert "Say why the source is not named" in response.content.decode()
    assert not Quote.objects.exists()
    press(desk, story, one.pk, button="accept", reason="Would lose the post.")
    quote = Quote.objects.get()
    assert (quote.unnamed, quote.unnamed_reason) == ("a senior official", "Would lose the post.")


def test_a_role_is_held_at_an_organization_that_the_text_names(desk):
    body = make_organization("Port of Sund")
    article = make_story(
        "<p>Port of Sund director Ines Marr said: “Every berth is taken until the spring.”</p>"
    )
    name, said = find(article, "Ines Marr"), find(article, "Every berth")
    press(desk, article, name.pk, button="accept", seat=str(body.pk))
    (held,) = Person.objects.get().memberships.all()
    assert (held.organization, held.role) == (body, name.found["role"])
    press(desk, article, said.pk, button="accept", seat=str(body.pk))
    assert Quote.objects.get().on_behalf_of == body


def test_what_is_hardly_a_quote_is_folded_and_can_be_accepted_all_the_same(desk, ada, story):
    one = find(story, "Tides of the North")
    page = " ".join(desk.get(review_of(story)).content.decode().split())
    assert "Hardly quotes: titles, scare quotes, paraphrases (" in page
    response = press(desk, story, one.pk, button="accept")
    assert '<details class="folded" id="record-folded" open>' in response.content.decode()
    press(desk, story, one.pk, button="accept", who="known", name="Ada Lund", role="")
    assert (Quote.objects.get().text, Quote.objects.get().kind) == (one.found["text"], "partial")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"role": "x" * 201}, "A role has at most 200 letters."),
        ({"kind": "shouted"}, "Choose what kind of quote it is."),
        ({"seat": "999"}, "That organization is gone."),
        ({"who": "person:999"}, "That row is gone"),
        ({"who": "'; drop"}, "Choose who it is."),
        ({"who": "new-person", "name": "\0 \x1b"}, "Write the name."),
    ],
)
def test_what_no_form_of_ours_sends_is_refused_in_words(desk, ada, story, changes, said):
    one = find(story, "We looked")
    response = press(desk, story, one.pk, button="accept", **changes)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not Quote.objects.exists()


@pytest.mark.parametrize("value", ["", "x", "9" * 40, "²", "0", "-1", "1e3"])
@pytest.mark.parametrize("button", ["accept", "accept-shown", "reject", "undo", "reword", "remove"])
def test_a_find_that_is_not_of_this_story_is_never_decided(desk, story, button, value):
    other = find(make_story(headline="Other"), "We looked")
    for sent in (value, other.pk):
        response = desk.post(review_of(story), {button: sent}, follow=True)
        assert response.status_code == 200
        assert "It is gone: the text has changed since." in messages_of(response)
    other.refresh_from_db()
    assert other.state == "open"


def test_the_names_that_are_clear_are_accepted_at_once(desk, ada, story):
    make_person("Tomas Reve")
    fields = desk.get(review_of(story)).content.decode()
    assert "Accept all 2 clear ones" in fields
    pinned = "\r\n".join(
        f"{find(story, name).pk}=person:{Person.objects.get(name=name).pk}="
        for name in ("Ada Lund", "Tomas Reve")
    )
    response = press(desk, story, "names", button="accept-names", value=pinned)
    assert "2 names accepted." in messages_of(response)
    assert Mention.objects.count() == 2
    assert not Quote.objects.exists()
    assert "None of these names waits" in messages_of(
        press(desk, story, "names", button="accept-names", value=pinned)
    )


def test_a_double_click_makes_one_quote(desk, ada, story):
    one = find(story, "We looked")
    data = {"accept-shown": f"{one.pk}=person:{ada.pk}="}
    desk.post(review_of(story), data)
    response = desk.post(review_of(story), data, follow=True)
    assert "chief has decided about it already: accepted." in messages_of(response)
    assert Quote.objects.count() == 1


def test_what_was_shown_is_accepted_though_the_record_has_changed_since(desk, ada, story):
    pinned = pin(story, "We looked", f"person:{ada.pk}")
    make_person("Ada Lund")
    press(desk, story, **pinned)
    assert Quote.objects.get().person == ada


def test_deciding_leaves_an_open_form_of_the_story_fresh(desk, ada, story):
    page = desk.get(form_of(story))
    mine = fields_of(page, "article_form") | {"headline": "Mine", "_save": "1"}
    assert not any(name.startswith("who-") for name in mine)
    press(desk, story, **pin(story, "We looked", f"person:{ada.pk}"))
    press(desk, story, find(story, "Ada Lund").pk, button="undo")
    response = desk.post(form_of(story), mine, follow=True)
    assert response.status_code == 200
    story.refresh_from_db()
    assert story.headline == "Mine"


def test_a_decision_made_in_the_form_leads_back_to_it(desk, ada, story):
    page = desk.get(form_of(story)).content.decode()
    count = story.suggestions.likely().count()
    assert f"{count} of {count} wait" in page
    assert "what you have not saved is not looked at" in page
    response = press(desk, story, **pin(story, "We looked", f"person:{ada.pk}"), place="form")
    assert response.redirect_chain[-1][0].startswith(form_of(story) + "#find-")


def test_what_came_loose_is_shown_and_reworded(desk, ada, story):
    accept(find(story, "I would not"), by=make_user(), choice=Choice("person", ada.pk))
    key = Quote.objects.get().quote_key
    body = story.body_html.replace("I would not park a bicycle", "I would not leave a bicycle")
    assert "no longer in the text" in messages_of(send(desk, story, body_html=body))
    page = desk.get(review_of(story))
    (loose,) = texts_of(page, "loose")
    assert "I would not park a bicycle on it." in loose
    assert "Harbour engineer Tomas Reve said: “I would not leave a bicycle on it.”" in loose
    quote = Quote.objects.get()
    fields = fields_of(page, f"record-q{quote.pk}")
    assert fields[f"words-q{quote.pk}"] == "I would not leave a bicycle on it."
    response = press(desk, story, f"q{quote.pk}", button="reword", value=quote.pk, words="Never")
    assert response.status_code == 400
    assert "These words do not stand in the saved text" in response.content.decode()
    press(desk, story, f"q{quote.pk}", button="reword", value=quote.pk)
    quote.refresh_from_db()
    assert (quote.text, quote.state) == ("I would not leave a bicycle on it.", "confirmed")
    assert quote.quote_key == key


def test_what_came_loose_is_taken_off_the_record_and_not_asked_again(desk, ada, story, chief):
    accept(find(story, "I would not"), by=make_user(), choice=Choice("person", ada.pk))
    quote = Quote.objects.get()
    send(desk, story, body_html="<p>Nothing of it.</p>")
    assert "Nothing like it stands in the text now." in desk.get(review_of(story)).content.decode()
    response = press(desk, story, f"q{quote.pk}", button="remove", value=quote.pk)
    assert "Off the record" in messages_of(response)
    assert not Quote.objects.exists()
    left = Suggestion.objects.get(state="rejected")
    assert (left.found["text"], left.decided_by) == ("I would not park a bicycle on it.", chief)
