"""The session ends while somebody writes, in a real browser: signed in anew, the form goes on; no word is lost."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, UnsavedForm
from tests.browser.login import PASSWORD, log_in, log_in_by_hand
from tests.factories import make_article, make_user

from .test_admin import form_of, logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WRITTEN = "Written while the session ended"


@pytest.fixture
def desk(page) -> Any:
    return logged_in(page)


def write(desk: Any, article: Article | None) -> None:
    desk.goto(form_of(article) if article else reverse("admin:articles_article_add"))
    desk.wait_for_selector("[contenteditable=true]")
    desk.fill("#id_headline", WRITTEN)


def press_save(desk: Any) -> None:
    desk.get_by_role("button", name="Save", exact=True).click()


def sign_in(desk: Any, password: str = PASSWORD) -> None:
    box = desk.get_by_role("dialog", name="Sign in to go on")
    expect(box.get_by_label("Username")).to_have_value("chief")
    box.get_by_label("Password").fill(password)
    box.get_by_label("Password").press("Enter")


def wait_for_saved(desk: Any, number: int) -> None:
    desk.locator(".messagelist", has_text=f"Saved as revision {number}.").wait_for()


def test_a_lost_session_is_signed_in_again_in_the_page_and_the_save_goes_on(desk):
    article = make_article()
    write(desk, article)
    Session.objects.all().delete()
    press_save(desk)
    sign_in(desk, "a wrong password")
    expect(desk.get_by_role("alert").filter(has_text="correct username")).to_be_visible()
    sign_in(desk)
    wait_for_saved(desk, 2)
    article.refresh_from_db()
    assert article.headline == WRITTEN
    assert not UnsavedForm.objects.exists()


def test_the_button_that_was_pressed_is_the_one_that_goes_on(desk):
    write(desk, None)
    Session.objects.all().delete()
    desk.get_by_role("button", name="Save and preview").click()
    sign_in(desk)
    desk.locator("article h1", has_text=WRITTEN).wait_for()
    assert Article.objects.count() == 1


def test_a_lost_csrf_cookie_is_no_loss(desk):
    article = make_article()
    write(desk, article)
    desk.context.clear_cookies(name="csrf")
    press_save(desk)
    wait_for_saved(desk, 2)
    article.refresh_from_db()
    assert article.headline == WRITTEN


def test_back_to_the_page_keeps_what_was_written_and_save_asks_again(desk):
    article = make_article()
    write(desk, article)
    desk.context.clear_cookies()
    press_save(desk)
    desk.get_by_role("button", name="Back to the page").click()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    expect(desk.locator("#id_headline")).to_have_value(WRITTEN)
    press_save(desk)
    sign_in(desk)
    wait_for_saved(desk, 2)


def test_who_else_has_signed_in_in_this_browser_saves_nothing_of_it(desk):
    article = make_article()
    write(desk, article)
    make_user(username="other", groups=("chief",))
    desk.context.clear_cookies()
    other = desk.context.new_page()
    log_in_by_hand(other, "other")
    other.get_by_role("heading", name="The desk").wait_for()
    press_save(desk)
    expect(desk.get_by_text("Somebody else is signed in in this browser now.")).to_be_visible()
    article.refresh_from_db()
    assert article.headline != WRITTEN
    sign_in(desk)
    wait_for_saved(desk, 2)
    assert article.revisions.first().by.username == "chief"


def test_a_desk_that_does_not_answer_leaves_the_page_and_is_tried_again(desk):
    article = make_article()
    write(desk, article)
    desk.context.set_offline(True)
    press_save(desk)
    box = desk.get_by_role("dialog", name="The desk does not answer")
    expect(box.get_by_label("Password")).to_be_hidden()
    desk.context.set_offline(False)
    box.get_by_role("button", name="Try again").click()
    wait_for_saved(desk, 2)


def test_without_scripts_the_text_is_offered_after_signing_in(chromium, live_server, page):
    logged_in(page)
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    bare = context.new_page()
    log_in(bare, "chief")
    article = make_article()
    bare.goto(form_of(article))
    bare.fill("#id_body_html", f"<p>{WRITTEN}</p>")
    Session.objects.all().delete()
    press_save(bare)
    expect(bare.get_by_text("offered to its account for 14 days")).to_be_visible()
    expect(bare.get_by_text(WRITTEN)).to_have_count(0)
    bare.fill("#id_username", "chief")
    bare.fill("#id_password", PASSWORD)
    bare.click("[type=submit]")
    bare.locator(".unsaved").get_by_role("link", name="Open").click()
    expect(bare.locator("#id_body_html")).to_have_value(f"<p>{WRITTEN}</p>")
    press_save(bare)
    wait_for_saved(bare, 2)
    context.close()
    article.refresh_from_db()
    assert WRITTEN in article.body_html
    assert not UnsavedForm.objects.exists()
