"""The page of the record: who may see and decide, what a script gets, what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.review.panel import MAX_NAMES
from articles.models import Article, Person, Quote
from articles.publishing import publish
from articles.roles import make_roles
from tests.admin.forms import form_of, messages_of, texts_of
from tests.admin.review_stories import (
    accept_shown_args,
    find_suggestion,
    make_story,
    press,
    review_of,
)
from tests.factories import make_person, make_user
from tests.rollback import rolled_back

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


def test_the_line_on_top_counts_what_waits(chief_client, ada, story):
    press(chief_client, story, find_suggestion(story, "Tomas Reve").pk, button="reject")
    page = chief_client.get(review_of(story))
    count = story.suggestions.likely().count()
    assert f"{count - 1} of {count} wait" in " ".join(texts_of(page, "waiting"))


def test_a_script_gets_the_parts_that_changed(chief_client, ada, story):
    button_args = accept_shown_args(story, "We looked", f"person:{ada.pk}")
    response = press(chief_client, story, **button_args, headers=FETCH)
    text = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in text
    assert 'id="record-panel"' in text
    assert 'data-focus="find-' in text
    assert "On record: “We looked" in text
    response = press(
        chief_client, story, find_suggestion(story, "It was").pk, button="accept", headers=FETCH
    )
    assert response.status_code == 400
    assert "Say why the source is not named" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "sees", "may"), [("reporter", True, False), ("editor", True, True)]
)
def test_a_role_that_may_not_decide_sees_no_buttons(client, ada, story, role, sees, may):
    make_roles()
    client.force_login(make_user(groups=(role,)))
    page = client.get(review_of(story)).content.decode()
    assert ("We looked at every pile" in page) == sees
    assert ("Your role may look, not decide." in page) == (not may)
    assert ('name="reject"' in page) == may
    assert ('id="by-hand"' in page) == may


@pytest.mark.parametrize(
    "button",
    [
        "accept",
        "accept-shown",
        "accept-names",
        "reject",
        "undo",
        "add",
        "reword",
        "remove",
        "publish",
    ],
)
def test_each_action_on_the_record_is_refused_to_a_reporter(client, ada, story, button):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    suggestion = find_suggestion(story, "We looked")
    assert (
        client.post(review_of(story), {button: f"{suggestion.pk}=person:{ada.pk}="}).status_code
        == 403
    )
    assert not Quote.objects.exists()


def test_who_may_not_see_finds_sees_none_in_the_form(client, story):
    make_roles()
    client.force_login(make_user(groups=("operator",)))
    assert 'id="record-panel"' not in client.get(form_of(story)).content.decode()
    assert client.get(review_of(story)).status_code == 403


def test_a_press_of_no_button_decides_nothing(chief_client, story):
    assert "No button was pressed" in messages_of(
        chief_client.post(review_of(story), {}, follow=True)
    )


def long_story(count: int):
    """A story with ``count`` quotes of as many people on record, and as many who are new."""
    people = [make_person(f"Nora Quill{chr(97 + n // 26)}{chr(97 + n % 26)}") for n in range(count)]
    quoted = "".join(
        f"<p>“We counted {n} gulls that day,” said {person.name}, keeper of the Pellow light.</p>"
        for n, person in enumerate(people)
    )
    new = "".join(f"<p>Then came Otto Brant{chr(97 + n)} alone.</p>" for n in range(count))
    return make_story(quoted + new), people


def test_a_decision_costs_the_same_however_long_the_story(chief_client):
    def cost(article: Article, person: Person, place: str) -> list[int]:
        suggestion = find_suggestion(article, "We counted 0")
        data = {"accept-shown": f"{suggestion.pk}=person:{person.pk}=", "place": place}
        address = form_of(article) if place == "form" else review_of(article)
        costs = []
        for action in (
            lambda: chief_client.get(address),
            lambda: chief_client.post(review_of(article), data),
        ):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                response = action()
            assert response.status_code in (200, 302)
            costs.append(len(captured))
        with CaptureQueriesContext(connection) as captured:
            chief_client.get(address)
        return [*costs, len(captured)]

    costs: dict[str, list[list[int]]] = {"review": [], "form": []}
    for count in (3, 5, 50, 200):
        article, people = long_story(count)
        publish(article, by=None)
        for place, place_costs in costs.items():
            with rolled_back():
                place_costs.append(cost(article, people[0], place))
    for _, few, some, many in costs.values():  # the first looks up what is kept for all
        assert few == some == many
        assert max(many) < 80


def test_a_page_of_two_hundred_quotes_is_slim(chief_client):
    article, people = long_story(200)
    page = chief_client.get(review_of(article)).content
    assert len(page) <= 300_000
    suggestion = find_suggestion(article, "We counted 7 ")
    response = chief_client.post(review_of(article), {"reject": suggestion.pk}, headers=FETCH)
    assert len(response.content) <= 300_000
    opened = chief_client.get(review_of(article), {"open": suggestion.pk + 2}, headers=FETCH)
    assert len(opened.content) <= 12_000


def test_in_a_long_story_names_come_up_as_others_are_decided(chief_client):
    article, people = long_story(50)
    waiting = article.suggestions.open().filter(kind="mention").order_by("start")
    keys = list(waiting.values_list("pk", flat=True))
    page = chief_client.get(review_of(article)).content.decode()
    hidden_count = len(keys) - MAX_NAMES
    assert hidden_count > 0
    assert f"{hidden_count} more names wait" in page
    assert f'id="find-{keys[MAX_NAMES]}"' not in page
    assert f"Accept all {len(people)} clear ones" in page
    chief_client.post(review_of(article), {"reject": keys[0]})
    page = chief_client.get(review_of(article)).content.decode()
    assert f'id="find-{keys[MAX_NAMES]}"' in page
    page = chief_client.get(review_of(article), {"names": "all"}).content.decode()
    assert all(f'id="find-{key}"' in page for key in keys)
    assert "more names wait" not in page


def test_whom_the_story_names_is_offered_the_nearest_first(chief_client):
    article, people = long_story(12)
    suggestion = find_suggestion(article, "We counted 6 ")
    page = chief_client.get(review_of(article), {"open": suggestion.pk})
    (card,) = page.context["record"].opened
    labels = [option.label for option in card.choices]
    near = [people[number].name for number in (6, 5, 7)]
    assert {label.split(" — ")[0] for label in labels[1:4]} == set(near)
    assert len(labels) == len({option.value for option in card.choices})


@pytest.mark.parametrize("key", ["x", "0", "9" * 40, "q1", "\0"])
def test_a_find_that_is_not_there_is_not_opened(chief_client, story, key):
    page = chief_client.get(review_of(story), {"open": key})
    assert page.status_code == 200
    assert not page.context["record"].opened
    fragment = chief_client.get(review_of(story), {"open": key}, headers=FETCH).content.decode()
    assert 'class="find' not in fragment


def test_the_publish_check_leads_to_the_review(chief_client, story):
    page = chief_client.get(form_of(story)).content.decode()
    check = page[page.index('id="publish-check"') :].partition("</section>")[0]
    assert reverse("admin:articles_article_record", args=[story.pk]) in check
