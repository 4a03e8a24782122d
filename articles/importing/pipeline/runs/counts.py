"""What became of the records of one batch, counted."""

from collections import Counter
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext

from articles.importing.formats.types import ParsedArticle
from articles.models import ImportBatch
from articles.publishing import Obstacle

from .run_row import COUNTS, MAX_STORED

AMBIGUOUS = (
    ": several of that name, none linked."  # the end of a note, by which the report knows it
)


@dataclass
class BatchCounts:
    """The counts of one batch. ``met`` and ``notes`` are as in ``ImportRun``; ``articles`` are the keys of new ones."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    waiting: int = 0
    refused: int = 0
    met: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)

    def copy(self) -> "BatchCounts":
        """Return one that counts on from here by itself."""
        return replace(self, met=Counter(self.met), notes=list(self.notes), articles=[])

    def count(self, result: str) -> None:
        """Count one story as created, updated, unchanged or waiting."""
        setattr(self, result, getattr(self, result) + 1)

    def add_waiting(self, obstacle: Obstacle, story: Sequence[str]) -> None:
        """Note why a version waits; ``story`` is its headline and what was done about it at once."""
        self.met[f"waits:{obstacle.kind}"] += 1
        headline, *done = story
        self.notes.append(
            " ".join([f"{headline}: a newer version waits.", obstacle.sentence, *done])
        )

    def count_problems(self, parsed: ParsedArticle, pictures: Container[str]) -> None:
        """Count what a story that came in lacks, and what holds it back; ``pictures`` are those that are here."""
        self.met.update(hold.kind for hold in parsed.holds)
        self.met["undated"] += not parsed.published_at
        self.met["missing_pictures"] += bool(parsed.picture and parsed.picture not in pictures)

    def write_to(
        self, row: ImportBatch, ambiguous: Collection[str], in_trash: Collection[str]
    ) -> None:
        """Save ``row`` with these counts, the ``ambiguous`` names and those that were met ``in_trash``.

        Names made for it stand in batch 0 of its run.
        """
        self.met["ambiguous_names"] += len(ambiguous)
        self.notes += [f"{name}{AMBIGUOUS}" for name in ambiguous]
        self.met["in_trash"] += len(in_trash)
        self.notes += [
            gettext("“%(name)s” is in the trash here: not linked, not made anew.") % {"name": name}
            for name in in_trash
        ]
        for name in COUNTS:
            setattr(row, name, getattr(self, name))
        row.met = {name: count for name, count in self.met.items() if count}
        row.notes, row.made = self.notes[:MAX_STORED], {"article": self.articles}
        row.save()
