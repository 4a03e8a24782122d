"""Removing the name of a source in a real browser, on a phone and on a desk, with the mouse and by keys alone."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Person, Quote
from articles.publishing import publish
from tests.factories import make_article, make_person, make_quote

from .accessibility import assert_accessible, assert_fits
from .test_admin import complaints, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME, WORDS = "Harriet Ollerby", "The quay will not hold another winter."


@pytest.fixture(params=[390, 1280])
def desk(page, complaints, request) -> Any:  # noqa: F811
    page.set_viewport_size({"width": request.param, "height": 800})
    return logged_in(page)


def make_named() -> Quote:
    article = make_article(body_html=f"<p>{NAME} said: “{WORDS}”</p>")
    quote = make_quote(article, WORDS, person=make_person(NAME))
    publish(article, by=None)
    return quote


def check(desk: Any) -> None:
    """Hold the page to its width and to axe."""
    assert_fits(desk)
    assert_accessible(desk, tags=())


def test_a_name_is_looked_for_and_removed(desk):
    quote = make_named()
    desk.goto(reverse("admin:articles_quote_change", args=[quote.pk]))
    desk.get_by_role("link", name="Remove the name of the source everywhere…").click()
    desk.get_by_label("How readers see the source").fill("a senior official")
    desk.get_by_label("Why the source is not named").fill("Fears for the job.")
    check(desk)
    desk.get_by_role("button", name="Look first").click()
    desk.get_by_role("heading", name="What would change").wait_for()
    desk.get_by_role("link", name="Edition 1").wait_for()
    check(desk)
    assert Quote.objects.get().person.name == NAME
    desk.get_by_role("button", name="Remove the name now").focus()
    desk.keyboard.press("Enter")
    desk.get_by_text("Name removed everywhere on").wait_for()
    check(desk)
    assert Quote.objects.get().speaker == "a senior official"
    assert Person.objects.exists(), "readers have it"
    desk.get_by_role("link", name="Look again").click()
    expect(desk.get_by_label("Names to remove, one a line")).to_have_value("")
    desk.get_by_role("link", name="Back to the quote").click()
    desk.get_by_role("link", name="Look for the name again…").wait_for()
