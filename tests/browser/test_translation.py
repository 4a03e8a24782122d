"""Everything has room for a language a third longer than English, on a telephone and on a desk, for everybody."""

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from pytest_django import Settings

from tests.browser.test_pages import WCAG
from tests.factories import make_user
from tests.foreign_paper import ForeignPaper, make_foreign_paper

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = [390, 1280]


@pytest.fixture
def site(settings: Settings, pseudo_paper: str) -> ForeignPaper:
    settings.PAPER_NAME = settings.PAPER_WORDMARK = "Курьер"
    return make_foreign_paper()


def _look(page: "Page", path: str, width: int) -> None:
    """Fail when something of the page at ``path`` runs out of it, or axe finds fault with it."""
    page.goto(path)
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0, f"{path}: {overflow} px beyond {width}"
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert results.violations_count == 0, f"{path}: {results.generate_report()}"


@pytest.mark.parametrize("width", WIDTHS)
def test_longer_words_fit_on_readers_pages(page: "Page", site: ForeignPaper, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in site.paths():
        _look(page, path, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_longer_words_fit_on_the_desk(page: "Page", pseudo_locale: str, width: int) -> None:
    user = make_user(is_superuser=True, language=pseudo_locale)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/login/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", "a password for tests")
    page.click("[type=submit]")
    page.wait_for_selector("#logout-form")
    for path in ("/admin/", "/admin/articles/user/language/"):
        _look(page, path, width)


def test_scripts_speak_the_papers_language(page: "Page", site: ForeignPaper) -> None:
    page.goto(site.story.get_absolute_url())
    switch = page.locator("[data-theme-switch] label")
    assert switch.locator("option").all_inner_texts() == ["ááúúţóó", "ļííĝĥţ", "đááŕķ"]
    page.locator("q.said").first.focus()
    assert page.locator(".said-note a").inner_text() == "Ţĥéé ɋúúóóţéé"
    page.goto(f"/quotes/{site.story.quotes[0]['key']}/")
    assert page.locator(".copy button").inner_text() == "Çóóþýý"
