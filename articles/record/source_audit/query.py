"""What an editor asks of the audit: a period, and what narrows it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from articles.models import EditionQuote, EditionTag, Tag
from articles.models.edition_quotes import EditionQuoteQuerySet
from articles.public.filters.base import midnight

OWN, WIRE = "own", "wire"
IS_OWN = Q(edition__article__source="")
MAX_MONTHS = 120  # of one audit
DEFAULT_MONTHS = 12


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Quotes of stories of the days ``first_on`` to ``last_on``, both included, where the paper is.

    ``desk`` is a section, ``tag`` any tag; ``origin`` is ``OWN``, ``WIRE`` or empty for both; ``kind`` is a
    ``Quote.Kind`` or empty for all.
    """

    first_on: date
    last_on: date
    desk: Tag | None = None
    tag: Tag | None = None
    origin: str = ""
    kind: str = ""

    @property
    def since(self) -> datetime:
        """When the period begins (aware)."""
        return midnight(self.first_on)

    @property
    def until(self) -> datetime:
        """When it has ended (aware, exclusive)."""
        return midnight(self.last_on + timedelta(days=1))

    def months(self) -> list[date]:
        """Return the first day of each month within the period; of the first month, the first day of the period."""
        following = (date(*divmod_month(number), 1) for number in range(*self._numbers()))
        return [self.first_on, *following]

    def quotes(self, at: datetime) -> EditionQuoteQuerySet:
        """Return the quotes that fit and are listed at ``at`` (aware)."""
        quotes: EditionQuoteQuerySet = EditionQuote.objects.listed(at).filter(
            published_at__gte=self.since, published_at__lt=self.until
        )
        for tag in filter(None, (self.desk, self.tag)):
            links = EditionTag.objects.filter(edition=OuterRef("edition"), tag=tag)
            quotes = quotes.filter(Exists(links))
        if self.origin:
            quotes = quotes.filter(IS_OWN if self.origin == OWN else ~IS_OWN)
        return quotes.filter(kind=self.kind) if self.kind else quotes

    def _numbers(self) -> tuple[int, int]:
        return number_of_month(self.first_on) + 1, number_of_month(self.last_on) + 1


def default_period(today: date) -> tuple[date, date]:
    """Return the first and the last day looked at unless asked otherwise: this month and the 11 before it."""
    return date(*divmod_month(number_of_month(today) - DEFAULT_MONTHS + 1), 1), today


def number_of_month(day: date) -> int:
    """Return how many months ``day`` is from January of the year 0."""
    return day.year * 12 + day.month - 1


def divmod_month(number: int) -> tuple[int, int]:
    """Return year and month (1 to 12) of the ``number`` of a month."""
    return number // 12, number % 12 + 1
