"""manage.py import_articles: stories come in."""

import sys
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.importing.parsed import ReadError
from articles.importing.pipeline import Options, run_import
from articles.importing.report import tell


class Command(BaseCommand):
    help = "Import stories from files, folders or standard input (-). Twice is the same as once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--format", default="", help="reader to use; default: by content")
        parser.add_argument("--source", default="", help="default: the folder's name")
        parser.add_argument("--tag", action="append", default=[], metavar="T", help="tag all")
        switch = partial(parser.add_argument, action="store_true")
        switch("--publish", help="trust the source: publish what can be")
        switch("--no-suggest", help="look for no names and quotes in the text")
        switch("--dry-run", help="do everything but keep it")
        switch("--json", help="print the figures as the last line of output")

    def handle(self, *args: Any, **given: Any) -> None:
        plain = {name: given[name] for name in ("source", "format", "publish", "dry_run")}
        options = Options(tags=tuple(given["tag"]), suggest=not given["no_suggest"], **plain)
        try:
            with tqdm(unit=" stories", disable=given["verbosity"] == 0 or None) as bar:
                report = run_import(given["paths"], options, on_record=bar.update)
        except ReadError as error:
            raise CommandError(str(error)) from error
        tell(report, self.stdout.write, self.stderr.write, as_json=given["json"])
        if report.refused:
            sys.exit(1)
