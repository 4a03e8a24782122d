"""Spike and back in a real browser, on a phone and on a desk: the question, the reason, the trash, the way back."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article
from tests.factories import make_article, make_live_quote, make_person

from .accessibility import assert_accessible, assert_fits
from .test_admin import complaints, form_of, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TRASH = reverse("admin:articles_trashentry_changelist")


@pytest.fixture(params=[390, 1280])
def desk(page, complaints, request) -> Any:  # noqa: F811
    page.set_viewport_size({"width": request.param, "height": 800})
    return logged_in(page)


def test_a_story_is_spiked_and_comes_back(desk):
    article = make_article(headline="Council votes to dredge")
    desk.goto(form_of(article))
    desk.get_by_role("link", name="Spike…").click()
    desk.get_by_role("button", name="Spike now").wait_for()
    assert_fits(desk)
    assert_accessible(desk, tags=())
    desk.fill("[name=reason]", "Overtaken by events.")
    desk.get_by_role("button", name="Spike now").click()
    desk.locator(".messagelist", has_text="1 story is spiked").wait_for()
    assert not Article.objects.exists()
    desk.get_by_role("link", name="Restore from the trash").click()
    desk.get_by_role("button", name="Restore “Council votes to dredge”").wait_for()
    assert_fits(desk)
    expect(desk.locator("#result_list")).to_contain_text("Overtaken by events.")
    desk.get_by_role("button", name="Restore “Council votes to dredge”").click()
    desk.locator(".messagelist", has_text="is back").wait_for()
    assert Article.objects.get().headline == "Council votes to dredge"


def test_many_are_spiked_from_the_list(desk):
    for number in range(3):
        make_article(headline=f"Draft {number}")
    desk.goto(reverse("admin:articles_article_changelist"))
    for box in desk.locator("input.action-select").all():
        box.check()
    desk.select_option("select[name=action]", label="Spike the stories")
    desk.locator("button[name=index]").click()  # Django 5.2 says "Go", 6.1 "Run"
    desk.fill("[name=reason]", "Overtaken by events.")
    desk.get_by_role("button", name="Spike now").click()
    desk.locator(".messagelist", has_text="3 stories are spiked").wait_for()
    assert not Article.objects.exists()


def test_what_keeps_a_person_is_said_in_words(desk):
    person = make_person("Ada Lund")
    make_live_quote("The ferry stays.", person=person, fields={"headline": "Ferry"})
    desk.goto(reverse("admin:articles_person_delete", args=[person.pk]))
    expect(desk.locator("main")).to_contain_text("It is quoted in 1 story: “Ferry”.")
    expect(desk.get_by_role("button", name="Move to the trash now")).to_have_count(0)
    assert_fits(desk)
