"""The review of the record in a real browser: in place with scripts, by full pages without."""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Quote, Suggestion
from articles.record import SpeakerChoice, accept_suggestion, sync_record
from articles.roles import make_roles
from articles.text.html.plain import plain_text
from tests.admin.review_stories import BODY, find_suggestion, make_story, review_of
from tests.browser.login import log_in
from tests.factories import make_person, make_user

from .accessibility import assert_accessible, assert_fits
from .test_admin import complaints, form_of, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SONG = "<p>The 🐟 sellers sang: No fish, no town! And 👩‍🚒 again: No fish, no town!</p>"


@pytest.fixture
def admin_page(page, complaints) -> Any:  # noqa: F811
    return logged_in(page)


@pytest.fixture
def story(db) -> Article:
    make_person("Ada Lund")
    return make_story()


def wait_for_message(admin_page, message: str) -> None:
    admin_page.locator("#record-said", has_text=message).wait_for()


def find_card(admin_page, article: Article, words: str) -> Any:
    return admin_page.locator(f"#find-{find_suggestion(article, words).pk}")


def expect_focus_in(admin_page, suggestion: Suggestion) -> None:
    """Wait until something of the find of ``suggestion``, or all of it, has the focus."""
    find = f"#find-{suggestion.pk}"
    expect(admin_page.locator(f"{find}:focus, {find} :focus")).to_have_count(1)


def open_card(admin_page, article: Article, words: str) -> Any:
    card_element = find_card(admin_page, article, words)
    card_element.locator("a.change").click()
    card_element.get_by_label("Who", exact=True).wait_for()
    return card_element


def test_a_find_is_accepted_in_place_and_the_next_one_has_the_focus(admin_page, story):
    admin_page.goto(review_of(story))
    following = find_suggestion(story, "We looked")
    admin_page.evaluate("window.stays = true")
    find_card(admin_page, story, "beyond repair").get_by_role(
        "button", name="Accept: Ada Lund"
    ).click()
    wait_for_message(admin_page, "On record: “beyond repair” Ada Lund.")
    assert admin_page.evaluate("window.stays"), "the page was not loaded anew"
    expect_focus_in(admin_page, following)
    admin_page.keyboard.press("Enter")
    wait_for_message(admin_page, "On record: “We looked")
    assert Quote.objects.count() == 2
    count = (
        story.suggestions.likely().count()
    )  # two quotes are decided, and with the first its name
    expect(admin_page.locator(".waiting")).to_contain_text(f"{count - 3} of {count} wait")


def test_the_enter_key_in_a_field_sends_that_find_and_no_other(admin_page, story):
    admin_page.goto(review_of(story))
    official = open_card(admin_page, story, "It was always")
    official.get_by_label("Why not named").fill("Would lose the post.")
    admin_page.keyboard.press("Enter")
    wait_for_message(admin_page, "On record: “It was always")
    assert [quote.unnamed for quote in Quote.objects.all()] == ["a senior official"]


def test_what_is_typed_elsewhere_outlives_a_decision(admin_page, story):
    admin_page.goto(review_of(story))
    engineer = open_card(admin_page, story, "I would not")
    engineer.get_by_label("Role").fill("engineer of the harbour")
    admin_page.get_by_label("The words, letter by letter").fill("half a thought")
    find_card(admin_page, story, "beyond repair").get_by_role("button", name="Reject").click()
    wait_for_message(admin_page, "Rejected: “beyond repair”")
    expect(engineer.get_by_label("Role")).to_have_value("engineer of the harbour")
    words = admin_page.get_by_label("The words, letter by letter")
    expect(words).to_have_value("half a thought")


def test_what_is_missing_is_said_at_its_place(admin_page, story, complaints):  # noqa: F811
    admin_page.goto(review_of(story))
    official = open_card(admin_page, story, "It was always")
    official.get_by_role("button", name="Accept with these answers").click()
    official.locator(".errornote", has_text="Say why the source is not named").wait_for()
    expect(admin_page.locator(":focus")).to_have_attribute("name", re.compile("^who-"))
    assert not Quote.objects.exists()
    (message,) = complaints  # the browser notes an answer of 400 in its console
    assert "400" in message
    complaints.clear()


def test_fields_that_an_answer_does_not_need_are_not_shown(admin_page, story):
    admin_page.goto(review_of(story))
    mayor = open_card(admin_page, story, "We looked")
    expect(mayor.get_by_role("button", name="Accept: Ada Lund")).to_be_hidden()
    for answer, visible_label in (
        ("unnamed", "Why not named"),
        ("new-person", "Somebody else of that"),
    ):
        mayor.get_by_label("Who", exact=True).select_option(answer)
        for label in ("Why not named", "Somebody else of that"):
            expect(mayor.get_by_label(label)).to_be_visible(visible=label == visible_label)


def test_words_are_selected_in_the_text_and_put_on_record(admin_page):
    make_person("Nora Quill")
    article = make_story(SONG)
    admin_page.goto(review_of(article))
    admin_page.evaluate("""() => {
      const walker = document.createTreeWalker(document.querySelector("[data-start]"), NodeFilter.SHOW_TEXT);
      let last = null;
      while (walker.nextNode()) if (walker.currentNode.data.includes("No fish")) last = walker.currentNode;
      const at = last.data.lastIndexOf("No fish");
      document.getSelection().setBaseAndExtent(last, at, last, at + "No fish, no town!".length);
    }""")
    admin_page.get_by_role("button", name="Quote these words").click()
    expect(admin_page.locator("#who-new")).to_be_focused()
    admin_page.keyboard.press("Tab")
    by_hand = admin_page.locator("#by-hand")
    by_hand.get_by_label("Who", exact=True).select_option("known")
    by_hand.get_by_label("Name, or how").fill("Nora Quill")
    by_hand.get_by_role("button", name="Put it on record").click()
    wait_for_message(admin_page, "On record: “No fish, no town!” Nora Quill.")
    (part,) = Quote.objects.get().parts.all()
    body = plain_text(article.body_html)
    assert part.start == body.rindex("No fish")
    assert body[part.start : part.end] == "No fish, no town!"
    expect(by_hand.get_by_label("The words, letter by letter")).to_have_value("")


