"""The review of a story's record: who is in it, who said what. One address for all, with scripts and without."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.admin.feedback import message_user, require_permissions
from articles.admin.publish_check import publish_check_context
from articles.admin.requests import AuthenticatedHttpRequest
from articles.admin.status import get_article_with_state
from articles.admin_site.submissions import is_script, repeated_message, submission_of
from articles.models import Article
from articles.publishing import NotPublishable
from articles.record import DecisionError

from .actions import ACTIONS, PostData, clean_post
from .cards import BY_HAND_KEY
from .field_values import FormState
from .panel import Panel, build_panel
from .permissions import DECIDE

VIEW = "articles.view_suggestion"
WARNING_ACTIONS, CHECK_KEY = ("wave-off", "take-up"), "check"
UNDOABLE = ("accept", "accept-shown", "reject")
PAGE_TEMPLATE, ANSWER_TEMPLATE = (
    "admin/articles/article/record.html",
    "admin/articles/article/_record_answer.html",
)
OPENED_TEMPLATE = "admin/articles/article/_record_opened.html"


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What came of a pressed button: a sentence, the key of the find that it was about, and of what can be undone."""

    key: str
    message: str
    is_done: bool
    undo: str = ""


def record_view(request: AuthenticatedHttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Show what waits to be decided beside the stored text; do what a pressed button says."""
    require_permissions(request, VIEW)
    if request.method == "POST":
        return _decide(request, admin, pk)
    key, article = request.GET.get("open", ""), get_article_with_state(pk)
    if is_script(request):
        place = "form" if request.GET.get("place") == "form" else "review"
        panel = build_panel(article, request.user, place=place).with_opened(key)
        return TemplateResponse(request, OPENED_TEMPLATE, {"record": panel, "cards": panel.opened})
    form_state = FormState({"names": request.GET.get("names", "")})
    panel = build_panel(article, request.user, place="review", form_state=form_state)
    first = panel.with_unclear_opened(panel.next_after(""))
    return _page(request, admin, panel.with_opened(key) if key else first)


def panel_for_form(request: AuthenticatedHttpRequest, article: Article) -> Panel | None:
    """Return the record for the form of a story, None for who may not see it."""
    if not request.user.has_perm(VIEW):
        return None
    return build_panel(article, request.user, place="form")


def _decide(request: AuthenticatedHttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Do the action, then answer with what the one who sent it can show: a part of the page, a page, a redirect."""
    article, data = get_article_with_state(pk), clean_post(request.POST.dict())
    name = next((action for action in ACTIONS if action in data), "")
    require_permissions(request, *(ACTIONS[name][1] if name else DECIDE))
    outcome = run_action(request, article, name, data)
    place = "form" if data.get("place") == "form" else "review"
    form_state = FormState() if outcome.is_done else FormState(data, outcome.key, outcome.message)
    panel = build_panel(
        get_article_with_state(pk), request.user, place=place, form_state=form_state
    )
    panel = replace(panel, has_all_names=data.get("names") == "all")
    keeps_input = outcome.key == BY_HAND_KEY or outcome.key in panel.open_keys
    if outcome.is_done:
        panel = panel.with_unclear_opened(panel.next_after(outcome.key))
    if is_script(request):
        return _partial_response(request, panel, outcome)
    if not outcome.is_done and keeps_input:
        return _page(request, admin, panel, status=400)
    level = messages.SUCCESS if outcome.is_done else messages.WARNING
    message_user(request, level, article, outcome.message)
    return _back(panel, outcome.key)


def run_action(
    request: AuthenticatedHttpRequest, article: Article, name: str, data: PostData
) -> ActionResult:
    """Do the action ``name`` of ``ACTIONS`` on ``article``; a refusal comes back in words."""
    value = data.get(name, "")
    key = action_key(name, value)
    submission = submission_of(request)
    if submission and submission.is_repeated:
        message = repeated_message(submission)
        return ActionResult(key, message, True, key if name in UNDOABLE else "")
    if not name:
        return ActionResult("", "No button was pressed: nothing was decided.", False)
    try:
        message = ACTIONS[name][0](article, value, data, request.user)
        return ActionResult(key, message, True, key if name in UNDOABLE else "")
    except DecisionError as error:
        return ActionResult(key, str(error), False)
    except NotPublishable as refusal:
        return ActionResult(key, " ".join(["Not published.", *refusal.reasons]), False)


def action_key(name: str, value: str) -> str:
    """Return the key of the suggestion that a button is about: empty for the whole record, ``CHECK_KEY``: a warning."""
    if name in ("publish", "accept-names", "approve"):
        return ""
    if name in WARNING_ACTIONS:
        return CHECK_KEY
    if name == "add":
        return BY_HAND_KEY
    return f"q{value}" if name in ("reword", "remove") else value.partition("=")[0]


def _page(request: HttpRequest, admin: Any, panel: Panel, status: int = 200) -> HttpResponse:
    panel = replace(panel, place="review")
    context = admin.page_context(request, panel.article, "The record")
    context |= {"record": panel, "errors": panel.error}
    return TemplateResponse(request, PAGE_TEMPLATE, context, status=status)


def _partial_response(
    request: AuthenticatedHttpRequest, panel: Panel, outcome: ActionResult
) -> HttpResponse:
    """Answer a script: the parts of the page that changed, what happened, where to go on."""
    context = {"record": panel, "result": outcome, "focus": _focus(panel, outcome)}
    if panel.place == "form":
        context |= {"article": panel.article, **publish_check_context(panel.article, request.user)}
    status = 200 if outcome.is_done else 400
    return TemplateResponse(request, ANSWER_TEMPLATE, context, status=status)


def _focus(panel: Panel, outcome: ActionResult) -> str:
    if outcome.key == BY_HAND_KEY:
        return "by-hand"
    if not outcome.is_done and outcome.key in panel.open_keys:
        return f"find-{outcome.key}"
    return _anchor(panel, outcome.key)


def _anchor(panel: Panel, key: str) -> str:
    if key == CHECK_KEY:
        return "publish-check"
    next_key = panel.next_after(key)
    return f"find-{next_key}" if next_key else "record-panel"


def _back(panel: Panel, key: str) -> HttpResponseRedirect:
    name = "change" if panel.place == "form" else "record"
    address = reverse(f"admin:articles_article_{name}", args=[panel.article.pk])
    query = f"?open={panel.opened[0].key}" if panel.opened and panel.place == "review" else ""
    return HttpResponseRedirect(f"{address}{query}#{_anchor(panel, key)}")
