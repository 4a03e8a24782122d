"""The authors of the paper, who need no account: what readers get of them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, URLField
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from articles.admin.trash.mixin import TrashAdminMixin
from articles.models import Author, AuthorLink, Image

from .history import HistoryAdmin
from .name_search import NameSearchMixin


class AuthorForm(forms.ModelForm):
    """An author; a portrait that readers would not get is refused."""

    class Meta:
        model = Author
        fields = (
            "name beat biography is_biography_public portrait email is_email_public user"
        ).split()

    def clean_portrait(self) -> Image | None:
        portrait: Image | None = self.cleaned_data["portrait"]
        if portrait and not portrait.has_alt:
            raise forms.ValidationError(
                gettext(
                    "Readers do not get it: describe the picture first, or mark it as decorative."
                )
            )
        return portrait


class LinkInline(admin.TabularInline):
    model = AuthorLink
    fields = ("url", "label", "is_public")
    verbose_name_plural = gettext_lazy(
        "Pages elsewhere that are about the author: profiles, a site of their own"
    )
    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Author)
class AuthorAdmin(NameSearchMixin, TrashAdminMixin, HistoryAdmin):
    form = AuthorForm
    inlines = (LinkInline,)
    list_display = ("name", "beat", "user")
    list_select_related = ("user",)
    raw_id_fields = ("user",)
    autocomplete_fields = ("portrait",)
    fieldsets = (
        (None, {"fields": (("name", "beat"), "user")}),
        (
            gettext_lazy("For readers"),
            {
                "fields": (
                    "biography",
                    "is_biography_public",
                    "portrait",
                    ("email", "is_email_public"),
                )
            },
        ),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        """Whose account an author is says who may see accounts."""
        fields = super().get_readonly_fields(request, obj)
        own = () if request.user.has_perm("articles.view_user") else ("user",)
        return tuple(dict.fromkeys((*fields, *own)))

    def related_histories(self, obj: Author) -> Iterable[Any]:
        return [AuthorLink.history.filter(author_id=obj.pk)]
