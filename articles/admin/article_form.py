"""The form of a story."""

import re
import secrets
from typing import Any

from django import forms
from django.utils import timezone
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import ProseEditorWidget

from articles.models import Article, Author, Edition, User
from articles.text.html import sanitise

from .bylines import BylineField
from .states import PUBLISH

LONGEST_BODY = 1_000_000
EDITOR = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "History": True,
}
BREAK_INSIDE = re.compile(r"(<br>)((?:</(?:em|strong|a)>)+)")
TIMES = ("published_at", "embargoed_until")
HOLDING_BACK = ("is_on_hold", "embargoed_until")
COUNTED = {"headline": 70, "kicker": 24, "dek": 160}
LINES = {"headline": forms.Textarea, "kicker": forms.TextInput, "dek": forms.Textarea}


class LocalTimeInput(forms.DateTimeInput):
    """The browser's own input for a date and time; it has no zone: the help text names ours."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M:%S")

    def format_value(self, value: Any) -> str | None:
        """Leave out seconds that say nothing."""
        text = super().format_value(value)
        return text.removesuffix(":00") if text and len(text) > len("2026-11-23T09:14") else text


class LocalTimeField(forms.DateTimeField):
    """A time in the paper's zone."""

    widget = LocalTimeInput

    def __init__(self, **kwargs: Any) -> None:
        zone = f"{timezone.get_default_timezone_name()} time."
        kwargs["help_text"] = f"{kwargs.get('help_text', '')} {zone}".strip()
        super().__init__(**{"required": False} | kwargs)

    def clean(self, value: Any) -> Any:
        moment = super().clean(value)
        if moment and not 1600 <= moment.year <= 2200:
            raise forms.ValidationError("The year must be between 1600 and 2200.")
        return moment


class ArticleForm(forms.ModelForm):
    """The working copy. ``seen_revision`` is the version that the editor had before her: a stale save is refused.

    ``user`` is set by the admin on the class it makes for a request.
    """

    user: User
    seen_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    body_html = ProseEditorFormField(
        label="Body",
        required=False,
        max_length=LONGEST_BODY,
        config={"extensions": EDITOR},
        sanitize=sanitise,
        widget=ProseEditorWidget(attrs={"rows": 28}),
    )
    byline = BylineField(
        required=False, help_text="Empty a name to take it out; a new name makes a new author."
    )
    published_at = LocalTimeField(
        label="Date of the story", help_text="Empty: the time of its first publication."
    )
    embargoed_until = LocalTimeField(label="Embargoed until")
    schedule_at = LocalTimeField(label="Publish at")
    is_minor = forms.BooleanField(
        required=False, label="Minor fix", help_text="Keeps the time of the last update."
    )

    class Meta:
        model = Article
        fields = (
            "headline kicker dek body_html dateline credit language slug published_at date_precision "
            "tags people organizations lead_image stage embargoed_until is_on_hold ed_note"
        ).split()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_number = self.instance.revision_number
        self.initial["seen_revision"] = self.stored_number
        self.initial["form_token"] = secrets.token_urlsafe(16)
        if self.instance.pk:
            lines = self.instance.bylines.select_related("author")
            self.initial["byline"] = [[line.author.name, line.role] for line in lines]
        for name, best in COUNTED.items():
            if name in self.fields:
                limit = self.fields[name].max_length
                shown = {"data-count": best, "maxlength": limit, "rows": 2}
                self.fields[name].widget = LINES[name](attrs=shown | {"class": "vTextField"})

    @property
    def changed_data(self) -> list[str]:
        """Leave out what is not of the story."""
        own = {"seen_revision", "form_token", "schedule_at", "is_minor"}
        return [name for name in super().changed_data if name not in own]

    def clean_seen_revision(self) -> int | None:
        seen = self.cleaned_data["seen_revision"]
        if self.instance.pk and seen != self.stored_number:
            raise forms.ValidationError(
                "Somebody saved this story after you opened it. Nothing of yours is stored yet, and nothing is lost: "
                "compare the two below, then save again.",
                code="stale",
            )
        return seen

    def clean_body_html(self) -> str:
        """Put a line break behind the words it follows, not into their emphasis, where the editor moves it."""
        return BREAK_INSIDE.sub(r"\2\1", self.cleaned_data["body_html"])

    def clean_headline(self) -> str:
        return " ".join(self.cleaned_data["headline"].split())

    def clean_dek(self) -> str:
        return " ".join(self.cleaned_data["dek"].split())

    def clean_byline(self) -> list[list[str]]:
        rows = self.cleaned_data["byline"]
        names = {name for name, _ in rows}
        new = names - set(Author.objects.filter(name__in=names).values_list("name", flat=True))
        if new and not self.user.has_perm("articles.add_author"):
            raise forms.ValidationError(f"Your role may not add authors: {', '.join(sorted(new))}.")
        return rows

    def clean(self) -> dict[str, Any]:
        """Leave times that nobody changed as exact as they are: the form shows no fractions of a second."""
        cleaned = super().clean()
        for name in TIMES:
            if name in cleaned and name not in self.changed_data:
                cleaned[name] = getattr(self.instance, name)
        self._check_holding_back()
        return cleaned

    def _check_holding_back(self) -> None:
        """Leave what takes a live story from readers, or cancels a schedule, to those who may publish."""
        held = [name for name in HOLDING_BACK if name in self.changed_data]
        if not held or not self.instance.pk or self.user.has_perm(PUBLISH):
            return
        editions = Edition.objects.filter(article=self.instance)
        if editions.listed().exists() or editions.coming().exists():
            self.add_error(
                held[0],
                "It is live or scheduled, and your role may not take it from readers. Ask an editor.",
            )

    @property
    def is_stale(self) -> bool:
        return self.is_bound and self.has_error("seen_revision", "stale")
