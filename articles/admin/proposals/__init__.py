"""Changes to what readers have by people who may not publish: how they are made, listed and decided about."""

from . import admin

__all__ = ["admin"]
