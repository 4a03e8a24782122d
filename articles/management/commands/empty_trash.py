"""manage.py empty_trash: delete what lies in the trash long enough and has no past."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, gettext_noop

from articles.record.trash.empty import KEPT_DAYS, empty_trash


class Command(BaseCommand):
    help = gettext_noop(
        "Delete what lies in the trash long enough and has no past. Exit status: 0 done, or nothing to do, "
        "1 something would go, 2 bad input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        days = gettext("for so many days; default %(default)s")
        parser.add_argument("--days", type=int, default=KEPT_DAYS, help=days)
        sure = gettext("do it; without, only say what would go")
        parser.add_argument("--yes", action="store_true", help=sure)

    def handle(self, *args: Any, days: int, yes: bool, **options: Any) -> None:
        if not 0 <= days <= 36500:
            sentence = gettext("--days: write a number of days from 0 to 36500, not %(days)s.")
            raise CommandError(sentence % {"days": days}, returncode=2)
        report = empty_trash(days, dry_run=not yes)
        if rows := report.remaining_text():
            self.stdout.write(gettext("Stay in the trash for good: %(rows)s.") % {"rows": rows})
        rows = report.deleted_text()
        if rows and not yes:
            sentence = gettext("This would go: %(rows)s. Add --yes.")
            raise CommandError(sentence % {"rows": rows}, returncode=1)
        sentence = gettext("Gone: %(rows)s.") if rows else gettext("Nothing in the trash is due.")
        self.stdout.write(sentence % {"rows": rows})
