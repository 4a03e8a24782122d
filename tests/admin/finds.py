"""A story with everything that a find can be, and a hand that presses the buttons of its review."""

from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Article, Suggestion
from articles.record import follow
from tests.admin.forms import fields_of
from tests.factories import make_article

BODY = """<p>The mayor, Ada Lund, said the quay was “beyond repair” and would be closed.</p>
<p>“We looked at every pile of it,” she told reporters. “Nothing there will hold another winter.”</p>
<p>Harbour engineer Tomas Reve said: “I would not park a bicycle on it.”</p>
<p>“It was always going to end like this,” a senior official said.</p>
<p>The paper “Tides of the North” was praised.</p>"""


def make_story(body_html: str = BODY, **fields: Any) -> Article:
    """Create a story in whose text the finds have been looked for."""
    article = make_article(**{"headline": "Quay to close", "body_html": body_html} | fields)
    follow(article, by=None)
    return article


def find(article: Article, words: str) -> Suggestion:
    """Return the find whose words begin with ``words``, or that names it."""
    for one in article.suggestions.all():
        if one.found.get("text", one.found.get("name", "")).startswith(words):
            return one
    raise LookupError(words)


def review_of(article: Article) -> str:
    """Return the address of the review page."""
    return reverse("admin:articles_article_record", args=[article.pk])


def press(
    desk: Client, article: Article, key: Any, *, button: str, value: Any = None, **changes: Any
) -> Any:
    """Open the find ``key`` in the review, change its fields (``who="unnamed"``), press a button: what a browser sends.

    ``value`` is what the button holds, the key itself by default; ``headers`` go along.
    """
    headers = changes.pop("headers", None)
    page = desk.get(review_of(article), {"open": key})
    has_fields = f'id="record-{key}"' in page.content.decode()
    data = fields_of(page, f"record-{key}" if has_fields else "finds")
    for name, changed in changes.items():
        data[name if name in ("start", "end", "place") else f"{name}-{key}"] = changed
    data[button] = key if value is None else value
    return desk.post(review_of(article), data, follow=not headers, headers=headers)


def pin(article: Article, words: str, who: str, name: str = "") -> dict[str, Any]:
    """Return what the button of a clear find sends, as arguments of ``press``."""
    one = find(article, words)
    return {"key": one.pk, "button": "accept-shown", "value": f"{one.pk}={who}={name}"}
