"""manage.py undo_import: take a whole import back, as long as nobody has worked on what it brought."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.importing.pipeline.runs.undo import (
    NotUndoable,
    count_removals,
    describe_removals,
    find_undo_blockers,
    undo,
)
from articles.models import ImportRun


class Command(BaseCommand):
    help = "Take an import back: its stories, their editions, the names that only it brought."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", metavar="RUN", type=int, help="the number of the run")
        parser.add_argument("--yes", action="store_true", help="do it; without, only say what goes")

    def handle(self, *args: Any, run: int, yes: bool, **options: Any) -> None:
        row = ImportRun.objects.filter(pk=run).first()
        if row is None:
            raise CommandError(f"There is no import run {run}. The admin lists them.")
        try:
            if yes:
                deleted = undo(row, by=None)
            elif reasons := find_undo_blockers(row):
                raise NotUndoable(reasons)
            else:
                deleted = count_removals(row)
        except NotUndoable as refusal:
            raise CommandError("\n".join([f"{row} cannot be undone:", *refusal.reasons])) from None
        summary = ", ".join(describe_removals(deleted)) or "nothing"
        self.stdout.write(f"Gone: {summary}." if yes else f"This would go: {summary}. Add --yes.")
