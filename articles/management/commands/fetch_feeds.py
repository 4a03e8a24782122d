"""manage.py fetch_feeds: ask the feeds that are due."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.importing.subscriptions import fetch_subscription
from articles.models import Subscription


class Command(BaseCommand):
    help = "Ask the feeds that are due for news. For cron; twice is the same as once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help=_("also those that are not due"))
        parser.add_argument(
            "--subscription", default="", metavar="SLUG", help=_("only this source")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["subscription"]
        active = Subscription.objects.filter(is_active=True)
        if slug and not active.filter(source=slug).exists():
            raise CommandError(
                _("There is no active subscription with the source %(source)s.")
                % {"source": repr(slug)}
            )
        subscriptions = active if options["all"] or slug else Subscription.objects.due()
        is_failed = False
        for subscription in subscriptions.filter(source=slug) if slug else subscriptions:
            outcome = fetch_subscription(subscription)
            message = outcome.message if outcome else _("Another process is asking it.")
            self.stdout.write(f"{subscription.source}: {message}")
            is_failed = is_failed or bool(outcome and outcome.is_failed)
        if is_failed:
            sys.exit(1)
