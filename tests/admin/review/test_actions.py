"""The review of the record: an editor's decisions by plain forms."""

import pytest

from articles.models import Mention, Person, Quote
from tests.admin.forms import fields_of, form_of, messages_of, texts_of
from tests.admin.review_stories import (
    accept_shown_args,
    find_suggestion,
    make_story,
    press,
    review_of,
)
from tests.factories import make_organization, make_person

pytestmark = pytest.mark.django_db


def test_a_clear_find_is_one_button_that_says_what_it_does(chief_client, ada, story, chief):
    page = chief_client.get(review_of(story)).content.decode()
    suggestion = find_suggestion(story, "We looked")
    button = f'value="{suggestion.pk}=person:{ada.pk}=Ada Lund">Accept: Ada Lund<'
    assert button in page
    response = press(
        chief_client, story, **accept_shown_args(story, "We looked", f"person:{ada.pk}", "Ada Lund")
    )
    quote = Quote.objects.get()
    assert (quote.person, quote.confirmed_by) == (ada, chief)
    assert "On record: “We looked at every pile" in messages_of(response)
    assert find_suggestion(story, "We looked").state == "accepted"
    decided = " ".join(" ".join(texts_of(response, "done")).split())
    assert "Ada Lund, mayor · accepted by chief" in decided


def test_a_decision_leads_on_to_the_find_that_waits_next(chief_client, ada, story):
    button_args = accept_shown_args(story, "beyond repair", f"person:{ada.pk}")
    response = press(chief_client, story, **button_args)
    assert response.redirect_chain[-1][0].endswith(
        f"#find-{find_suggestion(story, 'We looked').pk}"
    )


def test_the_speaker_is_changed_before_accepting(chief_client, story):
    tomas = make_person("Tomas Reve")
    suggestion = find_suggestion(story, "We looked")
    press(
        chief_client,
        story,
        suggestion.pk,
        button="accept",
        who="known",
        name="Tomas Reve",
        role="diver",
        kind="partial",
    )
    quote = Quote.objects.get()
    assert (quote.person, quote.role, quote.kind) == (tomas, "diver", "partial")
    assert find_suggestion(story, "We looked").state == "changed"


def test_two_of_one_name_are_both_offered_and_neither_is_chosen(chief_client, story):
    make_person("Ada Lund")
    make_person("Ada Lund")
    suggestion = find_suggestion(story, "We looked")
    page = chief_client.get(review_of(story), {"open": suggestion.pk})
    assert fields_of(page, f"record-{suggestion.pk}")[f"who-{suggestion.pk}"] == ""
    card_text = next(text for text in texts_of(page, "find") if "We looked at" in text)
    assert "look closely" in card_text
    response = press(chief_client, story, suggestion.pk, button="accept")
    assert response.status_code == 400
    assert "Choose who it is." in " ".join(texts_of(response, "errornote"))
    page = response.content.decode()
    assert all(f"no role known, no. {person.pk}" in page for person in Person.objects.all())
    assert not Quote.objects.exists()


def test_rejecting_is_undone_and_asked_again(chief_client, story):
    suggestion = find_suggestion(story, "beyond repair")
    response = press(chief_client, story, suggestion.pk, button="reject")
    assert "rejected by chief" in " ".join(texts_of(response, "done"))
    response = press(chief_client, story, suggestion.pk, button="undo")
    assert "It waits again" in messages_of(response)
    assert find_suggestion(story, "beyond repair").state == "open"


def test_undoing_an_accepted_quote_takes_it_off_the_record(chief_client, ada, story):
    press(chief_client, story, **accept_shown_args(story, "We looked", f"person:{ada.pk}"))
    press(chief_client, story, find_suggestion(story, "We looked").pk, button="undo")
    assert not Quote.objects.exists()
    assert Person.objects.filter(pk=ada.pk).exists()


def test_a_new_person_is_made_with_the_printed_role(chief_client, story):
    button_args = accept_shown_args(story, "I would not", "new-person", "Tomas Reve")
    assert "Accept: Tomas Reve, new person" in chief_client.get(review_of(story)).content.decode()
    press(chief_client, story, **button_args)
    quote = Quote.objects.get()
    assert (quote.person.name, quote.role) == ("Tomas Reve", "Harbour engineer")
    assert quote.person.is_confirmed


def test_a_namesake_is_asked_for_and_what_was_typed_stays(chief_client, ada, story):
    suggestion = find_suggestion(story, "We looked")
    typed = {"who": "new-person", "name": "Ada Lund", "role": "skipper", "kind": "partial"}
    response = press(chief_client, story, suggestion.pk, button="accept", **typed)
    assert response.status_code == 400
    assert "On record already: Ada Lund" in " ".join(texts_of(response, "errornote"))
    fields = fields_of(response, f"record-{suggestion.pk}")
    assert {name: fields[f"{name}-{suggestion.pk}"] for name in typed} == typed
    assert Person.objects.count() == 1
    press(chief_client, story, suggestion.pk, button="accept", **typed, namesake="1")
    assert Person.objects.filter(name="Ada Lund").count() == 2


def test_an_unnamed_source_needs_a_reason(chief_client, story):
    suggestion = find_suggestion(story, "It was always")
    page = chief_client.get(review_of(story), {"open": suggestion.pk})
    assert fields_of(page, f"record-{suggestion.pk}")[f"who-{suggestion.pk}"] == "unnamed"
    response = press(chief_client, story, suggestion.pk, button="accept")
    assert response.status_code == 400
    assert "Say why the source is not named" in response.content.decode()
    assert not Quote.objects.exists()
    press(chief_client, story, suggestion.pk, button="accept", reason="Would lose the post.")
    quote = Quote.objects.get()
    assert (quote.unnamed, quote.unnamed_reason) == ("a senior official", "Would lose the post.")


