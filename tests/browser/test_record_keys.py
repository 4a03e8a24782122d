"""The review and the queue by keys alone: how many a decision costs, where they lead, when they are silent."""

import re
from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Person, Quote, Suggestion
from tests.admin.review.test_panel import long_story
from tests.admin.review_stories import find_suggestion, make_story, review_of
from tests.factories import make_person

from .test_admin import complaints, form_of, logged_in  # noqa: F401 (a fixture)
from .test_record import expect_focus_in, find_card, wait_for_message

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def take_count(self) -> int:
        """Return how many were pressed since it was asked last."""
        count, self.count = self.count, 0
        return count


@pytest.fixture
def admin_page(page, complaints) -> Any:  # noqa: F811
    return logged_in(page)


@pytest.fixture
def keys(admin_page) -> Keys:
    return Keys(admin_page)


@pytest.fixture
def story(db) -> Article:
    make_person("Ada Lund")
    return make_story()


@pytest.fixture
def queries(monkeypatch) -> list[str]:
    """Collect what the server asks of the database, in whatever thread."""
    statements: list[str] = []
    execute = CursorWrapper.execute

    def counted(self: CursorWrapper, sql: str, params: Any = None) -> Any:
        statements.append(sql)
        return execute(self, sql, params)

    monkeypatch.setattr(CursorWrapper, "execute", counted)
    return statements


def test_a_right_suggestion_takes_one_key_and_a_corrected_one_three(admin_page, keys, story):
    admin_page.goto(review_of(story))
    admin_page.wait_for_selector(".find button:focus")
    keys.press("y")
    wait_for_message(admin_page, "On record: “beyond repair” Ada Lund.")
    assert keys.take_count() == 1
    expect_focus_in(admin_page, find_suggestion(story, "We looked"))
    keys.press("Enter")
    wait_for_message(admin_page, "On record: “We looked at every pile")
    assert keys.take_count() == 1
    engineer = find_suggestion(story, "I would not")
    find_card(admin_page, story, "I would not").locator("button").first.focus()
    keys.press("c", "1", "Enter")
    wait_for_message(admin_page, "On record: “I would not park a bicycle on it.” Ada Lund.")
    assert keys.take_count() <= 3
    engineer.refresh_from_db()
    assert engineer.state == "changed"
    assert [str(quote.person) for quote in Quote.objects.order_by("pk")] == ["Ada Lund"] * 3


def test_keys_and_queries_of_a_decision_do_not_depend_on_the_length_of_the_story(
    admin_page, keys, queries
):
    costs = []
    for count in (4, 4, 40):  # the first time is for what is read once
        article, _ = long_story(count)
        admin_page.goto(review_of(article))
        admin_page.wait_for_selector(".find button:focus")
        for pressed in (["y"], ["c", "2", "Enter"]):
            queries.clear()
            keys.press(*pressed)
            wait_for_message(admin_page, "On record: “We counted")
            costs.append((keys.take_count(), len(queries)))
            admin_page.evaluate("document.getElementById('record-said').textContent = ''")
        Article.objects.all().delete()
        Person.objects.all().delete()
    assert costs[2:4] == costs[4:6]
    assert [count for count, _ in costs[4:]] == [1, 3]


def test_keys_pressed_before_the_fields_have_come_are_not_lost(admin_page, keys, story):
    admin_page.route(
        "**/record/?open=*", lambda route: (admin_page.wait_for_timeout(400), route.continue_())
    )
    admin_page.goto(review_of(story))
    find_card(admin_page, story, "We looked").locator("button").first.focus()
    keys.press("c", "2", "Enter")
    wait_for_message(admin_page, "On record: “We looked at every pile")
    assert Quote.objects.get().person.name == "Tomas Reve"


def test_letters_choose_who_it_is_or_begin_a_name(admin_page, keys, story):
    make_person("Olga Brandt")
    admin_page.goto(review_of(story))
    find_card(admin_page, story, "We looked").locator("button").first.focus()
    keys.press("c")
    admin_page.wait_for_selector(".find.opened select:focus")
    keys.press("t", "o", "Enter")
    wait_for_message(admin_page, "On record: “We looked at every pile")
    assert Quote.objects.get().person.name == "Tomas Reve"
    find_card(admin_page, story, "beyond repair").locator("button").first.focus()
    keys.press("c")
    admin_page.wait_for_selector(".find.opened select:focus")
    admin_page.keyboard.type("Olga Brandt")
    admin_page.keyboard.press("Enter")
    wait_for_message(admin_page, "On record: “beyond repair” Olga Brandt.")


