"""What a run over people did, in figures and words."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from articles.importing.formats.types import RejectedRecord

OUTCOMES = ("created", "updated", "unchanged", "waiting")


@dataclass
class PeopleReport:
    """``counts`` are by kind (people, organizations, memberships) and by what became of a record."""

    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {
            kind: Counter(dict.fromkeys(OUTCOMES, 0))
            for kind in ("people", "organizations", "memberships")
        }
    )
    seconds: float = 0.0
    is_saved: bool = True
    refusals: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, label: str, refused: RejectedRecord) -> None:
        """Note a record that does not come in."""
        self.refusals.append(
            {
                "file": label,
                "record": refused.record,
                "field": refused.field,
                "reason": str(refused.reason),
                "remedy": str(refused.remedy),
                "code": refused.code,
            }
        )

    def summary(self) -> dict[str, object]:
        """Return the figures alone."""
        kinds = {
            kind: {outcome: counts[outcome] for outcome in OUTCOMES}
            for kind, counts in self.counts.items()
        }
        return {**kinds, "refused": len(self.refusals), "seconds": self.seconds}


def print_people_report(
    report: PeopleReport,
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
    if not report.is_saved:
        out("Nothing was kept (dry run); it would be:")
    for kind, counts in report.counts.items():
        out(f"{kind}: " + ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES) + ".")
    out(f"{len(report.refusals)} refused in {report.seconds:.1f} s.")
    if as_json:
        out(json.dumps(report.summary()))
