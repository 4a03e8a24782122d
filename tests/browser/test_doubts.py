"""Doubts about quotes in the publish check, in a real browser."""

from typing import Any

import pytest

from articles.models import WavedOff
from tests.admin.finds import make_story

from .test_admin import complaints, form_of, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page, complaints) -> Any:  # noqa: F811
    return logged_in(page)


def test_a_doubt_is_waved_off_in_place_and_taken_up_again(desk, db):
    story = make_story()
    desk.goto(form_of(story))
    desk.evaluate("window.stays = true")
    desk.fill("#id_kicker", "Not saved yet")
    desk.get_by_text("Words in quotation marks that nobody is on record for").click()
    desk.get_by_label("Wave off: Tides of the North").click()
    field = desk.locator("li", has_text="“Tides of the North” Say").get_by_label(
        "Why you wave it off"
    )
    field.fill("The title of a book.")
    field.press("Enter")
    desk.locator("#record-said", has_text="Waved off, because: The title of a book.").wait_for()
    assert WavedOff.objects.get().reason == "The title of a book."
    assert desk.evaluate("document.activeElement.id") == "publish-check"
    desk.get_by_role("button", name="Take up again: Tides of the North").click()
    desk.locator("#record-said", has_text="The doubt stands again.").wait_for()
    assert not WavedOff.objects.exists()
    assert desk.evaluate("window.stays"), "the page was not loaded anew"
    assert desk.input_value("#id_kicker") == "Not saved yet"
