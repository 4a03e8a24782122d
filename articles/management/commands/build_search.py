"""manage.py build_search: make the index of words and the counts of the archive anew, from what readers have."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext
from tqdm import tqdm

from articles.models import PeriodCount
from articles.public.search.build import build_index, count_editions


class Command(BaseCommand):
    help = gettext(
        "Make the words by which readers find stories anew, and the counts of the archive. "
        "It can be stopped and goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help=gettext("also what is indexed already")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        is_quiet = options["verbosity"] < 1 or not self.stderr.isatty()
        with tqdm(total=count_editions(), unit=" editions", disable=is_quiet) as progress:
            indexed = removed = 0
            for step in build_index(every=options["all"]):
                indexed, removed = indexed + step.indexed, removed + step.removed
                progress.update(step.read)
        sentence = gettext("%(indexed)s editions indexed, %(removed)s that ended taken out.")
        self.stdout.write(sentence % {"indexed": indexed, "removed": removed})
        sentence = gettext("The archive counts anew: %(rows)s days, months and years.")
        self.stdout.write(sentence % {"rows": PeriodCount.objects.rebuild()})
