"""Leaving a story's form in a real browser: it asks only where what is written is stored nowhere."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import make_article

from .drafts import open_story, wait_until_stored, write
from .test_admin import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BREAK_STORE = (
    "Object.defineProperty(window, 'indexedDB', { value: { open() { throw new Error('off'); } } });"
)


@pytest.fixture
def questions(page) -> list[str]:
    """Collect the questions that the browser asks; each is answered by leaving."""
    kinds: list[str] = []

    def leave(dialog: Any) -> None:
        kinds.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    return kinds


def leave(desk: Any) -> None:
    desk.goto(reverse("admin:index"))
    expect(desk.get_by_role("heading", name="The desk")).to_be_visible()


def test_what_is_stored_in_the_browser_is_left_without_a_question(page, questions):
    desk = logged_in(page)
    write(desk, make_article())
    leave(desk)
    assert questions == []


@pytest.mark.parametrize("is_changed", [True, False])
def test_what_is_stored_nowhere_asks(page, questions, is_changed):
    page.add_init_script(BREAK_STORE)
    page.route("**/draft/", lambda route: route.abort())
    desk = logged_in(page)
    open_story(desk, make_article())
    desk.click("[contenteditable=true]")
    if is_changed:
        desk.keyboard.type("Typed")
    leave(desk)
    assert questions == (["beforeunload"] if is_changed else [])


def test_what_the_desk_alone_has_is_left_without_a_question(page, questions):
    page.add_init_script(BREAK_STORE)
    page.clock.install()
    desk = logged_in(page)
    open_story(desk, make_article())
    desk.click("[contenteditable=true]")
    desk.keyboard.type("Typed")
    desk.clock.run_for(14_000)
    wait_until_stored(desk, "at the desk")
    leave(desk)
    assert questions == []


def test_save_asks_nothing(page, questions):
    page.add_init_script(BREAK_STORE)
    desk = logged_in(page)
    open_story(desk, make_article())
    desk.fill("#id_headline", "Saved at once")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.locator(".messagelist", has_text="Saved as revision 2.").wait_for()
    assert questions == []
