"""The review of the record in a real browser: in place with scripts, by full pages without."""

from typing import Any

import pytest
from django.urls import reverse

from articles.models import Article, Quote
from articles.record import Choice, accept, follow
from articles.roles import make_roles
from articles.text.html import plain_text
from tests.admin.finds import BODY, find, make_story, review_of
from tests.factories import make_person, make_user

from .test_admin import WCAG, complaints, form_of, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SONG = "<p>The 🐟 sellers sang: No fish, no town! And 👩‍🚒 again: No fish, no town!</p>"


@pytest.fixture
def desk(page, complaints) -> Any:  # noqa: F811
    return logged_in(page)


@pytest.fixture
def story(db) -> Article:
    make_person("Ada Lund")
    return make_story()


def said(desk, words: str) -> None:
    desk.locator("#record-said", has_text=words).wait_for()


def card(desk, article: Article, words: str) -> Any:
    return desk.locator(f"#find-{find(article, words).pk}")


def opened(desk, article: Article, words: str) -> Any:
    found = card(desk, article, words)
    found.locator("a.change").click()
    found.get_by_label("Who", exact=True).wait_for()
    return found


def test_a_find_is_accepted_in_place_and_the_next_one_has_the_focus(desk, story):
    desk.goto(review_of(story))
    following = find(story, "We looked").pk
    desk.evaluate("window.stays = true")
    card(desk, story, "beyond repair").get_by_role("button", name="Accept: Ada Lund").click()
    said(desk, "On record: “beyond repair” Ada Lund.")
    assert desk.evaluate("window.stays"), "the page was not loaded anew"
    assert desk.evaluate(f"document.activeElement.closest('.find').id === 'find-{following}'")
    desk.keyboard.press("Enter")
    said(desk, "On record: “We looked")
    assert Quote.objects.count() == 2
    count = (
        story.suggestions.likely().count()
    )  # two quotes are decided, and with the first its name
    assert f"{count - 3} of {count} wait" in desk.locator(".waiting").inner_text()


def test_the_enter_key_in_a_field_sends_that_find_and_no_other(desk, story):
    desk.goto(review_of(story))
    official = opened(desk, story, "It was always")
    official.get_by_label("Why not named").fill("Would lose the post.")
    desk.keyboard.press("Enter")
    said(desk, "On record: “It was always")
    assert [quote.unnamed for quote in Quote.objects.all()] == ["a senior official"]


def test_what_is_typed_elsewhere_outlives_a_decision(desk, story):
    desk.goto(review_of(story))
    engineer = opened(desk, story, "I would not")
    engineer.get_by_label("Role").fill("engineer of the harbour")
    desk.get_by_label("The words, letter by letter").fill("half a thought")
    card(desk, story, "beyond repair").get_by_role("button", name="Reject").click()
    said(desk, "Rejected: “beyond repair”")
    assert engineer.get_by_label("Role").input_value() == "engineer of the harbour"
    assert desk.get_by_label("The words, letter by letter").input_value() == "half a thought"


def test_what_is_missing_is_said_at_its_place(desk, story, complaints):  # noqa: F811
    desk.goto(review_of(story))
    official = opened(desk, story, "It was always")
    official.get_by_role("button", name="Accept with these answers").click()
    official.locator(".errornote", has_text="Say why the source is not named").wait_for()
    assert desk.evaluate("document.activeElement.name").startswith("who-")
    assert not Quote.objects.exists()
    (refused,) = complaints  # the browser notes an answer of 400 in its console
    assert "400" in refused
    complaints.clear()


def test_fields_that_an_answer_does_not_need_are_not_shown(desk, story):
    desk.goto(review_of(story))
    mayor = opened(desk, story, "We looked")
    assert not mayor.get_by_role("button", name="Accept: Ada Lund").is_visible()
    for answer, shown in (("unnamed", "Why not named"), ("new-person", "Somebody else of that")):
        mayor.get_by_label("Who", exact=True).select_option(answer)
        for label in ("Why not named", "Somebody else of that"):
            assert mayor.get_by_label(label).is_visible() == (label == shown)


def test_words_are_selected_in_the_text_and_put_on_record(desk):
    make_person("Nora Quill")
    article = make_story(SONG)
    desk.goto(review_of(article))
    desk.evaluate("""() => {
      const walker = document.createTreeWalker(document.querySelector("[data-start]"), NodeFilter.SHOW_TEXT);
      let last = null;
      while (walker.nextNode()) if (walker.currentNode.data.includes("No fish")) last = walker.currentNode;
      const at = last.data.lastIndexOf("No fish");
      document.getSelection().setBaseAndExtent(last, at, last, at + "No fish, no town!".length);
    }""")
    desk.get_by_role("button", name="Quote these words").click()
    assert desk.evaluate("document.activeElement.id") == "who-new"
    desk.keyboard.press("Tab")
    by_hand = desk.locator("#by-hand")
    by_hand.get_by_label("Who", exact=True).select_option("known")
    by_hand.get_by_label("Name, or how").fill("Nora Quill")
    by_hand.get_by_role("button", name="Put it on record").click()
    said(desk, "On record: “No fish, no town!” Nora Quill.")
    (part,) = Quote.objects.get().parts.all()
    body = plain_text(article.body_html)
    assert part.start == body.rindex("No fish")
    assert body[part.start : part.end] == "No fish, no town!"
    assert by_hand.get_by_label("The words, letter by letter").input_value() == ""


