"""What the operator reads at the end of a run."""

import json

from articles.importing.pipeline.options import ImportReport
from articles.importing.pipeline.runs.report import (
    describe_contents,
    describe_waiting,
    write_import_report,
)

ROW = {
    "file": "a.json",
    "record": "2",
    "field": "body",
    "reason": "It is empty.",
    "remedy": "Fill it.",
}


def written(report: ImportReport, **options) -> tuple[list[str], list[str]]:
    out: list[str] = []
    err: list[str] = []
    write_import_report(report, out.append, err.append, **options)
    return out, err


def test_a_run_is_summed_up_in_one_line():
    report = ImportReport(created=1, updated=2, unchanged=3, waiting=4, seconds=1.25, run=1)
    out, err = written(report)
    assert out == ["1 created, 2 updated, 3 unchanged, 4 waiting, 0 refused in 1.2 s."]
    assert err == []


def test_of_a_dry_run_it_is_said_that_nothing_was_kept():
    assert written(ImportReport())[0][0].startswith("Nothing was kept (dry run); it would be: 0 ")


def test_each_refusal_is_written_and_how_many_more_there_are():
    refused = "a.json, record 2, body: It is empty. Fill it."
    assert written(ImportReport(refused=1, refusals=[ROW]))[1] == [refused]
    assert written(ImportReport(refused=3, refusals=[ROW]))[1] == [refused, "… and 2 more."]


def test_notes_columns_rejects_and_what_was_passed_over_are_written():
    report = ImportReport(
        notes=["Fish stays a draft."],
        mappings={"csv": "headline: Titel"},
        rejects=1,
        passed_over=["a.jpg", "b.jpg", "c.jpg", "d.jpg"],
    )
    assert written(report, rejects="x.rejects")[1] == [
        "Columns of csv:\nheadline: Titel",
        "Fish stays a draft.",
        "What was refused stands in x.rejects: mend it there and import that file.",
        "Passed over, no text: 4 files (a.jpg, b.jpg, c.jpg …).",
    ]


def test_what_the_stories_brought_is_counted_in_words():
    counts = {"new_tag": 1, "new_person": 2, "undated": 0, "waits:edited": 1, "waits:held": 2}
    assert describe_contents(counts) == "1 new tag, 2 new people"
    assert describe_waiting(counts) == "2 on hold, 1 edited here"
    assert written(ImportReport(met=counts))[0][1:] == [
        "Versions that wait beside their story: 2 on hold, 1 edited here. "
        "Decide on the pages of the stories.",
        "They brought 1 new tag, 2 new people.",
    ]


def test_a_program_gets_the_figures_as_the_last_line():
    report = ImportReport(created=1)
    assert json.loads(written(report, as_json=True)[0][-1]) == report.summary()
    assert len(written(report)[0]) == 1
