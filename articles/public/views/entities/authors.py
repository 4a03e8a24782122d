"""Those who write for the paper."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.composed import Picture
from articles.models.authors import Author, AuthorLink
from articles.models.editions import Edition
from articles.public.http_cache import conditional_page, permanent_redirect
from articles.public.syndication import schema_org
from articles.public.views.page_addresses import addresses_of
from articles.public.views.pagination import count_in_words, key_of, read_linked


@require_safe
def author(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show who somebody is and what they wrote, newest first; a page further back shows the stories alone.

    301 from any other slug, 404 while no listed story names them.
    """
    author = get_object_or_404(Author.objects.public().select_related("portrait"), pk=pk)
    if author.slug != slug:
        return permanent_redirect(author.get_absolute_url())
    after = key_of(request)
    page = read_linked(author, after)
    portrait = author.public_portrait
    context = {
        "author": author,
        "biography": author.public_biography,
        "email": author.public_email,
        "portrait": portrait and portrait.as_picture(),
        "links": [] if after else list(author.links.public()),
        "page": page,
        "after": after,
        "addresses": addresses_of(page, after, author.get_absolute_url()),
        "count": count_in_words(page, after, Edition.objects.listed().linked_to(author)),
    }
    return conditional_page(
        request,
        "articles/author.html",
        context,
        complete=_complete,
        window=page.window,
        is_dated=False,
    )


def _complete(
    author: Author,
    biography: str,
    email: str,
    portrait: Picture | None,
    links: Sequence[AuthorLink],
    **_: object,
) -> dict[str, Any]:
    """Return what machines are told of ``author``: what the page shows."""
    data = schema_org.profile_page(
        name=author.name,
        url=settings.SITE_URL + author.get_absolute_url(),
        description=biography,
        beat=author.beat,
        email=email,
        portrait=portrait,
        same_as=[link.url for link in links],
    )
    return {"json_ld": schema_org.as_json(data), "picture_url": schema_org.rendition_url(portrait)}
