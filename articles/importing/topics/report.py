"""What an import of topics did, in figures and in sentences."""

from dataclasses import asdict, dataclass, field
from typing import Any

from articles.importing.formats.types import RejectedRecord


@dataclass
class TopicReport:
    """What a run did with tags (``created`` …) and with ``codes`` that lead to them; ``notes`` want an editor."""

    created: int = 0
    adopted: int = 0
    renamed: int = 0
    updated: int = 0
    unchanged: int = 0
    retired: int = 0
    codes: int = 0
    codes_changed: int = 0
    refused: int = 0
    seconds: float = 0.0
    refusals: list[RejectedRecord] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        """Return the figures alone."""
        excluded = "refusals", "notes"
        return {name: value for name, value in asdict(self).items() if name not in excluded}

    def summary_line(self) -> str:
        """Return the figures as one line."""
        figures = (f"{count} {name}" for name, count in self.summary().items())
        return ", ".join(figures).replace("_", " ") + "."
