"""The review and the queue by keys alone: how many a decision costs, where they lead, when they are silent."""

from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Person, Quote, Suggestion
from tests.admin.finds import find, make_story, review_of
from tests.admin.test_record_page import long_story
from tests.factories import make_person

from .test_admin import complaints, form_of, logged_in  # noqa: F401 (a fixture)
from .test_record import card, said

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def taken(self) -> int:
        """Return how many were pressed since it was asked last."""
        count, self.count = self.count, 0
        return count


@pytest.fixture
def desk(page, complaints) -> Any:  # noqa: F811
    return logged_in(page)


@pytest.fixture
def keys(desk) -> Keys:
    return Keys(desk)


@pytest.fixture
def story(db) -> Article:
    make_person("Ada Lund")
    return make_story()


@pytest.fixture
def queries(monkeypatch) -> list[str]:
    """Collect what the server asks of the database, in whatever thread."""
    made: list[str] = []
    execute = CursorWrapper.execute

    def counted(self: CursorWrapper, sql: str, params: Any = None) -> Any:
        made.append(sql)
        return execute(self, sql, params)

    monkeypatch.setattr(CursorWrapper, "execute", counted)
    return made


def focused(desk) -> str:
    """Return the key of the find that has the focus, empty for none."""
    found = desk.evaluate("document.activeElement.closest('.find')?.id ?? ''")
    return found.removeprefix("find-")


def test_a_right_suggestion_takes_one_key_and_a_corrected_one_three(desk, keys, story):
    desk.goto(review_of(story))
    desk.wait_for_selector(".find button:focus")
    keys.press("y")
    said(desk, "On record: “beyond repair” Ada Lund.")
    assert keys.taken() == 1
    assert focused(desk) == str(find(story, "We looked").pk)
    keys.press("Enter")
    said(desk, "On record: “We looked at every pile")
    assert keys.taken() == 1
    engineer = find(story, "I would not")
    card(desk, story, "I would not").locator("button").first.focus()
    keys.press("c", "1", "Enter")
    said(desk, "On record: “I would not park a bicycle on it.” Ada Lund.")
    assert keys.taken() <= 3
    engineer.refresh_from_db()
    assert engineer.state == "changed"
    assert [str(quote.person) for quote in Quote.objects.order_by("pk")] == ["Ada Lund"] * 3


def test_keys_and_queries_of_a_decision_do_not_depend_on_the_length_of_the_story(
    desk, keys, queries
):
    costs = []
    for count in (4, 4, 40):  # the first time is for what is read once
        article, _ = long_story(count)
        desk.goto(review_of(article))
        desk.wait_for_selector(".find button:focus")
        for pressed in (["y"], ["c", "2", "Enter"]):
            queries.clear()
            keys.press(*pressed)
            said(desk, "On record: “We counted")
            costs.append((keys.taken(), len(queries)))
            desk.evaluate("document.getElementById('record-said').textContent = ''")
        Article.objects.all().delete()
        Person.objects.all().delete()
    assert costs[2:4] == costs[4:6]
    assert [count for count, _ in costs[4:]] == [1, 3]


def test_keys_pressed_before_the_fields_have_come_are_not_lost(desk, keys, story):
    desk.route("**/record/?open=*", lambda route: (desk.wait_for_timeout(400), route.continue_()))
    desk.goto(review_of(story))
    card(desk, story, "We looked").locator("button").first.focus()
    keys.press("c", "2", "Enter")
    said(desk, "On record: “We looked at every pile")
    assert Quote.objects.get().person.name == "Tomas Reve"


def test_letters_choose_who_it_is_or_begin_a_name(desk, keys, story):
    make_person("Olga Brandt")
    desk.goto(review_of(story))
    card(desk, story, "We looked").locator("button").first.focus()
    keys.press("c")
    desk.wait_for_selector(".find.opened select:focus")
    keys.press("t", "o", "Enter")
    said(desk, "On record: “We looked at every pile")
    assert Quote.objects.get().person.name == "Tomas Reve"
    card(desk, story, "beyond repair").locator("button").first.focus()
    keys.press("c")
    desk.wait_for_selector(".find.opened select:focus")
    desk.keyboard.type("Olga Brandt")
    desk.keyboard.press("Enter")
    said(desk, "On record: “beyond repair” Olga Brandt.")