def test_a_role_is_held_at_an_organization_that_the_text_names(chief_client):
    organization = make_organization("Port of Sund")
    article = make_story(
        "<p>Port of Sund director Ines Marr said: “Every berth is taken until the spring.”</p>"
    )
    name, quote = find_suggestion(article, "Ines Marr"), find_suggestion(article, "Every berth")
    press(chief_client, article, name.pk, button="accept", seat=str(organization.pk))
    (membership,) = Person.objects.get().memberships.all()
    assert (membership.organization, membership.role) == (organization, name.found["role"])
    press(chief_client, article, quote.pk, button="accept", seat=str(organization.pk))
    assert Quote.objects.get().on_behalf_of == organization


def test_what_is_hardly_a_quote_is_folded_and_can_be_accepted_all_the_same(
    chief_client, ada, story
):
    suggestion = find_suggestion(story, "Tides of the North")
    page = " ".join(chief_client.get(review_of(story)).content.decode().split())
    assert "Hardly quotes: titles, scare quotes, paraphrases (" in page
    response = press(chief_client, story, suggestion.pk, button="accept")
    assert '<details class="folded" id="record-folded" open>' in response.content.decode()
    press(
        chief_client, story, suggestion.pk, button="accept", who="known", name="Ada Lund", role=""
    )
    assert (Quote.objects.get().text, Quote.objects.get().kind) == (
        suggestion.found["text"],
        "partial",
    )


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"role": "x" * 201}, "A role has at most 200 letters."),
        ({"kind": "shouted"}, "Choose whether it is a whole sentence"),
        ({"seat": "999"}, "That organization no longer exists."),
        ({"who": "person:999"}, "That row no longer exists"),
        ({"who": "'; drop"}, "Choose who it is."),
        ({"who": "new-person", "name": "\0 \x1b"}, "Write the name."),
    ],
)
def test_what_no_form_of_ours_sends_is_refused_in_words(chief_client, ada, story, changes, error):
    suggestion = find_suggestion(story, "We looked")
    response = press(chief_client, story, suggestion.pk, button="accept", **changes)
    assert response.status_code == 400
    assert error in response.content.decode()
    assert not Quote.objects.exists()


def test_a_find_that_is_not_of_this_story_is_never_decided(chief_client, story, subtests):
    other = find_suggestion(make_story(headline="Other"), "We looked")
    for button in ("accept", "accept-shown", "reject", "undo", "reword", "remove"):
        for value in ("", "x", "9" * 40, "²", "0", "-1", "1e3", other.pk):
            with subtests.test(button=button, value=value):
                response = chief_client.post(review_of(story), {button: value}, follow=True)
                assert response.status_code == 200
                assert "It is no longer there: the text has changed since." in messages_of(response)
        other.refresh_from_db()
        assert other.state == "open"


def test_the_names_that_are_clear_are_accepted_at_once(chief_client, ada, story):
    make_person("Tomas Reve")
    fields = chief_client.get(review_of(story)).content.decode()
    assert "Accept all 2 clear ones" in fields
    button_args = "\r\n".join(
        f"{find_suggestion(story, name).pk}=person:{Person.objects.get(name=name).pk}="
        for name in ("Ada Lund", "Tomas Reve")
    )
    response = press(chief_client, story, "names", button="accept-names", value=button_args)
    assert "2 names accepted." in messages_of(response)
    assert Mention.objects.count() == 2
    assert not Quote.objects.exists()
    assert "None of these names waits" in messages_of(
        press(chief_client, story, "names", button="accept-names", value=button_args)
    )


def test_a_double_click_makes_one_quote(chief_client, ada, story):
    suggestion = find_suggestion(story, "We looked")
    data = {"accept-shown": f"{suggestion.pk}=person:{ada.pk}="}
    chief_client.post(review_of(story), data)
    response = chief_client.post(review_of(story), data, follow=True)
    assert "chief has decided about it already: accepted." in messages_of(response)
    assert Quote.objects.count() == 1


def test_what_was_shown_is_accepted_though_the_record_has_changed_since(chief_client, ada, story):
    button_args = accept_shown_args(story, "We looked", f"person:{ada.pk}")
    make_person("Ada Lund")
    press(chief_client, story, **button_args)
    assert Quote.objects.get().person == ada


def test_deciding_leaves_an_open_form_of_the_story_fresh(chief_client, ada, story):
    page = chief_client.get(form_of(story))
    mine = fields_of(page, "article_form") | {"headline": "Mine", "_save": "1"}
    assert not any(name.startswith("who-") for name in mine)
    press(chief_client, story, **accept_shown_args(story, "We looked", f"person:{ada.pk}"))
    press(chief_client, story, find_suggestion(story, "Ada Lund").pk, button="undo")
    response = chief_client.post(form_of(story), mine, follow=True)
    assert response.status_code == 200
    story.refresh_from_db()
    assert story.headline == "Mine"


def test_a_decision_made_in_the_form_leads_back_to_it(chief_client, ada, story):
    page = chief_client.get(form_of(story)).content.decode()
    count = story.suggestions.likely().count()
    assert f"{count} of {count} wait" in page
    assert "what you have not saved is not looked at" in page
    response = press(
        chief_client,
        story,
        **accept_shown_args(story, "We looked", f"person:{ada.pk}"),
        place="form",
    )
    assert response.redirect_chain[-1][0].startswith(form_of(story) + "#find-")
