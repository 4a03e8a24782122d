"""What a run did, in words for the operator."""

import json
from collections.abc import Callable

from .pipeline import Report


def tell(
    report: Report,
    out: Callable[[str], object],
    err: Callable[[str], object],
    *,
    as_json: bool = False,
) -> None:
    """Write each refusal and note to ``err``, the figures to ``out``; with ``as_json`` again as its last line."""
    for row in report.refusals:
        err(
            f"{row['file']}, record {row['record']}, {row['field']}: "
            f"{row['reason'].rstrip('.')}. {row['remedy']}"
        )
    for note in report.notes:
        err(note)
    would = "" if report.run else "Nothing was kept (dry run); it would be: "
    out(
        f"{would}{report.created} created, {report.updated} updated, {report.unchanged} unchanged, "
        f"{report.waiting} waiting, {report.refused} refused in {report.seconds:.1f} s."
    )
    if as_json:
        out(json.dumps(report.summary()))
