"""Lists that count so far and no farther: whatever there is, a page of a list costs the same."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from articles.text.numbers import parse_number

MOST_COUNTED = 1000
PAGES_AHEAD = 10
MOST_REACHED = (
    10_000  # rows that can be paged through: those beyond are found by search, filters and order
)


class CappedPaginator(Paginator):
    """Counts a thousand rows, or ten pages on from ``page_shown``; there are more where ``is_capped``."""

    page_shown = 1

    @cached_property
    def most(self) -> int:
        """How many rows are counted."""
        ahead = (self.page_shown + PAGES_AHEAD) * self.per_page
        return max(MOST_COUNTED, min(ahead, MOST_REACHED))

    @cached_property
    def _capped_count(self) -> int:
        rows: Any = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows[: self.most + 1])
        return rows.order_by().values("pk")[: self.most + 1].count()

    @cached_property
    def count(self) -> int:
        """How many rows can be paged through."""
        return min(self._capped_count, self.most)

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than ``count``."""
        return self._capped_count > self.most


def parse_page(text: str) -> int:
    """Return the number of the page that the address of a list asks for."""
    return max(1, parse_number(text, default=1))
