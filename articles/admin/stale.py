"""Live stories that no longer agree with the record: told after a change, listed, corrections for them drafted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from articles.models import Article, CorrectionDraft, Edition, Organization, Person, Quote
from articles.record.drafts import Drafted, draft_corrections
from articles.record.facts import Sense
from articles.record.stale import CHUNK, Stale, chunks, stale_among, touched_by

from .deeds import demand
from .record_deeds import number

VIEW = ("articles.view_article", "articles.view_quote", "articles.view_person")
DRAFT = "articles.add_correctiondraft"
PAGE = "admin/articles/article/stale.html"
SUBJECTS = {"person": Person, "organization": Organization, "quote": Quote, "story": Article}
Row = Person | Organization | Quote | Article
SHOWN = 50
LOOKED_AT = 600


@dataclass(frozen=True, slots=True)
class Look:
    """What was found among the live stories looked at, newest first; ``mark`` is where to look on, 0 for nowhere."""

    stories: list[Stale]
    count: int
    mark: int = 0


def look(editions: QuerySet[Edition], *, after: int = 0, shown: int = SHOWN) -> Look:
    """Look through ``editions`` after the one with the key ``after`` until ``shown`` do not agree with the record.

    At most ``LOOKED_AT`` are looked at, about a second's work, however large the paper is.
    """
    last = Edition.objects.filter(pk=after).only("published_at").first() if after else None
    if last:
        editions = editions.before(last.published_at, last.pk)
    stories: list[Stale] = []
    count = mark = 0
    for chunk in chunks(editions):
        stories += stale_among(chunk)
        count += len(chunk)
        mark = chunk[-1].pk if len(chunk) == CHUNK else 0
        if len(stories) >= shown or count >= LOOKED_AT:
            break
    return Look(stories, count, mark)


def stale_view(request: HttpRequest, admin: Any) -> HttpResponse:
    """List live stories that do not agree with the record, of one subject or of all; draft corrections for them."""
    demand(request, *VIEW)
    name, subject = _subject(request)
    editions = Edition.objects.listed() if subject is None else touched_by(subject)
    base = reverse("admin:articles_article_stale")
    if request.method == "POST":
        demand(request, DRAFT)
        return _draft(request, editions)
    found = look(editions, after=number(request.GET.get("after", "")))
    about = f"{name}={subject.pk}" if subject else ""
    context = {
        **admin.admin_site.each_context(request),
        "title": "Live stories that disagree with the record",
        "subtitle": str(subject or ""),
        "opts": admin.opts,
        "found": found,
        "stories": _with_drafts(found.stories),
        "to_correct": sum(bool(one.wrong) for one in found.stories),
        "subject": subject,
        "base": base,
        "address": f"{base}?{about}" if about else base,
        "next_address": f"{base}?{about}&after={found.mark}" if found.mark else "",
        "may_draft": request.user.has_perm(DRAFT),
    }
    return TemplateResponse(request, PAGE, context)


def _subject(request: HttpRequest) -> tuple[str, Any]:
    """Return whose stories the address asks for, ``("", None)`` for all. Raises Http404 for a row that is not there."""
    for name, model in SUBJECTS.items():
        if name in request.GET:
            row = model.objects.filter(pk=number(request.GET[name])).first()
            if row is None:
                raise Http404(f"There is no such {name}.")
            return name, row
    return "", None


def _with_drafts(stories: list[Stale]) -> list[tuple[Stale, CorrectionDraft | None]]:
    """Return each of ``stories`` with the draft that waits for it."""
    keys = [one.article.pk for one in stories]
    drafts = {one.article_id: one for one in CorrectionDraft.objects.filter(article__in=keys)}
    return [(one, drafts.get(one.article.pk)) for one in stories]


def _draft(request: HttpRequest, editions: QuerySet[Edition]) -> HttpResponse:
    """Draft corrections for the chosen stories, or for all that the page's subject has; then show the drafts."""
    if "all" in request.POST:
        found = look(editions, shown=LOOKED_AT)
        stories, is_more = found.stories, bool(found.mark)
    else:
        keys = {number(key) for key in request.POST.getlist("story")[:LOOKED_AT]}
        stories, is_more = stale_among(list(_chosen(editions, keys))), False
    if not stories:
        messages.warning(request, "Nothing was drafted: choose stories that disagree.")
        return HttpResponseRedirect(request.get_full_path())
    drafted = draft_corrections(stories, by=request.user)
    messages.success(request, " ".join(in_words(drafted)))
    if is_more:
        words = f"Looked at the newest {LOOKED_AT} stories: publish these, then draft again."
        messages.warning(request, words)
    is_any = drafted.needless < len(stories)
    drafts = reverse("admin:articles_correctiondraft_changelist")
    return HttpResponseRedirect(drafts if is_any else request.get_full_path())


def _chosen(editions: QuerySet[Edition], keys: Iterable[int]) -> QuerySet[Edition]:
    return editions.filter(article__in=keys).newest().defer("card_html", "page_html")


def in_words(drafted: Drafted) -> Iterator[str]:
    """Yield what was drafted, in sentences."""
    for count, words in (
        (drafted.made, "drafted. Read each, then publish it"),
        (drafted.changed, "drafted anew: the record has changed since"),
        (drafted.same, "waiting already, in the same words"),
    ):
        if count:
            yield f"{count} correction{'s' if count > 1 else ''} {words}."
    if drafted.needless:
        stories = "story needs" if drafted.needless == 1 else "stories need"
        yield f"{drafted.needless} {stories} no correction: nothing in them was wrong."


class TellsStale:
    """A form of the record that says after a change which live stories do not agree any more, and leads to them."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_fieldsets(request, obj)
        if obj is None or not request.user.has_perms(VIEW):
            return found
        return (*found, ("Live stories", {"fields": ("live_stories",)}))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "live_stories")

    def live_stories(self, obj: Any) -> str:
        words = "Compare what they say with this record"
        return format_html('<a href="{}">{}</a>', address_of(obj), words)

    live_stories.short_description = "what readers have"

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        is_changed = form.has_changed() or any(one.has_changed() for one in formsets)
        if change and is_changed and request.user.has_perms(VIEW):
            tell_stale(request, form.instance)


def tell_stale(request: HttpRequest, obj: Row) -> None:
    """Say how many live stories say something else than ``obj`` does now, as far as that is not merely missing."""
    found = look(touched_by(obj), shown=LOOKED_AT)
    senses = ({fact.sense for fact in one.facts} for one in found.stories)
    count = sum(bool(those & {Sense.WRONG, Sense.RENAMED}) for those in senses)
    if not count:
        return
    more = "At least " if found.mark else ""
    stories = "live story no longer agrees" if count == 1 else "live stories no longer agree"
    said = f"{more}{count} {stories} with the record."
    link = format_html('{} <a href="{}">See which, and correct them</a>', said, address_of(obj))
    messages.warning(request, link)


def address_of(obj: Row) -> str:
    """Return the address of the page on which the live stories of ``obj`` are compared with the record."""
    name = next(name for name, model in SUBJECTS.items() if isinstance(obj, model))
    return f"{reverse('admin:articles_article_stale')}?{name}={obj.pk}"
