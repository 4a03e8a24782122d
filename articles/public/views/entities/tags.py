"""What stories are filed under."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from articles.models.editions import Edition
from articles.models.tags import Tag
from articles.public.filters import tags_by_slug
from articles.public.http_cache import CacheWindow, conditional_page, permanent_redirect
from articles.public.views.pagination import count_in_words, key_of, read_linked

HEADINGS = {
    "section": gettext_lazy("Sections"),
    "topic": gettext_lazy("Topics"),
    "place": gettext_lazy("Places"),
    "series": pgettext_lazy("several of them", "Series"),
}
MOST = 5_000


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """List the tags that readers can follow, by kind."""
    listed = list(Tag.objects.public().order_by("kind", "name")[:MOST])
    kinds = {kind: list(group) for kind, group in groupby(listed, key=lambda tag: tag.kind)}
    groups = [(heading, kinds[kind]) for kind, heading in HEADINGS.items() if kind in kinds]
    return conditional_page(
        request, "articles/tags.html", {"groups": groups}, window=CacheWindow(), is_dated=False
    )


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """List the stories of a tag; a former name leads to the present one."""
    tag = tags_by_slug([slug]).get(slug)
    if tag is None:
        raise Http404("No such tag.")
    if tag.slug != slug:
        return permanent_redirect(tag.get_absolute_url())
    after = key_of(request)
    page = read_linked(tag, after)
    count = count_in_words(page, after, Edition.objects.listed().linked_to(tag))
    context = {
        "tag": tag,
        "page": page,
        "after": after,
        "count": count,
        "current_section": tag.slug,
    }
    return conditional_page(
        request, "articles/tag.html", context, window=page.window, is_dated=False
    )
