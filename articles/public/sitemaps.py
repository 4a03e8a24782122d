"""The sitemap: an index, and parts by ranges of row numbers: none counts or skips rows. Source: sitemaps.org"""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models.authors import Author
from articles.models.edition_quotes import EditionQuote
from articles.models.editions import Edition
from articles.models.organizations import Organization
from articles.models.page_urls import keyed_addresses
from articles.models.people import Person
from articles.models.tags import Tag
from articles.public.http_cache import MAX_AGE
from articles.public.site_context import INDEXES

SIZE = 5_000  # rows a part; the protocol allows 50,000
PROBED = 100  # parts a query
LOOKED_AT = 200  # of the last rows of a kind: is any of them public?
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PAGES = ("home", "articles", *INDEXES)
OF_QUOTE = ("quote_key", "edition__modified_at")
SitemapEntry = tuple[str, datetime | None]


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the parts that have pages: two queries a kind, or three; one more for each ``PROBED`` parts."""
    paths = [reverse("sitemap_section", args=["pages", 1])]
    for kind, (rows, key) in _kinds().items():
        parts = _find_parts(rows, key)
        paths += [reverse("sitemap_section", args=[kind, number]) for number in parts]
    return _xml("sitemapindex", "sitemap", ((path, None) for path in paths))


@require_safe
def sitemap_section(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """List the pages of one part; 404 for one without any, as beyond the last."""
    if kind == "pages" and number == 1:
        return _xml("urlset", "url", ((reverse(name), None) for name in PAGES))
    if kind not in _kinds() or not 0 < number < 10**9:
        raise Http404("No such part.")
    rows, key = _kinds()[kind]
    entries = list(_entries(_of_part(rows, key, number).order_by(key)))
    if not entries:
        raise Http404("No such part.")
    return _xml("urlset", "url", entries)


def _kinds() -> "dict[str, tuple[QuerySet, str]]":
    """Return what has a page of its own, and the number by which it is parted."""
    stories = Edition.objects.listed().only("article_id", "slug", "modified_at")
    return {
        "articles": (stories, "article_id"),
        "tags": (Tag.objects.public(), "id"),
        "people": (Person.objects.public(), "id"),
        "organizations": (Organization.objects.public(), "id"),
        "authors": (Author.objects.public(), "id"),
        "quotes": (EditionQuote.objects.listed().select_related("edition").only(*OF_QUOTE), "id"),
    }


def _of_part(rows: "QuerySet[Any]", key: str, number: int) -> "QuerySet[Any]":
    """Return the ``rows`` of the part ``number``, from 1: a range of their numbers."""
    return rows.filter(**{f"{key}__gt": (number - 1) * SIZE, f"{key}__lte": number * SIZE})


def _find_parts(rows: "QuerySet[Any]", key: str) -> list[int]:
    """Return the numbers of the parts that have any of ``rows``; each is looked into as far as its first."""
    numbers = range(1, -(-_last_number(rows, key) // SIZE) + 1)
    parts: list[int] = []
    for start in range(0, len(numbers), PROBED):
        group = numbers[start : start + PROBED]
        probes = {f"part_{number}": _first_of_part(rows, key, number) for number in group}
        any_row = rows.model._base_manager.order_by("pk").annotate(**probes)
        for firsts in any_row.values_list(*probes)[:1]:
            parts += [number for number, first in zip(group, firsts, strict=True) if first]
    return parts


def _first_of_part(rows: "QuerySet[Any]", key: str, number: int) -> Subquery:
    """Return the number of the first of ``rows`` in a part: in their order, or the database may look at every row."""
    return Subquery(_of_part(rows, key, number).order_by(key).values(key)[:1])


def _last_number(rows: "QuerySet[Any]", key: str) -> int:
    """Return the last number of ``rows``; where none of the last ``LOOKED_AT`` is public, that of the row before them.

    Asked of public rows alone, a database may sort them all, or look at all that are not, to find the last.
    """
    newest = rows.model._base_manager.order_by(f"-{key}")
    public = rows.filter(pk__in=newest.values("pk")[:LOOKED_AT]).order_by(f"-{key}")
    for candidates in (public[:1], newest[LOOKED_AT : LOOKED_AT + 1]):
        for last in candidates.values_list(key, flat=True):
            return int(last)
    return 0


def _entries(rows: "QuerySet") -> Iterable[SitemapEntry]:
    quote_address = keyed_addresses("quote")
    for row in rows:
        if isinstance(row, EditionQuote):
            yield quote_address(row.quote_key), row.edition.modified_at
        else:
            yield row.get_absolute_url(), getattr(row, "modified_at", None)


def _xml(root: str, element: str, entries: Iterable[SitemapEntry]) -> HttpResponse:
    """Return ``entries`` as XML, each with its address for the world and its last change."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<{root} xmlns="{NAMESPACE}">']
    for path, last_change in entries:
        lastmod = (
            f"<lastmod>{last_change.isoformat(timespec='seconds')}</lastmod>" if last_change else ""
        )
        loc = escape(settings.SITE_URL + path)
        lines.append(f"<{element}><loc>{loc}</loc>{lastmod}</{element}>")
    lines.append(f"</{root}>\n")
    response = HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response
