"""What the desk answers: a sentence about a story, a refusal with its reasons, the way back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles.models import Article
from articles.publishing import NotPublishable


def require_permissions(request: HttpRequest, *permissions: str) -> None:
    """Raise PermissionDenied unless the user has every one of ``permissions``."""
    if not request.user.has_perms(permissions):
        raise PermissionDenied


def message_user(
    request: HttpRequest, level: int, article: Article, text: str, address: str = ""
) -> None:
    """Say what happened to which story; ``address`` leads to the readers' page."""
    link = format_html(' <a href="{}">See it as readers do</a>', address) if address else ""
    form_address = reverse("admin:articles_article_change", args=[article.pk])
    message = format_html('<a href="{}">{}</a>: {}{}', form_address, article, text, link)
    messages.add_message(request, level, message)


def message_publish_errors(
    request: HttpRequest, article: Article, summary: str, error: NotPublishable
) -> None:
    """Say that nothing went out, with every reason."""
    reasons = format_html_join("", "<li>{}</li>", ((reason,) for reason in error.reasons))
    messages.error(request, format_html("{}: {} <ul>{}</ul>", article, summary, reasons))


def redirect_to_article(article: Article) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
