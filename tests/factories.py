"""Rows for tests: pass what the test is about, nothing else."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from articles.models import (
    Article,
    Author,
    Byline,
    DeskNameWord,
    Edition,
    Image,
    Membership,
    Organization,
    Person,
    Quote,
    QuotePart,
    Tag,
    User,
)
from articles.models.quotes import JOINT
from articles.publishing import publish, withdraw
from articles.text.fold import slugify
from articles.text.html.plain import plain_text

numbers = itertools.count(1)


def make_user(*, groups: tuple[str, ...] = (), **fields: Any) -> User:
    """Create an account; ``groups`` are names of roles, which ``articles.roles`` makes."""
    from django.contrib.auth.models import Group

    values = dict[str, Any](username=f"user{next(numbers)}", is_staff=True) | fields
    user = User.objects.create_user(password="a password for tests", **values)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def make_tag(name: str = "", **fields: Any) -> Tag:
    name = name or f"Tag {next(numbers)}"
    tag = Tag.objects.create(name=name, slug=fields.pop("slug", slugify(name)), **fields)
    DeskNameWord.objects.index([tag])
    return tag


def make_section(name: str = "", **fields: Any) -> Tag:
    return make_tag(name, kind=Tag.Kind.SECTION, **fields)


def make_person(name: str = "", **fields: Any) -> Person:
    name = name or f"Person Number{next(numbers)}"
    defaults = {"slug": slugify(name), "sort_name": " ".join(reversed(name.split()))}
    person = Person.objects.create(name=name, **defaults | fields)
    DeskNameWord.objects.index([person])
    return person


def make_organization(name: str = "", **fields: Any) -> Organization:
    name = name or f"Organization {next(numbers)}"
    organization = Organization.objects.create(name=name, **{"slug": slugify(name)} | fields)
    DeskNameWord.objects.index([organization])
    return organization


def make_membership(
    person: Person, organization: Organization, role: str, **fields: Any
) -> Membership:
    """Give ``person`` a role in ``organization`` that readers may be told."""
    fields = {"is_confirmed": True, "is_public": True} | fields
    return person.memberships.create(organization=organization, role=role, **fields)


def make_image(**fields: Any) -> Image:
    """Create an image's row only: no file lies behind it."""
    number = next(numbers)
    defaults = {
        "original": f"originals/test{number}",
        "name": f"picture-{number}.jpg",
        "sha256": f"{number:064d}",
        "width": 1600,
        "height": 1067,
        "alt": "A trawler in the harbour at dawn",
    }
    return Image.objects.create(**defaults | fields)


def make_article(
    *,
    bylines: tuple[str, ...] = (),
    tags: tuple[Tag, ...] = (),
    people: tuple[Person, ...] = (),
    organizations: tuple[Organization, ...] = (),
    by: User | None = None,
    **fields: Any,
) -> Article:
    """Create a working copy with its first revision."""
    number = next(numbers)
    defaults = {
        "headline": f"Headline number {number}",
        "body_html": f"<p>First paragraph of story {number}.</p>\n<p>Second paragraph.</p>",
    }
    article = Article.objects.create(**defaults | fields)
    for order, name in enumerate(bylines):
        author, _ = Author.objects.get_or_create(name=name)
        DeskNameWord.objects.index([author])
        Byline.objects.create(article=article, author=author, order=order)
    article.tags.set(tags)
    article.people.set(people)
    article.organizations.set(organizations)
    article.create_revision(by)
    return article


def scheduled_of(article: Article) -> Edition:
    """Return the edition of ``article`` that waits for its time."""
    return Edition.objects.coming().get(article=article)


def make_quote(
    article: Article,
    words: str,
    *,
    person: Person | None = None,
    organization: Organization | None = None,
    unnamed: str = "",
    **fields: Any,
) -> Quote:
    """Confirm ``words``, which stand in the body of ``article``, as a quote; " … " parts a split one.

    Without a speaker it is somebody who is not named, as an editor has approved.
    """
    text, at = plain_text(article.body_html), 0
    if not (person or organization):
        unnamed = unnamed or "a passer-by"
    speaker = {"person": person, "organization": organization, "unnamed": unnamed}
    kind: dict[str, Any] = {"kind": Quote.Kind.DIRECT, "basis": Quote.Basis.NAMED}
    if unnamed:
        kind |= {"unnamed_reason": "Fears for the job.", "approved_at": timezone.now()}
    quote = Quote.objects.create(article=article, text=words, **speaker, **kind | fields)
    for ordinal, part in enumerate([words] if words in text else words.split(JOINT)):
        start = text.index(part, at)
        at = start + len(part)
        QuotePart.objects.create(
            quote=quote,
            ordinal=ordinal,
            start=start,
            end=at,
            text=part,
            prefix=text[max(0, start - 32) : start],
            suffix=text[at : at + 32],
        )
    return quote


def make_live_quote(words: str, *, fields: dict[str, Any] | None = None, **speaker: Any) -> Edition:
    """Publish a new article, with ``fields``, in which somebody says ``words`` and nothing else is said."""
    body = {"body_html": f"<p>The council met. “{words}” Then it rained.</p>"}
    article = make_article(**body | (fields or {}))
    make_quote(article, words, **speaker)
    return publish(article, by=None)


def make_live(*, published_at: datetime | None = None, **fields: Any) -> Edition:
    """Publish a new article; ``published_at`` (aware, in the past) is the date that it carries."""
    return publish(make_article(published_at=published_at, **fields), by=None)


def make_live_many(count: int, **fields: Any) -> list[Edition]:
    """Publish ``count`` articles an hour apart, the first one newest."""
    now = timezone.now()
    return [
        make_live(published_at=now - timedelta(hours=hours + 1), **fields) for hours in range(count)
    ]


def make_withdrawn(reason: str = "It named the wrong man.", **fields: Any) -> Edition:
    """Publish a new article and withdraw it."""
    return withdraw(make_live(**fields).article, by=None, reason=reason)
