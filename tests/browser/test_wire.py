"""An editor's decision binds the wire, the clock and colleagues: played through in a real browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, Edition, WaitingChange
from articles.public import site_context
from tests.factories import make_live, make_user
from tests.wire import END, LEAD, NEW, OUR_END, OURS, QUAY, THEIR_END, THEIRS, body, edit
from tests.wire import send_in as send_in

from .accessibility import assert_accessible, assert_fits
from .login import change_user
from .test_admin import complaints, form_of, logged_in  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page, complaints) -> Any:  # noqa: F811
    return logged_in(page)


def press(desk: Any, name: str) -> None:
    desk.get_by_role("button", name=name, exact=True).click()


def expect_message(desk: Any, text: str) -> None:
    expect(desk.locator(".messagelist")).to_contain_text(text)


def reader_status(desk: Any) -> int:
    """Return how the readers' page of the only story answers."""
    address = Edition.objects.order_by("starts_at").first().get_absolute_url()
    return desk.request.get(address).status


def open_waiting_version(desk: Any, article: Article) -> None:
    desk.goto(form_of(article))
    desk.get_by_role("link", name="Look at it and decide").click()
    desk.get_by_role("heading", name="A newer version from the wire").wait_for()


def test_what_was_withdrawn_stays_so_whatever_the_agency_sends(desk, send_in):
    send_in("1")
    article = Article.objects.get()
    assert reader_status(desk) == 200
    desk.goto(form_of(article))
    desk.get_by_role("link", name="Withdraw").click()
    desk.get_by_label("The reason").fill("A court has ordered it.")
    press(desk, "Withdraw now")
    expect_message(desk, "Withdrawn: its page says when and why.")
    for version in "23":
        send_in(version, LEAD, QUAY, NEW, headline=f"Gale, {version}")
        assert reader_status(desk) == 410
    change = WaitingChange.objects.get()
    assert (change.state, change.version) == ("open", "3")
    desk.goto(form_of(article))
    notice = desk.locator(".notice", has_text="A newer version from the wire waits")
    expect(notice).to_contain_text("as version 3. It was withdrawn on")
    notice.get_by_role("link").click()
    expect(desk.locator(".differences").first).to_contain_text("Two sailors were hurt")
    press(desk, "Take the agency’s version whole")
    expect_message(desk, "is taken over. Readers get it when you publish.")
    assert reader_status(desk) == 410
    expect(desk.locator("#id_headline")).to_have_value("Gale, 3")
    expect(desk.locator(".state-line")).to_contain_text("A court has ordered it.")


def test_a_running_story_of_twelve_versions_asks_nothing_and_keeps_our_headline(desk, send_in):
    send_in("1")
    article = Article.objects.get()
    desk.goto(form_of(article))
    desk.wait_for_selector("[contenteditable=true]")
    desk.fill("#id_headline", "Roof off fish market")
    press(desk, "Publish the change now")
    expect_message(desk, "Published: readers have it since")
    added = [f"<p>At {hour} o’clock it blew at force {hour}.</p>" for hour in range(2, 13)]
    for version in range(2, 13):
        send_in(str(version), NEW, LEAD, *added[: version - 1], QUAY, END)
        desk.goto(form_of(article))
        expect(desk.locator("#id_headline")).to_have_value("Roof off fish market")
    expect(desk.locator(".notice:visible")).to_have_count(0)
    assert not WaitingChange.objects.exists()
    press(desk, "Publish the change now")
    unread = desk.locator(".unread")
    expect(unread).to_contain_text("The wire, wire")
    expect(unread).to_contain_text("At 12 o’clock it blew at force 12.")
    desk.get_by_role("button", name="Publish with these changes").click()
    expect_message(desk, "Published: readers have it since")
    site_context.reset()
    desk.goto(Edition.objects.listed().get().get_absolute_url())
    expect(desk.locator("h1")).to_have_text("Roof off fish market")
    expect(desk.locator("article").first).to_contain_text("it blew at force 12")


