"""What a run did, in words for the operator."""

import json
from collections.abc import Callable, Iterator

from articles.importing.pipeline.options import ImportReport

from .refusals import in_words

CONTENT_LABELS = {  # what the stories named: one of it, several
    "new_tag": ("new tag", "new tags"),
    "new_author": ("new author", "new authors"),
    "new_person": ("new person", "new people"),
    "new_organization": ("new organization", "new organizations"),
    "unclear_tags": ("tag that may mean several", "tags that may mean several"),
    "ambiguous_names": ("name that several bear", "names that several bear"),
    "missing_pictures": ("picture that is not in the library", "pictures not in the library"),
    "undated": ("story without a date", "stories without a date"),
    "not_yet": (
        "story that its source publishes later",
        "stories that their source publishes later",
    ),
    "expired": ("story that its source took down", "stories that their source took down"),
    "in_trash": (
        "name that is in the trash, not linked",
        "names that are in the trash, not linked",
    ),
    "emptied": (
        "story that was spiked here and emptied from the trash, left out",
        "stories that were spiked here and emptied from the trash, left out",
    ),
    "template_tags": ("story that shows template tags", "stories that show template tags"),
}
WAITING_LABELS = {  # why versions wait beside their stories
    "waits:withdrawn": "withdrawn here",
    "waits:corrected": "corrected here",
    "waits:scheduled": "scheduled here",
    "waits:held": "on hold",
    "waits:declined": "whose last version was left aside",
    "waits:restored": "with an older revision restored here",
    "waits:edited": "edited here",
    "waits:spiked": "spiked here",
    "waits:killed": "cancelled by the source",
    "waits:template_tags": "whose new version shows template tags",
}


def write_import_report(
    report: ImportReport,
    out: Callable[[str], object],
    err: Callable[[str], object],
    *,
    as_json: bool = False,
    rejects: str = "",
) -> None:
    """Write each refusal and note to ``err``, the figures to ``out``; with ``as_json`` again as its last line."""
    for format, mapping in report.mappings.items():
        err(f"Columns of {format}:\n{mapping}")
    for row in report.refusals:
        err(
            f"{row['file']}, record {row['record']}, {row['field']}: "
            f"{in_words(row, 'reason').rstrip('.')}. {in_words(row, 'remedy')}"
        )
    if report.refused > len(report.refusals):
        err(f"… and {report.refused - len(report.refusals)} more.")
    for note in report.notes:
        err(note)
    for line in _asides(report, rejects):
        err(line)
    prefix = "" if report.run else "Nothing was kept (dry run); it would be: "
    out(
        f"{prefix}{report.created} created, {report.updated} updated, {report.unchanged} unchanged, "
        f"{report.waiting} waiting, {report.refused} refused in {report.seconds:.1f} s."
    )
    if waiting := describe_waiting(report.met):
        out(
            f"Versions that wait beside their story: {waiting}. Decide on the pages of the stories."
        )
    if contents := describe_contents(report.met):
        out(f"They brought {contents}.")
    if as_json:
        out(json.dumps(report.summary()))


def describe_contents(counts: dict[str, int]) -> str:
    """Return what the stories of a run named: ``3 new people, 1 new tag``; empty for nothing."""
    return ", ".join(
        f"{counts[name]} {labels[counts[name] != 1]}"
        for name, labels in CONTENT_LABELS.items()
        if counts.get(name)
    )


def describe_waiting(counts: dict[str, int]) -> str:
    """Return of what kind the stories are beside which a version waits: ``1 withdrawn here, 2 edited here``."""
    return ", ".join(
        f"{counts[name]} {label}" for name, label in WAITING_LABELS.items() if counts.get(name)
    )


def _asides(report: ImportReport, rejects: str) -> Iterator[str]:
    if report.rejects:
        yield f"What was refused stands in {rejects}: mend it there and import that file."
    if report.passed_over:
        first = ", ".join(report.passed_over[:3])
        yield f"Passed over, no text: {len(report.passed_over)} files ({first} …)."
