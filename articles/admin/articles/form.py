"""The form of a story."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import ProseEditorWidget

from articles.admin.local_time import LocalTimeField
from articles.admin.proposals.rules import must_propose
from articles.models import Article, Author, UnsavedForm, User
from articles.models.snapshots import editable_fields, resolve_keys
from articles.story_fields import STORY_FIELDS
from articles.text.html.sanitize import sanitise
from articles.text.numbers import parse_number

from .byline_field import BylineField
from .conflicts import MERGE_BASE, is_as_stored, take_chosen_parts
from .proposing import check_proposed

MAX_BODY_LENGTH = 1_000_000
EDITOR_EXTENSIONS = {
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
RECOMMENDED_LENGTHS = {field.name: field.recommended for field in STORY_FIELDS if field.recommended}
TEXT_WIDGETS = {"headline": forms.Textarea, "kicker": forms.TextInput, "dek": forms.Textarea}


def follow_merges(data: QueryDict) -> QueryDict:
    """Return what a form sent, with people and organizations that were merged meanwhile led to what stands for them."""
    data = data.copy()
    for name, field in editable_fields(Article).items():
        posted = data.getlist(name) if field.many_to_many else []
        keys = list(filter(None, map(parse_number, posted)))
        current_keys = resolve_keys(field.related_model, keys) if keys else {}
        merged = {str(key): str(current) for key, current in current_keys.items() if key != current}
        if merged:
            data.setlist(name, list(dict.fromkeys(merged.get(key, key) for key in posted)))
    return data


class ArticleForm(forms.ModelForm):
    """The working copy. ``seen_revision`` is the version that the editor had before her: a stale save is refused.

    ``user`` is set by the admin on the class it makes for a request, and ``unsaved_form`` where one is opened: the form
    then holds what was written in it, as if it were sent, and is measured against what is stored by now.
    ``edited_parts`` are the fields in which a side chosen on the page of a conflict met words written since.
    """

    user: User
    unsaved_form: UnsavedForm | None = None
    edited_parts: Sequence[str] = ()
    seen_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    body_html = ProseEditorFormField(
        label="Body",
        required=False,
        max_length=MAX_BODY_LENGTH,
        config={"extensions": EDITOR_EXTENSIONS},
        sanitize=sanitise,
        widget=ProseEditorWidget(attrs={"rows": 28}),
        help_text="The first paragraph is the lede; a heading between paragraphs is a crosshead.",
    )
    byline = BylineField(
        required=False,
        help_text="Who wrote it. Empty a name to take it out; a new name makes a new author.",
    )
    published_at = LocalTimeField(
        label="Date of the story", help_text="Empty: the time of its first publication."
    )
    embargoed_until = LocalTimeField(
        label="Embargoed until", help_text="Nothing of it may go out before this time."
    )
    schedule_at = LocalTimeField(label="Publish at")
    is_minor = forms.BooleanField(
        required=False, label="Minor fix", help_text="Keeps the time of the last update."
    )

    class Meta:
        model = Article
        fields = [
            field.name for field in STORY_FIELDS if field.fieldset and field.form_name == field.name
        ]
        help_texts = {field.name: field.help_text for field in STORY_FIELDS if field.help_text} | {
            "source": "Who sent the story.",
            "slug": _(
                "The words in its address. Empty: made from the headline of its first publication, and then it stays. "
                "Write other words to move the story: its old address leads there."
            ),
            "pub_status": "What its source wants: usable, withheld (not now) or canceled (never).",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if self.unsaved_form:
            kwargs["data"] = self.unsaved_form.form_data()
        super().__init__(*args, **kwargs)
        if self.is_bound:
            posted: Any = self.data
            self.data = follow_merges(posted)
        self.stored_revision = self.instance.revision_number
        self.initial["seen_revision"] = self.stored_revision
        if self.instance.pk:
            bylines = self.instance.bylines.select_related("author")
            self.initial["byline"] = [[byline.author.name, byline.role] for byline in bylines]
        for name, recommended in RECOMMENDED_LENGTHS.items():
            if name in self.fields:
                field: Any = self.fields[name]
                limit = field.max_length
                widget_attrs = {"data-count": recommended, "maxlength": limit, "rows": 2}
                self.fields[name].widget = TEXT_WIDGETS[name](
                    attrs=widget_attrs | {"class": "vTextField"}
                )

    @property
    def changed_data(self) -> list[str]:
        """Leave out what is not of the story."""
        own = {"seen_revision", "schedule_at", "is_minor"}
        return [name for name in super().changed_data if name not in own]

    def full_clean(self) -> None:
        """Read the fields, and read them again where sides of a conflict were chosen: those stand in them then."""
        super().full_clean()
        if self.is_bound and self.instance.pk and take_chosen_parts(self):
            super().full_clean()

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
        if trash := Author.objects.in_trash(names):
            sentence = gettext(
                "In the trash: %(names)s. Restore them first, or write another name."
            )
            raise forms.ValidationError(sentence % {"names": ", ".join(sorted(trash))})
        new = names - set(Author.objects.filter(name__in=names).values_list("name", flat=True))
        if new and not self.user.has_perm("articles.add_author"):
            raise forms.ValidationError(f"Your role may not add authors: {', '.join(sorted(new))}.")
        return rows

    def clean(self) -> dict[str, Any]:
        super().clean()
        proposes = must_propose(self.user, self.instance)
        if proposes:
            check_proposed(self)
        if not proposes or self.is_bring_in or self.edited_parts:
            self._check_seen_revision()
        return self.cleaned_data

    def _check_seen_revision(self) -> None:
        """Refuse a save on top of revisions that the editor has not seen, unless it would change nothing of them.

        What only asks for those, and a choice that met other words, are shown the same way: nothing is stored.
        """
        if not self.instance.pk or "seen_revision" in self.errors:
            return
        is_newest = self.cleaned_data["seen_revision"] == self.stored_revision
        is_stale = self.edited_parts or not (is_newest or is_as_stored(self))
        if is_stale or self.is_bring_in:
            message = gettext("The story was saved after this form was opened.")
            self.add_error("seen_revision", forms.ValidationError(message, code="stale"))

    @property
    def is_bring_in(self) -> bool:
        """What others stored is asked for, nothing is to be saved."""
        return "_bring_in" in self.data

    @property
    def is_stale(self) -> bool:
        return self.is_bound and self.has_error("seen_revision", "stale")

    @property
    def has_conflict(self) -> bool:
        """It goes back with both versions: it is stale, or was, and has other errors."""
        return self.is_stale or (self.is_bound and MERGE_BASE in self.data and bool(self.errors))
