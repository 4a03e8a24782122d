"""What stories are filed under."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.conditional import Clock, answer, moved
from articles.filters import tags_by_slug
from articles.models.editions import Edition
from articles.models.tags import Tag

from .listing import count_in_words, key_of, read_linked

HEADINGS = {"section": "Sections", "topic": "Topics", "place": "Places", "series": "Series"}
MOST = 5_000


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """List the tags that readers can follow, by kind."""
    found = list(Tag.objects.public().order_by("kind", "name")[:MOST])
    kinds = {kind: list(group) for kind, group in groupby(found, key=lambda tag: tag.kind)}
    groups = [(heading, kinds[kind]) for kind, heading in HEADINGS.items() if kind in kinds]
    return answer(
        request,
        lambda: render(request, "articles/tags.html", {"groups": groups}),
        made_of=[(tag.slug, tag.name, tag.kind) for tag in found],
        clock=Clock(),
        is_dated=False,
    )


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """List the stories of a tag; a former name leads to the present one."""
    tag = tags_by_slug([slug]).get(slug)
    if tag is None:
        raise Http404("No such tag.")
    if tag.slug != slug:
        return moved(tag.get_absolute_url())
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
    return answer(
        request,
        lambda: render(request, "articles/tag.html", context),
        made_of=[after, tag.name, tag.description, tag.kind, count, *page.made_of()],
        clock=page.clock,
        is_dated=False,
    )
