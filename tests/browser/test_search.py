"""The search in a real browser: legible to everybody, complete without a script, by hand and by keyboard."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.models import Person
from tests.factories import (
    make_live_many,
    make_live_quote,
    make_membership,
    make_organization,
    make_person,
    make_tag,
)

from .accessibility import assert_legible

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES: tuple[str, ...] = (
    "",
    "?q=featherstonehaugh+dredging",
    "?q=dregding",
    "?q=dredging",
    "?q=mud&sort=newest",
)
PAGES += ("?q=dredging&page=2", "?q=%21", "?q=mud&sort=oldest", "?q=harbour+authority")


@pytest.fixture
def speaker() -> Person:
    """Somebody of a long name who spoke of dredging, and more stories on it than a page has."""
    person = make_person("Maximiliana Featherstonehaugh-Cholmondeley")
    make_membership(person, make_organization("Harbour Authority"), "chair of the harbour board")
    for number in range(3):
        words = f"The dredging of berth {number} has cost us more than anybody was told."
        fields = {"headline": f"Dredging goes on: {'Unbreakable' * 6}", "dek": "Mud."}
        make_live_quote(words, person=person, role="chair", fields=fields)
    make_live_many(22, headline="Dredging begins", dek="Mud.", tags=(make_tag("Dredging"),))
    return person


def test_axe_finds_nothing_and_nothing_runs_out_of_the_page(page: "Page", speaker: Person):
    for query in PAGES:
        page.goto(f"/search/{query}")
        assert_legible(page, query, (320, 768, 1600))


def test_a_name_leads_to_its_person_and_what_was_said_without_a_script(
    chromium: "Browser", live_server: "LiveServer", speaker: Person
):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox", name="Search all stories").fill("featherstonehaugh dregding")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="featherstonehaugh Dredging").click()
    heading = f"What {speaker.name} said on “Dredging”"
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.locator(".search-sayings blockquote a").first.click()
    page.wait_for_url("**/quotes/*/")
    page.go_back()
    page.get_by_role("link", name=speaker.name).first.click()
    page.wait_for_url(f"**{speaker.get_absolute_url()}")
    context.close()
