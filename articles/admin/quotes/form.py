"""The form of a quote on record: who said it, in what capacity, when and where, and what keeps it from readers."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminURLFieldWidget

from articles.admin.local_time import LocalTimeField
from articles.models import Quote


class QuoteForm(forms.ModelForm):
    """Who said it and how; the words follow the text of the story and are decided there.

    ``has_dropped_capacity``: a role or an organization was left out, since the source is not named.
    """

    has_dropped_capacity = False

    source_url = forms.URLField(
        label="Recording or document",
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=AdminURLFieldWidget,
    )
    embargoed_until = LocalTimeField(
        label="Not before", help_text="The story does not go out with these words before."
    )

    class Meta:
        model = Quote
        fields = (
            "person organization unnamed unnamed_reason on_behalf_of role kind said_on said_how said_where "
            "source_url locator is_translated original_language is_off_record embargoed_until"
        ).split()
        help_texts = {
            "unnamed": "As readers see it: “a senior official”. Who it is belongs in no field of this desk.",
            "unnamed_reason": "For the newsroom only. Why, never who.",
            "role": "In what capacity, as printed. Empty: the public role on record for that day. "
            "A source who is not named has none.",
        }

    def clean(self) -> dict[str, Any]:
        """Leave out what the speaker, named or not, has no use for; the quote checks the rest."""
        super().clean()
        cleaned = self.cleaned_data
        if "unnamed" not in self.fields:  # somebody who may only look
            return cleaned
        unnamed = (cleaned.get("unnamed") or "").strip()
        if not unnamed:
            cleaned["unnamed"] = cleaned["unnamed_reason"] = ""
        elif cleaned.get("role") or cleaned.get("on_behalf_of"):
            cleaned["role"], cleaned["on_behalf_of"] = "", None
            self.has_dropped_capacity = True
        return cleaned

    def clean_original_language(self) -> str:
        return str(self.cleaned_data["original_language"]).strip()

    def validate_constraints(self) -> None:
        """Leave out the constraint of the database: the quote says the same in words that help."""
