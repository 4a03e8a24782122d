"""Who else has a story open is told in its form, in a real browser, and who saved it meanwhile."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Article, Presence
from articles.roles import make_roles
from tests.browser.login import log_in
from tests.factories import make_article, make_user

from .accessibility import assert_accessible, assert_fits
from .drafts import open_story
from .test_admin import complaints, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MINUTE = 61_000


@pytest.fixture
def article() -> Article:
    return make_article(headline="As stored")


@pytest.fixture
def desk(page, complaints) -> Any:  # noqa: F811
    page.clock.install()
    return logged_in(page)


@pytest.fixture
def dana(chromium, live_server) -> Iterator[Any]:
    """Sit Dana Okafor down at another computer."""
    make_roles()
    make_user(username="dana", first_name="Dana", last_name="Okafor", groups=("chief",))
    context = chromium.new_context(base_url=live_server.url, locale="en-GB")
    page = context.new_page()
    page.clock.install()
    log_in(page, "dana")
    yield page
    context.close()


def pass_minute(page: Any) -> None:
    with page.expect_response("**/presence/"):
        page.clock.run_for(MINUTE)


def test_who_has_it_open_and_types_is_told_and_a_save_is_announced(desk, dana, article):
    open_story(desk, article)
    line = desk.locator("#presence")
    expect(line.locator("[data-others]")).to_be_empty()
    open_story(dana, article)
    expect(dana.locator("#presence")).to_contain_text("chief has this story open since")
    pass_minute(desk)
    expect(line).to_contain_text("Dana Okafor has this story open since")
    expect(line).not_to_contain_text("typed last")
    dana.fill("#id_kicker", "Harbour")
    pass_minute(dana)
    pass_minute(desk)
    expect(line).to_contain_text("typed last at")
    expect(desk.get_by_role("button", name="Bring it in")).to_be_hidden()
    dana.get_by_role("button", name="Save", exact=True).click()
    dana.locator(".messagelist", has_text="Saved as revision 2.").wait_for()
    pass_minute(desk)
    expect(line).to_contain_text("Dana Okafor saved revision 2 at")
    expect(desk.get_by_role("button", name="Bring it in")).to_be_visible()


def test_a_page_that_is_not_seen_asks_nothing(desk, article):
    open_story(desk, article)
    Presence.objects.all().delete()
    desk.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden' })")
    desk.clock.run_for(3 * MINUTE)
    desk.evaluate("fetch('/favicon.svg')")
    assert not Presence.objects.exists()


def test_who_has_it_open_is_told_without_scripts(chromium, live_server, dana, article):
    open_story(dana, article)
    make_user(username="bare", groups=("chief",))
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, "bare")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(page.locator("#presence")).to_contain_text("Dana Okafor has this story open since")
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_where_all_is_told_and_offered(page, dana, article, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.clock.install()
    logged_in(page)
    open_story(page, article)
    page.fill("#id_headline", "Written, at a length that does not fit a line of a phone at all")
    expect(page.locator("#draft")).to_contain_text("in this browser")
    open_story(page, article)
    open_story(dana, article)
    dana.fill("#id_kicker", "Harbour")
    dana.get_by_role("button", name="Save", exact=True).click()
    dana.locator(".messagelist", has_text="Saved as revision 2.").wait_for()
    pass_minute(page)
    expect(page.get_by_role("button", name="Bring it in")).to_be_visible()
    expect(page.locator(".unsaved:visible")).to_have_count(1)
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Open").first.click()
    page.locator(".notice.opened").wait_for()
    assert_accessible(page)
    assert_fits(page)
