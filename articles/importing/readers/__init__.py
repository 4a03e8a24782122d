"""The formats that come in: one file each, with ``NAME``, ``identify`` and ``read``; listed here by hand."""

from . import markdown, ninjs, plain_text

READERS = (plain_text, markdown, ninjs)
