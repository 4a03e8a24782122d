"""manage.py render_editions: after a deploy, render stored fragments with the new templates."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.public.fragments import render_stale


class Command(BaseCommand):
    help = "Render the stored fragments that older templates made. Pages are right before, too, but slower."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{render_stale()} editions rendered anew.")