def test_words_are_selected_with_the_mouse_across_marks(desk, story):
    desk.goto(review_of(story))
    box = desk.locator(".record-text p").first.bounding_box()
    desk.mouse.move(box["x"] + 2, box["y"] + 8)
    desk.mouse.down()
    desk.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 8, steps=5)
    desk.mouse.up()
    desk.get_by_role("button", name="Quote these words").click()
    words = desk.get_by_label("The words, letter by letter").input_value()
    body = plain_text(story.body_html)
    start, end = (int(desk.locator(f"[name={name}]").input_value()) for name in ("start", "end"))
    assert body[start:end].split() == words.split()
    assert len(words) > 40


def test_deciding_in_the_form_of_the_story_leaves_what_is_written_there(desk, story):
    desk.goto(form_of(story))
    desk.wait_for_selector("[contenteditable=true]")
    desk.fill("#id_headline", "Not saved yet")
    card(desk, story, "beyond repair").get_by_role("button", name="Accept: Ada Lund").click()
    said(desk, "On record: “beyond repair”")
    assert desk.locator("#id_headline").input_value() == "Not saved yet"
    left = story.suggestions.quotes().likely().open().count()
    assert f"{left} of its quotes wait" in desk.locator("#publish-check").inner_text()
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.get_by_text("Saved as revision 2").wait_for()
    story.refresh_from_db()
    assert story.headline == "Not saved yet"
    assert Quote.objects.count() == 1


def test_looking_through_the_record_is_no_unsaved_change(desk, story):
    desk.goto(form_of(story))
    desk.wait_for_selector("[contenteditable=true]")
    official = opened(desk, story, "It was always")
    official.get_by_label("Why not named").press_sequentially("x")
    asked: list[str] = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.goto(reverse("admin:index"))
    assert asked == []


def test_the_record_is_decided_without_scripts(chromium, live_server):
    make_person("Ada Lund")
    make_roles()
    make_user(username="chief", groups=("chief",))
    article = make_story()
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(reverse("admin:login"))
    page.fill("#id_username", "chief")
    page.fill("#id_password", "a password for tests")
    page.click("[type=submit]")
    page.goto(form_of(article))
    card(page, article, "beyond repair").get_by_role("button", name="Accept: Ada Lund").click()
    page.locator(".messagelist", has_text="On record: “beyond repair”").wait_for()
    assert page.url.endswith(f"/change/#find-{find(article, 'We looked').pk}")
    page.get_by_role("link", name="Review beside the text").click()
    official = opened(page, article, "It was always")
    official.get_by_label("Role").fill("of the ministry")
    official.get_by_role("button", name="Accept with these answers").click()
    official.locator(".errornote", has_text="Say why the source is not named").wait_for()
    assert official.get_by_label("Role").input_value() == "of the ministry"
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
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_record(page, story, width, scheme):
    desk = logged_in(page)  # axe brings a style of its own, of which the browser complains
    from axe_playwright_python.sync_playwright import Axe

    by = make_user()
    accept(find(story, "beyond repair"), by=by)
    loose = accept(
        find(story, "I would not"), by=by, choice=Choice("new-person", name="Tomas Reve")
    )
    story.body_html = BODY.replace("park a bicycle", "leave a bicycle")
    story.save()
    story.keep_revision(None)
    follow(story, by=None)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    found = {}
    quote = reverse("admin:articles_quote_change", args=[loose.pk])
    for address in (
        review_of(story),
        f"{review_of(story)}?open={find(story, 'We looked').pk}",
        reverse("admin:articles_article_queue"),
        f"{reverse('admin:articles_article_queue')}?who=Nobody",
        form_of(story),
        quote,
        reverse("admin:articles_quote_changelist"),
    ):
        desk.goto(address)
        desk.evaluate(
            "document.querySelectorAll('.record details, .keys').forEach((one) => { one.open = true; })"
        )
        for violation in Axe().run(desk, options={"runOnly": WCAG}).response["violations"]:
            found[f"{address} {violation['id']}"] = [n["html"][:200] for n in violation["nodes"]][
                :3
            ]
        wide = desk.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, f"{address} scrolls sideways at {width}"
    assert found == {}
