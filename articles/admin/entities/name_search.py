"""Lists and choices of rows that have names: found by the folded words of all of them, public or not."""

import re
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from articles.admin.base import AdminMixin, clean_search_term
from articles.models import DeskNameWord
from articles.models.name_words import searched_words

NUMBER = re.compile(r"#(?P<number>[0-9]{1,18})")


class NameSearchMixin(AdminMixin):
    """Finds rows by words that their names begin with, and by number: ``#12``; keeps those words up to date."""

    search_fields = ("name",)  # there is a search: ``get_search_results``
    search_help_text = gettext_lazy("The beginning of any word of its names, or its number: #12")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        text = clean_search_term(search_term)
        if not text:
            return queryset, False
        if number := NUMBER.fullmatch(text):
            return queryset.filter(pk=int(number["number"])), False
        words = searched_words(text)
        return (DeskNameWord.objects.find(queryset, words) if words else queryset.none()), False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Let it be found by the names that it has now."""
        super().save_related(request, form, formsets, change)
        DeskNameWord.objects.index([form.instance])
