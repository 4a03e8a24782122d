"""What the paper got wrong, newest first."""

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.models.corrections import Correction
from articles.models.editions import Edition
from articles.public.http_cache import CacheWindow, conditional_page
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
    if after:
        queryset = queryset.filter(
            Q(edition__starts_at__lte=after.published_at),
            Q(edition__starts_at__lt=after.published_at) | Q(pk__lt=after.pk),
        )
    rows = list(queryset[: SIZE + 1])
    last = rows[SIZE - 1] if len(rows) > SIZE else None
    context = {
        "corrections": rows[:SIZE],
        "after": after,
        "next": last and Key(last.edition.starts_at, last.pk),
    }
    return conditional_page(
        request, "articles/corrections.html", context, window=CacheWindow(), is_dated=False
    )
