"""The form of a quote on record: who said it, in what capacity, when and where, and what keeps it from readers."""

import re
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminURLFieldWidget

from articles.models import Quote

from .article_form import LocalTimeField

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as newsrooms write it


class QuoteForm(forms.ModelForm):
    """Who said it and how; the words follow the text of the story and are decided there."""

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
        }

    def clean(self) -> dict[str, Any]:
        """Demand one speaker, a reason for one who is not named, a language only for a translation."""
        cleaned = super().clean()
        if "unnamed" not in self.fields:  # somebody who may only look
            return cleaned
        unnamed = (cleaned.get("unnamed") or "").strip()
        speakers = [cleaned.get("person"), cleaned.get("organization"), unnamed]
        count = sum(bool(one) for one in speakers)
        if count != 1:
            said = "Say who it was" if not count else "Choose only one speaker"
            raise forms.ValidationError(
                f"{said}: a person, an organization, or the description of an unnamed source."
            )
        if unnamed and not (cleaned.get("unnamed_reason") or "").strip():
            self.add_error("unnamed_reason", "Say why the source is not named.")
        if not unnamed:
            cleaned["unnamed"] = cleaned["unnamed_reason"] = ""
        if cleaned.get("original_language") and not cleaned.get("is_translated"):
            self.add_error(
                "original_language", "Tick “translated” too, or leave the language empty."
            )
        return cleaned

    def clean_original_language(self) -> str:
        language = self.cleaned_data["original_language"].strip()
        if language and not LANGUAGE.fullmatch(language):
            raise forms.ValidationError("Write a language tag: fr, pt-BR, zh-Hant.")
        return language
