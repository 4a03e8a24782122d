"""People and organizations in the news, and the names they go by."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, URLField
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from articles.admin.trash.mixin import TrashAdminMixin
from articles.models import Identifier, Membership, NameWord, Organization, OtherName, Person
from articles.text.fold import slugify
from articles.text.names.sort_name import sort_name

from .duplicates import DuplicateCheckForm, DuplicatesAdminMixin
from .history import HistoryAdmin
from .merge import MergeAdminMixin
from .name_search import NameSearchMixin
from .outdated_stories import OutdatedStoriesAdminMixin


class EntityForm(DuplicateCheckForm):
    """A person or an organization; its address follows its name unless an editor says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = gettext(
                "Empty: made from the name. Old addresses redirect."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = cleaned.get("name", "")
        if name and self.follows_name("slug"):
            cleaned["slug"] = slugify(name, default=self._meta.model._meta.model_name)
        return cleaned

    def follows_name(self, field: str) -> bool:
        """Tell whether ``field`` is to be made from the name: it is empty, or only the name was changed."""
        is_renamed = "name" in self.changed_data and field not in self.changed_data
        return is_renamed or not self.cleaned_data.get(field)


class PersonForm(EntityForm):
    """A person, sorted by the name unless an editor says otherwise."""

    class Meta:
        model = Person
        fields = (
            "name honorific given_name family_name sort_name slug portrait "
            "is_confirmed biography is_biography_public"
        ).split()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "sort_name" in self.fields:
            self.fields["sort_name"].help_text = gettext("Empty: made from the name.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = cleaned.get("name", "")
        if name and self.follows_name("sort_name"):
            family_name, given_name = cleaned.get("family_name"), cleaned.get("given_name")
            cleaned["sort_name"] = (
                f"{family_name}, {given_name}" if family_name and given_name else sort_name(name)
            )
        return cleaned


class OrganizationForm(EntityForm):
    class Meta:
        model = Organization
        fields = (
            "name abbreviation kind parent slug is_confirmed description is_description_public"
        ).split()


class OtherNameInline(admin.TabularInline):
    model = OtherName
    fields = ("name", "kind", "visibility")
    extra = 0


class IdentifierInline(admin.TabularInline):
    model = Identifier
    fields = ("scheme", "identifier")
    verbose_name_plural = gettext_lazy(
        "Ids in other registers: an import knows this row again by them"
    )
    extra = 0


class MembershipInline(admin.StackedInline):
    model = Membership
    fields = (
        ("role", "organization"),
        ("start_date", "end_date"),
        ("is_confirmed", "is_public", "source_url"),
    )
    autocomplete_fields = ("organization",)
    verbose_name_plural = gettext_lazy("Roles")
    verbose_name = "role"
    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class EntityAdmin(
    NameSearchMixin,
    TrashAdminMixin,
    DuplicatesAdminMixin,
    MergeAdminMixin,
    OutdatedStoriesAdminMixin,
    HistoryAdmin,
):
    """What is the same for people and organizations."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Let readers find it by the names that it has now."""
        super().save_related(request, form, formsets, change)
        NameWord.objects.index([form.instance])


@admin.register(Person)
class PersonAdmin(EntityAdmin):
    form = PersonForm
    inlines = (MembershipInline, OtherNameInline, IdentifierInline)
    autocomplete_fields = ("portrait",)
    list_display = ("name", "roles", "also_known_as", "is_confirmed")
    list_filter = ("is_confirmed",)
    fieldsets = (
        (None, {"fields": (("name", "honorific"), ("given_name", "family_name"), "is_confirmed")}),
        (gettext_lazy("For readers"), {"fields": ("biography", "is_biography_public", "portrait")}),
        (
            gettext_lazy("Sorting and address"),
            {"classes": ("collapse",), "fields": ("sort_name", "slug")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        return (
            super()
            .get_queryset(request)
            .prefetch_related("memberships__organization", "other_names")
        )

    def related_histories(self, obj: Person) -> Iterable[Any]:
        return [Membership.history.filter(person_id=obj.pk)]

    @admin.display(description=gettext_lazy("roles, the newest first"))
    def roles(self, person: Person) -> str:
        return "; ".join(
            str(membership) for membership in newest_first(person.memberships.all())[:2]
        )

    @admin.display(description=gettext_lazy("also known as"))
    def also_known_as(self, person: Person) -> str:
        return ", ".join(other_name.name for other_name in person.other_names.all())

    def label_for(self, person: Person) -> str:
        return person_label(person)


def person_label(person: Person) -> str:
    """Say enough of ``person`` to tell two of one name apart; reads prefetched roles and other names."""
    role = next((str(membership) for membership in newest_first(person.memberships.all())), "")
    other_names = ", ".join(other_name.name for other_name in person.other_names.all())
    also = f" (also {other_names})" if other_names else ""
    return f"{person.name}{also} — {role or f'no role known, no. {person.pk}'}"


def newest_first(memberships: Iterable[Membership]) -> list[Membership]:
    """Return what is held still before what has ended, the one begun last first."""
    return sorted(
        memberships,
        key=lambda membership: (not membership.end_date, membership.start_date, membership.pk),
        reverse=True,
    )


@admin.register(Organization)
class OrganizationAdmin(EntityAdmin):
    form = OrganizationForm
    inlines = (OtherNameInline, IdentifierInline)
    autocomplete_fields = ("parent",)
    list_display = ("name", "abbreviation", "kind", "parent", "is_confirmed")
    list_filter = ("kind", "is_confirmed")
    list_select_related = ("parent",)
    fieldsets = (
        (None, {"fields": (("name", "abbreviation"), ("kind", "parent"), "is_confirmed")}),
        (gettext_lazy("For readers"), {"fields": ("description", "is_description_public")}),
        ("Address", {"classes": ("collapse",), "fields": ("slug",)}),
    )

    def label_for(self, organization: Organization) -> str:
        short = f" ({organization.abbreviation})" if organization.abbreviation else ""
        return f"{organization.name}{short} — {organization.get_kind_display()}"
