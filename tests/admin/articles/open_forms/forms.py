"""The form of a story that is open, and what its page sends while somebody writes."""

from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.admin.forms import fields_of, form_of


def signed_in(user: Any, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


def draft_address(article: Article | None) -> str:
    """Return where the draft of a story's form is sent; None: of a new one."""
    if article is None:
        return reverse("admin:articles_article_add_draft")
    return reverse("admin:articles_article_draft", args=[article.pk])


def open_form(client: Client, article: Article | None, address: str = "") -> dict[str, Any]:
    """Return the fields of the form as the page holds them."""
    return fields_of(client.get(address or form_of(article)), "article_form")


def send_draft(client: Client, article: Article | None, fields: dict[str, Any], **more: Any) -> Any:
    """Send what the script of the page sends: all fields but the form's token."""
    values = {name: value for name, value in fields.items() if name != "form_token"}
    return client.post(draft_address(article), values | more)
