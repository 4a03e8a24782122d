"""The queue: finds of all stories that wait, the most certain first, each decided in its place."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.admin.feedback import message_user, require_permissions
from articles.admin.requests import AuthenticatedHttpRequest
from articles.admin_site.submissions import is_script
from articles.models import Article, Suggestion
from articles.record.decisions.queue import waiting_items
from articles.text.numbers import parse_number

from .actions import ACTIONS, MISSING_MESSAGE, PostData, clean_post
from .card_lists import build_cards
from .cards import Card
from .field_values import FormState
from .permissions import DECIDE, allowed_actions
from .queue_filters import QueueForm, after_position, filter_queue, queue_position
from .views import OPENED_TEMPLATE, VIEW, ActionResult, action_key, run_action

PAGE_TEMPLATE = "admin/articles/article/queue.html"
ANSWER_TEMPLATE = "admin/articles/article/_queue_answer.html"
PAGE_SIZE = 20
MAX_COUNTED = 1001
BUTTONS = ("accept", "accept-shown", "reject", "undo")


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what waits. ``address`` leads to it with its filters, ``next_address`` on; ``count`` is capped."""

    form: QueueForm
    cards: list[Card]
    may: dict[str, bool]
    base: str
    query: str
    next_position: str
    count: int
    error: str = ""
    place: str = "queue"

    @property
    def address(self) -> str:
        return f"{self.base}?{self.query}"

    @property
    def open_address(self) -> str:
        """The address of a find with its fields open, but for its key."""
        return f"{self.address}&open=" if self.query else f"{self.base}?open="

    @property
    def next_address(self) -> str:
        """The address of what comes after this page, empty after the last one."""
        filters = "&".join(
            parameter for parameter in self.query.split("&") if parameter[:6] != "after="
        )
        return f"{self.base}?{filters}&after={self.next_position}" if self.next_position else ""

    @property
    def has_more(self) -> bool:
        """Whether there are more than are counted."""
        return self.count >= MAX_COUNTED

    @property
    def opened(self) -> list[Card]:
        return [card for card in self.cards if card.is_opened]

    @property
    def forms(self) -> list[str]:
        """The keys of what has fields, and so a form of its own."""
        return [card.key for card in self.opened]

    def with_opened(self, key: str) -> "Queue":
        """Return it with the fields of the find ``key`` open."""
        cards = [replace(card, is_opened=card.key == key or card.is_opened) for card in self.cards]
        return replace(self, cards=cards)

    def next_after(self, suggestion: Suggestion | None) -> Card | None:
        """Return what comes after ``suggestion``, else the first, None when nothing waits."""
        if suggestion is None:
            return next(iter(self.cards), None)
        position = (-suggestion.confidence, suggestion.pk)
        cards = ((card, card.suggestion) for card in self.cards)
        later = (card for card, other in cards if (-other.confidence, other.pk) > position)
        return next(later, next(iter(self.cards), None))


def queue_view(request: AuthenticatedHttpRequest, admin: Any) -> HttpResponse:
    """Show the page of the queue that the address asks for; do what a pressed button says."""
    require_permissions(request, VIEW, "articles.view_article")
    if request.method == "POST":
        return _decide(request, admin)
    queue, key = _read_queue(request, FormState()), request.GET.get("open", "")
    if is_script(request):
        queue = queue.with_opened(key)
        return TemplateResponse(request, OPENED_TEMPLATE, {"record": queue, "cards": queue.opened})
    first = next(iter(queue.cards), None)
    if not key and first and first.suggested_option is None:
        key = first.key
    return _page(request, admin, queue.with_opened(key), _last_decision(request))


