"""How the list of stories is narrowed."""

import re
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from articles import clock
from articles.admin.choices import source_choices, stories_of_run, tag_choices
from articles.models import (
    Article,
    Edition,
    ImportRun,
    Quote,
    Suggestion,
    WaitingChange,
)

RUN_PATTERN = re.compile(r"(?P<run>[0-9]{1,18})(?:-(?P<which>[a-z]+))?")
RUN_SUBSETS = {  # which of the stories of an import, as the address and as the page says it
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
    """What readers have of a story: each state is asked of the editions, the rare ones from their side."""

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
        editions = Edition.objects.filter(article=OuterRef("pk"))
        listed, coming = editions.listed(), Edition.objects.coming().order_by()
        withdrawn = Edition.objects.live().filter(kind=Edition.Kind.WITHDRAWAL)
        waiting = WaitingChange.objects.filter(article=OuterRef("pk"), state="open")
        meaning = {
            "draft": ~Exists(editions),  # the last edition of a story has no end
            "live": Q(Exists(listed)),
            "changed": Q(
                Exists(listed.filter(revision_number__lt=OuterRef("revision_number"))),
                revision_number__gt=1,
            ),
            "scheduled": Q(pk__in=coming.values("article")),
            "waiting": Q(Exists(waiting)),
            "hold": Q(is_on_hold=True),
            "embargoed": Q(embargoed_until__gt=clock.now()),
            "withdrawn": Q(pk__in=withdrawn.values("article")),
        }
        value = self.value()
        return queryset.filter(meaning[value]) if value in meaning else queryset


class RecordFilter(admin.SimpleListFilter):
    """What has to be decided about who said what."""

    title = "record"
    parameter_name = "record"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("waiting", "quotes to check"),
            ("detached", "detached quotes"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        rows_by_value = {
            "waiting": Suggestion.objects.open().quotes().likely(),
            "detached": Quote.objects.detached(),
        }
        value = self.value()
        if value not in rows_by_value:
            return queryset
        return queryset.filter(Exists(rows_by_value[value].filter(article=OuterRef("pk"))))


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


class ArticleSourceFilter(admin.SimpleListFilter):
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
        match = RUN_PATTERN.fullmatch(request.GET.get(self.parameter_name, ""))
        run = ImportRun.objects.filter(pk=match["run"]).first() if match else None
        if match is None or run is None:
            return []
        subset = RUN_SUBSETS.get(match["which"] or "", "all")
        return [(match[0], f"{run}: {subset}")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        match = RUN_PATTERN.fullmatch(self.value() or "")
        return (
            stories_of_run(queryset, int(match["run"]), match["which"] or "") if match else queryset
        )
