"""How many stories are listed of each day, month and year: kept, so that no page of the archive counts rows.

What readers see changes with the clock alone, so a row says since when it counts: ``SETTLED`` for what has begun, a
scheduled start or end for what has not. The sum of the rows that have begun is right at every moment, and no job has
to run at any. Publishing writes rows in its transaction; those whose time has come are added up by the way.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from django.db import connection, models, transaction
from django.utils import timezone

from articles import clock
from articles.text.dates import Precision
from articles.text.periods import PeriodPrecision, periods_of

from .editions import Edition, EditionQuerySet
from .visibility import FOREVER

SETTLED = datetime(1000, 1, 1, tzinfo=UTC)
SETTLE_AFTER = timedelta(minutes=1)  # what the clocks of several servers may differ by
COLUMNS = ("published_at", "date_precision", "kind", "starts_at", "ends_at")
KEY = ("precision", "first_day", "since")
ADD = (
    "INSERT INTO articles_periodcount (precision, first_day, since, count) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (precision, first_day, since)"
    " DO UPDATE SET count = articles_periodcount.count + excluded.count"
)
PeriodKey = tuple[PeriodPrecision, date, datetime]


class CountedEdition(Protocol):
    """What counts of an edition: an ``Edition``, or a row of ``COLUMNS``."""

    @property
    def published_at(self) -> datetime: ...

    @property
    def date_precision(self) -> Precision: ...

    @property
    def kind(self) -> str: ...

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


def read_counted(editions: EditionQuerySet, at: datetime) -> list[CountedEdition]:
    """Read what counts of those ``editions`` that readers have at ``at`` (aware) or will have: one query."""
    rows: Any = editions.lasting(at).values_list(*COLUMNS, named=True)
    return list(rows)


def count_periods(editions: Iterable[CountedEdition], at: datetime) -> Counter[PeriodKey]:
    """Return by how much ``editions`` raise the counts of ``at`` (aware) and later, by period and start."""
    zone, counts = timezone.get_default_timezone(), Counter[PeriodKey]()
    for edition in editions:
        if edition.kind == Edition.Kind.WITHDRAWAL or edition.ends_at <= at:
            continue
        since = SETTLED if edition.starts_at <= at else edition.starts_at
        day = edition.published_at.astimezone(zone).date()
        for precision, first_day in periods_of(day, edition.date_precision):
            counts[precision, first_day, since] += 1
            if edition.ends_at != FOREVER:
                counts[precision, first_day, edition.ends_at] -= 1
    return counts


class PeriodCountQuerySet(models.QuerySet["PeriodCount"]):
    def replace(
        self, before: Iterable[CountedEdition], after: Iterable[CountedEdition], at: datetime
    ) -> None:
        """Count ``after`` in the place of ``before``, as of ``at`` (aware), in the caller's transaction.

        Nothing is written where a story stays in its day. Rows are locked in one order, so that two publishers never
        wait for each other: call it once a transaction.
        """
        changes = count_periods(after, at)
        changes.subtract(count_periods(before, at))
        if any(changes.values()):
            changes.update(self._take_begun(at - SETTLE_AFTER))
            self._add(changes)

    def totals(
        self, precision: PeriodPrecision, since: date, before: date, at: datetime | None = None
    ) -> dict[date, int]:
        """Return how many stories are listed at ``at`` (aware, default now), by the first day of their period.

        Periods that begin in ``[since, before)``, in their order; those without any story are left out.
        """
        rows = self._listed(precision, at).filter(first_day__gte=since, first_day__lt=before)
        return dict(rows.order_by("first_day").values_list("first_day", "total"))

    def nearest_before(self, precision: PeriodPrecision, day: date) -> date | None:
        """Return the first day of the last period before ``day`` that has stories now."""
        rows = self._listed(precision).filter(first_day__lt=day).order_by("-first_day")
        return next(iter(rows.values_list("first_day", flat=True)[:1]), None)

    def nearest_from(self, precision: PeriodPrecision, day: date) -> date | None:
        """Return the first day of the first period from ``day`` on that has stories now."""
        rows = self._listed(precision).filter(first_day__gte=day).order_by("first_day")
        return next(iter(rows.values_list("first_day", flat=True)[:1]), None)

    def find_differing(self, at: datetime) -> list[tuple[PeriodPrecision, date]]:
        """Return the periods whose counts are not those of the editions at ``at`` (aware) or later, in their order."""
        expected, stored = count_periods(_lasting(at), at), Counter[PeriodKey]()
        for row in self.iterator():
            since = SETTLED if row.since <= at else row.since
            stored[row.precision, row.first_day, since] += row.count
        keys = expected.keys() | stored.keys()
        return sorted({key[:2] for key in keys if expected[key] != stored[key]})

    def rebuild(self) -> int:
        """Count all editions anew; publishing waits meanwhile. Returns how many rows there are."""
        with transaction.atomic():
            self._lock()
            at = clock.now()
            self.all().delete()
            counts = count_periods(_lasting(at), at)
            self._add(counts)
            return self.count()

    def _listed(self, precision: PeriodPrecision, at: datetime | None = None) -> Any:
        """Return first day and ``total`` of each period that has stories at ``at`` (aware, default now)."""
        rows = self.filter(precision=precision, since__lte=at or clock.now())
        totals = rows.values("first_day").annotate(total=models.Sum("count"))
        return totals.filter(total__gt=0)

    def _take_begun(self, at: datetime) -> Counter[PeriodKey]:
        """Delete the rows that count since ``at`` (aware) at the latest; return them as settled.

        What another publisher takes at this moment is left to it.
        """
        started = self.filter(since__gt=SETTLED, since__lte=at)
        rows = list(started.select_for_update(skip_locked=True))
        if rows:
            self.filter(pk__in=[row.pk for row in rows]).delete()
        counts = Counter[PeriodKey]()
        for row in rows:
            counts[row.precision, row.first_day, SETTLED] += row.count
        return counts

    def _add(self, changes: Counter[PeriodKey]) -> None:
        fields: list[Any] = [PeriodCount._meta.get_field(name) for name in KEY]
        rows = [
            [*(f.get_db_prep_save(v, connection) for f, v in zip(fields, key, strict=True)), count]
            for key, count in sorted(changes.items())
            if count
        ]
        with connection.cursor() as cursor:
            cursor.executemany(ADD, rows)

    def _lock(self) -> None:
        """Keep others from writing counts until this transaction ends; SQLite has one writer anyway."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE articles_periodcount IN SHARE ROW EXCLUSIVE MODE")


def _lasting(at: datetime) -> Iterable[CountedEdition]:
    rows: Any = Edition.objects.lasting(at).values_list(*COLUMNS, named=True)
    return rows.iterator(chunk_size=10_000)


class PeriodCount(models.Model):
    """By how much the listed stories of a period became more at ``since`` (aware), where the paper is.

    ``first_day`` is that of the day, month or year that ``precision`` names. A month counts what is known by its month
    alone, too, and a year what is known by its year. Another time zone of the paper wants ``build_search``.
    """

    precision: "models.CharField[str, PeriodPrecision]" = models.CharField(max_length=5)
    first_day = models.DateField()
    since = models.DateTimeField(db_index=True)
    count = models.IntegerField()

    objects = PeriodCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=KEY, name="period_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.count:+} in the {self.precision} of {self.first_day}"