def _read_queue(request: AuthenticatedHttpRequest, form_state: FormState) -> Queue:
    """Read a page of the queue; the number of queries does not depend on what is in it."""
    form = QueueForm(request.GET)
    suggestions = filter_queue(form.cleaned_data) if form.is_valid() else Suggestion.objects.none()
    keys = list(
        after_position(suggestions, request.GET.get("after", "")).values_list("pk", flat=True)[
            : PAGE_SIZE + 1
        ]
    )
    rows = Suggestion.objects.select_related("article").defer(
        "article__original", "article__original_map", "article__ed_note"
    )
    by_key = rows.in_bulk(keys[:PAGE_SIZE])
    page = [by_key[key] for key in keys[:PAGE_SIZE] if key in by_key]
    items = waiting_items(page)
    cards = build_cards([item for item, _ in items], {}, form_state)
    cards_with_others = [
        replace(card, others=others) for card, (_, others) in zip(cards, items, strict=True)
    ]
    query = request.GET.copy()
    for name in ("open", "last"):
        query.pop(name, None)
    return Queue(
        form=form,
        cards=cards_with_others,
        may=allowed_actions(request.user),
        base=reverse("admin:articles_article_queue"),
        query=query.urlencode(),
        next_position=queue_position(page[-1]) if len(keys) > PAGE_SIZE and page else "",
        count=_count(suggestions, [] if "after" in request.GET else keys),
        error=form_state.error,
    ).with_opened(form_state.key)


def _count(suggestions: QuerySet[Suggestion], first: list[int]) -> int:
    """Return how many finds there are, capped; the keys of the ``first`` page say it when there is no second."""
    if 0 < len(first) <= PAGE_SIZE:
        return len(first)
    return suggestions.order_by()[:MAX_COUNTED].count()


def _decide(request: AuthenticatedHttpRequest, admin: Any) -> HttpResponse:
    """Do the action, then go on to the next: as a part of the page, or by a redirect."""
    data = clean_post(request.POST.dict())
    name = next((button for button in BUTTONS if button in data), "")
    require_permissions(request, *(ACTIONS[name][1] if name else DECIDE))
    key = action_key(name, data.get(name, ""))
    suggestion = Suggestion.objects.select_related("article").filter(pk=parse_number(key)).first()
    outcome = _run_action(request, suggestion, name, data)
    queue = _read_queue(
        request, FormState() if outcome.is_done else FormState(data, key, outcome.message)
    )
    is_here = any(card.key == key for card in queue.cards)
    following = queue.next_after(suggestion)
    focus = key if is_here and not outcome.is_done else following.key if following else ""
    if outcome.is_done and following and following.suggested_option is None:
        queue = queue.with_opened(following.key)
    if is_script(request):
        context = {"record": queue, "result": outcome}
        context["focus"] = f"find-{focus}" if focus else "record-panel"
        return TemplateResponse(
            request, ANSWER_TEMPLATE, context, status=200 if outcome.is_done else 400
        )
    if not outcome.is_done and is_here:
        return _page(request, admin, queue, None, status=400)
    return _back(request, queue, outcome, suggestion, focus)


def _run_action(
    request: AuthenticatedHttpRequest, suggestion: Suggestion | None, name: str, data: PostData
) -> ActionResult:
    if suggestion is None and name:
        return ActionResult("", MISSING_MESSAGE, False)
    return run_action(request, suggestion.article if suggestion else Article(), name, data)


def _back(
    request: HttpRequest,
    queue: Queue,
    outcome: ActionResult,
    suggestion: Suggestion | None,
    focus: str,
) -> HttpResponseRedirect:
    """Say what happened and lead to the next find, opened where it needs an answer."""
    level = messages.SUCCESS if outcome.is_done else messages.WARNING
    if suggestion:
        message_user(request, level, suggestion.article, outcome.message)
    else:
        messages.add_message(request, level, outcome.message)
    more = {"last": outcome.undo, "open": queue.forms[0] if queue.forms else ""}
    extra = "".join(f"&{name}={value}" for name, value in more.items() if value)
    return HttpResponseRedirect(f"{queue.address}{extra}#find-{focus}")


def _last_decision(request: AuthenticatedHttpRequest) -> ActionResult | None:
    """Return what the user has decided last, as the address says it, so that it can be undone."""
    decided = Suggestion.objects.decided().filter(decided_by=request.user)
    suggestion = decided.filter(pk=parse_number(request.GET.get("last", ""))).first()
    if suggestion is None:
        return None
    text = suggestion.found.get("text") or suggestion.found["name"]
    return ActionResult("", f"Decided: “{text[:80]}”", True, str(suggestion.pk))


def _page(
    request: HttpRequest, admin: Any, queue: Queue, outcome: ActionResult | None, status: int = 200
) -> HttpResponse:
    context = {
        **admin.admin_site.each_context(request),
        "title": "The queue of the record",
        "opts": admin.opts,
        "record": queue,
        "result": outcome,
        "errors": queue.error,
    }
    return TemplateResponse(request, PAGE_TEMPLATE, context, status=status)
