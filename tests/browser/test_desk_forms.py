"""The manners of the desk's forms in a browser: keys, the bar of buttons on a phone, a picture that stays chosen."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture
from playwright.sync_api import TimeoutError as NotInTime
from playwright.sync_api import expect

from articles.models import Image, Tag
from articles.publishing import schedule
from tests.factories import make_article, make_live

from .test_admin import complaints, form_of, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
# Of what is higher than the screen (the editor) the first 60 px count; where its caret is has a test of its own.
COVERED = """() => {
  const field = document.activeElement.closest(".select2-container") ?? document.activeElement;
  const { top, bottom } = field.getBoundingClientRect();
  const bar = document.querySelector(".actions").getBoundingClientRect();
  const twoLines = 2 * parseFloat(getComputedStyle(field).lineHeight) || 48; // of a field as tall as the editor
  return !field.closest(".actions") && Math.min(bottom, top + twoLines) > bar.top + 1;
}"""


def comes_into_view(desk: Any) -> bool:
    """Tell whether what has the focus is above the bar in a moment: the editor scrolls after it has got the focus."""
    try:
        desk.wait_for_function(f"() => !({COVERED})()", timeout=2000)
    except NotInTime:
        return False
    return True


@pytest.fixture
def desk(page, complaints) -> Any:  # noqa: F811
    return logged_in(page)


@pytest.mark.parametrize("place", ["#id_kicker", "[contenteditable=true]"])
@pytest.mark.parametrize("keys", ["Control+s", "Meta+s"])
def test_a_key_saves_a_story_and_goes_on_editing(desk, place, keys):
    article = make_article()
    desk.goto(form_of(article))
    desk.wait_for_selector("[contenteditable=true]")
    desk.fill("#id_headline", "Saved by a key")
    desk.focus(place)
    desk.keyboard.press(keys)
    desk.locator(".messagelist", has_text="Saved as revision 2.").wait_for()
    desk.wait_for_url(f"**{form_of(article)}")
    article.refresh_from_db()
    assert article.headline == "Saved by a key"


def test_enter_in_a_line_sends_no_form_of_the_desk(desk):
    article = make_article()
    for address, field in (
        (form_of(article), "#id_kicker"),
        (form_of(article), "[name=byline_name] >> nth=0"),
        (reverse("admin:articles_tag_add"), "#id_name"),
        (reverse("admin:articles_image_add"), "#id_credit"),
    ):
        desk.goto(address)
        desk.evaluate("window.stays = true")
        desk.fill(field, "Some words")
        desk.press(field, "Enter")
        desk.wait_for_timeout(300)
        assert desk.evaluate("window.stays")
        desk.fill(field, "")
    article.refresh_from_db()
    assert article.revision_number == 1
    assert not Tag.objects.exists()


def test_enter_searches_a_list(desk):
    make_article(headline="Council votes")
    make_article(headline="Ferry runs")
    desk.goto(reverse("admin:articles_article_changelist"))
    desk.fill("#searchbar", "council")
    desk.press("#searchbar", "Enter")
    desk.wait_for_url("**/?q=council*")
    expect(desk.locator("#result_list tbody tr")).to_have_count(1)


@pytest.mark.parametrize("has_schedule", [False, True])
def test_the_buttons_stay_on_a_phone_and_cover_nothing_that_has_the_focus(desk, has_schedule):
    article = make_article(body_html="<p>A.</p>" * 60)
    if has_schedule:
        article = make_live().article
        schedule(article, by=None, at=timezone.now() + timedelta(days=1))
    desk.set_viewport_size(PHONE)
    desk.goto(form_of(article))
    desk.wait_for_selector("[contenteditable=true]")
    for name in ["Save"] if has_schedule else ["Save", "Publish now"]:
        expect(desk.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=0.9)
    bar = desk.locator(".actions").bounding_box()
    assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert desk.locator(".actions").evaluate("bar => bar.scrollWidth <= bar.clientWidth")
    assert bar["height"] <= 0.2 * PHONE["height"]
    assert bar["y"] + bar["height"] <= PHONE["height"] + 1
    desk.focus("#id_headline")
    covered = []
    for _ in range(60):
        desk.keyboard.press("Tab")
        if desk.evaluate(COVERED) and not comes_into_view(desk):
            covered.append(desk.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert covered == []


def test_what_is_typed_on_a_phone_is_not_below_the_buttons(desk):
    desk.set_viewport_size(PHONE)
    desk.goto(form_of(make_article()))
    desk.click("[contenteditable=true]")
    desk.keyboard.press("Control+End")
    for _ in range(30):
        desk.keyboard.press("Enter")
        desk.keyboard.type("Line")
    caret = desk.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
    assert caret <= desk.locator(".actions").bounding_box()["y"]


def test_a_picture_without_alternative_text_stays_chosen(desk, tmp_path):
    stream = BytesIO()
    Picture.new("RGB", (400, 300), "navy").save(stream, "PNG")
    file = tmp_path / "pier.png"
    file.write_bytes(stream.getvalue())
    desk.goto(reverse("admin:articles_image_add"))
    desk.set_input_files("#id_file", file)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_role("alert").filter(has_text="Say what the picture shows")).to_be_visible()
    expect(desk.locator("#id_alt")).to_be_focused()
    assert desk.evaluate("document.getElementById('id_file').files[0].name") == "pier.png"
    desk.fill("#id_alt", "The pier")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.locator(".messagelist .success").wait_for()
    assert Image.objects.get().alt == "The pier"