def test_reject_undo_and_moving_take_one_key_each(desk, keys, story):
    desk.goto(review_of(story))
    first, second = find(story, "beyond repair"), find(story, "We looked")
    desk.wait_for_selector(".find button:focus")
    keys.press("j")
    assert focused(desk) == str(second.pk)
    keys.press("k")
    assert focused(desk) == str(first.pk)
    keys.press("x")
    said(desk, "Rejected: “beyond repair”")
    keys.press("u")
    said(desk, "It waits again: “beyond repair”")
    first.refresh_from_db()
    assert first.state == Suggestion.State.OPEN
    assert desk.locator("#record-said button").count() == 0
    keys.press("u")
    said(desk, "There is nothing to undo here.")


def test_what_no_key_can_answer_opens_with_the_focus_in_it(desk, keys, story):
    make_person("Ada Lund")
    desk.goto(review_of(story))
    desk.wait_for_selector(".find.opened")
    assert focused(desk) == str(find(story, "beyond repair").pk)
    assert desk.locator("select:focus option").nth(1).get_attribute("label").startswith("1. Ada")
    keys.press("2", "Enter")
    said(desk, "On record: “beyond repair” Ada Lund.")


def test_keys_are_silent_while_somebody_writes_and_when_switched_off(desk, keys, story):
    desk.goto(review_of(story))
    desk.get_by_label("The words, letter by letter").focus()
    keys.press("y", "x", "j", "?")
    assert desk.get_by_label("The words, letter by letter").input_value() == "yxj?"
    desk.locator("#record-keys summary").focus()
    keys.press("?")
    desk.get_by_label("Single keys are on").uncheck()
    desk.reload()
    assert not desk.get_by_label("Single keys are on").is_checked()
    card(desk, story, "beyond repair").locator("button").first.focus()
    keys.press("x", "y", "c")
    desk.wait_for_timeout(300)
    assert not story.suggestions.decided().exists()


def test_in_the_form_of_a_story_keys_work_in_the_record_only(desk, keys, story):
    desk.goto(form_of(story))
    desk.wait_for_selector("[contenteditable=true]")
    desk.evaluate("document.activeElement.blur()")
    keys.press("x", "y")
    desk.wait_for_timeout(300)
    assert not story.suggestions.decided().exists()
    card(desk, story, "beyond repair").locator("button").first.focus()
    keys.press("x")
    said(desk, "Rejected: “beyond repair”")


def test_who_hears_the_page_is_told_the_keys_and_what_happened(desk, keys, story):
    desk.goto(review_of(story))
    card(desk, story, "beyond repair").locator("button").first.focus()
    shortcuts = card(desk, story, "beyond repair").locator("[aria-keyshortcuts]")
    found = [one.get_attribute("aria-keyshortcuts") for one in shortcuts.all()]
    assert found == ["y", "c", "x"]
    assert desk.locator("#record-said").get_attribute("role") == "status"
    keys.press("?")
    assert desk.locator("#record-keys").evaluate("one => one.open")


def test_escape_closes_the_fields_and_changes_nothing(desk, keys, story):
    desk.goto(review_of(story))
    card(desk, story, "We looked").locator("button").first.focus()
    keys.press("c", "2")
    desk.wait_for_selector(".find.opened select:focus")
    keys.press("Escape")
    assert desk.locator(".find.opened").count() == 0
    assert focused(desk) == str(find(story, "We looked").pk)
    keys.press("y")
    said(desk, "On record: “We looked at every pile")
    assert Quote.objects.get().person.name == "Ada Lund"


def test_the_queue_is_worked_through_by_one_key_each(desk, keys, story):
    make_story(headline="Another")
    desk.goto(reverse("admin:articles_article_queue") + "?kind=quote&who=Ada+Lund")
    waits = desk.locator(".finds .find").count()
    assert waits == 4
    desk.wait_for_selector(".find button:focus")
    for left in range(waits - 1, -1, -1):
        keys.press("y")
        expect(desk.locator(".finds .find")).to_have_count(left)
    assert keys.taken() == waits
    assert {str(quote.person) for quote in Quote.objects.all()} == {"Ada Lund"}
    keys.press("u")
    said(desk, "It waits again")
    assert desk.locator(".finds .find").count() == 1


def test_a_speaker_is_corrected_in_the_queue_by_three_keys(desk, keys, story):
    desk.goto(reverse("admin:articles_article_queue") + "?kind=quote&who=Ada+Lund")
    desk.wait_for_selector(".find button:focus")
    keys.press("c", "2", "Enter")
    said(desk, "On record:")
    assert keys.taken() == 3
    assert Quote.objects.get().person.name == "Tomas Reve"
