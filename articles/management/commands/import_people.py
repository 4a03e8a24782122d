"""manage.py import_people: people, organizations and their roles from another register."""

import sys
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.importing.formats.types import ReadError
from articles.importing.people.options import PeopleOptions
from articles.importing.people.report import print_people_report
from articles.importing.people.run import import_people


class Command(BaseCommand):
    help = (
        "Import people, organizations and roles: Popolo JSON, CSV, congress-legislators YAML. Twice is the same as "
        "once; what an editor changed stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--source", default="", help="default: the folder's name")
        switch = partial(parser.add_argument, action="store_true")
        switch("--confirm", help="vouch for the source: all of it is confirmed, its roles public")
        switch("--match-names", help="who has the name of one known person is that person")
        switch("--dry-run", help="do everything but keep it")
        switch("--json", help="print the figures as the last line of output")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("source", "confirm", "match_names", "dry_run")
        people_options = PeopleOptions(**{name: options[name] for name in names})
        try:
            report = import_people(options["paths"], people_options)
        except ReadError as error:
            raise CommandError(str(error)) from error
        print_people_report(report, self.stdout.write, self.stderr.write, as_json=options["json"])
        if report.refusals:
            sys.exit(1)
