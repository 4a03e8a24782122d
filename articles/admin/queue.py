"""The queue: finds of all stories that wait, the most certain first, each decided in its place."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.models import Article, Suggestion
from articles.record.waiting import waiting_items

from .deeds import demand, tell
from .queue_filters import QueueForm, after, mark_of, narrowed
from .record import OPENED, VIEW, Outcome, do, is_fetch, key_of
from .record_cards import Card
from .record_deeds import DEEDS, GONE, Data, cleaned, number
from .record_panel import DECIDE, Sent, allowed, cards_of

PAGE = "admin/articles/article/queue.html"
ANSWER = "admin/articles/article/_queue_answer.html"
SIZE = 20
MOST_COUNTED = 1001
BUTTONS = ("accept", "accept-shown", "reject", "undo")


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what waits. ``address`` leads to it with its filters, ``next_address`` on; ``count`` is capped."""

    form: QueueForm
    cards: list[Card]
    may: dict[str, bool]
    base: str
    query: str
    next_mark: str
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
        filters = "&".join(one for one in self.query.split("&") if one[:6] != "after=")
        return f"{self.base}?{filters}&after={self.next_mark}" if self.next_mark else ""

    @property
    def has_more(self) -> bool:
        """Whether there are more than are counted."""
        return self.count >= MOST_COUNTED

    @property
    def opened(self) -> list[Card]:
        return [card for card in self.cards if card.is_opened]

    @property
    def forms(self) -> list[str]:
        """The keys of what has fields, and so a form of its own."""
        return [card.key for card in self.opened]

    def opening(self, key: str) -> "Queue":
        """Return it with the fields of the find ``key`` open."""
        cards = [replace(card, is_opened=card.key == key or card.is_opened) for card in self.cards]
        return replace(self, cards=cards)

    def next_after(self, find: Suggestion | None) -> Card | None:
        """Return what comes after ``find``, else the first, None when nothing waits."""
        if find is None:
            return next(iter(self.cards), None)
        place = (-find.confidence, find.pk)
        finds = ((card, card.item.suggestion) for card in self.cards)
        later = (card for card, one in finds if (-one.confidence, one.pk) > place)
        return next(later, next(iter(self.cards), None))


def queue_view(request: HttpRequest, admin: Any) -> HttpResponse:
    """Show the page of the queue that the address asks for; do what a pressed button says."""
    demand(request, VIEW, "articles.view_article")
    if request.method == "POST":
        return _decide(request, admin)
    shown, key = _queue(request, Sent()), request.GET.get("open", "")
    if is_fetch(request):
        shown = shown.opening(key)
        return TemplateResponse(request, OPENED, {"record": shown, "cards": shown.opened})
    first = next(iter(shown.cards), None)
    if not key and first and first.shown is None:
        key = first.key
    return _page(request, admin, shown.opening(key), _last(request))


def _queue(request: HttpRequest, sent: Sent) -> Queue:
    """Read a page of the queue; the number of queries does not depend on what is in it."""
    form = QueueForm(request.GET)
    found = narrowed(form.cleaned_data) if form.is_valid() else Suggestion.objects.none()
    keys = list(after(found, request.GET.get("after", "")).values_list("pk", flat=True)[: SIZE + 1])
    rows = Suggestion.objects.select_related("article").defer(
        "article__original", "article__original_map", "article__ed_note"
    )
    by_key = rows.in_bulk(keys[:SIZE])
    finds = [by_key[key] for key in keys[:SIZE] if key in by_key]
    items = waiting_items(finds)
    cards = cards_of([item for item, _ in items], {}, sent)
    named = [replace(card, others=others) for card, (_, others) in zip(cards, items, strict=True)]
    asked = request.GET.copy()
    for name in ("open", "last"):
        asked.pop(name, None)
    return Queue(
        form=form,
        cards=named,
        may=allowed(request.user),
        base=reverse("admin:articles_article_queue"),
        query=asked.urlencode(),
        next_mark=mark_of(finds[-1]) if len(keys) > SIZE and finds else "",
        count=_count(found, [] if "after" in request.GET else keys),
        error=sent.error,
    ).opening(sent.key)


def _count(found: QuerySet[Suggestion], first: list[int]) -> int:
    """Return how many finds there are, capped; the keys of the ``first`` page say it when there is no second."""
    if 0 < len(first) <= SIZE:
        return len(first)
    return found.order_by()[:MOST_COUNTED].count()


def _decide(request: HttpRequest, admin: Any) -> HttpResponse:
    """Do the deed, then go on to the next: as a part of the page, or by a redirect."""
    data = cleaned(request.POST.dict())
    name = next((one for one in BUTTONS if one in data), "")
    demand(request, *(DEEDS[name][1] if name else DECIDE))
    key = key_of(name, data.get(name, ""))
    find = Suggestion.objects.select_related("article").filter(pk=number(key)).first()
    outcome = _do(request, find, name, data)
    shown = _queue(request, Sent() if outcome.is_done else Sent(data, key, outcome.words))
    is_here = any(card.key == key for card in shown.cards)
    following = shown.next_after(find)
    focus = key if is_here and not outcome.is_done else following.key if following else ""
    if outcome.is_done and following and following.shown is None:
        shown = shown.opening(following.key)
    if is_fetch(request):
        context = {"record": shown, "outcome": outcome}
        context["focus"] = f"find-{focus}" if focus else "record-panel"
        return TemplateResponse(request, ANSWER, context, status=200 if outcome.is_done else 400)
    if not outcome.is_done and is_here:
        return _page(request, admin, shown, None, status=400)
    return _back(request, shown, outcome, find, focus)


def _do(request: HttpRequest, find: Suggestion | None, name: str, data: Data) -> Outcome:
    if find is None and name:
        return Outcome("", GONE, False)
    return do(request, find.article if find else Article(), name, data)


def _back(
    request: HttpRequest, shown: Queue, outcome: Outcome, find: Suggestion | None, focus: str
) -> HttpResponseRedirect:
    """Say what happened and lead to the next find, opened where it needs an answer."""
    level = messages.SUCCESS if outcome.is_done else messages.WARNING
    if find:
        tell(request, level, find.article, outcome.words)
    else:
        messages.add_message(request, level, outcome.words)
    more = {"last": outcome.undo, "open": shown.forms[0] if shown.forms else ""}
    extra = "".join(f"&{name}={value}" for name, value in more.items() if value)
    return HttpResponseRedirect(f"{shown.address}{extra}#find-{focus}")


def _last(request: HttpRequest) -> Outcome | None:
    """Return what the user has decided last, as the address says it, so that it can be undone."""
    decided = Suggestion.objects.decided().filter(decided_by=request.user)
    find = decided.filter(pk=number(request.GET.get("last", ""))).first()
    if find is None:
        return None
    words = find.found.get("text") or find.found["name"]
    return Outcome("", f"Decided: “{words[:80]}”", True, str(find.pk))


def _page(
    request: HttpRequest, admin: Any, shown: Queue, outcome: Outcome | None, status: int = 200
) -> HttpResponse:
    context = {
        **admin.admin_site.each_context(request),
        "title": "The queue of the record",
        "opts": admin.opts,
        "record": shown,
        "outcome": outcome,
        "errors": shown.error,
    }
    return TemplateResponse(request, PAGE, context, status=status)
