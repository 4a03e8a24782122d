"""Composed -> schema.org's NewsArticle and Quotation as JSON-LD; the page of an author as ProfilePage.

Sources: https://schema.org/NewsArticle https://schema.org/Quotation
"""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from articles.composed import Composed, Credit, Picture, QuoteSnapshot
from articles.models.authors import Author
from articles.models.page_urls import keyed_address, numbered_address
from articles.story_fields import STORY_FIELDS

# What could end the script element, or a line in old JavaScript; JSON reads the escapes as the letters themselves.
_UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def news_article(story: Composed, url: str) -> dict[str, Any]:
    """Return ``story`` as a NewsArticle; ``url`` is its canonical address. Nothing that is not on its page."""
    fields = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": url,
        **{
            field.schema_org: getattr(story, field.name)
            for field in STORY_FIELDS
            if field.schema_org
        },
        "datePublished": story.published_at and story.published_at.isoformat(),
        "dateModified": story.modified_at and story.modified_at.isoformat(),
        "author": [_author(credit) for credit in story.bylines],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": settings.PAPER_NAME,
            "url": settings.SITE_URL,
        },
        "articleSection": story.section.name if story.section else "",
        "keywords": [tag.name for tag in story.tags if tag.kind != "section"],
        "mentions": _mentions(story),
        "hasPart": [quotation(quote) for quote in story.quotes],
        "correction": [f"{note.wrong} {note.right}" for note in story.corrections],
        "image": picture_url(story),
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in fields.items() if value not in ("", None, [])}


def _author(credit: Credit) -> dict[str, str]:
    """Return who wrote it, with their page where they have one."""
    author = {"@type": "Person", "name": credit.name}
    if not credit.id:
        return author
    path = Author(pk=credit.id, name=credit.name).get_absolute_url()
    return author | {"url": settings.SITE_URL + path}


def _mentions(story: Composed) -> list[dict[str, str]]:
    people = [{"@type": "Person", "name": link.name} for link in story.people]
    return people + [{"@type": "Organization", "name": link.name} for link in story.organizations]


def quotation(quote: QuoteSnapshot) -> dict[str, Any]:
    """Return ``quote`` as a Quotation; who is not named speaks only as described, as its credit."""
    fields = {
        "@type": "Quotation",
        "text": quote.text,
        "spokenByCharacter": _speaker(quote),
        "creditText": quote.unnamed,
        "dateCreated": quote.said_on,
        "url": settings.SITE_URL + keyed_address("quote", quote.key),
    }
    return {name: value for name, value in fields.items() if value}


def quote_page(quote: QuoteSnapshot, story: Composed, url: str, story_url: str) -> dict[str, Any]:
    """Return ``quote`` as what its own page is about, with the ``story`` that it stands in; addresses are whole.

    Whom the words are attributed to there is ``spokenByCharacter``; whose they are is ``creator``, but for words that
    are the reporter's or a translator's. ``isBasedOn`` is the recording or document. Source: https://schema.org/Quotation
    """
    part_of = {
        "@type": "NewsArticle",
        "headline": story.headline,
        "url": story_url,
        "datePublished": story.published_at and story.published_at.isoformat(),
        "correction": [f"{note.wrong} {note.right}" for note in story.corrections],
    }
    is_verbatim = quote.kind != "indirect" and not quote.is_translated
    about = {
        "mainEntityOfPage": url,
        "inLanguage": story.language,
        "isPartOf": {name: value for name, value in part_of.items() if value},
        "creator": _speaker(quote) if is_verbatim else {},
        "isBasedOn": quote.source_url if quote.source_url.startswith(("https:", "http:")) else "",
    }
    fields = {name: value for name, value in about.items() if value}
    return {"@context": "https://schema.org", **quotation(quote), **fields}


def _speaker(quote: QuoteSnapshot) -> dict[str, str]:
    """Return who spoke, a person with the role of then; empty for who is not named."""
    link = quote.person or quote.organization
    if link is None:
        return {}
    kind, url_name = ("Person", "person") if quote.person else ("Organization", "organization")
    url = settings.SITE_URL + numbered_address(url_name, link.id, link.slug)
    speaker = {"@type": kind, "name": link.name, "url": url}
    return speaker | {"jobTitle": quote.role} if quote.person and quote.role else speaker


def profile_page(
    *,
    name: str,
    url: str,
    description: str = "",
    beat: str = "",
    email: str = "",
    portrait: Picture | None = None,
    same_as: Sequence[str] = (),
) -> dict[str, Any]:
    """Return the page of somebody who writes for the paper, at ``url``; texts as readers see them, empty for none.

    Source: https://schema.org/ProfilePage
    """
    person = {
        "@type": "Person",
        "name": name,
        "url": url,
        "description": description,
        "knowsAbout": beat,
        "email": email,
        "image": rendition_url(portrait),
        "sameAs": list(same_as),
        "worksFor": {
            "@type": "NewsMediaOrganization",
            "name": settings.PAPER_NAME,
            "url": settings.SITE_URL,
        },
    }
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": url,
        "mainEntity": {name: value for name, value in person.items() if value},
    }


def picture_url(story: Composed) -> str:
    """Return the address for the world of the story's picture as JPEG, empty for none."""
    return rendition_url(story.picture)


def rendition_url(picture: Picture | None) -> str:
    """Return the address for the world of the largest JPEG of ``picture``, empty for none."""
    if picture is None:
        return ""
    path = f"{settings.MEDIA_URL}{picture.token}/{max(picture.widths)}.jpeg"
    return f"{settings.SITE_URL}{path}"


def as_json(data: dict[str, Any]) -> SafeString:
    """Return ``data`` as JSON that may stand in a script element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_UNSAFE))  # noqa: S308 - escaped here
