"""How the list of stories is narrowed."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Article, Edition, ImportRun, Quote, Suggestion, Tag, WaitingChange

MOST_CHOICES = 40


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
        sections = Tag.objects.sections()[:MOST_CHOICES]
        others = Tag.objects.exclude(kind=Tag.Kind.SECTION).order_by("-link_count", "name")
        chosen = Tag.objects.filter(slug=request.GET.get(self.parameter_name, "")[:120])
        tags = [*sections, *others[:MOST_CHOICES], *chosen]
        return list({tag.slug: tag.name for tag in tags}.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if not self.value():
            return queryset
        return queryset.filter(tags__slug=self.value())


class SourceFilter(admin.SimpleListFilter):
    """Where a story came from."""

    title = "source"
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        sources = (
            ImportRun.objects.exclude(source="").order_by("source").values_list("source", flat=True)
        )
        return [("-", "written here"), *((s, s) for s in sources.distinct()[:MOST_CHOICES])]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if not self.value():
            return queryset
        return queryset.filter(source="" if self.value() == "-" else self.value())
