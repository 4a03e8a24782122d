"""What readers have of the record in a real browser: a person narrowed, two side by side, a chain of statements."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.models import EditionQuote, Person, StatementLink
from tests.factories import make_live_quote, make_organization, make_person, make_tag

from .accessibility import assert_fits, assert_legible
from .test_pages import say_often

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAME = "It shall not be sold to anybody at all, whatever it costs us."


@pytest.fixture
def pair() -> tuple[Person, Person]:
    """Two people: one spoke often, was contradicted, took it back; both said the same, one of them in two stories."""
    person, other = (
        make_person("Maximiliana Featherstonehaugh-Cholmondeley"),
        make_person("Ann Webb"),
    )
    say_often(person, make_organization("Harbour Authority"))
    fields = {
        "published_at": datetime(2025, 3, 1, tzinfo=UTC),
        "tags": (make_tag("dredging"),),
        "people": (person, other),
    }
    editions = [
        make_live_quote(SAME, person=speaker, fields=fields) for speaker in (person, person, other)
    ]
    first = EditionQuote.objects.filter(person=person).earliest("published_at").quote_key
    for later, kind in zip(editions[1:], ("withdraws", "contradicts"), strict=True):
        StatementLink.objects.create(kind=kind, later=later.quotes[0]["key"], earlier=first)
    return person, other


def endpoints(pair: tuple[Person, Person]) -> list[str]:
    """Give one address of each state of the pages."""
    person, other = pair
    first = EditionQuote.objects.filter(person=person).earliest("published_at").quote_key
    last = EditionQuote.objects.filter(person=person).latest("published_at").quote_key
    page = person.get_absolute_url()
    compare_url = f"/people/compare/?person={person.pk}&person={other.pk}"
    return [
        *(page, f"{page}?tag=dredging&year=2025", f"{page}?year=soon"),
        *("/people/compare/", "/people/compare/?tag=dredging", "/people/compare/?tag=none"),
        *(
            compare_url,
            f"{compare_url}&tag=dredging",
            f"/quotes/{first}/",
            f"/quotes/{last}/",
            "/quotes/",
        ),
    ]


def test_axe_finds_nothing_and_nothing_runs_out_of_the_page(
    page: "Page", pair: tuple[Person, Person]
):
    for endpoint in endpoints(pair):
        page.goto(endpoint)
        assert_fits(page, endpoint, (320, 768, 1024, 1600))
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert_legible(page, endpoint, (320, 768, 1024, 1600))


def test_the_page_of_a_person_is_narrowed_and_two_are_compared_by_hand(
    chromium: "Browser", live_server: "LiveServer", pair: tuple[Person, Person]
):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(pair[0].get_absolute_url())
    page.get_by_label("Year", exact=True).select_option("2019")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("blockquote")).to_have_text(["“Number 5: nobody has looked at it.”"])
    page.get_by_role("link", name=re.compile("2019.*take this filter away")).click()
    page.get_by_text("Quotes by year, at most").click()
    expect(page.get_by_role("row", name="2019 1")).to_be_visible()
    page.get_by_role("link", name="Compare with").click()
    page.get_by_label("Second person").select_option("Ann Webb")
    page.get_by_role("button", name="Show them side by side").click()
    columns = page.locator(".pair").first.locator("h3")
    expect(columns).to_have_text([pair[0].name, "Ann Webb"])
    context.close()
