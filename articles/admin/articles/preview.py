"""What readers would get of a story: for the newsroom only."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe

from articles.admin.status import describe_state, get_article_with_state
from articles.composed import Composed
from articles.public import fragments
from articles.publishing import compose


def preview_view(request: HttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Show the stored working copy by the readers' own template; no cache keeps it, no link tells where it was."""
    article = get_article_with_state(pk)
    context = {
        "story": mark_safe(preview_html(compose(article))),  # noqa: S308 (escaped by the template it comes from)
        "article": article,
        "state": describe_state(article),
        "form_address": reverse("admin:articles_article_change", args=[pk]),
    }
    response = TemplateResponse(request, "admin/articles/article/preview.html", context)
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    return response


def preview_html(story: Composed) -> str:
    """Return the readers' page with its pictures led through the desk, for they may not be public yet."""
    html = fragments.page(story)
    if story.picture is None:
        return html
    rendition_address = reverse(
        "admin:articles_image_rendition", args=[story.picture.token, 1, "jpeg"]
    )
    admin_address = rendition_address.removesuffix("1.jpeg")
    return html.replace(f"{settings.MEDIA_URL}{story.picture.token}/", admin_address)
