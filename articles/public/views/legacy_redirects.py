"""Addresses from the system that the paper came from."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.models.addresses import FormerAddress
from articles.models.authors import Author
from articles.models.editions import Edition
from articles.models.organizations import Organization
from articles.models.page_urls import keyed_address, numbered_address
from articles.models.people import Person
from articles.models.tags import Tag
from articles.public.http_cache import permanent_redirect
from articles.text.characters import UNPRINTABLE

MAX_PATH_LENGTH = 500
MAX_QUERY_PARTS = 4  # of a query string, each looked for alone: ``p=123`` among a campaign's marks
_INDEX = re.compile(r"/index\.(?:html?|php)$")
_PAGED = re.compile(r"/page/[0-9]{1,9}$")
_CODE = re.compile("%[0-9A-Fa-f]{2}")


def redirect_legacy_url(request: HttpRequest) -> HttpResponse | None:
    """Answer 301 to where the address leads now, None if it leads nowhere that readers may go.

    Asked on the way to a 404, and for the front page with a query string, so that it costs no other page anything:
    one query, and one more where an address is known.
    """
    path, _, query = request.get_full_path().partition("?")
    candidates = list(_candidates(path, query))
    rows_by_path = {row.path: row for row in FormerAddress.objects.filter(path__in=candidates)}
    row = next(
        (rows_by_path[candidate] for candidate in candidates if candidate in rows_by_path), None
    )
    url = row and _current_url(row)
    return permanent_redirect(url) if url and url != request.path else None


def _candidates(path: str, query: str) -> Iterator[str]:
    """Yield how the address may have been kept, the most exact first; the bare front page is nobody's former address.

    The whole query string is looked for, then each of its first parts alone, then the path without any.
    """
    queries = [query, *query.split("&", MAX_QUERY_PARTS)[:MAX_QUERY_PARTS]] if query else []
    addresses = [
        f"{variant}?{query_part}" for query_part in queries for variant in _path_variants(path)
    ] + [*_path_variants(path)]
    for candidate in dict.fromkeys(form for variant in addresses for form in _encodings(variant)):
        if (
            candidate != "/"
            and len(candidate) <= MAX_PATH_LENGTH
            and not UNPRINTABLE.search(candidate)
        ):
            yield candidate


def _path_variants(path: str) -> Iterator[str]:
    """Yield ``path``, then with one slash at its end and none, as a folder's index, and without the page's number."""
    yield path
    stem = _INDEX.sub("", path).rstrip("/")
    yield from _slash_variants(stem)
    if stem:
        yield f"{stem}/index.html"
    if _PAGED.search(stem):
        yield from _slash_variants(_PAGED.sub("", stem).rstrip("/"))


def _slash_variants(stem: str) -> Iterator[str]:
    yield f"{stem}/"
    if stem:
        yield stem


def _encodings(address: str) -> Iterator[str]:
    """Yield ``address`` as it is, decoded, and percent-encoded in capitals and in small letters."""
    yield address
    yield unquote(address)
    yield _CODE.sub(lambda code: code[0].upper(), address)
    yield _CODE.sub(lambda code: code[0].lower(), address)


def _current_url(row: FormerAddress) -> str | None:
    """Return the address that ``row`` leads to if that is public; a withdrawn story's has no slug in it."""
    if row.article_id:
        edition = Edition.objects.live().filter(article_id=row.article_id).first()
        if edition and edition.is_withdrawal:
            return reverse("article", args=[row.article_id])
        return edition.get_absolute_url() if edition else None
    targets: list[tuple[QuerySet[Any], int | None]] = [
        (Tag.objects.public(), row.tag_id),
        (Person.objects.public(), row.person_id),
        (Organization.objects.public(), row.organization_id),
        (Author.objects.public(), row.author_id),
    ]
    for rows, pk in targets:
        if pk:
            target = rows.filter(pk=pk).first()
            return _page_or_feed(target, row.is_feed) if target else None
    return reverse("feed")


def _page_or_feed(target: Tag | Person | Organization | Author, is_feed: bool) -> str:
    if not is_feed:
        return target.get_absolute_url()
    name = f"{target._meta.model_name}_feed"
    if isinstance(target, Tag):
        return keyed_address(name, target.slug)
    return numbered_address(name, target.pk, target.slug)
