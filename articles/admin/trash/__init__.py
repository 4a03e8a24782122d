"""Rows put away instead of deleted: the question before it, the trash, the way back."""

from . import screen

__all__ = ["screen"]
