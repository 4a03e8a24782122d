"""A story that readers must not see, in every state that hides it: what tests/test_doors.py looks for."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from articles.models import Article, Author, Image, Organization, Person, Proposal, Quote, Tag
from articles.publishing import correct, enforce_hold, publish, schedule, withdraw
from articles.record.trash.moves import move_to_trash
from tests.factories import (
    make_article,
    make_image,
    make_organization,
    make_person,
    make_quote,
    make_section,
    make_tag,
)

REASON = "A court has ordered it."
TANGERINE = "Tangerine light was promised to everybody in the square."
BODY = f"<p>All about marmalade.</p><p>“{TANGERINE}” “Quince,” said an official.</p>"


@dataclass(frozen=True)
class Secret:
    """A story that readers must not see, and all that only it links to."""

    article: Article
    tag: Tag
    section: Tag
    person: Person
    organization: Organization
    author: Author
    image: Image
    quotes: tuple[Quote, ...]

    @property
    def words(self) -> list[str]:
        """What must not stand in any answer."""
        words = (
            "Zephyrine quixotically marmalade Kickerword Authorella Leaktag Leaksection Leakrole"
        )
        words += " Leakperson Leakbody Altwordy zephyrine Tangerine Quince"
        return [*words.split(), self.image.token, *(quote.quote_key for quote in self.quotes)]


def make_secret(**fields: Any) -> Secret:
    linked: dict[str, Any] = {
        "tag": make_tag("Leaktag", slug="tag-x"),
        "section": make_section("Leaksection", slug="section-x"),
        "person": make_person("Paula Leakperson", slug="person-x"),
        "organization": make_organization("Leakbody Trust", slug="body-x"),
        "image": make_image(alt="Altwordy picture"),
    }
    values: dict[str, Any] = {
        "headline": "Zephyrine plans leaked",
        "dek": "It was quixotically told",
        "kicker": "Kickerword",
        "body_html": BODY,
        "bylines": ("Authorella Penn",),
        "tags": (linked["tag"], linked["section"]),
        "people": (linked["person"],),
        "organizations": (linked["organization"],),
        "lead_image": linked["image"],
    }
    article = make_article(**values | fields)
    speaker = {"person": linked["person"], "on_behalf_of": linked["organization"]}
    quotes = (
        make_quote(article, TANGERINE, role="Leakrole of the realm", **speaker),
        make_quote(article, "Quince", unnamed="a zephyrine official"),
    )
    author = Author.objects.get(name="Authorella Penn")
    return Secret(article=article, quotes=quotes, author=author, **linked)


def draft() -> Secret:
    return make_secret()


def embargoed() -> Secret:
    return make_secret(embargoed_until=timezone.now() + timedelta(hours=1))


def scheduled() -> Secret:
    secret = make_secret()
    schedule(secret.article, by=None, at=timezone.now() + timedelta(hours=1))
    return secret


def withdrawn() -> Secret:
    secret = make_secret()
    publish(secret.article, by=None)
    withdraw(secret.article, by=None, reason=REASON)
    return secret


def corrected_and_withdrawn() -> Secret:
    secret = make_secret()
    publish(secret.article, by=None)
    note: dict[str, Any] = {"wrong": "Zephyrine was wrong", "right": "marmalade is right"}
    correct(secret.article, by=None, weight="correction", **note)
    withdraw(secret.article, by=None, reason=REASON)
    return secret


def on_hold() -> Secret:
    secret = make_secret()
    publish(secret.article, by=None)
    secret.article.is_on_hold = True
    secret.article.save()
    enforce_hold(secret.article, by=None)
    return secret


def spiked() -> Secret:
    secret = make_secret()
    move_to_trash(secret.article, by=None, reason=REASON)
    return secret


def withdrawn_and_spiked() -> Secret:
    secret = withdrawn()
    move_to_trash(secret.article, by=None, reason="Zephyrine was quixotically wrong.")
    return secret


def trashed() -> Secret:
    """Publish other words of a story that is filed under rows in the trash, as far as it can be."""
    secret = make_secret()
    Quote.objects.all().delete()
    secret.article.bylines.all().delete()
    calm = {"headline": "Calm news", "dek": "", "kicker": "", "body_html": "<p>Rewritten.</p>"}
    Article.objects.update(lead_image=None, **calm)
    rows = (secret.tag, secret.section, secret.person, secret.organization)
    for row in (*rows, secret.author, secret.image):
        move_to_trash(row, by=None, reason=REASON)
    secret.article.refresh_from_db()
    publish(secret.article, by=None)
    return secret


def proposed() -> Secret:
    """Publish other words of a story, filed under nothing; the secret words are proposed for it."""
    secret = make_secret()
    article, values = secret.article, secret.article.snapshot()
    Quote.objects.all().delete()
    calm = {"headline": "Calm news", "dek": "", "kicker": "", "body_html": "<p>Rewritten.</p>"}
    links: dict[str, Any] = {
        "tags": [],
        "people": [],
        "organizations": [],
        "bylines": [],
        "lead_image": None,
    }
    article.apply_snapshot(values | calm | links)
    article.create_revision(None)
    publish(article, by=None)
    base, number = article.snapshot(), article.revision_number
    Proposal.objects.create(article=article, base=base, values=values, base_number=number)
    return secret


HIDDEN = (draft, embargoed, scheduled, withdrawn, corrected_and_withdrawn, on_hold)
STATES = (*HIDDEN, spiked, withdrawn_and_spiked, trashed, proposed)
