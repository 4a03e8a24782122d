"""The form on which the name of a source is written that is to go, and how readers see the source."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Quote
from articles.record.name_removal.names import MAX_NAMES
from articles.record.name_removal.remove import NameDecision
from articles.record.name_removal.source_row import names_of

MAX_LETTERS = 2600  # of all names together


class NameRemovalForm(forms.Form):
    """The names, one a line, with the description and the reason that the quote has from then on."""

    names = forms.CharField(
        label=_("Names to remove, one a line"),
        max_length=MAX_LETTERS,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "Whole words, whatever their case and accents. Take out a line that means something else in this story, "
            "as a family name may."
        ),
    )
    unnamed = forms.CharField(
        label=_("How readers see the source"),
        max_length=200,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=_("“a senior official”. Never the name."),
    )
    unnamed_reason = forms.CharField(
        label=_("Why the source is not named"),
        max_length=500,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=_("For the newsroom only. Why, never who."),
    )

    def decision(self, deleted_rows: list[str]) -> NameDecision:
        """Return what was decided; call it on a valid form."""
        values = self.cleaned_data
        return NameDecision(
            values["names"].splitlines(), values["unnamed"], values["unnamed_reason"], deleted_rows
        )


def initial_of_removal(quote: Quote) -> dict[str, Any]:
    """Return what the form begins with: of a speaker on record all names, a family name by itself too."""
    names: list[str] = []
    for kind, row in (("person", quote.person), ("organization", quote.organization)):
        if row is not None:
            others = sorted(names_of(kind, [row.pk]) - {row.name})
            names = [row.name, *others]
    if quote.person:
        names.append(quote.person.family_name or quote.person.name.split()[-1])
    return {
        "names": "\n".join(dict.fromkeys(names[:MAX_NAMES])),
        "unnamed": quote.unnamed,
        "unnamed_reason": quote.unnamed_reason,
    }
