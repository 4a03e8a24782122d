"""The archive in a real browser: legible to everybody, within the page, walked without a script."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.factories import make_live

from .accessibility import assert_legible

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACES = ("", "2025/", "2025/03/", "2025/03/14/", "2025/03/15/", "2024/")


@pytest.fixture
def archived_stories() -> None:
    """Publish stories of several years, some of whose dates are known in part only."""
    for number in range(22):
        at = datetime(2025, 3, 14, number, tzinfo=UTC)
        make_live(published_at=at, dek="What it means for those who wait outside.")
    for month, day in ((3, 1), (3, 30), (5, 4), (11, 30)):
        make_live(published_at=datetime(2025, month, day, 12, tzinfo=UTC))
    make_live(published_at=datetime(2025, 3, 1, tzinfo=UTC), date_precision="month")
    make_live(published_at=datetime(2025, 1, 1, tzinfo=UTC), date_precision="year")
    make_live(published_at=datetime(1987, 6, 1, 12, tzinfo=UTC))


def test_axe_finds_nothing_and_nothing_runs_out_of_the_page(page: "Page", archived_stories: None):
    for place in PLACES:
        page.goto(f"/archive/{place}")
        assert_legible(page, place, (320, 768, 1280))
        assert page.get_by_role("heading", level=1).count() == 1


def test_a_day_is_reached_and_left_without_a_script(
    chromium: "Browser", live_server: "LiveServer", archived_stories: None
):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/articles/")
    page.get_by_role("link", name="Stories by date").click()
    for name in ("2025", "March"):
        page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    page.get_by_role("cell", name="14").get_by_role("link", name="22 stories").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Friday 14 March 2025")
    page.get_by_role("link", name="Older stories").click()
    expect(page.locator(".card")).to_have_count(2)
    page.get_by_role("link", name="Later: 30 March 2025").click()
    expect(page).to_have_url(re.compile(r"/archive/2025/03/30/$"))
    page.get_by_role("navigation", name="Archive").get_by_role("link", name="March 2025").click()
    expect(page).to_have_url(re.compile(r"/archive/2025/03/$"))
    context.close()
