"""manage.py suggest_quotes: stories that came in without suggestions get them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.models import Article
from articles.record.quotes.reanchor import refresh_suggestions


class Command(BaseCommand):
    help = (
        "Look for people, organizations and quotes in stories that came in before there were suggestions, or with "
        "--no-suggest. What was decided stays decided. Can be broken off and run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help=_("also where something was found"))

    def handle(self, *args: Any, **options: Any) -> None:
        articles = Article.objects.order_by("pk")
        if not options["all"]:
            articles = articles.filter(suggestions=None)
        keys = list(articles.values_list("pk", flat=True))
        bar = tqdm(keys, unit=" stories", disable=options["verbosity"] == 0 or None)
        waiting = sum(refresh_suggestions(key) for key in bar)
        self.stdout.write(
            f"Stories looked into: {len(keys)}. Suggestions that wait in them: {waiting}."
        )
