"""One paragraph of an old revision comes back, in a real browser, on a phone and on a desk."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article
from tests.factories import make_article

from .accessibility import assert_accessible, assert_fits
from .test_admin import complaints, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEDE, QUAY = "<p>A gale tore the roof off.</p>", "<p>Boats stayed at the quay.</p>"


def make_rewritten_story() -> Article:
    article = make_article(headline="Gale", body_html=f"{LEDE}\n{QUAY}")
    article.apply_snapshot({"headline": "Storm", "body_html": "<p>A storm.</p>\n<p>No boats.</p>"})
    article.create_revision(None)
    return article


def open_first_revision(desk: Any, article: Article) -> None:
    desk.goto(reverse("admin:articles_article_history", args=[article.pk]))
    desk.get_by_role("link", name="1: what it changed").click()
    expect(desk.get_by_role("heading", name="Against the working copy of now")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_one_field_comes_back_by_two_clicks(page, complaints, width):  # noqa: F811
    desk = logged_in(page)
    desk.set_viewport_size({"width": width, "height": 900})
    article = make_rewritten_story()
    open_first_revision(desk, article)
    group = desk.get_by_role("group", name="Headline")
    expect(group.get_by_role("radio", name="As now")).to_be_checked()
    group.get_by_role("radio", name="As in revision 1").check()
    desk.get_by_role("button", name="Bring back what is chosen").click()
    expect(desk.locator(".messagelist")).to_contain_text("Back from revision 1: headline.")
    article.refresh_from_db()
    assert (article.headline, article.revision_number) == ("Gale", 3)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_of_an_old_revision_fits_and_axe_finds_nothing(page, width):
    desk = logged_in(page)  # axe brings a style of its own, of which the browser complains
    desk.set_viewport_size({"width": width, "height": 900})
    open_first_revision(desk, make_rewritten_story())
    assert_fits(desk)
    assert_accessible(desk)
