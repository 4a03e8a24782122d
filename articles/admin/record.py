"""The review of a story's record: who is in it, who said what. One address for all deeds, with scripts and without."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.models import Article
from articles.publishing import NotPublishable
from articles.record import Undecided

from .check import check_of
from .deeds import demand, tell
from .record_cards import NEW
from .record_deeds import DEEDS, Data, cleaned
from .record_panel import DECIDE, Panel, Sent, panel
from .states import with_state

VIEW = "articles.view_suggestion"
DOUBTS, CHECK = ("wave-off", "take-up"), "check"
UNDOABLE = ("accept", "accept-shown", "reject")
PAGE, ANSWER = "admin/articles/article/record.html", "admin/articles/article/_record_answer.html"
OPENED = "admin/articles/article/_record_opened.html"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a pressed button: a sentence, the key of the find that it was about, and of what can be undone."""

    key: str
    words: str
    is_done: bool
    undo: str = ""


def record_view(request: HttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Show what waits to be decided beside the stored text; do what a pressed button says."""
    demand(request, VIEW)
    if request.method == "POST":
        return _decide(request, admin, pk)
    key, article = request.GET.get("open", ""), with_state(pk)
    if is_fetch(request):
        place = "form" if request.GET.get("place") == "form" else "review"
        shown = panel(article, request.user, place=place).opening(key)
        return TemplateResponse(request, OPENED, {"record": shown, "cards": shown.opened})
    everything = Sent({"names": request.GET.get("names", "")})
    shown = panel(article, request.user, place="review", sent=everything)
    first = shown.opening_unclear(shown.next_after(""))
    return _page(request, admin, shown.opening(key) if key else first)


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
    outcome = do(request, article, name, data)
    place = "form" if data.get("place") == "form" else "review"
    sent = Sent() if outcome.is_done else Sent(data, outcome.key, outcome.words)
    shown = panel(with_state(pk), request.user, place=place, sent=sent)
    shown = replace(shown, has_all_names=data.get("names") == "all")
    keeps_words = outcome.key == NEW or outcome.key in shown.open_keys
    if outcome.is_done:
        shown = shown.opening_unclear(shown.next_after(outcome.key))
    if is_fetch(request):
        return _part(request, shown, outcome)
    if not outcome.is_done and keeps_words:
        return _page(request, admin, shown, status=400)
    level = messages.SUCCESS if outcome.is_done else messages.WARNING
    tell(request, level, article, outcome.words)
    return _back(shown, outcome.key)


def is_fetch(request: HttpRequest) -> bool:
    """Tell whether a script of ours asks."""
    return request.headers.get("X-Requested-With") == "fetch"


def do(request: HttpRequest, article: Article, name: str, data: Data) -> Outcome:
    """Do the deed ``name`` of ``DEEDS`` on ``article``; a refusal comes back in words."""
    value = data.get(name, "")
    key = key_of(name, value)
    if not name:
        return Outcome("", "No button was pressed: nothing was decided.", False)
    try:
        words = DEEDS[name][0](article, value, data, request.user)
        return Outcome(key, words, True, key if name in UNDOABLE else "")
    except Undecided as missing:
        return Outcome(key, str(missing), False)
    except NotPublishable as refusal:
        return Outcome(key, " ".join(["Not published.", *refusal.reasons]), False)


def key_of(name: str, value: str) -> str:
    """Return the key of the find that a button is about, empty for one of the whole record, ``CHECK`` for a doubt."""
    if name in ("publish", "accept-names", "approve"):
        return ""
    if name in DOUBTS:
        return CHECK
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
        context |= {"article": shown.article, **check_of(shown.article, request.user)}
    status = 200 if outcome.is_done else 400
    return TemplateResponse(request, ANSWER, context, status=status)


def _focus(shown: Panel, outcome: Outcome) -> str:
    if outcome.key == NEW:
        return "by-hand"
    if not outcome.is_done and outcome.key in shown.open_keys:
        return f"find-{outcome.key}"
    return _anchor(shown, outcome.key)


def _anchor(shown: Panel, key: str) -> str:
    if key == CHECK:
        return "publish-check"
    found = shown.next_after(key)
    return f"find-{found}" if found else "record-panel"


def _back(shown: Panel, key: str) -> HttpResponseRedirect:
    name = "change" if shown.place == "form" else "record"
    address = reverse(f"admin:articles_article_{name}", args=[shown.article.pk])
    asked = f"?open={shown.opened[0].key}" if shown.opened and shown.place == "review" else ""
    return HttpResponseRedirect(f"{address}{asked}#{_anchor(shown, key)}")
