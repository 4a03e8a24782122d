"""Whom the paper quotes: counted from what readers can read now, never inferred from a name.

AuditQuery (a period, filters) -> Audit (reads a table at a time) -> plain rows
"""

from .audit import Audit
from .query import AuditQuery, default_period
from .rows import Month, QuotedOrganization, QuotedSource, QuoteShare, Totals

__all__ = [
    "AuditQuery",
    "Audit",
    "QuotedOrganization",
    "Month",
    "QuoteShare",
    "Totals",
    "QuotedSource",
    "default_period",
]
