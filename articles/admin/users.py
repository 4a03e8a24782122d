"""Accounts and roles."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from articles.models import User

from .base import SafeChangeListAdmin
from .language import language_field, language_view

admin.site.unregister(Group)


@admin.register(User)
class NewsroomUserAdmin(SafeChangeListAdmin, UserAdmin):
    """Accounts. Rights come from groups; a superuser is made and changed by superusers only."""

    list_display = ("username", "first_name", "last_name", "role", "is_active", "last_login")
    list_filter = ("groups", "is_active")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="role")
    def role(self, user: User) -> str:
        names = [group.name for group in user.groups.all()]
        return ", ".join([*names, "superuser"] if user.is_superuser else names)

    def get_urls(self) -> list[Any]:
        own = self.admin_site.admin_view(partial(language_view, site=self.admin_site))
        return [path("language/", own, name="articles_user_language"), *super().get_urls()]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "language":
            return language_field(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return super().get_fieldsets(request, obj)
        desk = (_("The desk"), {"fields": ("language",)})
        if request.user.is_superuser:
            return (*super().get_fieldsets(request, obj), desk)
        credentials = (
            ("username", "password") if self.has_change_permission(request) else ("username",)
        )
        return (
            (None, {"fields": credentials}),
            ("Person", {"fields": ("first_name", "last_name", "email")}),
            ("Role", {"fields": ("is_active", "is_staff", "groups")}),
            desk,
            ("Dates", {"fields": ("last_login", "date_joined")}),
        )

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_delete_permission(request, obj)


@admin.register(Group)
class NewsroomGroupAdmin(SafeChangeListAdmin, GroupAdmin):
    """Groups. The four roles are set right again by ``make_roles``."""
