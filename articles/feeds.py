"""Atom feeds of all stories, of a tag, a person, an organization or an author, and of quotes. Source: RFC 4287"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from articles.conditional import answer, clock_of, moved
from articles.filters import tags_by_slug
from articles.models.authors import Author
from articles.models.edition_quotes import EditionQuote
from articles.models.editions import Edition, EditionQuerySet
from articles.models.organizations import Organization
from articles.models.people import Person
from articles.models.tags import Tag
from articles.syndication import who_said_what
from articles.text.chars import printable
from articles.text.quoted import clipped, in_marks

SIZE = 30
SINCE = "2026"  # the year in tag: URIs (RFC 4151): fixed, so that an id never changes
STARTS = ("last_start", "next_start")
COLUMNS = (
    *("pk", "article_id", "slug", "headline", "dek", "body_html", "bylines", "tags", "language"),
    *("quotes", "published_at", "modified_at", *STARTS),
)
QUOTE_COLUMNS = (
    *("pk", "quote_key", "kind", "text", "role", "unnamed", "published_at"),
    *("person__name", "organization__name", "edition__modified_at", "edition__language"),
)
TITLE = 120  # code points of a quote's words in its title


Row = dict[str, Any]


class Feed(Atom1Feed):
    """Atom with the whole story as content, beside its summary."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        attributes = {"type": "html", "xml:lang": item["language"], "xml:base": item["link"]}
        handler.addQuickElement("content", item["content"], attributes)


@require_safe
def of_all(request: HttpRequest) -> HttpResponse:
    """Feed the newest stories."""
    return _feed(request, settings.PAPER_NAME, reverse("front"), Edition.objects.listed().newest())


@require_safe
def of_tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Feed the newest stories of a tag; a former name leads to the present one."""
    tag = tags_by_slug([slug]).get(slug)
    if tag is None:
        raise Http404("No such tag.")
    if tag.slug != slug:
        return moved(reverse("tag_feed", args=[tag.slug]))
    return _feed_of(request, tag)


@require_safe
def of_person(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Feed the newest stories about a person."""
    person = Person.objects.public().standing_for(pk)
    if person is None:
        raise Http404("No such person.")
    if (person.pk, person.slug) != (pk, slug):
        return moved(reverse("person_feed", args=[person.pk, person.slug]))
    return _feed_of(request, person)


@require_safe
def of_organization(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Feed the newest stories about an organization."""
    body = Organization.objects.public().standing_for(pk)
    if body is None:
        raise Http404("No such organization.")
    if (body.pk, body.slug) != (pk, slug):
        return moved(reverse("organization_feed", args=[body.pk, body.slug]))
    return _feed_of(request, body)


@require_safe
def of_author(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Feed the newest stories by an author."""
    author = get_object_or_404(Author.objects.public(), pk=pk)
    if author.slug != slug:
        return moved(reverse("author_feed", args=[pk, author.slug]))
    return _feed_of(request, author)


@require_safe
def of_quotes(request: HttpRequest) -> HttpResponse:
    """Feed the newest quotes, an entry each: two queries, the second for what may be kept how long."""
    rows = list(EditionQuote.objects.listed().newest().values(*QUOTE_COLUMNS)[:SIZE])
    starts = Edition.objects.listed().newest().with_starts().values(*STARTS)
    title = f"Who said what · {settings.PAPER_NAME}"
    return answer(
        request,
        _writer(title, reverse("quotes"), request.path, rows, _add_quote),
        made_of=[title, *rows],
        clock=clock_of(list(starts[:1])),
        is_dated=False,
    )


def _feed_of(request: HttpRequest, row: Tag | Person | Organization | Author) -> HttpResponse:
    title = f"{row.name} · {settings.PAPER_NAME}"
    return _feed(request, title, row.get_absolute_url(), Edition.objects.listed().linked_to(row))


def _feed(
    request: HttpRequest, title: str, page_url: str, editions: EditionQuerySet
) -> HttpResponse:
    rows = list(editions.with_starts().values(*COLUMNS)[:SIZE])
    return answer(
        request,
        _writer(title, page_url, request.path, rows, _add),
        made_of=[title, *(row["pk"] for row in rows)],
        clock=clock_of(rows),
    )


def _writer(
    title: str, page_url: str, path: str, rows: list[Row], add: Callable[[Feed, Row], None]
) -> Callable[[], HttpResponse]:
    """Return what writes the feed, each row by ``add``; no text in it can break the XML, whatever is stored."""

    def write() -> HttpResponse:
        feed = Feed(
            title=printable(title),
            link=f"{settings.SITE_URL}{page_url}",
            description=None,
            language=settings.LANGUAGE_CODE,
            subtitle=printable(settings.PAPER_TAGLINE) or None,
            feed_url=f"{settings.SITE_URL}{path}",
            feed_guid=_tag_uri(f"feed:{path}"),
        )
        for row in rows:
            add(feed, row)
        response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
        feed.write(response, "utf-8")
        return response

    return write


def _add(feed: Feed, row: Row) -> None:
    url = f"{settings.SITE_URL}{reverse('articles')}{row['article_id']}/{row['slug']}/"
    feed.add_item(
        title=printable(row["headline"]),
        link=url,
        description=printable(row["dek"]) or None,  # type: ignore[arg-type]  # None leaves it out
        unique_id=_tag_uri(f"article:{row['article_id']}"),
        pubdate=row["published_at"],
        updateddate=row["modified_at"],
        author_name=printable(", ".join(line["name"] for line in row["bylines"])) or None,
        categories=[printable(tag["name"]) for tag in row["tags"]],
        content=printable(row["body_html"] + who_said_what.as_html(row["quotes"])),
        language=row["language"],
    )


def _add_quote(feed: Feed, row: Row) -> None:
    speaker = row["person__name"] or row["organization__name"] or row["unnamed"]
    who = f"{speaker}, {row['role']}" if row["role"] else speaker
    words = in_marks(row["text"], row["kind"])
    url = settings.SITE_URL + reverse("quote", args=[row["quote_key"]])
    feed.add_item(
        title=printable(f"{who}: {clipped(words, TITLE)}"),
        link=url,
        description=None,  # type: ignore[arg-type]  # None leaves it out
        unique_id=_tag_uri(f"quote:{row['quote_key']}"),
        pubdate=row["published_at"],
        updateddate=row["edition__modified_at"],
        author_name=printable(settings.PAPER_NAME),
        content=printable(who_said_what.entry(words, who, url)),
        language=row["edition__language"],
    )


def _tag_uri(name: str) -> str:
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{SINCE}:{name}"
