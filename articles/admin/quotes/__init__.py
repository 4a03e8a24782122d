"""The list and the form of quotes, and their links to other statements."""

from . import admin

__all__ = ["admin"]
