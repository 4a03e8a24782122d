"""Live stories that no longer agree with the record: told after a change, listed, corrections for them drafted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy, ngettext

from articles.admin.base import AdminMixin
from articles.admin.feedback import require_permissions
from articles.admin.requests import AuthenticatedHttpRequest
from articles.models import Article, CorrectionDraft, Edition, Organization, Person, Quote
from articles.models.editions import EditionQuerySet
from articles.record.consistency.correction_drafts import DraftCounts, draft_corrections
from articles.record.consistency.discrepancies import Sense
from articles.record.consistency.outdated import (
    CHUNK,
    OutdatedStory,
    edition_chunks,
    editions_touched_by,
    outdated_among,
)
from articles.text.numbers import parse_number

VIEW = ("articles.view_article", "articles.view_quote", "articles.view_person")
DRAFT = "articles.add_correctiondraft"
PAGE = "admin/articles/article/outdated_stories.html"
Row = Person | Organization | Quote | Article
RowModel = type[Person] | type[Organization] | type[Quote] | type[Article]
SUBJECTS: dict[str, RowModel] = {
    "person": Person,
    "organization": Organization,
    "quote": Quote,
    "story": Article,
}
PAGE_SIZE = 50
MAX_CHECKED = 600


@dataclass(frozen=True, slots=True)
class OutdatedStoriesPage:
    """What disagrees among the live stories read, newest first; ``next_key`` is where to look on, 0 for nowhere."""

    stories: list[OutdatedStory]
    count: int
    next_key: int = 0


def find_outdated_stories(
    editions: EditionQuerySet, *, after: int = 0, limit: int = PAGE_SIZE
) -> OutdatedStoriesPage:
    """Look through ``editions`` after the one with the key ``after`` until ``limit`` do not agree with the record.

    At most ``MAX_CHECKED`` are looked at, about a second's work, however large the paper is.
    """
    last = Edition.objects.filter(pk=after).only("published_at").first() if after else None
    if last:
        editions = editions.before(last.published_at, last.pk)
    stories: list[OutdatedStory] = []
    count = next_key = 0
    for chunk in edition_chunks(editions):
        stories += outdated_among(chunk)
        count += len(chunk)
        next_key = chunk[-1].pk if len(chunk) == CHUNK else 0
        if len(stories) >= limit or count >= MAX_CHECKED:
            break
    return OutdatedStoriesPage(stories, count, next_key)


def outdated_stories_view(request: AuthenticatedHttpRequest, admin: Any) -> HttpResponse:
    """List live stories that do not agree with the record, of one subject or of all; draft corrections for them."""
    require_permissions(request, *VIEW)
    name, subject = _subject(request)
    editions = Edition.objects.listed() if subject is None else editions_touched_by(subject)
    base = reverse("admin:articles_article_outdated_stories")
    if request.method == "POST":
        require_permissions(request, DRAFT)
        return _draft(request, editions)
    page = find_outdated_stories(editions, after=parse_number(request.GET.get("after", "")))
    subject_query = f"{name}={subject.pk}" if subject else ""
    context = {
        **admin.admin_site.each_context(request),
        "title": gettext("Live stories that disagree with the record"),
        "subtitle": str(subject or ""),
        "opts": admin.opts,
        "page": page,
        "stories": _with_drafts(page.stories),
        "to_correct": sum(bool(story.wrong) for story in page.stories),
        "subject": subject,
        "base": base,
        "address": f"{base}?{subject_query}" if subject_query else base,
        "next_address": f"{base}?{subject_query}&after={page.next_key}" if page.next_key else "",
        "may_draft": request.user.has_perm(DRAFT),
    }
    return TemplateResponse(request, PAGE, context)


def _subject(request: HttpRequest) -> tuple[str, Any]:
    """Return whose stories the address asks for, ``("", None)`` for all. Raises Http404 for a row that is not there."""
    for name, model in SUBJECTS.items():
        if name in request.GET:
            row = model.objects.filter(pk=parse_number(request.GET[name])).first()
            if row is None:
                raise Http404(f"There is no such {name}.")
            return name, row
    return "", None


def _with_drafts(
    stories: list[OutdatedStory],
) -> list[tuple[OutdatedStory, CorrectionDraft | None]]:
    """Return each of ``stories`` with the draft that waits for it."""
    keys = [story.article.pk for story in stories]
    drafts = {draft.article_id: draft for draft in CorrectionDraft.objects.filter(article__in=keys)}
    return [(story, drafts.get(story.article.pk)) for story in stories]


def _draft(request: AuthenticatedHttpRequest, editions: EditionQuerySet) -> HttpResponse:
    """Draft corrections for the chosen stories, or for all that the page's subject has; then show the drafts."""
    if "all" in request.POST:
        page = find_outdated_stories(editions, limit=MAX_CHECKED)
        stories, is_more = page.stories, bool(page.next_key)
    else:
        keys = {parse_number(key) for key in request.POST.getlist("story")[:MAX_CHECKED]}
        stories, is_more = outdated_among(list(_chosen_editions(editions, keys))), False
    if not stories:
        messages.warning(request, gettext("Nothing was drafted: choose stories that disagree."))
        return HttpResponseRedirect(request.get_full_path())
    counts = draft_corrections(stories, by=request.user)
    messages.success(request, " ".join(draft_messages(counts)))
    if is_more:
        warning = gettext(
            "Looked at the newest %(count)s stories: publish these, then draft again."
        ) % {"count": MAX_CHECKED}
        messages.warning(request, warning)
    is_any = counts.unneeded < len(stories)
    drafts = reverse("admin:articles_correctiondraft_changelist")
    return HttpResponseRedirect(drafts if is_any else request.get_full_path())


