"""Proposals in a real browser: a reporter's line beside an editor's typo fix, and a biography."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Edition, Person, Proposal
from articles.publishing import publish
from articles.roles import make_roles
from tests.factories import make_article, make_person, make_user

from .accessibility import assert_accessible, assert_fits
from .login import change_user
from .test_admin import form_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = "<p>The ferrry stays.</p>\n<p>Nobody was hurt.</p>\n<p>It rained.</p>"
DEK = "The council decides on Monday."


class Desk:
    """A page of somebody at the desk, who counts the buttons and links that they press."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.clicks = 0

    def press(self, name: str, role: str = "button") -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.clicks += 1

    def sit_down(self, username: str) -> None:
        change_user(self.page, username)
        self.clicks = 0

    def open_form(self, article: Article) -> None:
        self.page.goto(form_of(article))
        self.page.wait_for_selector("[contenteditable=true]")

    def replace_in_body(self, old: str, new: str) -> None:
        """Type ``new`` where the paragraph of exactly ``old`` stands."""
        paragraph = self.page.locator("[contenteditable=true] p", has_text=old)
        paragraph.click(click_count=3)
        self.page.keyboard.type(new)
        expect(self.page.locator("[contenteditable=true]")).to_contain_text(new)

    def wait_for_message(self, text: str) -> None:
        self.page.locator(".messagelist", has_text=text).wait_for()

    def check(self) -> None:
        assert_accessible(self.page)
        assert_fits(self.page)


@pytest.fixture
def desk(page) -> Desk:
    make_roles()
    dana = {"first_name": "Dana", "last_name": "Okafor"}
    make_user(username="dana", groups=("reporter",), **dana)
    make_user(username="ann", groups=("editor",), first_name="Ann", last_name="Marrow")
    return Desk(page)


def propose_a_dek_and_a_paragraph(desk: Desk, article: Article) -> None:
    desk.sit_down("dana")
    desk.open_form(article)
    desk.page.fill("#id_dek", DEK)
    desk.replace_in_body("It rained.", "It rained all day.")
    desk.check()
    desk.press("Save as a proposal")
    desk.wait_for_message("Saved as a proposal")
    expect(desk.page.locator("#id_dek")).to_have_value(DEK)
    desk.check()


def fix_a_typo_and_publish(desk: Desk, article: Article) -> None:
    desk.sit_down("ann")
    desk.open_form(article)
    expect(desk.page.locator(".proposals")).to_contain_text("A proposal by Dana Okafor")
    expect(desk.page.locator("#id_dek")).to_have_value("")
    desk.replace_in_body("The ferrry stays.", "The ferry stays.")
    desk.check()
    desk.press("Publish the change now")
    desk.wait_for_message("Published: readers have it")


def take_the_paragraph_and_publish(desk: Desk) -> None:
    desk.clicks = 0
    desk.press("Look at it and decide …", "link")
    desk.page.get_by_role("heading", name="What it changes").wait_for()
    desk.check()
    dek = desk.page.get_by_role("group", name="Dek")
    expect(dek.get_by_label("As proposed")).to_be_checked()
    dek.get_by_label("As it is now").check()
    desk.clicks += 1
    desk.press("Take what is chosen")
    desk.wait_for_message("Taken as revision 3")
    desk.press("Publish the change now")
    desk.wait_for_message("Published: readers have it")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_reporters_line_and_an_editors_typo_fix(desk, width):
    article = make_article(headline="Ferry stays", body_html=BODY)
    publish(article, by=None)
    desk.page.set_viewport_size({"width": width, "height": 900})
    propose_a_dek_and_a_paragraph(desk, article)

    fix_a_typo_and_publish(desk, article)
    assert desk.clicks == 1
    edition = Edition.objects.live().get()
    assert "The ferry stays." in edition.body_html
    assert (edition.dek, "all day" in edition.body_html) == ("", False)

    take_the_paragraph_and_publish(desk)
    assert desk.clicks == 4
    edition = Edition.objects.live().get()
    assert (edition.dek, "It rained all day." in edition.body_html) == ("", True)

    desk.sit_down("dana")
    desk.open_form(article)
    expect(desk.page.locator(".proposals")).to_contain_text("taken, but for 1 place, by Ann Marrow")
    desk.check()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_biography_is_proposed_and_taken(desk, client, width):
    seen = {"is_confirmed": True, "is_biography_public": True}
    person = make_person("Ada Lund", biography="Harbour master.", **seen)
    publish(make_article(people=(person,)), by=None)
    desk.page.set_viewport_size({"width": width, "height": 900})
    address = reverse("admin:articles_person_change", args=[person.pk])

    desk.sit_down("dana")
    desk.page.goto(address)
    desk.page.fill("#id_biography", "Harbour master.\nBorn in Ostby.")
    desk.check()
    desk.press("Save as a proposal")
    desk.wait_for_message("Saved as a proposal")
    expect(desk.page.locator(".readers-have")).to_contain_text("Harbour master.")
    desk.check()
    assert "Born in Ostby." not in client.get(person.get_absolute_url()).content.decode()

    desk.sit_down("ann")
    desk.page.goto(reverse("admin:index"))
    desk.page.get_by_role("link", name="Proposals").first.click()
    desk.page.get_by_role("link", name="Ada Lund").click()
    desk.page.get_by_role("heading", name="What it changes").wait_for()
    desk.check()
    desk.press("Take what is chosen")
    desk.wait_for_message("Taken, and saved")
    assert "Born in Ostby." in client.get(person.get_absolute_url()).content.decode()
    assert Person.objects.get().biography == "Harbour master.\nBorn in Ostby."
    assert not Proposal.objects.open().exists()
    desk.page.goto(reverse("admin:articles_proposal_changelist"))
    desk.check()
