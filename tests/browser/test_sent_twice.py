"""Double click, and back and again, in a real browser: the desk does one thing, and says that it was done."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Correction, Edition
from tests.factories import make_article, make_live

from .test_admin import complaints, form_of, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DONE_ALREADY = "That was done already, at"
CORRECTED = "Corrected: readers see the text and the correction since"


@pytest.fixture
def desk(page, complaints) -> Any:  # noqa: F811
    return logged_in(page)


def wait_for_message(desk: Any, text: str) -> None:
    desk.locator(".messagelist", has_text=text).wait_for()


def button(desk: Any, name: str) -> Any:
    return desk.get_by_role("button", name=name, exact=True)


def go_back_to(desk: Any, address: str, name: str) -> None:
    desk.go_back()
    desk.wait_for_url(f"**{address}")
    button(desk, name).wait_for()


def open_correction(desk: Any, article: Article) -> str:
    address = reverse("admin:articles_article_correct", args=[article.pk])
    desk.goto(address)
    desk.fill("[name=wrong]", "Two ferries.")
    desk.fill("[name=right]", "Three ferries.")
    return address


def test_a_double_click_on_publish_makes_one_edition(desk):
    article = make_article()
    desk.goto(form_of(article))
    desk.wait_for_selector("[contenteditable=true]")
    desk.fill("#id_headline", "Council votes to dredge")
    button(desk, "Publish now").dblclick()
    wait_for_message(desk, "Published: readers have it since")
    desk.wait_for_load_state()
    expect(desk.locator("main")).not_to_contain_text("omebody")
    assert Edition.objects.get().headline == "Council votes to dredge"


def test_back_and_publish_again_makes_one_edition(desk):
    article = make_article()
    desk.goto(form_of(article))
    desk.wait_for_selector("[contenteditable=true]")
    desk.fill("#id_headline", "Council votes to dredge")
    button(desk, "Publish now").click()
    wait_for_message(desk, "Published: readers have it since")
    desk.goto(reverse("admin:articles_article_changelist"))
    for _ in range(2):  # over the page that followed, to the form that was sent
        desk.go_back()
    desk.wait_for_selector("[contenteditable=true]")
    desk.get_by_role("button", name="Publish").first.click()
    desk.locator(".messagelist").wait_for()
    desk.wait_for_load_state()
    expect(desk.locator("main")).not_to_contain_text("omebody")
    assert Edition.objects.count() == 1


def test_a_double_click_on_correct_tells_readers_once(desk):
    article = make_live().article
    open_correction(desk, article)
    button(desk, "Correct now").dblclick()
    wait_for_message(desk, CORRECTED)
    assert Correction.objects.count() == 1


def test_back_and_correct_again_tells_readers_once(desk):
    article = make_live().article
    address = open_correction(desk, article)
    button(desk, "Correct now").click()
    wait_for_message(desk, CORRECTED)
    go_back_to(desk, address, "Correct now")
    expect(desk.locator("[name=right]")).to_have_value("Three ferries.")  # put back by the browser
    button(desk, "Correct now").click()
    desk.locator(".messagelist", has_text=DONE_ALREADY).wait_for()
    assert Correction.objects.count() == 1


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_back_button_after_adding_makes_no_second_story(chromium, live_server, has_scripts):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=has_scripts)
    desk = logged_in(context.new_page())
    desk.goto(reverse("admin:articles_article_add"))
    desk.fill("#id_headline", "Double submit")
    button(desk, "Save").click()
    wait_for_message(desk, "Saved as revision 1.")
    desk.go_back()
    wait_for_message(desk, "It is saved already: this is its form.")
    expect(desk.locator("#id_headline")).to_have_value("Double submit")
    desk.fill("#id_headline", "Double submit changed after back")
    button(desk, "Save").click()
    wait_for_message(desk, "Saved as revision 2.")
    context.close()
    assert Article.objects.get().headline == "Double submit changed after back"
