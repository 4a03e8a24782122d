"""Import runs, what they brought, and feeds."""

from . import runs, subscriptions

__all__ = ["runs", "subscriptions"]
