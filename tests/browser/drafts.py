"""Somebody writes in a story's form, in a real browser."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article

from .test_admin import form_of

WRITTEN = "Written for an hour"


def open_story(desk: Any, article: Article | None) -> None:
    """Open the form of ``article``, of a new story for None, and wait until it can be written in."""
    desk.goto(form_of(article) if article else reverse("admin:articles_article_add"))
    desk.wait_for_selector("[contenteditable=true]")


def wait_until_stored(desk: Any, where: str = "in this browser") -> None:
    """Wait for the line that says where the text is; ``where``: "in this browser" or "at the desk"."""
    expect(desk.locator("#draft")).to_contain_text(where)


def write(desk: Any, article: Article | None, headline: str = WRITTEN) -> None:
    """Open the form, write a headline, and wait until it is stored in the browser."""
    open_story(desk, article)
    desk.fill("#id_headline", headline)
    wait_until_stored(desk)


def offers_of(desk: Any) -> Any:
    """Return what is offered on the page, without what is hidden."""
    return desk.locator(".unsaved:visible")
