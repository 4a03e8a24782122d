"""A story with everything that a find can be, and a hand that presses the buttons of its review."""

from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Article, Suggestion
from articles.record import sync_record
from tests.admin.forms import fields_of, texts_of
from tests.factories import make_article

BODY = """<p>The mayor, Ada Lund, said the quay was “beyond repair” and would be closed.</p>
<p>“We looked at every pile of it,” she told reporters. “Nothing there will hold another winter.”</p>
<p>Harbour engineer Tomas Reve said: “I would not park a bicycle on it.”</p>
<p>“It was always going to end like this,” a senior official said.</p>
<p>The paper “Tides of the North” was praised.</p>"""


def make_story(body_html: str = BODY, **fields: Any) -> Article:
    """Create a story in whose text the finds have been looked for."""
    article = make_article(**{"headline": "Quay to close", "body_html": body_html} | fields)
    sync_record(article, by=None)
    return article


def find_suggestion(article: Article, start: str) -> Suggestion:
    """Return the find whose words begin with ``start``, or that names it."""
    for suggestion in article.suggestions.all():
        if suggestion.found.get("text", suggestion.found.get("name", "")).startswith(start):
            return suggestion
    raise LookupError(start)


def review_of(article: Article) -> str:
    """Return the address of the review page."""
    return reverse("admin:articles_article_record", args=[article.pk])


def queue_address(**query: object) -> str:
    """Return the address of the queue over all stories, filtered by ``query``."""
    return reverse("admin:articles_article_queue", query=query or None)


def suggestion_texts(response: Any) -> list[str]:
    """Return the text of each suggestion on a page, white space collapsed."""
    return [" ".join(text.split()) for text in texts_of(response, "find")]


def press(
    client: Client, article: Article, key: Any, *, button: str, value: Any = None, **changes: Any
) -> Any:
    """Open the find ``key`` in the review, change its fields (``who="unnamed"``), press a button: what a browser sends.

    ``value`` is what the button holds, the key itself by default; ``headers`` go along.
    """
    headers = changes.pop("headers", None)
    page = client.get(review_of(article), {"open": key})
    has_fields = f'id="record-{key}"' in page.content.decode()
    data = fields_of(page, f"record-{key}" if has_fields else "finds")
    for name, changed in changes.items():
        data[name if name in ("start", "end", "place") else f"{name}-{key}"] = changed
    data[button] = key if value is None else value
    return client.post(review_of(article), data, follow=not headers, headers=headers)


def accept_shown_args(
    article: Article, start: str, option_value: str, name: str = ""
) -> dict[str, Any]:
    """Return what the button of a clear find sends, as arguments of ``press``."""
    suggestion = find_suggestion(article, start)
    return {
        "key": suggestion.pk,
        "button": "accept-shown",
        "value": f"{suggestion.pk}={option_value}={name}",
    }