def _chosen_editions(editions: EditionQuerySet, keys: Iterable[int]) -> EditionQuerySet:
    return editions.filter(article__in=keys).newest().defer("card_html", "page_html")


def draft_messages(counts: DraftCounts) -> Iterator[str]:
    """Yield what was drafted, in sentences."""
    if number := counts.created:
        yield ngettext(
            "%(count)s correction drafted. Read each, then publish it.",
            "%(count)s corrections drafted. Read each, then publish it.",
            number,
        ) % {"count": number}
    if number := counts.changed:
        yield ngettext(
            "%(count)s correction drafted anew: the record has changed since.",
            "%(count)s corrections drafted anew: the record has changed since.",
            number,
        ) % {"count": number}
    if number := counts.same:
        yield ngettext(
            "%(count)s correction waiting already, in the same words.",
            "%(count)s corrections waiting already, in the same words.",
            number,
        ) % {"count": number}
    if number := counts.unneeded:
        yield ngettext(
            "%(count)s story needs no correction: nothing in them was wrong.",
            "%(count)s stories need no correction: nothing in them was wrong.",
            number,
        ) % {"count": number}


class OutdatedStoriesAdminMixin(AdminMixin):
    """A form of the record that says after a change which live stories do not agree any more, and leads to them."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.has_perms(VIEW):
            return fieldsets
        return (*fieldsets, (gettext("Live stories"), {"fields": ("live_stories",)}))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "live_stories")

    @admin.display(description=gettext_lazy("what readers have"))
    def live_stories(self, obj: Any) -> str:
        label = gettext("Compare what they say with this record")
        return format_html('<a href="{}">{}</a>', outdated_stories_address(obj), label)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        is_changed = form.has_changed() or any(formset.has_changed() for formset in formsets)
        if change and is_changed and request.user.has_perms(VIEW):
            warn_outdated_stories(request, form.instance)


def warn_outdated_stories(request: HttpRequest, obj: Row) -> None:
    """Say how many live stories say something else than ``obj`` does now, as far as that is not merely missing."""
    page = find_outdated_stories(editions_touched_by(obj), limit=MAX_CHECKED)
    senses = ({fact.sense for fact in story.facts} for story in page.stories)
    count = sum(
        bool(story_senses & {Sense.WRONG, Sense.PRIVATE, Sense.RENAMED}) for story_senses in senses
    )
    if not count:
        return
    message = (
        ngettext(
            "At least %(count)s live story no longer agrees with the record.",
            "At least %(count)s live stories no longer agree with the record.",
            count,
        )
        if page.next_key
        else ngettext(
            "%(count)s live story no longer agrees with the record.",
            "%(count)s live stories no longer agree with the record.",
            count,
        )
    ) % {"count": count}
    link = format_html(
        '{} <a href="{}">{}</a>',
        message,
        outdated_stories_address(obj),
        gettext("See which, and correct them"),
    )
    messages.warning(request, link)


def outdated_stories_address(obj: Row) -> str:
    """Return the address of the page on which the live stories of ``obj`` are compared with the record."""
    name = next(name for name, model in SUBJECTS.items() if isinstance(obj, model))
    return f"{reverse('admin:articles_article_outdated_stories')}?{name}={obj.pk}"
