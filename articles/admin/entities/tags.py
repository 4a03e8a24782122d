"""Tags: what stories are filed under, and the sections of the paper."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from articles.admin.base import clean_search_term
from articles.admin.trash.mixin import TrashAdminMixin
from articles.importing.name_lock import lock_names
from articles.models import FormerTagName, Tag, TagCode, TagNames, TagSlugs
from articles.models.slugs import wanted_slug
from articles.models.tags import MOST_LEVELS
from articles.text.fold import fold

from .history import HistoryAdmin
from .name_search import NameSearchMixin

MOST_NAMESAKES = 5


class TagForm(forms.ModelForm):
    """A tag; its slug follows its name unless an editor says otherwise."""

    is_namesake = forms.BooleanField(
        required=False,
        label=gettext_lazy("Keep the name all the same"),
        help_text=gettext_lazy(
            "Only when tags of that name are listed above. Imports will ask which of them is meant."
        ),
    )

    class Meta:
        model = Tag
        fields = (
            "name",
            "is_namesake",
            "kind",
            "slug",
            "parent",
            "position",
            "qcode",
            "description",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" not in self.fields:  # somebody who may only look
            return
        slug = self.fields["slug"]
        slug.required = False
        slug.help_text = gettext(
            "Empty, or left alone while the name changes: made from the name. The old one redirects."
        )

    def clean_parent(self) -> Tag | None:
        """Refuse a ring of tags, and a tree that nobody could overlook."""
        parent: Tag | None = self.cleaned_data["parent"]
        if parent is None or (self.instance.pk and parent.pk == self.instance.parent_id):
            return parent
        above = parent.levels_above()
        if self.instance.pk in {tag.pk for tag in above}:
            sentence = gettext("“%(parent)s” is this tag, or stands below it.")
            raise forms.ValidationError(sentence % {"parent": parent}, code="ring")
        below = self.instance.count_levels_below() if self.instance.pk else 0
        if len(above) + 1 + below > MOST_LEVELS:
            sentence = gettext("Tags stand in at most %(count)s levels below each other.")
            raise forms.ValidationError(sentence % {"count": MOST_LEVELS}, code="too_deep")
        return parent

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        name, slug = cleaned.get("name"), cleaned.get("slug")
        self._check_namesakes(name or "")
        kind = cleaned.get("kind") or self.instance.kind
        is_made = not slug or ("name" in self.changed_data and "slug" not in self.changed_data)
        if name and is_made:
            slug = wanted_slug(name, kind)
        before = FormerTagName.objects.filter(slug=slug).exclude(tag=self.instance.pk).first()
        if before and not (is_made and fold(before.name) != fold(name or "")):
            self.add_error(
                "slug",
                gettext("This address still leads to “%(tag)s”, which had it before.")
                % {"tag": before.tag},
            )
        elif name and is_made:
            tag = Tag(pk=self.instance.pk, name=name, kind=kind)
            cleaned["slug"] = TagSlugs.for_tags([tag]).give(tag)
        return cleaned

    def _check_namesakes(self, name: str) -> None:
        """Refuse a new name once that is another tag's, of whatever kind, but for case, accents and the like.

        The very same name of the same kind is refused by its column, always.
        """
        if not name or "name" not in self.changed_data or self.cleaned_data.get("is_namesake"):
            return
        lock_names()  # an import that makes this tag at the same time waits, then finds it
        same = (self.cleaned_data.get("kind"), name, False)
        namesakes = [
            row
            for row in TagNames.load().named(name)
            if row.key != self.instance.pk and (row.kind, row.name, row.is_former) != same
        ]
        if namesakes:
            listed = ", ".join(map(str, namesakes[:MOST_NAMESAKES]))
            sentence = gettext(
                "There is such a tag already: %(tags)s. Use that, or keep the name all the same."
            )
            self.add_error("name", sentence % {"tags": listed})


class FormerNameInline(admin.TabularInline):
    model = FormerTagName
    extra = 0
    verbose_name_plural = gettext_lazy("Former names: their addresses redirect here")


class CodeInline(admin.TabularInline):
    """Codes of vocabularies that mean this tag; only imports write them."""

    model = TagCode
    fields = readonly_fields = ("qcode", "label")
    verbose_name_plural = gettext_lazy(
        "Other codes that lead here: retired, or of an older vocabulary"
    )
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Tag)
class TagAdmin(NameSearchMixin, TrashAdminMixin, HistoryAdmin):
    form = TagForm
    inlines = (FormerNameInline, CodeInline)
    list_display = ("name", "kind", "position", "parent", "slug")
    list_editable = ("position",)
    list_filter = ("kind",)
    list_select_related = ("parent",)
    ordering = ("kind", "position", "name")
    autocomplete_fields = ("parent",)

    def label_for(self, tag: Tag) -> str:
        """Say what kind of tag it is: a place may be called like a topic."""
        return f"{tag.name} ({tag.get_kind_display()})"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Tag], search_term: str
    ) -> tuple[QuerySet[Tag], bool]:
        """Find tags by their codes, too."""
        rows, may_repeat = super().get_search_results(request, queryset, search_term)
        code = clean_search_term(search_term)
        if any(letter.isdigit() for letter in code):
            rows |= queryset.filter(qcode__icontains=code)
        return rows, may_repeat

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        """Keep the name and the address that it had: readers' links, searches and imports still find it."""
        before = Tag.objects.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        FormerTagName.objects.filter(slug=obj.slug, tag=obj).delete()
        if before and before.slug != obj.slug:
            FormerTagName.objects.get_or_create(
                slug=before.slug, defaults={"tag": obj, "name": before.name}
            )
