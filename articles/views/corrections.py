"""What the paper got wrong, newest first."""

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.conditional import Clock, answer
from articles.models.corrections import Correction
from articles.models.editions import Edition

from .listing import Key, key_of

SIZE = 30


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """List the corrections in force, each with its story as it is called now: one query."""
    story = Edition.objects.listed().filter(article_id=OuterRef("edition__article_id"))
    found = Correction.objects.public().annotate(
        headline=Subquery(story.values("headline")[:1]), slug=Subquery(story.values("slug")[:1])
    )
    after = key_of(request)
    if after:
        found = found.filter(
            Q(edition__starts_at__lte=after.published_at),
            Q(edition__starts_at__lt=after.published_at) | Q(pk__lt=after.pk),
        )
    rows = list(found[: SIZE + 1])
    last = rows[SIZE - 1] if len(rows) > SIZE else None
    context = {
        "corrections": rows[:SIZE],
        "after": after,
        "next": last and Key(last.edition.starts_at, last.pk),
    }
    return answer(
        request,
        lambda: render(request, "articles/corrections.html", context),
        made_of=[after, [(row.pk, row.wrong, row.right, row.headline, row.slug) for row in rows]],
        clock=Clock(),
        is_dated=False,
    )
