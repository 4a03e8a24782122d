"""The check of the record names each period that the archive counts wrongly."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from articles.models import PeriodCount
from articles.record.consistency.period_counts import period_count_issues
from tests.factories import make_live, make_withdrawn

pytestmark = pytest.mark.django_db


def test_a_wrong_count_is_named_with_its_remedy_and_mended_by_it(capsys):
    make_live(published_at=datetime(2026, 3, 14, 12, tzinfo=UTC))
    make_withdrawn()
    assert list(period_count_issues()) == []
    PeriodCount.objects.filter(precision="month", first_day=date(2026, 3, 1)).update(count=5)
    [issue] = period_count_issues()
    assert issue.field == f"month of {date(2026, 3, 1)}"
    assert "build_search" in issue.remedy
    call_command("build_search")
    assert list(period_count_issues()) == []
    assert "The archive counts anew" in capsys.readouterr().out
