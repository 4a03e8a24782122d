"""What the paper got wrong, newest first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models.corrections import Correction
from articles.models.edition_links import is_before, is_following
from articles.models.editions import Edition
from articles.public.http_cache import CacheWindow, conditional_page
from articles.public.views.page_addresses import addresses_of
from articles.public.views.pagination import Key, key_of

SIZE = 30
COLUMNS = ("wrong", "right", "weight", "edition__article_id", "edition__starts_at")


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """List the corrections in force, each with its story as it is called now: one query."""
    story = Edition.objects.listed().filter(article_id=OuterRef("edition__article_id"))
    queryset = Correction.objects.public().annotate(
        headline=Subquery(story.values("headline")[:1]), slug=Subquery(story.values("slug")[:1])
    )
    queryset = queryset.only(*COLUMNS)
    after = key_of(request)
    page = _read_corrections(queryset, after)
    context = {
        "corrections": page.rows,
        "after": after,
        "addresses": addresses_of(page, after, reverse("corrections")),
    }
    return conditional_page(
        request, "articles/corrections.html", context, window=CacheWindow(), is_dated=False
    )


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """One page of corrections; ``next`` and ``previous`` are as in ``StoryPage``."""

    rows: list[Correction]
    next: Key | None
    previous: Key | None


def _read_corrections(queryset: "QuerySet[Any]", after: Key | None) -> CorrectionPage:
    """Read the page of ``queryset`` (newest first) that begins after ``after``: one query, two on a further page."""
    path = "edition__starts_at"
    page = queryset.filter(is_before(after.published_at, after.pk, path)) if after else queryset
    rows = list(page[: SIZE + 1])
    keys = [Key(row.edition.starts_at, row.pk) for row in rows[:SIZE]]
    previous = None
    if after and keys:
        newer = Correction.objects.public().filter(
            is_following(keys[0].published_at, keys[0].pk, path)
        )
        newer_keys = list(newer.order_by(path, "pk").values_list(path, "pk")[: SIZE + 1])
        previous = Key(*newer_keys[SIZE]) if len(newer_keys) > SIZE else None
    return CorrectionPage(rows[:SIZE], keys[-1] if len(rows) > SIZE else None, previous)
