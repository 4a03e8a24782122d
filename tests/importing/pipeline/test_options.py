"""What an operator writes on a command line, and what an import makes of it."""

from argparse import ArgumentParser
from pathlib import Path

import pytest

from articles.importing.formats.types import ReadError
from articles.importing.pipeline.options import ImportOptions, ImportReport, add_arguments


def options(*words: str) -> ImportOptions:
    parser = ArgumentParser()
    add_arguments(parser)
    return ImportOptions.from_arguments(vars(parser.parse_args(["in/harbour", *words])))


def test_an_import_without_options_is_one_process_that_keeps_its_rejects_and_publishes_nothing():
    plain = options("--source", "Sund Wire")
    assert plain == ImportOptions(source="Sund Wire", rejects=Path("sund-wire.rejects"))
    assert (plain.jobs, plain.publish, plain.dry_run, plain.suggest) == (1, False, False, True)
    assert plain.fetch_images is False
    assert options().source == "in"


def test_every_option_is_understood():
    words = "--format ninjs --tag a --tag b --jobs 3 --publish --no-suggest --fetch-images --json"
    full = options(*words.split(), "--map", "headline = Titel", "--rejects", "x.rejects")
    assert (full.format, full.tags, full.jobs) == ("ninjs", ("a", "b"), 3)
    assert (full.publish, full.suggest, full.fetch_images) == (True, False, True)
    assert full.rejects == Path("x.rejects")
    assert full.file_options().columns == {"headline": "Titel"}
    assert full.file_options().format == "ninjs"


def test_a_dry_run_writes_rejects_only_where_it_is_told_to():
    assert options("--dry-run").rejects is None
    assert options("--dry-run", "--rejects", "x").rejects == Path("x")


def test_a_source_without_a_letter_still_has_a_file_of_rejects():
    assert options("--source", "!").rejects == Path("import.rejects")


@pytest.mark.parametrize("pair", ["headline", "=Titel", "headline=", "="])
def test_what_pairs_no_field_with_a_column_is_refused(pair):
    with pytest.raises(ReadError, match="is no FIELD=COLUMN"):
        options("--map", pair)


def test_a_summary_holds_figures_and_counts_the_reasons():
    rows = [{"code": "empty"}, {"code": "empty"}, {"reason": "x"}]
    report = ImportReport(created=1, run=7, passed_over=["a", "b"], refusals=rows, notes=["n"])
    summary = report.summary()
    assert (summary["created"], summary["run"], summary["passed_over"]) == (1, 7, 2)
    assert summary["codes"] == {"empty": 2}
    assert not {"refusals", "notes", "mappings"} & summary.keys()
    assert ImportReport().summary() == {
        **dict.fromkeys(("created", "updated", "unchanged", "waiting", "refused", "rejects"), 0),
        **{"seconds": 0.0, "run": None, "met": {}, "passed_over": 0, "codes": {}},
    }
