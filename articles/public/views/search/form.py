"""What the address of a search asks for."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext_lazy

from articles.public.search import RANKED
from articles.public.views.pagination import SIZE
from articles.text.characters import printable
from articles.text.search import SearchQuery, parse_query

LONGEST_QUERY = 200  # letters
LAST_PAGE = RANKED // SIZE
RELEVANCE, NEWEST = "relevance", "newest"
SORTS = {RELEVANCE: gettext_lazy("Best match"), NEWEST: gettext_lazy("Newest")}


class SearchedTextField(forms.CharField):
    """What is looked for, as it was written but for white space and what cannot be printed."""

    def to_python(self, value: Any) -> str:
        return " ".join(printable(super().to_python(value) or "").split())


class SearchForm(forms.Form):
    """Parse and validate a search."""

    q = SearchedTextField(
        max_length=LONGEST_QUERY,
        required=False,
        error_messages={
            "max_length": gettext_lazy("Look for at most %(limit_value)d letters at once.")
        },
    )
    sort = forms.ChoiceField(
        choices=list(SORTS.items()),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Stories are in no such order.")},
    )

    @property
    def text(self) -> str:
        """What was written."""
        text: str = self.cleaned_data["q"]
        return text

    @property
    def is_newest_first(self) -> bool:
        """Whether the newest story comes first, whatever fits best."""
        return bool(self.cleaned_data["sort"] == NEWEST)

    @property
    def query(self) -> SearchQuery:
        """What is looked for."""
        return parse_query(self.text, settings.LANGUAGE_CODE)

    def reasons(self) -> list[str]:
        """Return why the address cannot be read."""
        return [str(error) for errors in self.errors.values() for error in errors]


def page_number(text: str) -> int:
    """Return which page of the best matches ``text`` asks for, 1 for none. Raises Http404 for one that cannot be."""
    if not text:
        return 1
    is_number = text.isascii() and text.isdigit() and len(text) < 4
    if not is_number or not 1 <= int(text) <= LAST_PAGE:
        raise Http404("There is no such page.")
    return int(text)
