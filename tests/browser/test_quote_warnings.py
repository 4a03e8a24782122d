"""Warnings about quotes in the publish check, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import WavedOff
from tests.admin.review_stories import make_story

from .test_admin import complaints, form_of, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def admin_page(page, complaints) -> Any:  # noqa: F811
    return logged_in(page)


def test_a_warning_is_dismissed_in_place_and_reinstated(admin_page, db):
    story = make_story()
    admin_page.goto(form_of(story))
    admin_page.evaluate("window.stays = true")
    admin_page.fill("#id_kicker", "Not saved yet")
    admin_page.get_by_text("Words in quotation marks that nobody is on record for").click()
    admin_page.get_by_label("Dismiss: Tides of the North").click()
    field = admin_page.locator("li", has_text="“Tides of the North” Say").get_by_label(
        "Why you dismiss it"
    )
    field.fill("The title of a book.")
    field.press("Enter")
    admin_page.locator(
        "#record-said", has_text="Dismissed, because: The title of a book."
    ).wait_for()
    assert WavedOff.objects.get().reason == "The title of a book."
    expect(admin_page.locator("#publish-check")).to_be_focused()
    admin_page.get_by_role("button", name="Reinstate: Tides of the North").click()
    admin_page.locator("#record-said", has_text="The warning is reinstated.").wait_for()
    assert not WavedOff.objects.exists()
    assert admin_page.evaluate("window.stays"), "the page was not loaded anew"
    expect(admin_page.locator("#id_kicker")).to_have_value("Not saved yet")
