"""The readers' pages in a real browser: legible to everybody, light, and complete without a script."""

import gzip
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.models import Author, Edition, Membership, Organization, Person, StatementLink
from articles.publishing import correct, publish
from tests.factories import (
    make_article,
    make_image,
    make_live_many,
    make_live_quote,
    make_organization,
    make_person,
    make_quote,
    make_section,
    make_tag,
    make_withdrawn,
)

from .accessibility import assert_accessible, assert_legible

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = "".join(
    f"<p>The harbour will be dredged for the {n}th time in nineteen years after the council voted.</p>"
    f"<h2>Where the money comes from, part {n}</h2><ul><li>£{n},000 from <a href='/tags/'>dues</a></li></ul>"
    for n in range(40)
)
QUOTED = "<p>“We shall pay <em>for our own</em> mud, whatever it costs us,” the chair told the council.</p>"
KB = 1024


def say_often(person: Person, organization: Organization) -> None:
    """Let somebody say more than a page about them shows."""
    for number in range(11):
        make_live_quote(
            f"Number {number}: nobody has looked at it.",
            person=person,
            on_behalf_of=organization,
            fields={"published_at": datetime(2014 + number, 3, 1, tzinfo=UTC)},
        )


@pytest.fixture
def story() -> Edition:
    """Fill a small paper; give its fullest story, which was corrected."""
    sections = [make_section(name, position=n) for n, name in enumerate(("Council", "Courts"))]
    sections[0].description = "What the council decides.\n\nAnd what that costs."
    sections[0].save()
    dredging = make_tag("dredging", parent=sections[0])
    person = make_person(
        "Maximiliana Featherstonehaugh-Cholmondeley",
        biography="Born here.",
        is_confirmed=True,
        is_biography_public=True,
    )
    organization = make_organization("Harbour Authority")
    Membership.objects.create(
        person=person, organization=organization, role="chair", is_confirmed=True, is_public=True
    )
    for section in sections:
        make_live_many(12, tags=(section,), dek="What it means for those who wait outside.")
    article = make_article(
        headline="Councillors vote to dredge the harbour for the first time in nineteen years, by eleven "
        "to eight, after a debate of almost three hours and one abstention",
        slug="vote",
        kicker="The harbour",
        dek="Boat owners will pay more so that boats can get in.",
        body_html=QUOTED + BODY,
        dateline="Aldermouth",
        bylines=("Kit Wetherall", "Tamsin Orrell"),
        tags=(sections[0], dredging, make_tag("Ünique-Unbreakable" * 4, slug="long")),
        people=(person,),
        organizations=(organization,),
    )
    make_quote(
        article, "We shall pay for our own mud, whatever it costs us,", person=person, role="chair"
    )
    publish(article, by=None)
    make_withdrawn(slug="gone")
    say_often(person, organization)
    other = make_live_quote("Nobody has to pay.", person=person, fields={"tags": (sections[0],)})
    first = Edition.objects.get(article=article).quotes[0]["key"]
    StatementLink.objects.create(
        later=first, earlier=other.quotes[0]["key"], kind=StatementLink.Kind.CONTRADICTS
    )
    Author.objects.update(
        beat="council and courts",
        biography="Sits in the gallery.",
        is_biography_public=True,
        email="a-rather-long-address-of-somebody@the-aldermouth-courier.example",
        is_email_public=True,
        portrait=make_image(width=640),
    )
    for author in Author.objects.all():
        author.links.create(url="https://social.example/@kit", label="Social", is_public=True)
    article.body_html = QUOTED + BODY.replace("nineteen", "twenty")
    article.save()
    return correct(article, by=None, wrong="Not nineteen.", right="Twenty.", weight="correction")


def endpoints(story: Edition) -> list[str]:
    """Give one address of each template."""
    person, organization = story.people[0], story.organizations[0]
    withdrawn_id = Edition.objects.get(kind="withdrawal", slug="gone").article_id
    return [
        *("/", story.get_absolute_url(), f"{story.get_absolute_url()}changes/", "/articles/"),
        *("/articles/?tag=dredging&q=harbour", "/articles/?q=zebra", "/articles/?after=soon"),
        *("/tags/", "/tags/council/", "/tags/dredging/", "/people/", "/organizations/"),
        f"/people/{person['id']}/{person['slug']}/",
        f"/organizations/{organization['id']}/{organization['slug']}/",
        "/corrections/",
        Author.objects.get(pk=story.bylines[0]["id"]).get_absolute_url(),
        *("/quotes/", f"/quotes/?person={person['id']}&q=mud", "/quotes/?q=zebra"),
        f"/quotes/{story.quotes[0]['key']}/",
        *("/no-such-page", f"/articles/{withdrawn_id}/"),
    ]


