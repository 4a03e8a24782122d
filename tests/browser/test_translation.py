"""Everything has room for a language a third longer than English, on a telephone and on a desk, for everybody."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.login import log_in
from tests.factories import make_user
from tests.foreign_paper import ForeignPaper, make_foreign_paper

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = [1280, 390]


@pytest.fixture
def site(settings: Settings, pseudo_paper: str) -> ForeignPaper:
    settings.PAPER_NAME = settings.PAPER_WORDMARK = "Курьер"
    return make_foreign_paper()


def look_at(page: "Page", path: str) -> None:
    """Fail when something of the page at ``path`` runs out of it at one of ``WIDTHS``, or axe finds fault with it.

    Longer words are the same ones at each width and in each colour: axe reads them once, where they have least room.
    """
    page.goto(path)
    assert_fits(page, path, WIDTHS)
    assert_accessible(page, path, has_dark=False)


def test_longer_words_fit_on_readers_pages(page: "Page", site: ForeignPaper) -> None:
    for path in site.paths():
        look_at(page, path)


def test_longer_words_fit_on_the_desk(page: "Page", pseudo_locale: str) -> None:
    user = make_user(is_superuser=True, language=pseudo_locale)
    log_in(page, user.username)
    for path in ("/admin/", "/admin/articles/user/language/"):
        look_at(page, path)


def test_scripts_speak_the_papers_language(page: "Page", site: ForeignPaper) -> None:
    page.goto(site.story.get_absolute_url())
    switch = page.locator("[data-theme-switch] label")
    expect(switch.locator("option")).to_have_text(["ááúúţóó", "ļííĝĥţ", "đááŕķ"])
    page.locator("q.said").first.focus()
    expect(page.locator(".said-note a")).to_have_text("Ţĥéé ɋúúóóţéé")
    page.goto(f"/quotes/{site.story.quotes[0]['key']}/")
    expect(page.locator(".copy button")).to_have_text("Çóóþýý")
