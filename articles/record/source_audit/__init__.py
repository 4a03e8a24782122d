"""Whom the paper quotes: counted from what readers can read now, never inferred from a name.

Asked (a period, filters) -> Audit (reads a table at a time) -> plain rows
"""

from .asked import Asked, usual_period
from .audit import Audit
from .figures import Body, Month, Part, Totals, Voice

__all__ = ["Asked", "Audit", "Body", "Month", "Part", "Totals", "Voice", "usual_period"]
