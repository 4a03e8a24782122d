"""manage.py import_articles: stories come in."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.importing.formats.types import ReadError
from articles.importing.pipeline.options import ImportOptions, add_arguments
from articles.importing.pipeline.progress import progress
from articles.importing.pipeline.run import run_import
from articles.importing.pipeline.runs.report import write_import_report


class Command(BaseCommand):
    help = "Import stories from files, folders, archives or standard input (-). Twice is once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            import_options = ImportOptions.from_arguments(options)
            with progress(options["paths"], options["verbosity"]) as step:
                report = run_import(options["paths"], import_options, on_record=step)
        except ReadError as error:
            raise CommandError(str(error)) from error
        writers = self.stdout.write, self.stderr.write
        write_import_report(
            report, *writers, as_json=options["json"], rejects=str(import_options.rejects)
        )
        if report.refused:
            sys.exit(1)
