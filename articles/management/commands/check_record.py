"""manage.py check_record: verify the whole record, for a person or for cron."""

from argparse import ArgumentParser
from collections import Counter
from itertools import chain
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from articles.record.consistency.repair import parse_reason, repair_record
from articles.record.consistency.verify import CHECKS


class Command(BaseCommand):
    help = "Verify the record. Exit status: 0 all holds, 1 something was found, 2 it did not run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        option = parser.add_argument
        option("--only", choices=CHECKS, action="append", help=_("repeat for several"))
        option("--limit", type=int, help=_("print at most so many; all are counted"))
        option("--mend", metavar="REASON", type=parse_reason, help=repair_record.__doc__)

    def handle(self, *args: Any, only: list[str] | None, limit: int | None, **options: Any) -> None:
        errors, notes, names = Counter[str](), 0, list(dict.fromkeys(only or CHECKS))
        try:
            for sentence in repair_record(options["mend"]) if options["mend"] else ():
                self.stdout.write(sentence)
            for issue in chain.from_iterable(CHECKS[name]() for name in names):
                if limit is None or errors.total() + notes < limit:
                    self.stdout.write(str(issue))
                errors[issue.check] += issue.is_error
                notes += not issue.is_error
        except DatabaseError as error:
            raise CommandError(f"The record could not be checked: {error}", returncode=2) from error
        counts = ", ".join(f"{name} {errors[name]}" for name in names)
        self.stdout.write(f"Found: {counts}. Other names since, no error: {notes}.")
        if errors.total():
            raise CommandError(_("The record does not hold everywhere."), returncode=1)