def test_axe_finds_nothing_and_nothing_runs_out_of_the_page(page: "Page", story: Edition):
    for endpoint in endpoints(story):
        page.goto(endpoint)
        assert_legible(page, endpoint, (320, 768, 1024, 1280, 1600))


def test_a_story_is_light(page: "Page", live_server: "LiveServer", story: Edition):
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(story.get_absolute_url())
    page.wait_for_load_state("networkidle")
    assert len(responses) <= 4, [response.url for response in responses]
    assert all(response.url.startswith(live_server.url) for response in responses)
    assert all(response.ok for response in responses)
    kinds = {response.request.resource_type: response for response in responses}
    assert len(gzip.compress(kinds["document"].body())) <= 14 * KB
    assert len(gzip.compress(kinds["stylesheet"].body())) <= 10 * KB


def test_no_page_breaks_its_own_policy_or_fails_in_the_console(page: "Page", story: Edition):
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    for endpoint in endpoints(story):
        page.goto(endpoint)
    missing = [text for text in messages if "404" in text or "410" in text or "400" in text]
    assert set(messages) == set(missing)  # the browser notes the statuses that we mean


def test_everything_works_without_a_script(
    chromium: "Browser", live_server: "LiveServer", story: Edition
):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox", name="Search all stories").fill("dredge")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Councillors vote").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Councillors vote"))
    page.get_by_role("link", name="What changed in this story").click()
    expect(page.locator(".step ins").first).to_contain_text("twenty")
    context.close()


def test_filters_are_set_and_taken_away_by_hand(page: "Page", story: Edition):
    page.goto("/articles/?tag=dredging")
    page.get_by_label("Section", exact=True).select_option("Council")
    page.get_by_role("button", name="Show stories").click()
    expect(page).to_have_url(re.compile("section=council"))
    expect(page).to_have_url(re.compile("tag=dredging"))
    page.locator(".chip", has_text="dredging").click()
    expect(page).not_to_have_url(re.compile("tag="))
    expect(page).to_have_url(re.compile("section=council"))


def test_the_whole_card_leads_to_its_story(page: "Page", story: Edition):
    page.goto("/articles/")
    page.locator(".card", has_text="Councillors vote").click(position={"x": 5, "y": 5})
    page.wait_for_url("**/vote/")


def test_the_keyboard_reaches_the_text_first(page: "Page", story: Edition):
    page.goto(story.get_absolute_url())
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the text")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_colours_chosen_are_remembered_without_a_cookie(page: "Page", story: Edition):
    page.emulate_media(color_scheme="light")
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_label("Colours").select_option("dark")
    expect(page.locator("body")).not_to_have_css("background-color", light)
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto("/articles/")
    expect(page.locator("body")).to_have_css("background-color", dark)
    assert page.context.cookies() == []


def test_the_note_on_a_quote_comes_by_keyboard_stays_and_goes_with_escape(
    page: "Page", story: Edition
):
    page.goto(story.get_absolute_url())
    words, note = page.locator("q.said").first, page.locator(".said-note")
    words.focus()
    expect(note).to_have_text(re.compile("^Maximiliana Featherstonehaugh-Cholmondeley, chair"))
    expect(words).to_have_attribute("aria-describedby", "said-who")
    assert_accessible(page, "the note on a quote")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("The quote")
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)
    words.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/quotes/{story.quotes[0]['key']}/")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pointer_can_go_from_the_words_to_their_note(page: "Page", story: Edition, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(story.get_absolute_url())
    page.locator("q.said").first.hover()
    note = page.locator(".said-note")
    box = note.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.mouse.move(box["x"] + 20, box["y"] + 10, steps=12)
    page.wait_for_timeout(600)  # longer than a note lingers
    assert note.is_visible()
    page.mouse.move(5, 5)
    note.wait_for(state="detached")


def test_a_tap_shows_who_said_it(chromium: "Browser", live_server: "LiveServer", story: Edition):
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 800}, has_touch=True
    )
    page = context.new_page()
    page.goto(story.get_absolute_url())
    page.locator("q.said").first.tap()
    expect(page.locator(".said-note")).to_contain_text("chair")
    context.close()


def test_without_a_script_the_style_sheet_names_the_speaker(
    chromium: "Browser", live_server: "LiveServer", story: Edition
):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(story.get_absolute_url())
    page.locator("q.said").first.hover()
    content = "getComputedStyle(document.querySelector('q.said'), '::after').content"
    assert "Featherstonehaugh" in page.evaluate(content)
    page.goto(f"/quotes/{story.quotes[0]['key']}/")
    assert page.get_by_role("button", name="Copy").count() == 0
    assert story.quotes[0]["key"] in page.locator(".citation").inner_text()
    context.close()


def test_a_citation_is_copied_by_its_button(page: "Page", story: Edition):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/quotes/{story.quotes[0]['key']}/")
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".citation").inner_text()
