"""What was taken back counts in no day, month or year."""

import pytest

from articles import clock
from articles.importing.pipeline.run import ImportOptions, run_import
from articles.importing.pipeline.runs.undo import undo
from articles.models import ImportRun, PeriodCount
from articles.text.dates import YEARS
from articles.text.periods import Period
from tests.factories import make_live, make_user
from tests.importing.pipeline.intakes import story, write

pytestmark = pytest.mark.django_db


def counted() -> int:
    bounds = Period(YEARS[0]).first_day, Period(YEARS[-1]).end
    return sum(PeriodCount.objects.totals("day", *bounds).values())


def test_an_import_counts_at_once_and_no_more_when_it_is_undone(tmp_path):
    make_live()
    path = write(tmp_path / "in.jsonl", [story(1), story(2)])
    report = run_import([str(path)], ImportOptions(source="x", publish=True))
    assert counted() == 3
    undo(ImportRun.objects.get(pk=report.run or 0), by=make_user())
    assert counted() == 1
    assert PeriodCount.objects.find_differing(clock.now()) == []
