"""One story as readers get it now."""

from django.conf import settings
from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from articles import fragments
from articles.conditional import answer, clock_of, moved
from articles.models.edition_links import EditionTag
from articles.models.editions import Edition
from articles.models.tags import Tag
from articles.syndication import schema_org

MOST_RELATED = 3


@require_safe
def article(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show the live edition; 301 from any other slug, 410 when it is withdrawn, the same 404 for all else."""
    edition = Edition.objects.live().with_starts().defer("card_html").filter(article_id=pk).first()
    if edition is None:
        raise Http404("No such story.")
    if edition.is_withdrawal:
        return gone(request, edition)
    if edition.slug != slug:
        return moved(edition.get_absolute_url())
    rows = related(edition)
    made_of = [
        edition.pk,
        edition.rendered_with,
        edition.page_html,
        fragments.rendered_with(),
        rows,
    ]
    return answer(
        request,
        lambda: _page(request, edition, rows),
        made_of=made_of,
        clock=clock_of([vars(edition)]),
    )


def _page(request: HttpRequest, edition: Edition, rows: list[tuple[int, str, str]]) -> HttpResponse:
    story = edition.composed
    is_fresh = fragments.is_fresh(edition.rendered_with)
    url = settings.SITE_URL + edition.get_absolute_url()
    context = {
        "story": story,
        "edition": edition,
        "html": mark_safe(edition.page_html if is_fresh else fragments.page(story)),  # noqa: S308 - a rendered template
        "related": fragments.cards(rows),
        "url": url,
        "picture_url": schema_org.picture_url(story),
        "json_ld": schema_org.as_json(schema_org.news_article(story, url)),
        "changes_url": reverse("changes", args=[story.article_id, story.slug])
        if edition.number > 1
        else "",
    }
    return render(request, "articles/article.html", context)


def related(edition: Edition) -> list[tuple[int, str, str]]:
    """Return the cards (edition, html, made with) of the newest other stories of the rarest tag shared with a few.

    One query, one index range. Worth the second query of the page: somebody who has read to the end gets three ways
    on, of the same matter.
    """
    tags = Tag.objects.filter(pk__in=[tag["id"] for tag in edition.tags])
    rarest = tags.filter(link_count__gt=MOST_RELATED).order_by("link_count", "pk").values("pk")[:1]
    links = EditionTag.objects.filter(tag_id=Subquery(rarest)).listed().newest()
    others = links.exclude(edition_id=edition.pk)
    columns = "edition_id", "edition__card_html", "edition__rendered_with"
    return list(others.values_list(*columns)[:MOST_RELATED])


def gone(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Say when and why a story was withdrawn, and nothing else."""
    response = render(request, "410.html", {"edition": edition}, status=410)
    response.headers["Cache-Control"] = "public, max-age=0"
    return response
