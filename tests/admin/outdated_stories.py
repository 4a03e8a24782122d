"""Live stories of one speaker whose record is going to change, and the pages that say so."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Article, Person
from articles.publishing import publish
from tests.admin.forms import fields_of
from tests.factories import (
    make_article,
    make_membership,
    make_organization,
    make_person,
    make_quote,
)

DAY = datetime(2025, 6, 1, 12, tzinfo=UTC)
WORDS = "The quay will not hold another winter."
DRAFTS = "admin:articles_correctiondraft_changelist"


def make_harbour_master() -> Person:
    """Create Ada Lund, harbour master of the Port of Sund."""
    ada = make_person("Ada Lund")
    make_membership(ada, make_organization("Port of Sund"), "harbour master")
    return ada


def make_story(speaker: Person, headline: str = "Quay to close") -> Article:
    """Publish a story that quotes ``speaker``, by the name that Ada Lund has first."""
    story = make_article(
        headline=headline, body_html=f"<p>“{WORDS}” said Ada Lund.</p>", published_at=DAY
    )
    make_quote(story, WORDS, person=speaker)
    publish(story, by=None)
    return story


def outdated_address(**query: object) -> str:
    """Return the address of the list of outdated stories; ``query`` names the row that has changed."""
    return reverse("admin:articles_article_outdated_stories", query=query or None)


def correct_address(article: Article) -> str:
    """Return the address of the page on which a story is corrected."""
    return reverse("admin:articles_article_correct", args=[article.pk])


def draft_all(client: Client, address: str) -> Any:
    """Press the one button with all stories ticked, as the page comes."""
    data = fields_of(client.get(address), "stale_form") | {"chosen": "1"}
    return client.post(address, data, follow=True)
