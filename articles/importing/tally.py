"""What became of the records of one batch, counted."""

from collections import Counter
from dataclasses import dataclass, field, replace

from articles.models import ImportBatch

from .names import Names
from .parsed import ParsedArticle
from .runs import COUNTS, KEPT

AMBIGUOUS = (
    ": several of that name, none linked."  # the end of a note, by which the report knows it
)


@dataclass
class Tally:
    """The counts of one batch. ``met`` and ``notes`` are as in ``ImportRun``; ``articles`` are the keys of new ones."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    waiting: int = 0
    refused: int = 0
    met: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)

    def copy(self) -> "Tally":
        """Return one that counts on from here by itself."""
        return replace(self, met=Counter(self.met), notes=list(self.notes), articles=[])

    def count(self, result: str) -> None:
        """Count one story as created, updated, unchanged or waiting."""
        setattr(self, result, getattr(self, result) + 1)

    def meet(self, parsed: ParsedArticle, names: Names) -> None:
        """Count what a story that came in lacks."""
        self.met["undated"] += not parsed.published_at
        self.met["missing_pictures"] += bool(
            parsed.picture and parsed.picture not in names.pictures
        )

    def write_to(self, row: ImportBatch, names: Names) -> None:
        """Save ``row`` with these counts; the names made for it stand in batch 0 of its run."""
        ambiguous = names.take_ambiguous()
        self.met["ambiguous_names"] += len(ambiguous)
        self.notes += [f"{name}{AMBIGUOUS}" for name in ambiguous]
        for name in COUNTS:
            setattr(row, name, getattr(self, name))
        row.met = {name: count for name, count in self.met.items() if count}
        row.notes, row.made = self.notes[:KEPT], {"article": self.articles}
        row.save()
