"""manage.py build_search: make the indexes of words anew, readers' and the desk's, and the counts of the archive."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext
from tqdm import tqdm

from articles.models import PeriodCount
from articles.record.consistency.search_words import build_indexes, count_indexed


class Command(BaseCommand):
    help = gettext(
        "Make the words by which readers and the desk find stories anew, and the counts of the archive. "
        "It can be stopped and goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help=gettext("also what is indexed already")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        is_quiet = options["verbosity"] < 1 or not self.stderr.isatty()
        with tqdm(total=count_indexed(), unit=" texts", disable=is_quiet) as progress:
            counts = Counter[str]()
            for name, step in build_indexes(every=options["all"]):
                counts.update({name: step.indexed, "removed": step.removed})
                progress.update(step.read)
        sentence = gettext("%(indexed)s editions indexed, %(removed)s that ended taken out.")
        values = {"indexed": counts["editions"], "removed": counts["removed"]}
        self.stdout.write(sentence % values)
        sentence = gettext("%(indexed)s stories indexed for the desk.")
        self.stdout.write(sentence % {"indexed": counts["stories"]})
        sentence = gettext("The archive counts anew: %(rows)s days, months and years.")
        self.stdout.write(sentence % {"rows": PeriodCount.objects.rebuild()})
