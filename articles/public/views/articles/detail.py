"""One story as readers get it now."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, IntegerField, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from articles.models.edition_links import EditionTag
from articles.models.editions import Edition
from articles.models.page_urls import numbered_address
from articles.models.tags import Tag
from articles.public import fragments
from articles.public.http_cache import conditional_page, permanent_redirect, take_window
from articles.public.syndication import schema_org
from articles.public.views.withdrawn import withdrawn_response

MOST_RELATED = 3
MOST_COUNTED = 12  # listed links of a tag


class CountedRows(Subquery):
    """How many rows a query of a slice has, as many as the slice at most."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@require_safe
def article(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show the live edition; 301 from any other slug, 410 when it is withdrawn, the same 404 for all else."""
    edition = Edition.objects.live().with_starts().defer("card_html").filter(article_id=pk).first()
    if edition is None:
        raise Http404("No such story.")
    if edition.is_withdrawal:
        return withdrawn_response(request, edition)
    if edition.slug != slug:
        return permanent_redirect(edition.get_absolute_url())
    rows = read_related(edition)
    return conditional_page(
        request,
        "articles/article.html",
        {"edition": edition, "related_rows": rows},
        complete=_page,
        window=take_window([vars(edition)]),
    )


def _page(edition: Edition, related_rows: list[tuple[int, str, str]]) -> dict[str, Any]:
    """Return what the page of ``edition`` shows beside it; the rows are cards as ``read_related`` reads them."""
    story = edition.composed
    is_fresh = fragments.is_fresh(edition.rendered_with)
    url = settings.SITE_URL + edition.get_absolute_url()
    return {
        "story": story,
        "article_html": mark_safe(edition.page_html if is_fresh else fragments.page(story)),  # noqa: S308 - a rendered template
        "related": fragments.cards(related_rows),
        "url": url,
        "picture_url": schema_org.picture_url(story),
        "json_ld": schema_org.as_json(schema_org.news_article(story, url)),
        "history_url": numbered_address("article_history", story.article_id, story.slug)
        if edition.number > 1
        else "",
    }


def read_related(edition: Edition) -> list[tuple[int, str, str]]:
    """Return the cards (edition, html, made with) of the newest other stories of the rarest tag shared with a few.

    Rare is what few listed editions link; of those with ``MOST_COUNTED`` and more, what has had them for longest. One
    query, a short index range a tag. Worth the second query of the page: somebody who has read to the end gets three
    ways on, of the same matter.
    """
    links = EditionTag.objects.listed().filter(tag=OuterRef("pk")).newest().values("published_at")
    tags = Tag.objects.filter(pk__in=[tag["id"] for tag in edition.tags])
    shared = tags.filter(Exists(links[MOST_RELATED : MOST_RELATED + 1]))
    oldest_counted = Subquery(links[MOST_COUNTED - 1 : MOST_COUNTED])
    rarest = shared.order_by(CountedRows(links[:MOST_COUNTED]), oldest_counted, "pk")
    links_of_rarest = EditionTag.objects.filter(tag_id=Subquery(rarest.values("pk")[:1])).listed()
    others = links_of_rarest.newest().exclude(edition_id=edition.pk)
    columns = "edition_id", "edition__card_html", "edition__rendered_with"
    return list(others.values_list(*columns)[:MOST_RELATED])
