"""What a run did, in words for the operator."""

import json
from collections.abc import Callable, Iterator

from .options import Report

MET = {  # what the stories named: one of it, several
    "new_tag": ("new tag", "new tags"),
    "new_author": ("new author", "new authors"),
    "new_person": ("new person", "new people"),
    "new_organization": ("new organization", "new organizations"),
    "ambiguous_names": ("name that several bear", "names that several bear"),
    "missing_pictures": ("picture that is not in the library", "pictures not in the library"),
    "undated": ("story without a date", "stories without a date"),
}


def tell(
    report: Report,
    out: Callable[[str], object],
    err: Callable[[str], object],
    *,
    as_json: bool = False,
    rejects: str = "",
) -> None:
    """Write each refusal and note to ``err``, the figures to ``out``; with ``as_json`` again as its last line."""
    for format, words in report.mappings.items():
        err(f"Columns of {format}:\n{words}")
    for row in report.refusals:
        err(
            f"{row['file']}, record {row['record']}, {row['field']}: "
            f"{row['reason'].rstrip('.')}. {row['remedy']}"
        )
    if report.refused > len(report.refusals):
        err(f"… and {report.refused - len(report.refusals)} more.")
    for note in report.notes:
        err(note)
    for line in _asides(report, rejects):
        err(line)
    would = "" if report.run else "Nothing was kept (dry run); it would be: "
    out(
        f"{would}{report.created} created, {report.updated} updated, {report.unchanged} unchanged, "
        f"{report.waiting} waiting, {report.refused} refused in {report.seconds:.1f} s."
    )
    if met := in_words(report.met):
        out(f"They brought {met}.")
    if as_json:
        out(json.dumps(report.summary()))


def in_words(met: dict[str, int]) -> str:
    """Return what the stories of a run named: ``3 new people, 1 new tag``; empty for nothing."""
    return ", ".join(
        f"{met[name]} {words[met[name] != 1]}" for name, words in MET.items() if met.get(name)
    )


def _asides(report: Report, rejects: str) -> Iterator[str]:
    if report.rejects:
        yield f"What was refused stands in {rejects}: mend it there and import that file."
    if report.passed_over:
        first = ", ".join(report.passed_over[:3])
        yield f"Passed over, no text: {len(report.passed_over)} files ({first} …)."
