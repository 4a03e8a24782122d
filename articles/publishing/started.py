"""Which editions have begun by any clock that this paper ever had: a clock that steps back makes none of them new."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from articles import clock, dates
from articles.models import Article, ClockReading, Edition, Revision

SKEW = timedelta(minutes=1)  # what the clocks of several servers may differ by


@dataclass(frozen=True, slots=True)
class EditionChain:
    """The newest editions of a story: the last that has begun, and one that waits for its time.

    ``clock_problem`` is a sentence where nobody can know whether the waiting one has begun already; else empty.
    """

    started: Edition | None = None
    scheduled: Edition | None = None
    clock_problem: str = ""


def read_clock() -> datetime:
    """Return the paper's time (aware), as late as any process of the paper had it. Read it under the article's lock."""
    clock.raise_to(ClockReading.objects.latest_believed())
    return clock.now()


def read_edition_chain(article: Article, now: datetime) -> EditionChain:
    """Return the newest editions of ``article`` as of ``now`` (aware). The caller holds the article's lock."""
    newest, *before = Edition.objects.filter(article=article).order_by("-starts_at")[:2] or [None]
    if newest is None:
        return EditionChain()
    if newest.starts_at <= now or not newest.has_set_start:
        return EditionChain(started=newest)
    reading = latest_reading_since(newest)
    if reading and reading >= newest.starts_at:
        return EditionChain(started=newest)
    is_behind = bool(reading and reading > now + SKEW)
    clock_problem = _unknown_start_message(newest, now, reading) if is_behind and reading else ""
    return EditionChain(before[0] if before else None, newest, clock_problem)


def latest_reading_since(edition: Edition) -> datetime | None:
    """Return the latest time (aware) that a clock showed after ``edition`` was made, as far as rows tell.

    Order is that of the keys, not of the times: what was stored before it says nothing about it, and a clock
    that once ran years ahead does not hold up what was scheduled since.
    """
    editions = Edition.objects.filter(pk__gt=edition.pk).aggregate(at=Max("created_at"))
    source = Revision.objects.filter(
        article_id=edition.article_id, number=edition.revision_number
    ).first()
    revisions = Revision.objects.filter(pk__gt=source.pk) if source else Revision.objects.none()
    readings = [
        edition.created_at,
        editions["at"],
        revisions.aggregate(at=Max("at"))["at"],
        ClockReading.objects.latest_since(edition.pk),
    ]
    return max(filter(None, readings), default=None)


def clock_moved_back_message(edition: Edition) -> str:
    """Say why an edition that starts later by the present clock is not taken out of the record."""
    return (
        f"Edition {edition.number} of it began at {dates.format_datetime(edition.starts_at)}"
        " by the clock of that time, which "
        "has gone back since. Readers have had it, so it stays in the record: withdraw the story, or publish "
        "another version of it."
    )


def _unknown_start_message(edition: Edition, now: datetime, reading: datetime) -> str:
    return (
        f"The clock of the server has gone back: it shows {dates.format_datetime(now)}, and something was stored at "
        f"{dates.format_datetime(reading)} already. Whether readers have had the publication scheduled for "
        f"{dates.format_datetime(edition.starts_at)}"
        " cannot be known, so it is not touched. "
        "Have the clock set right, then try again."
    )
