"""The list of stories narrowed by hand: facets, names completed by the keyboard, and all of it without a script."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.factories import (
    make_live,
    make_live_many,
    make_organization,
    make_person,
    make_section,
    make_tag,
)

from .accessibility import assert_accessible, assert_legible, resize

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESSES = [
    *("/articles/", "/articles/?tag=harbour&without=fish", "/articles/?q=wall&sort=relevance"),
    *("/articles/?name=har", "/articles/?name=zebra", "/articles/?tag=no-such"),
]


@pytest.fixture(autouse=True)
def _stories() -> None:
    sections = [make_section(name) for name in ("Council", "Courts")]
    harbour, fish = make_tag("Harbour"), make_tag("Fish")
    long_tag = make_tag("Ünique-Unbreakable" * 4, slug="long")
    nerys, maren = make_person("Nerys Callow"), make_person("Maren Østvik")
    board = make_organization("Harbour Board of the Town and the Seven Villages")
    make_live_many(22, headline="The wall", tags=(sections[0], harbour), people=(nerys,))
    make_live(headline="The quay", tags=(sections[1], harbour, fish), people=(maren,))
    make_live(headline="The herring", tags=(sections[1], fish, long_tag), organizations=(board,))


def test_axe_finds_nothing_and_nothing_runs_out_of_the_page(page: "Page"):
    for address in ADDRESSES:
        page.goto(address)
        page.evaluate("document.querySelector('details.filters')?.setAttribute('open', '')")
        assert_legible(page, address, (320, 768, 1024, 1600))
    page.goto("/articles/")
    page.evaluate("document.querySelector('details.filters').setAttribute('open', '')")
    page.get_by_label("Person, organization or subject").press_sequentially("har")
    expect(page.locator("#names li")).to_have_count(2)
    for width in (1280, 390):
        resize(page, width)
        assert_accessible(page, f"names to choose from, at {width} px")
    expect(page.locator("#names li")).to_have_count(2)


def test_a_name_is_chosen_by_the_keyboard(page: "Page"):
    page.goto("/articles/?tag=harbour")
    field = page.get_by_role("combobox", name="Person, organization or subject")
    field.press_sequentially("ostv")
    option = page.get_by_role("option", name="Maren Østvik person")
    expect(option).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#names-status")).to_have_text("Names to choose from: 1")
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "names-0")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"tag=harbour.*person=\d+"))
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".chip", has_text="Maren Østvik")).to_be_visible()


def test_a_name_is_chosen_by_a_click_and_a_section_is_put_into_its_list(page: "Page"):
    page.goto("/articles/")
    page.get_by_label("Person, organization or subject").press_sequentially("coun")
    page.get_by_role("option", name="Council section").click()
    expect(page).to_have_url(re.compile("section=council"))
    expect(page.get_by_label("Section", exact=True)).to_have_value("council")


def test_a_name_of_nobody_is_said_and_the_form_is_sent_as_it_is(page: "Page"):
    page.goto("/articles/")
    field = page.get_by_label("Person, organization or subject")
    field.press_sequentially("zebra")
    expect(page.locator("#names-status")).to_have_text("No such name.")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("No such name")


def test_facets_narrow_leave_out_and_are_taken_away(page: "Page"):
    page.goto("/articles/")
    facets = page.get_by_role("navigation", name="Narrow the list")
    facets.get_by_role("link", name="Fish", exact=True).click()
    expect(page.locator(".card")).to_have_count(2)
    facets.get_by_role("link", name="Leave out: Harbour", exact=True).click()
    expect(page.locator(".card")).to_have_count(1)
    expect(
        page.get_by_role("link", name=re.compile("not Harbour.*take this filter away"))
    ).to_be_visible()
    facets.get_by_role("link", name=re.compile("Fish.*take this filter away")).click()
    expect(page).to_have_url(re.compile(r"\?without=harbour$"))


def test_everything_works_without_a_script(chromium: "Browser", live_server: "LiveServer"):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/articles/")
    page.get_by_label("Person, organization or subject").fill("har")
    page.get_by_label("Order").select_option("oldest")
    page.get_by_role("button", name="Show stories").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a name")
    page.get_by_role("link", name="Harbour", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?sort=oldest&tag=harbour$"))
    page.get_by_role("link", name="Newer stories").click()
    page.get_by_role("link", name="Older stories").click()
    expect(page).to_have_url(re.compile(r"\?tag=harbour&sort=oldest$"))
    context.close()
