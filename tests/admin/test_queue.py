"""The queue of finds over all stories: narrowed, paged, decided in place, by two editors at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.queue import SIZE
from articles.models import ImportRun, Person, Quote, Suggestion
from articles.record import Choice, accept, follow, reject
from articles.roles import make_roles
from tests.factories import make_organization, make_person, make_tag, make_user

from .finds import BODY, find, make_story
from .forms import fields_of, messages_of, texts_of

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


def queue(**asked: object) -> str:
    """Return the address of the queue, narrowed."""
    return reverse("admin:articles_article_queue", query=asked or None)


def words_of(response) -> list[str]:
    return [" ".join(text.split()) for text in texts_of(response, "find")]


def one_quote(words: str, speaker: str = "Ada Lund", **fields):
    return make_story(f"<p>“{words},” said {speaker}, the mayor.</p>", **fields)


@pytest.fixture
def ada(db) -> Person:
    return make_person("Ada Lund")


def test_the_most_certain_comes_first_with_its_story_and_its_sentence(desk, ada):
    make_story(headline="Quay to close", source="wire")
    page = desk.get(queue())
    shown = [Suggestion.objects.get(pk=card.key) for card in page.context["record"].cards]
    assert [one.confidence for one in shown] == sorted(
        (one.confidence for one in Suggestion.objects.open().likely()), reverse=True
    )
    first = words_of(page)[0]
    assert "Quay to close wire" in first
    assert "The mayor, Ada Lund, said" in first


def test_candidates_stand_there_with_role_and_organization(desk, ada):
    port = make_organization("Port of Sund")
    ada.memberships.create(organization=port, role="harbour master", is_confirmed=True)
    make_story()
    assert "Accept: Ada Lund harbour master, Port of Sund" in " ".join(words_of(desk.get(queue())))
    make_person("Ada Lund")
    buttons = " ".join(words_of(desk.get(queue(kind="mention", who="Ada Lund"))))
    assert "Ada Lund — harbour master, Port of Sund" in buttons
    assert "Ada Lund — no role known, no." in buttons


@pytest.mark.parametrize(
    ("asked", "there"),
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
def test_it_is_narrowed(desk, ada, asked, there):
    ImportRun.objects.create(source="coast")
    one_quote("We counted every single gull that day", headline="One", source="coast")
    one_quote(
        "Nobody has seen the tide so low in years",
        speaker="Tomas Reve",
        headline="Two",
        tags=(make_tag("Harbour", slug="harbour"),),
    )
    stories = {text.split()[0] for text in words_of(desk.get(queue(**asked)))}
    assert stories == set(there)


def test_a_person_is_found_by_another_name_and_by_what_was_kept(desk, ada):
    ada.other_names.create(name="Adelina Marr")
    one_quote("We counted every single gull that day", speaker="Adelina Marr", headline="One")
    one_quote("Nobody has seen the tide so low", speaker="Tomas Reve", headline="Two")
    assert {text.split()[0] for text in words_of(desk.get(queue(who="Ada Lund")))} == {"One"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"who": "Nobody Atall"}, "Nobody called Nobody Atall is on record."),
        ({"who": "x" * 201}, "at most 200 characters"),
        ({"tag": "\0"}, "Select a valid choice."),
        ({"source": "unheard"}, "Select a valid choice."),
        ({"band": "'; drop"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_looked_for_is_said_in_words(desk, asked, said):
    make_story()
    response = desk.get(queue(**asked))
    assert response.status_code == 200
    assert said in response.content.decode().replace("&#x27;", "'")
    assert words_of(response) == []


@pytest.mark.parametrize(
    "mark", ["x", "-", "nan-1", "inf-2", "0.9-" + "9" * 40, "1e999-3", "\0", "0.9-²"]
)
def test_a_place_that_is_none_is_the_beginning(desk, mark):
    make_story()
    assert words_of(desk.get(queue(after=mark))) == words_of(desk.get(queue()))


def test_paging_shows_each_find_once_though_many_are_as_certain(desk):
    for number in range(12):
        make_story(headline=f"Story {number}")
    wanted = set(Suggestion.objects.open().likely().values_list("pk", flat=True))
    assert len(wanted) > 2 * SIZE
    seen, address = [], queue()
    while address:
        shown = desk.get(address).context["record"]
        seen += [int(card.key) for card in shown.cards]
        address = shown.next_address
    assert len(seen) == len(wanted)
    assert set(seen) == wanted


def test_a_decision_goes_on_to_the_next_and_keeps_the_filters(desk, ada, chief):
    story = make_story()
    one = find(story, "We looked")
    data = {"accept-shown": f"{one.pk}=person:{ada.pk}=Ada Lund"}
    response = desk.post(queue(kind="quote"), data, follow=True)
    address, _ = response.redirect_chain[-1]
    assert "kind=quote" in address
    assert "On record: “We looked" in messages_of(response)
    assert (Quote.objects.get().person, Quote.objects.get().confirmed_by) == (ada, chief)
    following = address.partition("#find-")[2]
    assert Suggestion.objects.get(pk=following).state == "open"
    assert f'id="find-{following}"' in response.content.decode()
    assert not any(
        "We looked at every pile of it,” she" in text[:60] for text in words_of(response)
    )


def test_the_last_decision_is_undone_from_the_queue(desk, ada):
    story = make_story()
    one = find(story, "We looked")
    response = desk.post(queue(), {"reject": one.pk}, follow=True)
    assert f'name="undo" value="{one.pk}"' in response.content.decode()
    response = desk.post(queue(), {"undo": one.pk}, follow=True)
    assert "It waits again" in messages_of(response)
    one.refresh_from_db()
    assert one.state == "open"


def test_nobody_is_offered_what_another_has_decided(desk, ada):
    story = make_story()
    one = find(story, "We looked")
    reject(one, by=make_user(username="other"))
    page = desk.get(queue(last=one.pk))
    assert 'name="undo"' not in page.content.decode()


def test_another_speaker_of_the_story_is_chosen(desk, ada):
    story = make_story()
    one = find(story, "We looked")
    page = desk.get(queue(open=one.pk))
    data = fields_of(page, f"record-{one.pk}")
    assert "named-person=Tomas Reve" in page.content.decode()
    data |= {f"who-{one.pk}": "named-person=Tomas Reve", "accept": one.pk}
    desk.post(queue(), data)
    assert Quote.objects.get().person.name == "Tomas Reve"
    assert find(story, "We looked").state == "changed"


def test_what_is_missing_is_said_at_its_find_and_what_was_typed_stays(desk):
    one = find(make_story(), "It was always")
    data = fields_of(desk.get(queue(open=one.pk)), f"record-{one.pk}")
    data |= {"accept": one.pk, f"role-{one.pk}": "of the ministry"}
    response = desk.post(queue(), data)
    assert response.status_code == 400
    assert "Say why the source is not named" in " ".join(texts_of(response, "errornote"))
    assert fields_of(response, f"record-{one.pk}")[f"role-{one.pk}"] == "of the ministry"
    response = desk.post(queue(), data, headers=FETCH)
    assert response.status_code == 400
    assert f'data-focus="find-{one.pk}"' in response.content.decode()


@pytest.mark.parametrize("headers", [None, FETCH])
def test_of_two_editors_the_second_is_told_who_was_first(desk, ada, headers):
    story = make_story()
    one = find(story, "We looked")
    accept(one, by=make_user(username="first"), choice=Choice("person", ada.pk))
    data = {"accept-shown": f"{one.pk}=person:{ada.pk}=Ada Lund"}
    response = desk.post(queue(), data, headers=headers, follow=not headers)
    assert "first has decided about it already: accepted." in response.content.decode()
    assert Quote.objects.count() == 1


@pytest.mark.parametrize("headers", [None, FETCH])
def test_a_find_whose_words_are_gone_is_said_to_be_gone(desk, ada, headers):
    story = make_story()
    one = find(story, "We looked")
    story.body_html = BODY.replace("We looked at every pile of it", "We saw it all")
    story.save()
    story.keep_revision(None)
    follow(story, by=None)
    data = {"accept-shown": f"{one.pk}=person:{ada.pk}=Ada Lund"}
    response = desk.post(queue(), data, headers=headers, follow=not headers)
    assert "It is gone: the text has changed since." in response.content.decode()
    assert not Quote.objects.exists()


def test_a_text_changed_past_the_record_is_seen_before_anything_is_kept(desk, ada):
    story = make_story()
    one = find(story, "We looked")
    type(story).objects.filter(pk=story.pk).update(body_html="<p>Short.</p>")
    assert "Ada Lund" in " ".join(words_of(desk.get(queue())))
    data = {"accept-shown": f"{one.pk}=person:{ada.pk}=Ada Lund"}
    response = desk.post(queue(), data, follow=True)
    assert "The text has changed since. Look at it again." in response.content.decode()
    assert not Quote.objects.exists()


@pytest.mark.parametrize("value", ["", "x", "9" * 40, "²", "0", "-1"])
@pytest.mark.parametrize("button", ["accept", "accept-shown", "reject", "undo"])
def test_a_find_that_never_was_is_never_decided(desk, button, value):
    make_story()
    response = desk.post(queue(), {button: value}, follow=True)
    assert response.status_code == 200
    assert "It is gone" in messages_of(response)


def test_no_button_and_an_empty_queue_are_said_in_words(desk):
    assert "Nothing waits here." in desk.get(queue()).content.decode()
    assert "No button was pressed" in messages_of(desk.post(queue(), {}, follow=True))


def test_a_reporter_looks_and_does_not_decide(client, ada):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    one = find(make_story(), "We looked")
    page = client.get(queue()).content.decode()
    assert "Your role may look, not decide." in page
    assert 'name="reject"' not in page
    for button in ("accept", "accept-shown", "reject", "undo"):
        assert client.post(queue(), {button: one.pk}).status_code == 403
    one.refresh_from_db()
    assert one.state == "open"


def test_the_first_page_of_the_desk_counts_what_waits(desk):
    story = make_story()
    count = story.suggestions.open().likely().count()
    page = " ".join(desk.get(reverse("admin:index")).content.decode().split())
    assert f'href="{queue()}">Quotes and names to check</a> ({count})' in page


def test_a_page_and_a_decision_cost_the_same_however_much_waits(desk, ada):
    def cost(stories: int) -> list[int]:
        for number in range(stories):
            make_story(headline=f"Story {number}")
        one = Suggestion.objects.open().likely().order_by("-confidence", "pk")[0]
        costs = []
        for deed in (
            lambda: desk.get(queue()),
            lambda: desk.get(queue(who="Ada Lund", kind="mention", source="-")),
            lambda: desk.post(queue(), {"reject": one.pk}, headers=FETCH),
        ):
            with CaptureQueriesContext(connection) as captured:
                assert deed().status_code == 200
            costs.append(len(captured))
        return costs

    cost(1)
    few, many = cost(SIZE + 3), cost(2 * SIZE)
    assert few == many
    assert max(many) < 40
