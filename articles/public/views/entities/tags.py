"""What stories are filed under."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from articles.models.editions import Edition
from articles.models.tags import Tag
from articles.public import fragments
from articles.public.filters import tags_by_slug
from articles.public.http_cache import CacheWindow, conditional_page, permanent_redirect
from articles.public.views.page_addresses import addresses_of
from articles.public.views.pagination import (
    COUNT_CAP,
    StoryPage,
    format_stories,
    key_of,
    read_linked,
)

from .subject import STORIES, Subject, read_subject
from .tag_tree import read_tag_trees

HEADINGS = {
    "section": gettext_lazy("Sections"),
    "topic": gettext_lazy("Topics"),
    "place": gettext_lazy("Places"),
    "series": pgettext_lazy("several of them", "Series"),
}


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """List the tags that readers can follow, by kind, subtopics below their tags, with how many stories bear them."""
    trees = read_tag_trees()
    groups = [
        (heading, trees.by_kind[kind])
        for kind, heading in HEADINGS.items()
        if kind in trees.by_kind
    ]
    context = {"groups": groups, "counted_stories": trees.counted}
    return conditional_page(
        request, "articles/tags.html", context, window=CacheWindow(), is_dated=False
    )


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a tag is about, and its stories; further back those alone. A former name leads to the present one."""
    tag = tags_by_slug([slug]).get(slug)
    if tag is None:
        raise Http404("No such tag.")
    if tag.slug != slug:
        return permanent_redirect(tag.get_absolute_url())
    after = key_of(request)
    page = read_linked(tag, after)
    subject = Subject() if after else read_subject(tag, page)
    above = {pk for pk, *_ in subject.card_rows()}
    total = 0 if after else _count_stories(tag, page)
    context = {
        "tag": tag,
        "subject": subject,
        "page": replace(page, rows=[row for row in page.rows if row[0] not in above]),
        "after": after,
        "addresses": addresses_of(page, after, tag.get_absolute_url()),
        "count": "" if after else format_stories(total),
        "counted_stories": STORIES if total > STORIES else 0,
        "current_section": tag.slug,
    }
    return conditional_page(
        request,
        "articles/tag.html",
        context,
        complete=_complete,
        window=page.window,
        is_dated=False,
    )


def _count_stories(tag: Tag, page: StoryPage) -> int:
    """Count the listed stories of ``tag``, of which ``page`` is the first page, up to a cap: at most one query."""
    if not page.next:
        return len(page.rows)
    return Edition.objects.listed().linked_to(tag).order_by()[:COUNT_CAP].count()


def _complete(subject: Subject, **_: object) -> dict[str, Any]:
    """Return the places of ``subject`` filled."""
    rows = subject.card_rows()
    html = dict(zip((pk for pk, *_ in rows), fragments.cards(rows), strict=True))
    return {
        "lead": subject.lead and html[subject.lead[0]],
        "rail": [html[pk] for pk, *_ in subject.rail],
        "blocks": [(tag, [html[pk] for pk, *_ in cards]) for tag, cards in subject.blocks],
        "statements": subject.quotes.by_year(),
        "contradictions": subject.contradictions.items(),
    }
