"""Whether the archive counts what readers have: each day, month and year, now and once what is scheduled begins."""

from collections.abc import Iterator

from django.utils.translation import gettext

from articles import clock
from articles.models import PeriodCount
from articles.record.integrity import IntegrityIssue


def period_count_issues() -> Iterator[IntegrityIssue]:
    """Yield each period whose count is not that of its stories."""
    remedy = gettext("Run `manage.py build_search`.")
    for precision, first_day in PeriodCount.objects.find_differing(clock.now()):
        message = gettext("The archive counts more or fewer stories than there are.")
        yield IntegrityIssue("archive", f"{precision} of {first_day}", message, remedy)
