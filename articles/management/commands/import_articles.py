"""manage.py import_articles: stories come in."""

import sys
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.importing.parsed import ReadError
from articles.importing.pipeline import Options, run_import
from articles.importing.progress import progress
from articles.importing.report import tell


class Command(BaseCommand):
    help = "Import stories from files, folders, archives or standard input (-). Twice is once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--format", default="", help="reader to use; default: by content")
        parser.add_argument("--source", default="", help="default: the folder's name")
        parser.add_argument("--tag", action="append", default=[], metavar="T", help="tag all")
        parser.add_argument("--rejects", type=Path, help="default: SOURCE.rejects, here")
        parser.add_argument("--jobs", type=int, default=1, help="processes; for PostgreSQL")
        switch = partial(parser.add_argument, action="store_true")
        switch("--publish", help="trust the source: publish what can be")
        switch("--no-suggest", help="look for no names and quotes in the text")
        switch("--fetch-images", help="get pictures from where the source keeps them")
        switch("--dry-run", help="do everything but keep it")
        switch("--json", help="print the figures as the last line of output")

    def handle(self, *args: Any, **given: Any) -> None:
        options = Options.of(given)
        try:
            with progress(given["paths"], given["verbosity"]) as step:
                report = run_import(given["paths"], options, on_record=step)
        except ReadError as error:
            raise CommandError(str(error)) from error
        writers = self.stdout.write, self.stderr.write
        tell(report, *writers, as_json=given["json"], rejects=str(options.rejects))
        if report.refused:
            sys.exit(1)
