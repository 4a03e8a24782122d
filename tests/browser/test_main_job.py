"""The main job on real input: a raw wire story goes in, an editor checks and publishes it, readers find it."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Edition
from articles.public import site_context
from articles.roles import make_roles
from tests.browser.login import log_in_by_hand
from tests.factories import make_section, make_tag, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(page):
    """Log an editor in through the login page, where the tags are known."""
    make_roles()
    make_user(username="imogen", groups=("editor",))
    make_section("World")
    make_tag("Defence")
    log_in_by_hand(page, "imogen")
    return page


def test_from_a_wire_file_to_an_article_page(editor, shared, capsys):
    page = editor
    call_command("import_articles", str(shared / "seed" / "story.txt"), "--json")
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["created"] == 1
    article = Article.objects.get()
    assert not Edition.objects.exists()

    page.goto(reverse("admin:articles_article_changelist"))
    page.get_by_role("link", name=article.headline).click()
    page.get_by_text("Write a better headline.").wait_for()
    page.fill("#id_headline", "A better headline by hand")
    for name in ("World", "Defence"):
        page.locator(".field-tags .select2-selection").click()
        page.keyboard.type(name)
        page.get_by_role("option", name=name).click()
    page.get_by_role("button", name="Publish now").click()
    page.get_by_text("Published: readers have it since").wait_for()

    site_context.reset()
    page.goto("/tags/")
    page.get_by_role("link", name="Defence").click()
    page.get_by_role("link", name="A better headline by hand").click()
    story = page.locator("article").first
    expect(story.locator("h1")).to_have_text("A better headline by hand")
    page.wait_for_load_state()
    text = story.inner_text()
    assert "Reuters" in text
    assert "12 February 2026" in text
    assert story.locator("h2", has_text="Strong basis").count() == 1
    assert "Sign up" not in page.content()
    assert (
        page.locator("link[rel=canonical]")
        .get_attribute("href")
        .endswith(f"/articles/{article.pk}/a-better-headline-by-hand/")
    )


def test_from_a_wire_file_to_what_somebody_said_in_what_capacity(editor, shared):
    page = editor
    expected = json.loads((shared / "seed" / "expected.json").read_text("utf-8"))
    call_command("import_articles", str(shared / "seed" / "story.txt"), verbosity=0)
    article = Article.objects.get()

    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    page.get_by_role("link", name="Review the record").first.click()
    page.locator(".waiting").wait_for()
    page.wait_for_load_state()
    while (accept := page.locator("#record-panel").get_by_role("button", name="Accept: ")).count():
        waiting = page.locator(".waiting").inner_text()
        accept.first.click()
        page.wait_for_function(
            "before => document.querySelector('.waiting').innerText !== before", arg=waiting
        )
    page.get_by_role("link", name="To the story").click()
    page.get_by_role("button", name="Publish now").click()
    page.get_by_text("Published: readers have it since").wait_for()

    site_context.reset()
    page.goto(reverse("people"))
    page.get_by_role("link", name="Colby, Elbridge").click()
    page.get_by_role("heading", name="Elbridge Colby", exact=True).wait_for()
    page.wait_for_load_state()
    text = page.locator("main").inner_text()
    mine = [u for u in expected["utterances"] if u["speaker"] == "Elbridge Colby"]
    words = {quote["id"]: quote["text"].rstrip(",") for quote in expected["quotes"]}
    assert len(mine) == 3
    for utterance in mine:
        for key in utterance["quotes"]:
            assert words[key] in text
    assert text.count("Pentagon policy chief") >= len(mine)
    assert words["q6"] not in text
    page.get_by_role("link", name=article.headline).first.click()
    expect(page.locator("q.said")).to_have_count(len(expected["quotes"]))
    record = page.locator("aside.record").inner_text()
    for name, role in (("Mark Rutte", "NATO secretary-general"), ("Pete Hegseth", "US Defence")):
        assert name in record
        assert role in record
