"""Two editors on one story in a real browser: what merges, what is chosen, what is brought in before a Save."""

from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.factories import make_article, make_user

from .accessibility import assert_accessible, assert_fits
from .test_admin import complaints, form_of, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEDE = "<p>A gale tore the roof off the fish market.</p>"
QUAY = "<p>Boats stayed at the quay.</p>"
END = "<p>The ferry sails again on Tuesday.</p>"
THEIR_LEDE = LEDE.replace("gale", "hurricane")


@pytest.fixture
def desk(page, complaints) -> Any:  # noqa: F811
    yield logged_in(page)
    complaints[:] = [line for line in complaints if "409 (Conflict)" not in line]  # as it should be


def body(*paragraphs: str) -> str:
    return "\n".join(paragraphs)


def open_and_write(desk: Any, paragraph: str, words: str) -> Article:
    """Open the form of a story and replace one of its paragraphs; meanwhile a colleague rewords the lede."""
    article = make_article(headline="Gale", body_html=body(LEDE, QUAY, END))
    desk.goto(form_of(article))
    text = desk.locator("[contenteditable=true]")
    text.get_by_text(paragraph).click(click_count=3)
    desk.keyboard.type(words)
    expect(text).to_contain_text(words)
    article.apply_snapshot({"body_html": body(THEIR_LEDE, QUAY, END)})
    article.create_revision(make_user(username="nia", groups=("chief",)))
    return article


def press(desk: Any, name: str = "_save") -> None:
    desk.locator(f"button[name={name}]").click()


def stored_body(article: Article) -> str:
    article.refresh_from_db()
    return article.body_html


def test_two_saves_of_different_paragraphs_are_one_click_more_and_both_are_in(desk):
    article = open_and_write(desk, "The ferry sails", "No ferry sails before Sunday.")
    press(desk)
    expect(desk.locator(".conflict")).to_contain_text("Both are in it: look, and save again.")
    expect(desk.locator("[contenteditable=true]")).to_contain_text("A hurricane tore")
    press(desk)
    expect(desk.locator(".messagelist")).to_contain_text("Saved as revision 3.")
    assert stored_body(article) == body(THEIR_LEDE, QUAY, "<p>No ferry sails before Sunday.</p>")


def test_of_two_wordings_of_one_paragraph_one_is_chosen_by_keyboard(desk):
    article = open_and_write(desk, "A gale tore", "A storm tore the roof off the fish market.")
    press(desk)
    group = desk.get_by_role("group", name="Text")
    my_side = group.get_by_role("radio", name="Yours")
    expect(my_side).to_be_checked()
    my_side.focus()
    desk.keyboard.press("ArrowDown")
    expect(group.get_by_role("radio", name="Stored now, by nia")).to_be_checked()
    desk.keyboard.press("Control+s")
    expect(desk.locator(".messagelist")).to_contain_text("Nothing had changed")
    assert stored_body(article) == body(THEIR_LEDE, QUAY, END)


def test_a_choice_beside_words_written_since_keeps_both(desk):
    article = open_and_write(desk, "A gale tore", "A storm tore the roof off the fish market.")
    press(desk)
    desk.get_by_role("radio", name="Stored now, by nia").check()
    desk.locator("[contenteditable=true]").get_by_text("Boats stayed").click(click_count=3)
    desk.keyboard.type("Boats stayed in port.")
    press(desk)
    expect(desk.locator(".messagelist")).to_contain_text("Saved as revision 3.")
    assert stored_body(article) == body(THEIR_LEDE, "<p>Boats stayed in port.</p>", END)


def test_what_others_stored_is_brought_in_before_a_save(desk):
    article = open_and_write(desk, "The ferry sails", "No ferry sails before Sunday.")
    desk.evaluate(
        """() => {
          const button = Object.assign(document.createElement("button"), {name: "_bring_in", value: "1"});
          button.formNoValidate = true;
          button.textContent = "Bring it in";
          document.getElementById("article_form").append(button);
        }"""
    )
    desk.get_by_role("button", name="Bring it in").click()
    expect(desk.locator(".conflict")).to_contain_text("nia stored revision 2")
    assert article.revisions.count() == 2
    press(desk)
    expect(desk.locator(".messagelist")).to_contain_text("Saved as revision 3.")
    assert stored_body(article) == body(THEIR_LEDE, QUAY, "<p>No ferry sails before Sunday.</p>")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_of_a_conflict_fits_and_axe_finds_nothing(page, width):
    desk = logged_in(page)  # axe brings a style of its own, of which the browser complains
    desk.set_viewport_size({"width": width, "height": 900})
    open_and_write(desk, "A gale tore", "A storm tore the roof off the fish market.")
    press(desk)
    desk.locator(".conflict summary").click()
    expect(desk.locator(".conflict details .differences").first).to_be_visible()
    assert_fits(desk)
    assert_accessible(desk, context=".conflict")
