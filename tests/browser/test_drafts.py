"""No word is lost, in a real browser: what is written is stored while it is written, and offered once."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Revision, SavedForm, UnsavedForm
from tests.browser.login import log_in, log_in_by_hand
from tests.factories import make_article, make_user

from .drafts import WRITTEN, offers_of, open_story, wait_until_stored, write
from .test_admin import complaints, form_of, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_DRAFTS = (
    "const fetches = window.fetch; window.fetch = (address, options) => "
    "/draft\\/$/.test(address) ? Promise.reject(new Error('off')) : fetches(address, options);"
)


@pytest.fixture
def desk(page) -> Any:
    return logged_in(page)


@pytest.fixture
def article() -> Article:
    return make_article(headline="As stored")


def press_save(desk: Any) -> None:
    desk.get_by_role("button", name="Save", exact=True).click()


def wait_for_saved(desk: Any, number: int) -> None:
    desk.locator(".messagelist", has_text=f"Saved as revision {number}.").wait_for()


def no_desk(desk: Any) -> None:
    """Let no draft come to the desk, not even by a page that is closed: it is stored in the browser alone."""
    desk.add_init_script(NO_DRAFTS)


def test_the_text_of_a_closed_tab_is_offered_with_what_differs(desk, article):
    context = desk.context
    no_desk(desk)
    write(desk, article)
    desk.close()
    page = context.new_page()
    page.goto(form_of(article))
    expect(offers_of(page)).to_have_count(1)
    expect(offers_of(page)).to_contain_text(WRITTEN)
    offers_of(page).get_by_role("button", name="Open").click()
    expect(page.locator(".notice.opened del")).to_contain_text("As stored")
    expect(page.locator("#id_headline")).to_have_value(WRITTEN)
    expect(offers_of(page)).to_have_count(0)
    press_save(page)
    wait_for_saved(page, 2)
    expect(offers_of(page)).to_have_count(0)
    open_story(page, article)
    expect(offers_of(page)).to_have_count(0)
    assert Article.objects.get().headline == WRITTEN


def test_a_new_story_of_a_closed_tab_is_offered_too(desk):
    no_desk(desk)
    write(desk, None)
    context = desk.context
    desk.close()
    page = context.new_page()
    page.goto(reverse("admin:articles_article_add"))
    expect(offers_of(page)).to_contain_text(WRITTEN)
    offers_of(page).get_by_role("button", name="Discard").click()
    expect(offers_of(page)).to_have_count(0)
    page.reload()
    page.wait_for_selector("[contenteditable=true]")
    expect(offers_of(page)).to_have_count(0)


def test_text_pasted_by_keys_and_a_button_of_the_editor_count_as_changes(desk, article):
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_story(desk, article)
    desk.evaluate("navigator.clipboard.writeText('Pasted words')")
    desk.click("[contenteditable=true]")
    desk.keyboard.press("Control+End")
    desk.keyboard.press("Control+v")
    wait_until_stored(desk)
    open_story(desk, article)
    expect(offers_of(desk)).to_have_count(1)
    desk.click("[contenteditable=true]")
    desk.keyboard.press("Control+a")
    desk.locator(".prose-menubar__button", has_text="format_bold").click()
    wait_until_stored(desk)
    open_story(desk, article)
    expect(offers_of(desk)).to_have_count(2)


def test_a_change_that_no_event_tells_of_counts(desk, article):
    open_story(desk, article)
    desk.evaluate("document.getElementById('id_kicker').setRangeText('Put there by a program')")
    wait_until_stored(desk)
    open_story(desk, article)
    expect(offers_of(desk)).to_have_count(1)


def test_a_pause_stores_the_text_at_the_desk_for_the_other_computer(
    desk, article, chromium, live_server
):
    desk.clock.install()
    open_story(desk, article)
    desk.fill("#id_headline", WRITTEN)
    desk.clock.run_for(14_000)
    wait_until_stored(desk, "at the desk")
    assert UnsavedForm.objects.get().headline == WRITTEN
    assert Revision.objects.count() == 1
    context = chromium.new_context(base_url=live_server.url, locale="en-GB")
    other = context.new_page()
    log_in(other, "chief")
    other.goto(reverse("admin:index"))
    expect(offers_of(other)).to_contain_text(WRITTEN)
    other.goto(form_of(article))
    offers_of(other).get_by_role("link", name="Open").click()
    expect(other.locator("#id_headline")).to_have_value(WRITTEN)
    press_save(other)
    wait_for_saved(other, 2)
    context.close()
    page = desk.context.new_page()
    open_story(page, article)
    expect(offers_of(page)).to_have_count(0)


def test_a_text_that_both_have_is_offered_once(desk, article):
    desk.clock.install()
    open_story(desk, article)
    desk.fill("#id_headline", WRITTEN)
    desk.clock.run_for(14_000)
    wait_until_stored(desk, "at the desk")
    page = desk.context.new_page()
    page.goto(form_of(article))
    expect(offers_of(page)).to_have_count(1)
    expect(offers_of(page).get_by_role("link", name="Open")).to_be_visible()
    no_desk(desk)
    desk.fill("#id_headline", f"{WRITTEN} and more")
    desk.clock.run_for(3_500)
    expect(desk.locator("#id_headline")).to_have_value(f"{WRITTEN} and more")
    desk.close()
    page.reload()
    expect(offers_of(page)).to_have_count(1)
    expect(offers_of(page)).to_contain_text("and more")


def test_a_lost_login_loses_nothing(desk, article):
    write(desk, article)
    Session.objects.all().delete()
    desk.goto(form_of(article))
    log_in_by_hand(desk, "chief")
    desk.get_by_role("heading", name="The desk").wait_for()
    desk.goto(form_of(article))
    expect(offers_of(desk)).to_contain_text(WRITTEN)


def test_a_lost_csrf_cookie_loses_nothing(desk, article):
    desk.clock.install()
    open_story(desk, article)
    desk.context.clear_cookies(name="csrf")
    desk.fill("#id_headline", WRITTEN)
    desk.clock.run_for(14_000)
    wait_until_stored(desk, "at the desk")
    assert UnsavedForm.objects.get().headline == WRITTEN


def test_somebody_else_in_this_browser_is_offered_nothing(desk, article):
    no_desk(desk)
    write(desk, article)
    desk.context.clear_cookies()
    make_user(username="other", groups=("chief",))
    log_in_by_hand(desk, "other")
    desk.get_by_role("heading", name="The desk").wait_for()
    open_story(desk, article)
    expect(offers_of(desk)).to_have_count(0)
    expect(desk.get_by_text(WRITTEN)).to_have_count(0)


def test_what_is_saved_before_any_pause_is_offered_nowhere(desk, article):
    open_story(desk, article)
    desk.fill("#id_headline", f"  {WRITTEN}  ")  # stored as other characters than were written
    press_save(desk)
    wait_for_saved(desk, 2)
    open_story(desk, article)
    expect(offers_of(desk)).to_have_count(0)
    assert not UnsavedForm.objects.exists()
    assert SavedForm.objects.count() == 1


def test_what_is_refused_stays_one_text(desk, article):
    no_desk(desk)
    open_story(desk, article)
    desk.fill("#id_slug", "no slug!")
    wait_until_stored(desk)
    desk.locator("#article_form").evaluate("form => { form.noValidate = true; }")
    press_save(desk)
    desk.locator(".errornote").wait_for()
    expect(offers_of(desk)).to_have_count(0)
    wait_until_stored(desk)
    desk.goto(form_of(article))
    expect(offers_of(desk)).to_have_count(1)


def test_a_form_that_holds_again_what_it_was_opened_with_is_offered_nowhere(desk, article):
    write(desk, article)
    desk.fill("#id_headline", "As stored")
    expect(desk.locator("#draft")).to_be_empty()
    desk.goto(form_of(article))
    desk.wait_for_selector("[contenteditable=true]")
    expect(offers_of(desk)).to_have_count(0)
