"""Blast radius and drafts of corrections in a real browser: from the changed name to the last published correction."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from articles.models import Article, Correction, CorrectionDraft, Person
from articles.publishing import publish
from tests.factories import make_article, make_organization, make_person, make_quote

from .test_admin import WCAG, complaints, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "The quay will not hold another winter, whatever the council pays for its piles."
DRAFTS = "admin:articles_correctiondraft_changelist"


@pytest.fixture
def stories() -> list[Article]:
    """Three live stories of one speaker, whose name and role are other ones than readers have."""
    ada, port = make_person("Ada Lund"), make_organization("Port of Sund")
    ada.memberships.create(organization=port, role="harbour master", is_confirmed=True)
    made = []
    for headline in ("Quay to close", "Port asks for money", "Ferry waits for the tide"):
        story = make_article(
            headline=headline,
            body_html=f"<p>“{WORDS}” said Ada Lund. “We counted.”</p>",
            published_at=datetime(2025, 6, len(made) + 1, 12, tzinfo=UTC),
        )
        make_quote(story, WORDS, person=ada)
        publish(story, by=None)
        made.append(story)
    make_quote(made[0], "We counted.", person=ada)
    made[1].keep_revision(None)
    Person.objects.update(name="Ada Lundh")
    ada.memberships.update(role="deputy harbour master")
    return made


def test_from_the_list_to_the_last_correction_by_buttons_alone(page, complaints, stories):  # noqa: F811
    desk = logged_in(page)
    desk.goto(reverse("admin:articles_article_stale"))
    desk.get_by_label("Port asks for money").uncheck()
    desk.get_by_role("button", name="Draft corrections for all that are ticked").click()
    desk.locator(".messagelist", has_text="2 corrections drafted").wait_for()
    desk.get_by_role("link", name="Read and publish").first.click()
    for _ in range(2):
        desk.get_by_role("heading", name="Drafted from the record").wait_for()
        desk.get_by_role("button", name="Correct now").click()
    desk.locator(".messagelist", has_text="That was the last correction").wait_for()
    assert Correction.objects.count() == 2
    assert not CorrectionDraft.objects.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_sticks_out(page, stories, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    desk: Any = logged_in(page)
    desk.emulate_media(color_scheme=scheme)
    desk.set_viewport_size({"width": width, "height": 900})
    stale = reverse("admin:articles_article_stale")
    correct = reverse("admin:articles_article_correct", args=[stories[1].pk])
    desk.goto(stale)
    desk.get_by_role("button", name="Draft corrections for all").click()
    for address in (stale, reverse(DRAFTS), correct):
        desk.goto(address)
        found = Axe().run(desk, options={"runOnly": WCAG}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], address
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, address
