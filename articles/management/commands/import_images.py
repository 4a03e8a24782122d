"""manage.py import_images: pictures come into the library."""

import sys
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.importing.formats.types import ReadError
from articles.importing.images.files import import_images, print_image_report


class Command(BaseCommand):
    help = (
        "Add pictures to the library, with the caption, credit and alternative text that their files hold, from files, "
        "folders and zip archives. Twice is the same as once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        switch = partial(parser.add_argument, action="store_true")
        switch("--dry-run", help=_("do everything but keep it"))
        switch("--json", help=_("print the figures as the last line of output"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with tqdm(unit=" files", disable=options["verbosity"] == 0 or None) as bar:
                report = import_images(
                    options["paths"], dry_run=options["dry_run"], on_file=bar.update
                )
        except ReadError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error}. What came in stays; mend it, run it again.") from error
        print_image_report(report, self.stdout.write, self.stderr.write, as_json=options["json"])
        if report.refused:
            sys.exit(1)
