"""The source audit in a real browser: accessible, within the width of a phone, and without a script of its own."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import make_live_quote, make_organization, make_person, make_section

from .accessibility import assert_accessible, assert_fits
from .test_admin import complaints, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def quoted(db) -> Any:
    """One voice with a name that has no room, in a story of this desk."""
    fields = {
        "published_at": timezone.now() - timedelta(minutes=1),
        "tags": (make_section("Town"),),
    }
    person = make_person("Alexandrina Featherstonehaugh-Wolstencroft")
    organization = make_organization("The Board of the Old Harbour", kind="government")
    make_live_quote(
        "We have met enough by now", fields=fields, person=person, on_behalf_of=organization
    )
    return person


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(page, quoted, width):
    admin_page = logged_in(page)  # axe brings a style of its own, of which the browser complains
    admin_page.set_viewport_size({"width": width, "height": 900})
    for query in (None, {"desk": "nowhere"}):
        admin_page.goto(reverse("admin:articles_quote_audit", query=query))
        assert_fits(admin_page)
        assert_accessible(admin_page)


def test_the_filters_lead_to_a_narrowed_page_and_a_name_to_its_form(page, complaints, quoted):  # noqa: F811
    admin_page = logged_in(page)
    admin_page.goto(reverse("admin:index"))
    admin_page.get_by_role("link", name="Source audit").click()
    admin_page.get_by_label("Desk", exact=True).select_option("Town")
    admin_page.get_by_role("button", name="Show").click()
    expect(admin_page).to_have_url(re.compile("desk=town"))
    admin_page.get_by_role("link", name=quoted.name).click()
    expect(admin_page).to_have_url(
        re.compile(reverse("admin:articles_person_change", args=[quoted.pk]) + "$")
    )
