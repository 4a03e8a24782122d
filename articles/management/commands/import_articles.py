"""manage.py import_articles: stories come in."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.importing.options import Options, add_arguments
from articles.importing.parsed import ReadError
from articles.importing.pipeline import run_import
from articles.importing.progress import progress
from articles.importing.report import tell


class Command(BaseCommand):
    help = "Import stories from files, folders, archives or standard input (-). Twice is once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            options = Options.of(given)
            with progress(given["paths"], given["verbosity"]) as step:
                report = run_import(given["paths"], options, on_record=step)
        except ReadError as error:
            raise CommandError(str(error)) from error
        writers = self.stdout.write, self.stderr.write
        tell(report, *writers, as_json=given["json"], rejects=str(options.rejects))
        if report.refused:
            sys.exit(1)
