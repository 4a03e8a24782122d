"""manage.py import_topics: IPTC Media Topics as tags, with the codes that lead to them."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.importing.formats.types import ReadError
from articles.importing.topics.store import import_topics


class Command(BaseCommand):
    help = "Import IPTC Media Topics (JSON) as tags. Twice is once; editors' changes stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PATH")
        parser.add_argument("--dry-run", action="store_true", help=_("do everything but keep it"))
        parser.add_argument("--json", action="store_true", help=_("print the figures as last line"))

    def handle(self, *args: Any, path: str, dry_run: bool, **options: Any) -> None:
        try:
            with Path(path).open("rb") as stream:
                report = import_topics(stream, settings.LANGUAGE_CODE, dry_run=dry_run)
        except (ReadError, OSError) as error:
            raise CommandError(f"{path}: {error}") from error
        for refused in report.refusals:
            text = f"concept {refused.record}, {refused.field}: {refused.reason}."
            self.stderr.write(f"{path}, {text}")
        self.stderr.write("\n".join(report.notes), ending="\n" if report.notes else "")
        note = _("Nothing was kept (dry run); it would be: ") if dry_run else ""
        self.stdout.write(note + report.summary_line())
        if options["json"]:
            self.stdout.write(json.dumps(report.summary()))
        if report.refusals:
            sys.exit(1)
