"""The formats that come in: one file each, with ``NAME``, ``identify`` and ``read``; listed here by hand."""

from . import (
    agency_text,
    csv_table,
    email_message,
    ghost,
    json_lines,
    markdown,
    newsml_g2,
    ninjs,
    nitf,
    plain_text,
    reuters_sgml,
    wxr,
)

READERS = (
    plain_text,
    agency_text,
    email_message,
    markdown,
    ninjs,
    newsml_g2,
    nitf,
    reuters_sgml,
    csv_table,
    json_lines,
    wxr,
    ghost,
)
