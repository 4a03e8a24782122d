"""What readers see: said here once, asked everywhere."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Q

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


def is_live(at: datetime, path: str = "") -> Q:
    """Say what readers see at ``at``, withdrawals included; ``path`` leads to the edition (``"edition__"``).

    The first bound changes no row (a CHECK holds it), only the plan: it makes the newest-first index a range.
    """
    return Q(
        **{f"{path}published_at__lte": at, f"{path}starts_at__lte": at, f"{path}ends_at__gt": at}
    )


def is_listed(at: datetime, path: str = "") -> Q:
    """Say what belongs in lists, feeds, sitemaps and search: live and not withdrawn."""
    return is_live(at, path) & ~Q(**{f"{path}kind": "withdrawal"})


def filter_first(rows: Any, *conditions: Q) -> Any:
    """Narrow ``rows``, a queryset, by ``conditions`` and ask for them before everything else.

    Of several bounds of one column SQLite walks its index by the one that stands first: by that of what is live, a page
    half way back reads half of the paper. The rows are the same.
    """
    matching = rows.filter(*conditions)
    children, count = matching.query.where.children, len(rows.query.where.children)
    children[:] = children[count:] + children[:count]
    return matching


def published_between(rows: Any, since: datetime | None, until: datetime | None) -> Any:
    """Return those of ``rows`` (a queryset with ``published_at``) of ``[since, until)`` (aware, None for no bound)."""
    bounds = {"published_at__gte": since, "published_at__lt": until}
    conditions = [Q((name, at)) for name, at in bounds.items() if at]
    return filter_first(rows, *conditions) if conditions else rows
