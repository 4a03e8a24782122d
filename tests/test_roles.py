"""The roles: what they are made of, and that nobody climbs above his own."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from articles.models import Membership
from articles.roles import ROLES, make_roles
from tests.factories import make_live, make_organization, make_person, make_section, make_user

pytestmark = pytest.mark.django_db


def test_an_operator_makes_nobody_a_superuser_nor_touches_one(client):
    make_roles()
    client.force_login(make_user(groups=("operator",)))
    user, chief = make_user(), make_user(is_superuser=True)
    address = reverse("admin:articles_user_change", args=[user.pk])
    response = client.post(
        address,
        {"username": user.username, "is_superuser": "on", "is_active": "on"}
        | {"date_joined": "2026-01-01T10:00"},
    )
    assert response.status_code == 302
    user.refresh_from_db()
    assert not user.is_superuser
    for page in ("articles_user_change", "articles_user_delete", "auth_user_password_change"):
        response = client.post(
            reverse(f"admin:{page}", args=[chief.pk]),
            {"password1": "a new password 1", "password2": "a new password 1", "post": "yes"},
        )
        assert response.status_code == 403, page
    chief.refresh_from_db()
    assert chief.check_password("a password for tests")


def test_a_role_taken_away_is_gone_at_once(client):
    make_roles()
    chief = make_user(groups=("chief",))
    client.force_login(chief)
    address = reverse("admin:articles_article_withdraw", args=[make_live().article.pk])
    assert client.get(address).status_code == 200
    chief.groups.clear()
    assert client.get(address).status_code == 403


def test_making_the_roles_again_changes_nothing_and_sets_them_right():
    make_roles()
    group = Group.objects.get(name="reporter")
    before = set(group.permissions.values_list("codename", flat=True))
    group.permissions.clear()
    make_roles()
    assert (
        set(group.permissions.values_list("codename", flat=True))
        == before
        == set(ROLES["reporter"])
    )
    assert Group.objects.count() == len(ROLES)


def test_each_permission_that_a_role_names_exists():
    make_roles()
    for name, codenames in ROLES.items():
        existing = Permission.objects.filter(codename__in=codenames).values_list(
            "codename", flat=True
        )
        assert set(codenames) == set(existing), name


def test_a_row_of_another_person_cannot_be_reached_through_a_hidden_key(client):
    make_roles()
    client.force_login(make_user(groups=("editor",)))
    mine, other, organization = make_person(), make_person(), make_organization()
    role = Membership.objects.create(person=other, organization=organization, role="mayor")
    forged = {"id": role.pk, "person": mine.pk, "role": "forged", "organization": organization.pk}
    data = {"name": mine.name, "memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 1}
    data |= {f"memberships-0-{name}": value for name, value in forged.items()}
    data |= {"other_names-TOTAL_FORMS": 0, "other_names-INITIAL_FORMS": 0}
    client.post(reverse("admin:articles_person_change", args=[mine.pk]), data)
    assert list(Membership.objects.all()) == [role]
    role.refresh_from_db()
    assert (role.role, role.person) == ("mayor", other)


def test_a_reporter_cannot_forge_the_order_of_the_sections(client):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    tag = make_section("Town", position=5)
    data: dict[str, Any] = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": tag.pk}
    data |= {"form-0-position": 1, "_save": "Save"}
    response = client.post(reverse("admin:articles_tag_changelist"), data)
    tag.refresh_from_db()
    assert response.status_code == 403
    assert tag.position == 5
