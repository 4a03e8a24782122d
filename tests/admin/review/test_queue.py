"""The queue of suggestions over all stories: paged, decided in place, by two editors at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.review.queue import PAGE_SIZE
from articles.models import Quote, Suggestion
from articles.record import SpeakerChoice, accept_suggestion, reject_suggestion, sync_record
from articles.roles import make_roles
from tests.admin.forms import fields_of, messages_of, texts_of
from tests.admin.review_stories import (
    BODY,
    find_suggestion,
    make_story,
    queue_address,
    suggestion_texts,
)
from tests.factories import make_organization, make_person, make_user

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


def test_the_most_certain_comes_first_with_its_story_and_its_sentence(chief_client, ada):
    make_story(headline="Quay to close", source="wire")
    page = chief_client.get(queue_address())
    suggestions = [Suggestion.objects.get(pk=card.key) for card in page.context["record"].cards]
    assert [suggestion.confidence for suggestion in suggestions] == sorted(
        (suggestion.confidence for suggestion in Suggestion.objects.open().likely()), reverse=True
    )
    first = suggestion_texts(page)[0]
    assert "Quay to close wire" in first
    assert "The mayor, Ada Lund, said" in first


def test_candidates_stand_there_with_role_and_organization(chief_client, ada):
    port = make_organization("Port of Sund")
    ada.memberships.create(organization=port, role="harbour master", is_confirmed=True)
    make_story()
    assert "Accept: Ada Lund harbour master, Port of Sund" in " ".join(
        suggestion_texts(chief_client.get(queue_address()))
    )
    make_person("Ada Lund")
    buttons = " ".join(
        suggestion_texts(chief_client.get(queue_address(kind="mention", who="Ada Lund")))
    )
    assert "Ada Lund — harbour master, Port of Sund" in buttons
    assert "Ada Lund — no role known, no." in buttons


@pytest.mark.parametrize(
    "position", ["x", "-", "nan-1", "inf-2", "0.9-" + "9" * 40, "1e999-3", "\0", "0.9-²"]
)
def test_a_place_that_is_none_is_the_beginning(chief_client, position):
    make_story()
    assert suggestion_texts(chief_client.get(queue_address(after=position))) == suggestion_texts(
        chief_client.get(queue_address())
    )


def test_paging_shows_each_find_once_though_many_are_as_certain(chief_client):
    for number in range(12):
        make_story(headline=f"Story {number}")
    expected = set(Suggestion.objects.open().likely().values_list("pk", flat=True))
    assert len(expected) > 2 * PAGE_SIZE
    seen, address = [], queue_address()
    while address:
        page = chief_client.get(address).context["record"]
        seen += [int(card.key) for card in page.cards]
        address = page.next_address
    assert len(seen) == len(expected)
    assert set(seen) == expected


def test_a_decision_goes_on_to_the_next_and_keeps_the_filters(chief_client, ada, chief):
    story = make_story()
    suggestion = find_suggestion(story, "We looked")
    data = {"accept-shown": f"{suggestion.pk}=person:{ada.pk}=Ada Lund"}
    response = chief_client.post(queue_address(kind="quote"), data, follow=True)
    address, _ = response.redirect_chain[-1]
    assert "kind=quote" in address
    assert "On record: “We looked" in messages_of(response)
    assert (Quote.objects.get().person, Quote.objects.get().confirmed_by) == (ada, chief)
    following = address.partition("#find-")[2]
    assert Suggestion.objects.get(pk=following).state == "open"
    assert f'id="find-{following}"' in response.content.decode()
    assert not any(
        "We looked at every pile of it,” she" in text[:60] for text in suggestion_texts(response)
    )


def test_the_last_decision_is_undone_from_the_queue(chief_client, ada):
    story = make_story()
    suggestion = find_suggestion(story, "We looked")
    response = chief_client.post(queue_address(), {"reject": suggestion.pk}, follow=True)
    assert f'name="undo" value="{suggestion.pk}"' in response.content.decode()
    response = chief_client.post(queue_address(), {"undo": suggestion.pk}, follow=True)
    assert "It waits again" in messages_of(response)
    suggestion.refresh_from_db()
    assert suggestion.state == "open"


def test_nobody_is_offered_what_another_has_decided(chief_client, ada):
    story = make_story()
    suggestion = find_suggestion(story, "We looked")
    reject_suggestion(suggestion, by=make_user(username="other"))
    page = chief_client.get(queue_address(last=suggestion.pk))
    assert 'name="undo"' not in page.content.decode()


def test_another_speaker_of_the_story_is_chosen(chief_client, ada):
    story = make_story()
    suggestion = find_suggestion(story, "We looked")
    page = chief_client.get(queue_address(open=suggestion.pk))
    data = fields_of(page, f"record-{suggestion.pk}")
    assert "named-person=Tomas Reve" in page.content.decode()
    data |= {f"who-{suggestion.pk}": "named-person=Tomas Reve", "accept": suggestion.pk}
    chief_client.post(queue_address(), data)
    assert Quote.objects.get().person.name == "Tomas Reve"
    assert find_suggestion(story, "We looked").state == "changed"


def test_what_is_missing_is_said_at_its_find_and_what_was_typed_stays(chief_client):
    suggestion = find_suggestion(make_story(), "It was always")
    data = fields_of(chief_client.get(queue_address(open=suggestion.pk)), f"record-{suggestion.pk}")
    data |= {"accept": suggestion.pk, f"role-{suggestion.pk}": "of the ministry"}
    response = chief_client.post(queue_address(), data)
    assert response.status_code == 400
    assert "Say why the source is not named" in " ".join(texts_of(response, "errornote"))
    assert (
        fields_of(response, f"record-{suggestion.pk}")[f"role-{suggestion.pk}"] == "of the ministry"
    )
    response = chief_client.post(queue_address(), data, headers=FETCH)
    assert response.status_code == 400
    assert f'data-focus="find-{suggestion.pk}"' in response.content.decode()


@pytest.mark.parametrize("headers", [None, FETCH])
def test_of_two_editors_the_second_is_told_who_was_first(chief_client, ada, headers):
    story = make_story()
    suggestion = find_suggestion(story, "We looked")
    accept_suggestion(
        suggestion, by=make_user(username="first"), choice=SpeakerChoice("person", ada.pk)
    )
    data = {"accept-shown": f"{suggestion.pk}=person:{ada.pk}=Ada Lund"}
    response = chief_client.post(queue_address(), data, headers=headers, follow=not headers)
    assert "first has decided about it already: accepted." in response.content.decode()
    assert Quote.objects.count() == 1


@pytest.mark.parametrize("headers", [None, FETCH])
def test_a_find_whose_words_are_gone_is_said_to_be_gone(chief_client, ada, headers):
    story = make_story()
    suggestion = find_suggestion(story, "We looked")
    story.body_html = BODY.replace("We looked at every pile of it", "We saw it all")
    story.save()
    story.create_revision(None)
    sync_record(story, by=None)
    data = {"accept-shown": f"{suggestion.pk}=person:{ada.pk}=Ada Lund"}
    response = chief_client.post(queue_address(), data, headers=headers, follow=not headers)
    assert "It is no longer there: the text has changed since." in response.content.decode()
    assert not Quote.objects.exists()


def test_a_text_changed_past_the_record_is_seen_before_anything_is_kept(chief_client, ada):
    story = make_story()
    suggestion = find_suggestion(story, "We looked")
    type(story).objects.filter(pk=story.pk).update(body_html="<p>Short.</p>")
    assert "Ada Lund" in " ".join(suggestion_texts(chief_client.get(queue_address())))
    data = {"accept-shown": f"{suggestion.pk}=person:{ada.pk}=Ada Lund"}
    response = chief_client.post(queue_address(), data, follow=True)
    assert "The text has changed since. Look at it again." in response.content.decode()
    assert not Quote.objects.exists()


@pytest.mark.parametrize("value", ["", "x", "9" * 40, "²", "0", "-1"])
@pytest.mark.parametrize("button", ["accept", "accept-shown", "reject", "undo"])
def test_a_find_that_never_was_is_never_decided(chief_client, button, value):
    make_story()
    response = chief_client.post(queue_address(), {button: value}, follow=True)
    assert response.status_code == 200
    assert "It is no longer there" in messages_of(response)


def test_no_button_and_an_empty_queue_are_said_in_words(chief_client):
    assert "Nothing waits here." in chief_client.get(queue_address()).content.decode()
    assert "No button was pressed" in messages_of(
        chief_client.post(queue_address(), {}, follow=True)
    )


def test_a_reporter_looks_and_does_not_decide(client, ada):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    suggestion = find_suggestion(make_story(), "We looked")
    page = client.get(queue_address()).content.decode()
    assert "Your role may look, not decide." in page
    assert 'name="reject"' not in page
    for button in ("accept", "accept-shown", "reject", "undo"):
        assert client.post(queue_address(), {button: suggestion.pk}).status_code == 403
    suggestion.refresh_from_db()
    assert suggestion.state == "open"


def test_the_first_page_of_the_admin_counts_what_waits(chief_client):
    story = make_story()
    count = story.suggestions.open().likely().count()
    page = " ".join(chief_client.get(reverse("admin:index")).content.decode().split())
    assert f'href="{queue_address()}">Quotes and names to check</a> ({count})' in page


def test_a_page_and_a_decision_cost_the_same_however_much_waits(chief_client, ada):
    def cost(stories: int) -> list[int]:
        for number in range(stories):
            make_story(headline=f"Story {number}")
        suggestion = Suggestion.objects.open().likely().order_by("-confidence", "pk")[0]
        costs = []
        for action in (
            lambda: chief_client.get(queue_address()),
            lambda: chief_client.get(queue_address(who="Ada Lund", kind="mention", source="-")),
            lambda: chief_client.post(queue_address(), {"reject": suggestion.pk}, headers=FETCH),
        ):
            with CaptureQueriesContext(connection) as captured:
                assert action().status_code == 200
            costs.append(len(captured))
        return costs

    cost(1)
    few, many = cost(PAGE_SIZE + 3), cost(2 * PAGE_SIZE)
    assert few == many
    assert max(many) < 40
