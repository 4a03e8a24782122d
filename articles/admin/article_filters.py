"""How the list of stories is narrowed."""

import re
from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.models import (
    Article,
    Edition,
    ImportedItem,
    ImportRun,
    Quote,
    Suggestion,
    Tag,
    WaitingChange,
)

MOST_CHOICES = 40
RUN = re.compile(r"(?P<run>[0-9]{1,18})(?:-(?P<which>[a-z]+))?")
OF_RUN = {  # which of the stories of an import, as the address and as the page says it
    "": "all",
    "created": "created",
    "updated": "updated",
    "waiting": "waiting",
    "undated": "without a date",
    "pictures": "picture not in the library",
    "quotes": "quotes to check",
    "names": "names to check",
}


class StateFilter(admin.SimpleListFilter):
    """What readers have of a story."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("draft", "draft"),
            ("live", "live"),
            ("changed", "live with unpublished changes"),
            ("scheduled", "scheduled"),
            ("waiting", "a newer version waits"),
            ("hold", "on hold"),
            ("embargoed", "under embargo"),
            ("withdrawn", "withdrawn"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        is_live = Q(live_kind__isnull=False) & ~Q(live_kind=Edition.Kind.WITHDRAWAL)
        waiting = WaitingChange.objects.filter(article=OuterRef("pk"), state="open")
        meaning = {
            "draft": Q(live_kind__isnull=True, scheduled_for__isnull=True),
            "live": is_live,
            "changed": is_live & Q(live_revision__lt=F("revision_number")),
            "scheduled": Q(scheduled_for__isnull=False),
            "waiting": Q(Exists(waiting)),
            "hold": Q(is_on_hold=True),
            "embargoed": Q(embargoed_until__gt=timezone.now()),
            "withdrawn": Q(live_kind=Edition.Kind.WITHDRAWAL),
        }
        return queryset.filter(meaning[self.value()]) if self.value() in meaning else queryset


class RecordFilter(admin.SimpleListFilter):
    """What has to be decided about who said what."""

    title = "record"
    parameter_name = "record"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("waiting", "quotes to check"),
            ("detached", "quotes whose words have gone"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        found = {
            "waiting": Suggestion.objects.open().quotes().likely(),
            "detached": Quote.objects.detached(),
        }
        if self.value() not in found:
            return queryset
        return queryset.filter(Exists(found[self.value()].filter(article=OuterRef("pk"))))


class TagFilter(admin.SimpleListFilter):
    """The sections and the tags most used; any other by its slug in the address (``?tag=…``)."""

    title = "tag"
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return tag_choices(request.GET.get(self.parameter_name, ""))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if not self.value():
            return queryset
        return queryset.filter(tags__slug=self.value())


class SourceFilter(admin.SimpleListFilter):
    """Where a story came from."""

    title = "source"
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return source_choices()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if not self.value():
            return queryset
        return queryset.filter(source="" if self.value() == "-" else self.value())


class RunFilter(admin.SimpleListFilter):
    """The stories that an import brought or changed last: ``?run=12``, or some of them, ``?run=12-undated``."""

    title = "import"
    parameter_name = "run"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        asked = RUN.fullmatch(request.GET.get(self.parameter_name, ""))
        run = ImportRun.objects.filter(pk=asked["run"]).first() if asked else None
        if asked is None or run is None:
            return []
        which = OF_RUN.get(asked["which"] or "", "all")
        return [(asked[0], f"{run}: {which}")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        asked = RUN.fullmatch(self.value() or "")
        return stories_of(queryset, int(asked["run"]), asked["which"] or "") if asked else queryset


def tag_choices(chosen: str) -> list[tuple[str, str]]:
    """Return the sections, the tags most used and the one ``chosen`` by its slug, as slugs and names."""
    sections = Tag.objects.sections()[:MOST_CHOICES]
    others = Tag.objects.exclude(kind=Tag.Kind.SECTION).order_by("-link_count", "name")
    tags = [*sections, *others[:MOST_CHOICES], *Tag.objects.filter(slug=chosen[:120])]
    return list({tag.slug: tag.name for tag in tags}.items())


def source_choices() -> list[tuple[str, str]]:
    """Return where stories come from; ``-`` is the newsroom itself."""
    sources = (
        ImportRun.objects.exclude(source="").order_by("source").values_list("source", flat=True)
    )
    return [("-", "written here"), *((s, s) for s in sources.distinct()[:MOST_CHOICES])]


def stories_of(stories: QuerySet[Article], run: int, which: str = "") -> QuerySet[Article]:
    """Narrow ``stories`` to those that ``run`` was the last to bring or change; ``which`` is a key of ``OF_RUN``."""
    items = ImportedItem.objects.filter(run=run)
    if which in ImportedItem.Result.values:
        items = items.filter(result=which)
    found = stories.filter(pk__in=items.values("article"))
    finds = Suggestion.objects.open().likely().filter(article=OuterRef("pk"))
    meaning = {
        "undated": Q(published_at=None),
        "pictures": Q(ed_note__contains="Not in the library: "),
        "quotes": Q(Exists(finds.quotes())),
        "names": Q(Exists(finds.filter(kind=Suggestion.Kind.MENTION))),
    }
    return found.filter(meaning[which]) if which in meaning else found
