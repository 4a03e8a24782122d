"""Feeds of all stories, of a filtered list, of a tag, a person, an organization or an author, and of quotes.

Each is had as Atom and as RSS.

Sources: RFC 4287, https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/modules/content/
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from articles.models.authors import Author
from articles.models.edition_quotes import EditionQuote
from articles.models.editions import Edition, EditionQuerySet
from articles.models.organizations import Organization
from articles.models.page_urls import keyed_address, numbered_address
from articles.models.people import Person
from articles.models.tags import Tag
from articles.public.filters import EditionFilter, tags_by_slug
from articles.public.http_cache import conditional_response, permanent_redirect, take_window
from articles.public.syndication import who_said_what
from articles.story_fields import STORY_FIELDS
from articles.text.characters import printable
from articles.text.excerpt import shorten
from articles.text.quotes.markup import add_quotation_marks

SIZE = 30
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
TAG_URI_YEAR = "2026"  # the year in tag: URIs (RFC 4151): fixed, so that an id never changes
STARTS = ("last_start", "next_start")
COLUMNS = (
    *("pk", "article_id", "slug", "body_html", "bylines", "tags"),
    *(field.name for field in STORY_FIELDS if field.feed),
    *("quotes", "published_at", "modified_at", *STARTS),
)
QUOTE_COLUMNS = (
    *("pk", "quote_key", "kind", "text", "role", "unnamed", "published_at"),
    *("person__name", "organization__name", "edition__modified_at", "edition__language"),
)
TITLE = 120  # code points of a quote's words in its title


Row = dict[str, Any]


class DatedFeed(SyndicationFeed):
    """A feed that is as old as its newest item; without items it is the same at every moment."""

    def latest_post_date(self) -> datetime:
        """Return when its newest item changed (aware)."""
        latest: datetime = super().latest_post_date() if self.items else NEVER
        return latest


class AtomFeed(DatedFeed, Atom1Feed):
    """Atom with the whole story as content, beside its summary."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        attributes = {"type": "html", "xml:lang": item["language"], "xml:base": item["link"]}
        handler.addQuickElement("content", item["content"], attributes)