def test_words_are_selected_with_the_mouse_across_marks(admin_page, story):
    admin_page.goto(review_of(story))
    box = admin_page.locator(".record-text p").first.bounding_box()
    admin_page.mouse.move(box["x"] + 2, box["y"] + 8)
    admin_page.mouse.down()
    admin_page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 8, steps=5)
    admin_page.mouse.up()
    admin_page.get_by_role("button", name="Quote these words").click()
    field = admin_page.get_by_label("The words, letter by letter")
    expect(field).not_to_have_value("")
    words = field.input_value()
    body = plain_text(story.body_html)
    start, end = (
        int(admin_page.locator(f"[name={name}]").input_value()) for name in ("start", "end")
    )
    assert body[start:end].split() == words.split()
    assert len(words) > 40


def test_deciding_in_the_form_of_the_story_leaves_what_is_written_there(admin_page, story):
    admin_page.goto(form_of(story))
    admin_page.wait_for_selector("[contenteditable=true]")
    admin_page.fill("#id_headline", "Not saved yet")
    find_card(admin_page, story, "beyond repair").get_by_role(
        "button", name="Accept: Ada Lund"
    ).click()
    wait_for_message(admin_page, "On record: “beyond repair”")
    expect(admin_page.locator("#id_headline")).to_have_value("Not saved yet")
    waiting = story.suggestions.quotes().likely().open().count()
    check = admin_page.locator("#publish-check")
    expect(check).to_contain_text(f"{waiting} of its quotes wait")
    admin_page.get_by_role("button", name="Save", exact=True).click()
    admin_page.get_by_text("Saved as revision 2").wait_for()
    story.refresh_from_db()
    assert story.headline == "Not saved yet"
    assert Quote.objects.count() == 1


def test_looking_through_the_record_is_no_unsaved_change(admin_page, story):
    admin_page.goto(form_of(story))
    admin_page.wait_for_selector("[contenteditable=true]")
    official = open_card(admin_page, story, "It was always")
    official.get_by_label("Why not named").press_sequentially("x")
    dialogs: list[str] = []

    def take(dialog: Any) -> None:
        dialogs.append(dialog.type)
        dialog.accept()

    admin_page.on("dialog", take)
    admin_page.goto(reverse("admin:index"))
    assert dialogs == []


def test_the_record_is_decided_without_scripts(chromium, live_server):
    make_person("Ada Lund")
    make_roles()
    make_user(username="chief", groups=("chief",))
    article = make_story()
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, "chief")
    page.goto(form_of(article))
    find_card(page, article, "beyond repair").get_by_role("button", name="Accept: Ada Lund").click()
    page.locator(".messagelist", has_text="On record: “beyond repair”").wait_for()
    following = find_suggestion(article, "We looked").pk
    expect(page).to_have_url(re.compile(f"/change/#find-{following}$"))
    page.get_by_role("link", name="Review beside the text").click()
    official = open_card(page, article, "It was always")
    official.get_by_label("Role").fill("of the ministry")
    official.get_by_role("button", name="Accept with these answers").click()
    official.locator(".errornote", has_text="Say why the source is not named").wait_for()
    expect(official.get_by_label("Role")).to_have_value("of the ministry")
    official.get_by_label("Why not named").fill("Would lose the post.")
    official.get_by_role("button", name="Accept with these answers").click()
    page.locator(".messagelist", has_text="On record: “It was always").wait_for()
    by_hand = page.locator("#by-hand")
    by_hand.get_by_label("The words, letter by letter").fill("would be closed")
    by_hand.get_by_label("Who", exact=True).select_option(label="Somebody on record, by name")
    by_hand.get_by_label("Name, or how").fill("Ada Lund")
    by_hand.get_by_role("button", name="Put it on record").click()
    page.locator(".messagelist", has_text="On record: “would be closed” Ada Lund.").wait_for()
    context.close()
    assert {quote.text for quote in Quote.objects.all()} == {
        "beyond repair",
        "would be closed",
        "It was always going to end like this,",
    }


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_the_record(page, story, width):
    admin_page = logged_in(page)  # axe brings a style of its own, of which the browser complains

    by = make_user()
    accept_suggestion(find_suggestion(story, "beyond repair"), by=by)
    detached = accept_suggestion(
        find_suggestion(story, "I would not"),
        by=by,
        choice=SpeakerChoice("new-person", name="Tomas Reve"),
    )
    story.body_html = BODY.replace("park a bicycle", "leave a bicycle")
    story.save()
    story.create_revision(None)
    sync_record(story, by=None)
    admin_page.set_viewport_size({"width": width, "height": 900})
    quote = reverse("admin:articles_quote_change", args=[detached.pk])
    for address in (
        review_of(story),
        f"{review_of(story)}?open={find_suggestion(story, 'We looked').pk}",
        reverse("admin:articles_article_queue"),
        f"{reverse('admin:articles_article_queue')}?who=Nobody",
        form_of(story),
        quote,
        reverse("admin:articles_quote_changelist"),
    ):
        admin_page.goto(address)
        admin_page.evaluate(
            "document.querySelectorAll('.record details, .keys').forEach((one) => { one.open = true; })"
        )
        assert_accessible(admin_page, address)
        assert_fits(admin_page, address)
