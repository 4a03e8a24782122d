"""What all lists and forms of the desk share."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from articles.text.numbers import parse_number
from articles.text.search_words import describe_omitted, limit_words
from articles.translation.messages import translate

from .local_time import LocalTimeField, LocalTimeInput

MAX_SEARCH_LENGTH = 200
MOST_COUNTED = 1000
PAGES_AHEAD = 10
MOST_REACHED = (
    10_000  # rows that can be paged through: those beyond are found by search, filters and order
)

if TYPE_CHECKING:
    AdminMixin = admin.ModelAdmin
else:
    AdminMixin = object  # a mixin stands before the admin that it adds to


def clean_search_term(text: str) -> str:
    """Return what of a search both databases can take: 200 characters, 8 words, no control characters."""
    return limit_words(_printable(text))


def warn_ignored_words(request: HttpRequest, text: str) -> None:
    """Say which words of a search were not looked for, if there are any."""
    if message := translate(describe_omitted(_printable(text))):
        messages.warning(request, message)


def _printable(text: str) -> str:
    return "".join(
        " " if unicodedata.category(letter)[0] == "C" else letter
        for letter in text[:MAX_SEARCH_LENGTH]
    )


def datetime_or_dash(at: datetime | None) -> str:
    """Return an aware time in the paper's zone, which it names: ``23 Nov 2026, 09:14 GMT``; a dash for none."""
    if at is None:
        return "–"
    local = timezone.localtime(at)
    return f"{date_format(local, 'j M Y, H:i')} {local.tzname()}"


class CappedPaginator(Paginator):
    """Counts a thousand rows, or ten pages on from ``page_shown``; there are more where ``is_capped``."""

    page_shown = 1

    @cached_property
    def most(self) -> int:
        """How many rows are counted."""
        ahead = (self.page_shown + PAGES_AHEAD) * self.per_page
        return max(MOST_COUNTED, min(ahead, MOST_REACHED))

    @cached_property
    def _capped_count(self) -> int:
        rows: Any = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows[: self.most + 1])
        return rows.order_by().values("pk")[: self.most + 1].count()

    @cached_property
    def count(self) -> int:
        """How many rows can be paged through."""
        return min(self._capped_count, self.most)

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than ``count``."""
        return self._capped_count > self.most


class SafeChangeListAdmin(admin.ModelAdmin):
    """A list that answers any search and any filter that somebody writes into its address.

    Forms have one kind of field for a date and time.
    """

    formfield_overrides: ClassVar[dict[Any, Any]] = {
        models.DateTimeField: {"form_class": LocalTimeField, "widget": LocalTimeInput}
    }
    actions: Sequence[str] | None = None
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator

    def get_paginator(self, request: HttpRequest, *args: Any, **kwargs: Any) -> CappedPaginator:
        """Count a bounded part of a list, however long it is."""
        paginator = CappedPaginator(*args, **kwargs)
        paginator.page_shown = max(1, parse_number(request.GET.get(PAGE_VAR, ""), default=1))
        return paginator

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        lists = (values for name, values in request.GET.lists() if name != SEARCH_VAR)
        if any("\0" in value for values in lists for value in values):
            raise BadRequest("A character of the address cannot be stored, so nothing can have it.")
        warn_ignored_words(request, request.GET.get(SEARCH_VAR, ""))
        title = {"title": str(self.opts.verbose_name_plural).capitalize()}
        return super().changelist_view(request, title | (extra_context or {}))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, clean_search_term(search_term))


class NewsroomModelAdmin(SafeChangeListAdmin):
    """What the lists and forms of our own rows share."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer to add beside a field what it lacks; nothing is deleted from the form of another row."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field


class ReadOnlyAdmin(NewsroomModelAdmin):
    """Rows that only the program writes."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
