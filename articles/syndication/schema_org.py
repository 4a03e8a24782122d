"""Composed -> schema.org's NewsArticle as JSON-LD. Source: https://schema.org/NewsArticle"""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from articles.composed import Composed

# What could end the script element, or a line in old JavaScript; JSON reads the escapes as the letters themselves.
_UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def news_article(story: Composed, url: str) -> dict[str, Any]:
    """Return ``story`` as a NewsArticle; ``url`` is its canonical address. Nothing that is not on its page."""
    found = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": url,
        "headline": story.headline,
        "alternativeHeadline": story.kicker,
        "description": story.dek,
        "inLanguage": story.language,
        "datePublished": story.published_at and story.published_at.isoformat(),
        "dateModified": story.modified_at and story.modified_at.isoformat(),
        "dateline": story.dateline,
        "author": [{"@type": "Person", "name": line.name} for line in story.bylines],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": settings.PAPER_NAME,
            "url": settings.SITE_URL,
        },
        "articleSection": story.section.name if story.section else "",
        "keywords": [tag.name for tag in story.tags if tag.kind != "section"],
        "mentions": _mentions(story),
        "correction": [f"{note.wrong} {note.right}" for note in story.corrections],
        "image": picture_url(story),
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in found.items() if value not in ("", None, [])}


def _mentions(story: Composed) -> list[dict[str, str]]:
    people = [{"@type": "Person", "name": link.name} for link in story.people]
    return people + [{"@type": "Organization", "name": link.name} for link in story.organizations]


def picture_url(story: Composed) -> str:
    """Return the address for the world of the story's picture as JPEG, empty for none."""
    if story.picture is None:
        return ""
    path = f"{settings.MEDIA_URL}{story.picture.token}/{max(story.picture.widths)}.jpeg"
    return f"{settings.SITE_URL}{path}"


def as_json(data: dict[str, Any]) -> SafeString:
    """Return ``data`` as JSON that may stand in a script element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_UNSAFE))  # noqa: S308 - escaped here