def test_reject_undo_and_moving_take_one_key_each(admin_page, keys, story):
    admin_page.goto(review_of(story))
    first, second = find_suggestion(story, "beyond repair"), find_suggestion(story, "We looked")
    admin_page.wait_for_selector(".find button:focus")
    keys.press("j")
    expect_focus_in(admin_page, second)
    keys.press("k")
    expect_focus_in(admin_page, first)
    keys.press("x")
    wait_for_message(admin_page, "Rejected: “beyond repair”")
    keys.press("u")
    wait_for_message(admin_page, "It waits again: “beyond repair”")
    first.refresh_from_db()
    assert first.state == Suggestion.State.OPEN
    expect(admin_page.locator("#record-said button")).to_have_count(0)
    keys.press("u")
    wait_for_message(admin_page, "There is nothing to undo here.")


def test_what_no_key_can_answer_opens_with_the_focus_in_it(admin_page, keys, story):
    make_person("Ada Lund")
    admin_page.goto(review_of(story))
    admin_page.wait_for_selector(".find.opened")
    expect_focus_in(admin_page, find_suggestion(story, "beyond repair"))
    first_answer = admin_page.locator("select:focus option").nth(1)
    expect(first_answer).to_have_attribute("label", re.compile("^1. Ada"))
    keys.press("2", "Enter")
    wait_for_message(admin_page, "On record: “beyond repair” Ada Lund.")


def test_keys_are_silent_while_somebody_writes_and_when_switched_off(admin_page, keys, story):
    admin_page.goto(review_of(story))
    admin_page.get_by_label("The words, letter by letter").focus()
    keys.press("y", "x", "j", "?")
    expect(admin_page.get_by_label("The words, letter by letter")).to_have_value("yxj?")
    admin_page.locator("#record-keys summary").focus()
    keys.press("?")
    admin_page.get_by_label("Single keys are on").uncheck()
    admin_page.reload()
    expect(admin_page.get_by_label("Single keys are on")).not_to_be_checked()
    find_card(admin_page, story, "beyond repair").locator("button").first.focus()
    keys.press("x", "y", "c")
    admin_page.wait_for_timeout(300)
    assert not story.suggestions.decided().exists()


def test_in_the_form_of_a_story_keys_work_in_the_record_only(admin_page, keys, story):
    admin_page.goto(form_of(story))
    admin_page.wait_for_selector("[contenteditable=true]")
    admin_page.evaluate("document.activeElement.blur()")
    keys.press("x", "y")
    admin_page.wait_for_timeout(300)
    assert not story.suggestions.decided().exists()
    find_card(admin_page, story, "beyond repair").locator("button").first.focus()
    keys.press("x")
    wait_for_message(admin_page, "Rejected: “beyond repair”")


def test_who_hears_the_page_is_told_the_keys_and_what_happened(admin_page, keys, story):
    admin_page.goto(review_of(story))
    find_card(admin_page, story, "beyond repair").locator("button").first.focus()
    shortcuts = find_card(admin_page, story, "beyond repair").locator("[aria-keyshortcuts]")
    keys_shown = [element.get_attribute("aria-keyshortcuts") for element in shortcuts.all()]
    assert keys_shown == ["y", "c", "x"]
    expect(admin_page.locator("#record-said")).to_have_attribute("role", "status")
    keys.press("?")
    expect(admin_page.locator("#record-keys[open]")).to_have_count(1)


def test_escape_closes_the_fields_and_changes_nothing(admin_page, keys, story):
    admin_page.goto(review_of(story))
    find_card(admin_page, story, "We looked").locator("button").first.focus()
    keys.press("c", "2")
    admin_page.wait_for_selector(".find.opened select:focus")
    keys.press("Escape")
    expect(admin_page.locator(".find.opened")).to_have_count(0)
    expect_focus_in(admin_page, find_suggestion(story, "We looked"))
    keys.press("y")
    wait_for_message(admin_page, "On record: “We looked at every pile")
    assert Quote.objects.get().person.name == "Ada Lund"


def test_the_queue_is_worked_through_by_one_key_each(admin_page, keys, story):
    make_story(headline="Another")
    admin_page.goto(reverse("admin:articles_article_queue") + "?kind=quote&who=Ada+Lund")
    total = 4
    expect(admin_page.locator(".finds .find")).to_have_count(total)
    admin_page.wait_for_selector(".find button:focus")
    for count in range(total - 1, -1, -1):
        keys.press("y")
        expect(admin_page.locator(".finds .find")).to_have_count(count)
    assert keys.take_count() == total
    assert {str(quote.person) for quote in Quote.objects.all()} == {"Ada Lund"}
    keys.press("u")
    wait_for_message(admin_page, "It waits again")
    expect(admin_page.locator(".finds .find")).to_have_count(1)


def test_a_speaker_is_corrected_in_the_queue_by_three_keys(admin_page, keys, story):
    admin_page.goto(reverse("admin:articles_article_queue") + "?kind=quote&who=Ada+Lund")
    admin_page.wait_for_selector(".find button:focus")
    keys.press("c", "2", "Enter")
    wait_for_message(admin_page, "On record:")
    assert keys.take_count() == 3
    assert Quote.objects.get().person.name == "Tomas Reve"
