"""Where the name of a source still stands with a story: what readers had, the text, source files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from articles.models import RightOfReply
from articles.record.quotes.unnamed_source import SourceRow

from .names import NamePattern
from .tables import TABLES

MAX_HITS = 300


@dataclass(frozen=True, slots=True)
class NameHit:
    """One row that has the name: ``table`` (``articles.Revision``), its key and those of its ``columns`` that do."""

    table: str
    key: int
    columns: tuple[str, ...]


def find_hits(article: int, rows: Sequence[SourceRow], pattern: NamePattern) -> list[NameHit]:
    """Return where the story ``article`` (key) still has a name, table by table, at most ``MAX_HITS``."""
    return list(islice(_hits(article, rows, pattern), MAX_HITS))


def _hits(article: int, rows: Sequence[SourceRow], pattern: NamePattern) -> Iterator[NameHit]:
    for rule in TABLES:
        if not rule.listed:
            continue
        stored = rule.rows(article).order_by("pk").values("pk", *rule.listed)
        for values in stored.iterator(chunk_size=50):
            columns = tuple(name for name in rule.listed if pattern.is_in_value(values[name]))
            if columns:
                yield NameHit(rule.model._meta.label, values["pk"], columns)
    for row in rows:
        replies = RightOfReply.all_objects.filter(article=article, **{f"{row.kind}__in": row.keys})
        for key in replies.values_list("pk", flat=True):
            yield NameHit(RightOfReply._meta.label, key, (row.kind,))
