"""The formats that come in: one file each, with ``NAME``, ``identify`` and ``read``; listed here by hand."""

from . import plain_text

READERS = (plain_text,)
