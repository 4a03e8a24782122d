"""The accounts of the sample newsroom: one a role, with passwords of their own."""

import secrets

from django.contrib.auth.models import Group

from articles.models import User
from articles.roles import make_roles

ACCOUNTS = {
    "reporter": "Kit Wetherall",
    "editor": "Imogen Sallow",
    "chief": "Parveen Shah-Lowe",
    "operator": "Jonah Brack",
}


def make_accounts() -> dict[str, str]:
    """Create the missing accounts; return the new ones' passwords by user name: they are kept nowhere else."""
    make_roles()
    existing = set(User.objects.filter(username__in=ACCOUNTS).values_list("username", flat=True))
    return {role: _make(role, name) for role, name in ACCOUNTS.items() if role not in existing}


def _make(role: str, name: str) -> str:
    password = secrets.token_urlsafe(9)
    first_name, _, last_name = name.partition(" ")
    user = User.objects.create_user(
        role, password=password, first_name=first_name, last_name=last_name, is_staff=True
    )
    user.groups.set(Group.objects.filter(name=role))
    return password
