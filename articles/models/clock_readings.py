"""What the paper's clock showed, kept: so that what has begun is known when the clock of a server goes back."""

from datetime import datetime
from math import inf
from time import monotonic

from django.db import models
from django.utils import timezone

from articles import clock

from .editions import Edition

SECONDS_BETWEEN = 30  # so often does a process note the time at most


class ClockReadingQuerySet(models.QuerySet["ClockReading"]):
    def record(self, at: datetime) -> None:
        """Note that the paper's clock showed ``at`` (aware). Rows that say nothing any more go: a handful is kept."""
        newest = Edition.objects.aggregate(pk=models.Max("pk"))["pk"] or 0
        _, is_new = self.get_or_create(newest_edition=newest, defaults={"at": at})
        if not is_new:
            self.filter(newest_edition=newest, at__lt=at).update(at=at)
            return
        oldest = Edition.objects.coming(at).aggregate(pk=models.Min("pk"))["pk"] or newest
        self.filter(newest_edition__lt=min(oldest, newest), at__lt=at).delete()

    def latest_since(self, edition_pk: int) -> datetime | None:
        """Return the latest time (aware) shown since the edition with this key was made; None where none was noted."""
        rows = self.filter(newest_edition__gte=edition_pk)
        latest: datetime | None = rows.aggregate(at=models.Max("at"))["at"]
        return latest

    def latest_believed(self) -> datetime | None:
        """Return the latest time (aware) that the paper had, None before its first edition: one query.

        What a clock showed that ran ahead by days is left out: nobody waits for that.
        """
        limit = timezone.now() + clock.LONGEST_HOLD
        readings = self.filter(at__lte=limit).order_by("-at").values("at")[:1]
        newest = Edition.objects.order_by("-pk").annotate(reading=models.Subquery(readings))
        edition = newest.only("created_at", "starts_at", "has_set_start").first()
        if edition is None:
            return None
        times = [edition.created_at, edition.reading]
        if edition.created_at and not edition.has_set_start:  # readers had it at once
            times.append(edition.starts_at)
        return max((time for time in times if time and time <= limit), default=None)


class ClockReading(models.Model):
    """The latest time that the paper's clock showed while ``newest_edition`` (a key) was the newest of all editions.

    Order is that of the keys, not of the times: a clock that once ran years ahead says nothing about what was scheduled
    after it had been set right.
    """

    newest_edition = models.PositiveBigIntegerField(unique=True, editable=False)
    at = models.DateTimeField(editable=False)

    objects = ClockReadingQuerySet.as_manager()

    def __str__(self) -> str:
        return self.at.isoformat()


_recorded: float | None = None


def record_clock() -> None:
    """Note the time, twice a minute and process at most: the desk and importers do, readers' pages store nothing."""
    global _recorded
    if _recorded is None or monotonic() - _recorded >= SECONDS_BETWEEN:
        _recorded = monotonic()
        clock.raise_to(ClockReading.objects.latest_believed())
        ClockReading.objects.record(clock.now())


def pause_recording() -> None:
    """Note no time in this process until ``forget_recording``: how long a test takes is no part of it."""
    global _recorded
    _recorded = inf


def forget_recording() -> None:
    """Forget when this process noted the time, as a new one would."""
    global _recorded
    _recorded = None
