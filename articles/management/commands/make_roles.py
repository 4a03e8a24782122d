"""Make the roles of the newsroom."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.roles import make_roles


class Command(BaseCommand):
    help = "Make the groups reporter, editor, chief and operator, or set their permissions right."

    def handle(self, *args: Any, **options: Any) -> None:
        for group in make_roles():
            self.stdout.write(f"{group.name}: {group.permissions.count()} permissions")
