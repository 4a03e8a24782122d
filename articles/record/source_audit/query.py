"""What an editor asks of the audit: a period, and what narrows it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from articles.models import EditionQuote, EditionTag, Tag
from articles.models.edition_quotes import EditionQuoteQuerySet
from articles.public.filters.base import midnight
from articles.text.dates import month_number, year_and_month

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
        number = month_number(self.first_on.year, self.first_on.month)
        later = range(1, months_between(self.first_on, self.last_on) + 1)
        following = (date(*year_and_month(number + months), 1) for months in later)
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


def default_period(today: date) -> tuple[date, date]:
    """Return the first and the last day looked at unless asked otherwise: this month and the 11 before it."""
    number = month_number(today.year, today.month) - DEFAULT_MONTHS + 1
    return date(*year_and_month(number), 1), today


def months_between(first: date, last: date) -> int:
    """Return how many months the month of ``last`` is after that of ``first``."""
    return month_number(last.year, last.month) - month_number(first.year, first.month)