class RssFeed(DatedFeed, Rss201rev2Feed):
    """RSS 2.0 with the whole story as content, beside its summary."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:content": CONTENT_MODULE}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


CONTENT_MODULE = "http://purl.org/rss/1.0/modules/content/"
Feed = AtomFeed | RssFeed
ATOM, RSS = "atom", "rss"
SYNTAXES: dict[str, type[AtomFeed] | type[RssFeed]] = {ATOM: AtomFeed, RSS: RssFeed}


def feed_paths(route: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """Return the addresses of one feed: Atom at ``route``, named ``name``; RSS below it, named ``<name>_rss``."""
    rss = path("".join([route, RSS, "/"]), view, {"syntax": RSS}, name=_name_of(name, RSS))
    return [path(route, view, name=name), rss]


def _name_of(name: str, syntax: str) -> str:
    """Return the name of the address at which the feed ``name`` is had in ``syntax``."""
    return name if syntax == ATOM else f"{name}_{syntax}"


@require_safe
def all_stories_feed(request: HttpRequest, syntax: str = ATOM) -> HttpResponse:
    """Feed the newest stories."""
    editions = Edition.objects.listed().newest()
    return _feed(request, settings.PAPER_NAME, reverse("home"), editions, syntax)


@require_safe
def filtered_feed(request: HttpRequest, syntax: str = ATOM) -> HttpResponse:
    """Feed the newest stories that fit the filters of the list of stories; 400 in words for what cannot be read."""
    filters = EditionFilter(request.GET, queryset=Edition.objects.listed())
    if not filters.is_valid():
        return HttpResponseBadRequest(
            "\n".join(map(str, filters.reasons())), content_type="text/plain; charset=utf-8"
        )
    query = filters.unsorted_query()
    words = [chip.label for chip in filters.chips()]
    title = " · ".join([", ".join(words) or gettext("All stories"), settings.PAPER_NAME])
    url = reverse("articles")
    page_url = f"{url}?{query}" if query else url
    return _feed(request, title, page_url, filters.select().editions, syntax, query)


@require_safe
def tag_feed(request: HttpRequest, slug: str, syntax: str = ATOM) -> HttpResponse:
    """Feed the newest stories of a tag; a former name leads to the present one."""
    tag = tags_by_slug([slug]).get(slug)
    if tag is None:
        raise Http404("No such tag.")
    if tag.slug != slug:
        return permanent_redirect(reverse(_name_of("tag_feed", syntax), args=[tag.slug]))
    return _linked_feed(request, tag, syntax)


@require_safe
def person_feed(request: HttpRequest, pk: int, slug: str, syntax: str = ATOM) -> HttpResponse:
    """Feed the newest stories about a person."""
    person = Person.objects.public().resolve(pk)
    if person is None:
        raise Http404("No such person.")
    if (person.pk, person.slug) != (pk, slug):
        return permanent_redirect(
            reverse(_name_of("person_feed", syntax), args=[person.pk, person.slug])
        )
    return _linked_feed(request, person, syntax)


@require_safe
def organization_feed(request: HttpRequest, pk: int, slug: str, syntax: str = ATOM) -> HttpResponse:
    """Feed the newest stories about an organization."""
    organization = Organization.objects.public().resolve(pk)
    if organization is None:
        raise Http404("No such organization.")
    if (organization.pk, organization.slug) != (pk, slug):
        return permanent_redirect(
            reverse(
                _name_of("organization_feed", syntax), args=[organization.pk, organization.slug]
            )
        )
    return _linked_feed(request, organization, syntax)


@require_safe
def author_feed(request: HttpRequest, pk: int, slug: str, syntax: str = ATOM) -> HttpResponse:
    """Feed the newest stories by an author."""
    author = get_object_or_404(Author.objects.public(), pk=pk)
    if author.slug != slug:
        return permanent_redirect(reverse(_name_of("author_feed", syntax), args=[pk, author.slug]))
    return _linked_feed(request, author, syntax)


@require_safe
def quotes_feed(request: HttpRequest, syntax: str = ATOM) -> HttpResponse:
    """Feed the newest quotes, an entry each: two queries, the second for what may be kept how long."""
    rows = list(EditionQuote.objects.listed().newest().values(*QUOTE_COLUMNS)[:SIZE])
    starts = Edition.objects.listed().newest().with_starts().values(*STARTS)
    title = f"{gettext('Who said what')} · {settings.PAPER_NAME}"
    return conditional_response(
        request,
        _write_quotes,
        {
            "title": title,
            "page_url": reverse("quotes"),
            "path": request.path,
            "rows": rows,
            "syntax": syntax,
        },
        window=take_window(list(starts[:1])),
        is_dated=False,
    )


def _linked_feed(
    request: HttpRequest, row: Tag | Person | Organization | Author, syntax: str
) -> HttpResponse:
    title = f"{row.name} · {settings.PAPER_NAME}"
    editions = Edition.objects.listed().linked_to(row)
    return _feed(request, title, row.get_absolute_url(), editions, syntax)


def _feed(
    request: HttpRequest,
    title: str,
    page_url: str,
    editions: EditionQuerySet,
    syntax: str,
    query: str = "",
) -> HttpResponse:
    """Answer with ``editions``; ``query`` is what tells the feed from others at the same path."""
    rows = list(editions.with_starts().values(*COLUMNS)[:SIZE])
    window = take_window(rows)
    address = f"{request.path}?{query}" if query else request.path
    values = {"title": title, "page_url": page_url, "path": address, "rows": rows}
    values |= {"syntax": syntax}
    return conditional_response(request, _write_stories, values, window=window)


def _write_stories(rows: list[Row], **values: str) -> HttpResponse:
    feed = _start_feed(**values)
    for row in rows:
        _add_story(feed, row)
    return _as_response(feed)


def _write_quotes(rows: list[Row], **values: str) -> HttpResponse:
    feed = _start_feed(**values)
    for row in rows:
        _add_quote(feed, row)
    return _as_response(feed)


def _start_feed(title: str, page_url: str, path: str, syntax: str) -> Feed:
    """Return the feed without entries; no text in it can break the XML, whatever is stored."""
    tagline = printable(settings.PAPER_TAGLINE) or None
    return SYNTAXES[syntax](
        title=printable(title),
        link=f"{settings.SITE_URL}{page_url}",
        description=tagline if syntax == RSS else None,  # which RSS has to have
        language=settings.LANGUAGE_CODE,
        subtitle=tagline,
        feed_url=f"{settings.SITE_URL}{path}",
        feed_guid=_tag_uri(f"feed:{path}"),
    )


def _as_response(feed: Feed) -> HttpResponse:
    kind = "rss" if isinstance(feed, RssFeed) else "atom"
    response = HttpResponse(content_type=f"application/{kind}+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def _add_story(feed: Feed, row: Row) -> None:
    url = settings.SITE_URL + numbered_address("article", row["article_id"], row["slug"])
    texts: dict[str, Any] = {
        field.feed: printable(row[field.name]) or None for field in STORY_FIELDS if field.feed
    }
    feed.add_item(
        link=url,
        unique_id=_tag_uri(f"article:{row['article_id']}"),
        unique_id_is_permalink=False,
        pubdate=row["published_at"],
        updateddate=row["modified_at"],
        author_name=printable(", ".join(credit["name"] for credit in row["bylines"])) or None,
        categories=[printable(tag["name"]) for tag in row["tags"]],
        content=printable(row["body_html"] + who_said_what.as_html(row["quotes"])),
        **texts,
    )


def _add_quote(feed: Feed, row: Row) -> None:
    speaker = row["person__name"] or row["organization__name"] or row["unnamed"]
    attribution = f"{speaker}, {row['role']}" if row["role"] else speaker
    quoted_text = add_quotation_marks(row["text"], row["kind"])
    url = settings.SITE_URL + keyed_address("quote", row["quote_key"])
    feed.add_item(
        title=printable(f"{attribution}: {shorten(quoted_text, TITLE)}"),
        link=url,
        description=None,  # type: ignore[arg-type]  # None leaves it out
        unique_id=_tag_uri(f"quote:{row['quote_key']}"),
        unique_id_is_permalink=False,
        pubdate=row["published_at"],
        updateddate=row["edition__modified_at"],
        author_name=printable(settings.PAPER_NAME),
        content=printable(who_said_what.quote_entry(quoted_text, attribution, url)),
        language=row["edition__language"],
    )


def _tag_uri(name: str) -> str:
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{TAG_URI_YEAR}:{name}"
