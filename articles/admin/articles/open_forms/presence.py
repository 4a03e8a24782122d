"""Who else has a story open, and who saved it meanwhile: told in words, a request a minute. Nothing is locked."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from articles import dates
from articles.admin.requests import authenticated
from articles.models import Article, Presence, Revision, User
from articles.text.numbers import parse_number


@require_POST
def presence_view(request: HttpRequest, admin: Any, pk: int) -> JsonResponse:
    """Note that the user has the story open, and answer in two sentences: ``others`` who have, and who ``saved`` it.

    ``saved`` is empty while the revision ``seen``, on which the page was opened, is the last one.
    """
    if not admin.has_view_permission(request):
        raise PermissionDenied
    numbers = Article.objects.filter(pk=pk).values_list("revision_number", flat=True)
    user, last_number = authenticated(request).user, numbers.first()
    if last_number is None:
        raise Http404("There is no such story.")
    Presence.objects.record(user, pk, is_typing="typed" in request.POST)
    is_newer = last_number > parse_number(request.POST.get("seen"))
    saved = _describe_save(user, pk, last_number) if is_newer else ""
    return JsonResponse({"others": _describe_others(user, pk), "saved": saved})


def presence_context(request: HttpRequest, article_pk: int) -> dict[str, Any]:
    """Note that the user opens the form, and return for its page who else has it open."""
    user = authenticated(request).user
    Presence.objects.record(user, article_pk)
    return {"others_present": _describe_others(user, article_pk)}


def _describe_others(user: User, article_pk: int) -> str:
    return " ".join(map(_describe_presence, Presence.objects.others(user, article_pk)))


def _describe_presence(presence: Presence) -> str:
    times = {"name": presence.user.display_name, "opened": dates.format_compact(presence.opened_at)}
    if presence.typed_at is None:
        return gettext("{name} has this story open since {opened}.").format(**times)
    sentence = gettext("{name} has this story open since {opened}, typed last at {typed}.")
    return sentence.format(**times, typed=dates.format_compact(presence.typed_at))


def _describe_save(user: User, article_pk: int, number: int) -> str:
    names = ("by__username", "by__first_name", "by__last_name")
    revisions = Revision.objects.filter(article_id=article_pk, number=number)
    last = revisions.select_related("by").only("number", "at", *names).first()
    if last is None:
        return ""
    if last.by is None:
        sentence = gettext("An import saved revision {number} at {at}:")
    elif last.by == user:
        sentence = gettext("You saved revision {number} at {at}, in another window:")
    else:
        sentence = gettext("{name} saved revision {number} at {at}:")
    at = dates.format_compact(last.at)
    return sentence.format(name=last.by and last.by.display_name, number=last.number, at=at)