@pytest.mark.parametrize(
    ("choice", "headlines"),
    [("keep", ["As it is", "As it is", "Tomorrow’s"]), ("drop", ["As it is", "As it is"])],
)
def test_a_correction_that_would_overtake_a_schedule_asks_what_becomes_of_it(
    desk, choice, headlines
):
    article = make_live(headline="As it is").article
    at = timezone.localtime(timezone.now() + timedelta(days=1))
    desk.goto(form_of(article))
    desk.wait_for_selector("[contenteditable=true]")
    desk.fill("#id_headline", "Tomorrow’s")
    desk.fill("#id_schedule_at", at.strftime("%Y-%m-%dT%H:%M"))
    press(desk, "Schedule")
    expect_message(desk, "Scheduled: readers get it at")
    scheduled = Edition.objects.coming().get()

    make_user(username="colleague", groups=("editor",))
    change_user(desk, "colleague")
    desk.goto(form_of(article))
    desk.wait_for_selector("[contenteditable=true]")
    expect(desk.locator("#id_is_on_hold_helptext")).to_contain_text("is dropped.")
    desk.fill("#id_headline", "As it is")
    press(desk, "Save and correct …")
    desk.get_by_label("What was wrong").fill("Two ferries.")
    desk.get_by_label("What is right").fill("Three ferries.")
    expect(desk.locator("#scheduled-note")).to_contain_text("A publication is scheduled for")
    if desk.locator("[name=seen]").count():
        desk.check("[name=seen]")
    desk.get_by_role("button", name=f"Correct now, {choice}").click()
    expect_message(desk, "Corrected: readers see the text and the correction since")
    expect_message(desk, "is kept" if choice == "keep" else "What was scheduled is dropped.")
    editions = Edition.objects.order_by("starts_at")
    assert [edition.headline for edition in editions] == headlines
    if choice == "keep":
        edition = Edition.objects.coming().get()
        assert edition.starts_at == scheduled.starts_at
        assert [note["right"] for note in edition.corrections] == ["Three ferries."]


def collide(send_in) -> Article:
    """Let both change headline and two paragraphs."""
    send_in("1")
    edit(headline="Roof off fish market", body_html=body(OURS, QUAY, OUR_END))
    send_in("2", THEIRS, NEW, QUAY, THEIR_END, headline="Gale, 2")
    return Article.objects.get()


def test_what_collides_is_chosen_part_by_part(desk, send_in, complaints):  # noqa: F811
    article = collide(send_in)
    open_waiting_version(desk, article)
    group = desk.get_by_role("group", name="Text, place 1 of 2")
    group.get_by_role("radio", name="The agency’s").check()
    send_in("3", THEIRS, NEW, QUAY, THEIR_END, headline="Gale, 3")
    press(desk, "Take in what is chosen")
    expect(desk.get_by_role("alert")).to_contain_text("a newer version has arrived")
    complaints[:] = [line for line in complaints if "409 (Conflict)" not in line]  # as it should be
    expect(desk.get_by_role("group", name="Headline")).to_contain_text("3")
    expect(group.get_by_role("radio", name="Ours")).to_be_checked()
    group.get_by_role("radio", name="The agency’s").check()
    press(desk, "Take in what is chosen")
    expect_message(desk, "came in beside the changes made here: text.")
    expect(desk.locator("#id_headline")).to_have_value("Roof off fish market")
    article.refresh_from_db()
    assert article.body_html == body(THEIRS, NEW, QUAY, OUR_END)
    desk.get_by_role("link", name="History").first.click()
    expect(desk.locator(".history")).to_contain_text("Ours stayed in: headline, text.")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_of_a_waiting_version_fits_and_axe_finds_nothing(page, send_in, width):
    desk = logged_in(page)  # axe brings a style of its own, of which the browser complains
    article = collide(send_in)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.goto(reverse("admin:articles_article_decide", args=[article.pk]))
    assert_fits(desk)
    assert_accessible(desk)
