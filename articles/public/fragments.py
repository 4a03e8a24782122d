"""Composed -> the HTML of its card and of its page, and the name of what rendered them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_script_prefix

from articles.composed import Composed
from articles.models.editions import Edition
from articles.translation.languages import catalog_version, in_paper_language

CARD, PAGE = "articles/_card.html", "articles/_story.html"
TEMPLATES = (CARD, PAGE, "articles/_picture.html", "articles/_record.html")
CODE = (  # what these templates print with
    *("dates.py", "templatetags/site.py", "templatetags/quotes.py", "translation/lists.py"),
    *("text/quotes/markup.py", "text/html/plain.py", "text/fold.py", "models/authors.py"),
    "models/page_urls.py",
)


@dataclass(frozen=True, slots=True)
class Fragments:
    """Rendered once when published, joined into pages as they are."""

    card_html: str
    page_html: str
    rendered_with: str


def render(story: Composed) -> Fragments:
    """Render both fragments of ``story``. They hold no static file's address, no nonce, no words of the clock."""
    return Fragments(card(story), page(story), rendered_with())


def card(story: Composed) -> str:
    """Return the card of ``story`` for lists, in the paper's language."""
    with in_paper_language():
        return get_template(CARD).render({"story": story})


def page(story: Composed) -> str:
    """Return the article element of ``story``'s own page, in the paper's language."""
    with in_paper_language():
        return get_template(PAGE).render({"story": story})


@cache
def rendered_with() -> str:
    """Name what fragments are made with: templates, Django's version, language, addresses, times (hex, 32)."""
    digest = hashlib.sha256()
    for name in TEMPLATES:
        template: Any = get_template(name)  # an engine's wrapper of the template itself
        digest.update(template.template.source.encode())
    for code in CODE:
        digest.update((Path(__file__).parent.parent / code).read_bytes())
    parts = (
        django.get_version(),
        get_script_prefix(),
        settings.MEDIA_URL,
        settings.TIME_ZONE,
        catalog_version(),
    )
    digest.update(repr(parts).encode())
    return digest.hexdigest()[:32]


def cards(rows: Iterable[tuple[int, str, str]]) -> list[str]:
    """Return the cards of ``rows`` of (edition id, card_html, rendered_with), in their order.

    Cards that another version of the templates made are rendered anew, all in one query. With DEBUG that is all.
    """
    rows = list(rows)
    stale = [pk for pk, _, version in rows if not is_fresh(version)]
    fresh_cards = (
        {pk: card(edition.composed) for pk, edition in Edition.objects.in_bulk(stale).items()}
        if stale
        else {}
    )
    return [fresh_cards.get(pk, html) for pk, html, _ in rows]


def is_fresh(version: str) -> bool:
    """Tell whether a fragment made with ``version`` can be used as it is."""
    return not settings.DEBUG and version == rendered_with()


def render_stale(batch: int = 500) -> int:
    """Render anew the fragments that other templates made, listed editions and old ones; return how many.

    Can be broken off and run again at any time: each edition is right before and after.
    """
    stale = Edition.objects.exclude(rendered_with=rendered_with()).order_by("pk")
    count = 0
    while editions := list(stale[:batch]):
        for edition in editions:
            fragments = render(edition.composed)
            row = Edition.objects.filter(pk=edition.pk)
            row.replace_fragments(fragments.card_html, fragments.page_html, fragments.rendered_with)
        count += len(editions)
    return count
