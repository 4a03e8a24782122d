"""The review of a story's record: who is in it, who said what. One address for all deeds, with scripts and without."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from articles.publishing import NotPublishable, reasons_against, warnings_about
from articles.record import Undecided

from .deeds import demand, tell
from .record_cards import NEW
from .record_deeds import DEEDS, Data, cleaned
from .record_panel import DECIDE, Panel, Sent, panel
from .states import with_state

VIEW = "articles.view_suggestion"
PAGE, ANSWER = "admin/articles/article/record.html", "admin/articles/article/_record_answer.html"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a pressed button: a sentence, and the key of the find that it was about."""

    key: str
    words: str
    is_done: bool


def record_view(request: HttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Show what waits to be decided beside the stored text; do what a pressed button says."""
    demand(request, VIEW)
    if request.method == "POST":
        return _decide(request, admin, pk)
    article = with_state(pk)
    return _page(request, admin, panel(article, request.user, place="review"))


def of_form(request: HttpRequest, article: Article) -> Panel | None:
    """Return the record for the form of a story, None for who may not see it."""
    if not request.user.has_perm(VIEW):
        return None
    return panel(article, request.user, place="form")


def _decide(request: HttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Do the deed, then answer with what the one who sent it can show: a part of the page, a page, a redirect."""
    article, data = with_state(pk), cleaned(request.POST.dict())
    name = next((one for one in DEEDS if one in data), "")
    demand(request, *(DEEDS[name][1] if name else DECIDE))
    outcome = _do(request, article, name, data)
    place = "form" if data.get("place") == "form" else "review"
    sent = Sent() if outcome.is_done else Sent(data, outcome.key, outcome.words)
    shown = panel(with_state(pk), request.user, place=place, sent=sent)
    keeps_words = outcome.key == NEW or outcome.key in shown.open_keys
    if request.headers.get("X-Requested-With") == "fetch":
        return _part(request, shown, outcome)
    if not outcome.is_done and keeps_words:
        return _page(request, admin, shown, status=400)
    level = messages.SUCCESS if outcome.is_done else messages.WARNING
    tell(request, level, article, outcome.words)
    return _back(shown, outcome.key)


def _do(request: HttpRequest, article: Article, name: str, data: Data) -> Outcome:
    value = data.get(name, "")
    key = _key_of(name, value)
    if not name:
        return Outcome("", "No button was pressed: nothing was decided.", False)
    try:
        return Outcome(key, DEEDS[name][0](article, value, data, request.user), True)
    except Undecided as missing:
        return Outcome(key, str(missing), False)
    except NotPublishable as refusal:
        return Outcome(key, " ".join(["Not published.", *refusal.reasons]), False)


def _key_of(name: str, value: str) -> str:
    """Return the key of the find that a button is about, empty for one that is about the whole record."""
    if name in ("publish", "accept-names"):
        return ""
    if name == "add":
        return NEW
    return f"q{value}" if name in ("reword", "remove") else value.partition("=")[0]


def _page(request: HttpRequest, admin: Any, shown: Panel, status: int = 200) -> HttpResponse:
    shown = replace(shown, place="review")
    context = admin.page_context(request, shown.article, "The record")
    context |= {"record": shown, "errors": shown.error}
    return TemplateResponse(request, PAGE, context, status=status)


def _part(request: HttpRequest, shown: Panel, outcome: Outcome) -> HttpResponse:
    """Answer a script: the parts of the page that changed, what happened, where to go on."""
    context = {"record": shown, "outcome": outcome, "focus": _focus(shown, outcome)}
    if shown.place == "form":
        context |= {
            "article": shown.article,
            "reasons": reasons_against(shown.article, timezone.now()),
            "warnings": warnings_about(shown.article),
        }
    status = 200 if outcome.is_done else 400
    return TemplateResponse(request, ANSWER, context, status=status)


def _focus(shown: Panel, outcome: Outcome) -> str:
    if outcome.key == NEW:
        return "by-hand"
    if not outcome.is_done and outcome.key in shown.open_keys:
        return f"find-{outcome.key}"
    return _anchor(shown, outcome.key)


def _anchor(shown: Panel, key: str) -> str:
    found = shown.next_after(key)
    return f"find-{found}" if found else "record-panel"


def _back(shown: Panel, key: str) -> HttpResponseRedirect:
    name = "change" if shown.place == "form" else "record"
    address = reverse(f"admin:articles_article_{name}", args=[shown.article.pk])
    return HttpResponseRedirect(f"{address}#{_anchor(shown, key)}")
