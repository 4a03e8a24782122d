"""What the check of the record reports, and how it walks through tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

CHUNK = 200


@dataclass(frozen=True, slots=True)
class IntegrityIssue:
    """One thing that does not hold: where it is, what it is, what to do about it, as sentences.

    ``article`` is a key, 0 for none; ``key`` the public id of a quote, empty for none; ``field`` names row and field.
    What is not an error is told, but does not count.
    """

    check: str
    field: str
    message: str
    remedy: str
    article: int = 0
    key: str = ""
    is_error: bool = True

    def __str__(self) -> str:
        story = f"article {self.article}" if self.article else ""
        quote = f"quote {self.key}" if self.key else ""
        place = ", ".join(filter(None, (story, quote, self.field)))
        return f"{self.check}: {place}: {self.message} {self.remedy}"


def in_chunks(rows: QuerySet[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """Yield ``rows`` by their keys, ``size`` at a time: one chunk is in memory, none is read twice."""
    ordered, last = rows.order_by("pk"), 0
    while chunk := list(ordered.filter(pk__gt=last)[:size]):
        yield chunk
        last = chunk[-1].pk
