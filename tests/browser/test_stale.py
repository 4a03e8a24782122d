"""Blast radius and drafts of corrections in a real browser: from the changed name to the last published correction."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from articles.models import Article, Correction, CorrectionDraft, Person
from articles.publishing import publish
from tests.factories import (
    make_article,
    make_membership,
    make_organization,
    make_person,
    make_quote,
)

from .accessibility import assert_accessible, assert_fits
from .test_admin import complaints, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "The quay will not hold another winter, whatever the council pays for its piles."
DRAFTS = "admin:articles_correctiondraft_changelist"


@pytest.fixture
def stories() -> list[Article]:
    """Three live stories of one speaker, whose name and role are other ones than readers have."""
    ada, port = make_person("Ada Lund"), make_organization("Port of Sund")
    make_membership(ada, port, "harbour master")
    published: list[Any] = []
    for headline in ("Quay to close", "Port asks for money", "Ferry waits for the tide"):
        story = make_article(
            headline=headline,
            body_html=f"<p>“{WORDS}” said Ada Lund. “We counted.”</p>",
            published_at=datetime(2025, 6, len(published) + 1, 12, tzinfo=UTC),
        )
        make_quote(story, WORDS, person=ada)
        publish(story, by=None)
        published.append(story)
    make_quote(published[0], "We counted.", person=ada)
    published[1].create_revision(None)
    Person.objects.update(name="Ada Lundh")
    ada.memberships.update(role="deputy harbour master")
    return published


def test_from_the_list_to_the_last_correction_by_buttons_alone(page, complaints, stories):  # noqa: F811
    admin_page = logged_in(page)
    admin_page.goto(reverse("admin:articles_article_outdated_stories"))
    admin_page.get_by_label("Port asks for money").uncheck()
    admin_page.get_by_role("button", name="Draft corrections for all that are ticked").click()
    admin_page.locator(".messagelist", has_text="2 corrections drafted").wait_for()
    admin_page.get_by_role("link", name="Read and publish").first.click()
    for _ in range(2):
        admin_page.get_by_role("heading", name="Drafted from the record").wait_for()
        admin_page.get_by_role("button", name="Correct now").click()
    admin_page.locator(".messagelist", has_text="That was the last correction").wait_for()
    assert Correction.objects.count() == 2
    assert not CorrectionDraft.objects.exists()


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_sticks_out(page, stories, width):
    admin_page: Any = logged_in(page)
    admin_page.set_viewport_size({"width": width, "height": 900})
    stale = reverse("admin:articles_article_outdated_stories")
    correct = reverse("admin:articles_article_correct", args=[stories[1].pk])
    admin_page.goto(stale)
    admin_page.get_by_role("button", name="Draft corrections for all").click()
    admin_page.locator(".messagelist").wait_for()
    for address in (stale, reverse(DRAFTS), correct):
        admin_page.goto(address)
        assert_accessible(admin_page, address)
        assert_fits(admin_page, address)
