"""manage.py empty_trash: delete what lies in the trash long enough and has no past."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.record.trash.empty import KEPT_DAYS, empty_trash


class Command(BaseCommand):
    help = (
        "Empty the trash of what lies there long enough and has no past. Exit status: 0 done, or nothing to do, "
        "1 something would go, 2 bad input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days", type=int, default=KEPT_DAYS, help="put away so long ago; default %(default)s"
        )
        parser.add_argument("--yes", action="store_true", help="do it; without, only say what goes")

    def handle(self, *args: Any, days: int, yes: bool, **options: Any) -> None:
        if not 0 <= days <= 36500:
            raise CommandError(
                f"--days: {days} is no number of days from 0 to 36500.", returncode=2
            )
        report = empty_trash(days, dry_run=not yes)
        if remaining := report.remaining_text():
            self.stdout.write(f"Stay in the trash for good: {remaining}.")
        deleted = report.deleted_text()
        if deleted and not yes:
            raise CommandError(f"This would go: {deleted}. Add --yes.", returncode=1)
        self.stdout.write(f"Gone: {deleted}." if deleted else "Nothing in the trash is due.")
