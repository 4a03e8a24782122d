"""What the pages of a person and of an organization share: what was said, when, among whom, and the stories."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from articles.conditional import Clock
from articles.filters import SubjectFilter
from articles.models.edition_quotes import EditionQuote, EditionQuoteQuerySet
from articles.models.organizations import Organization
from articles.models.people import Person

from .chart import Chart, Month, chart_of, count_months
from .company import Company, read_company
from .listing import CAP, Key, StoryPage, count_in_words, in_words, read_page
from .sayings import NOUNS, QuotePage, read_quotes

SHOWN, MOST_READ, MOST_VOICES = 10, 2_000, 8
TIMES = ("published_at", "person_id", "person__name", "person__slug")
Speaker = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Voice:
    """A person who spoke for an organization, and how often."""

    name: str
    url: str
    quotes: int


@dataclass(frozen=True, slots=True)
class Subject:
    """One person or organization as its page shows it; its newest quotes on the tags asked for are counted."""

    filters: SubjectFilter
    stories: StoryPage
    quotes: QuotePage
    months: Counter[Month]
    speakers: Counter[Speaker]
    company: Company

    @property
    def chart(self) -> Chart | None:
        """When it was said; the year asked for is picked out."""
        return chart_of(self.months, self.filters.chosen_year)

    @property
    def years(self) -> list[int]:
        """The years of the quotes, the newest first, and the one asked for."""
        found = {year for year, _ in self.months}
        return sorted(
            found | ({self.filters.chosen_year} if self.filters.chosen_year else set()),
            reverse=True,
        )

    @property
    def tags(self) -> list[tuple[str, str]]:
        """Slug and name of what can be asked for, by name: what its stories are about, and what is asked for."""
        found = {tag.slug: tag.name for tag in (*self.company.tags, *self.filters.tags)}
        return sorted(found.items(), key=lambda tag: tag[1].casefold())

    @property
    def voices(self) -> list[Voice]:
        """Who spoke in its name, the most frequent first."""
        stem = reverse("people")
        return [
            Voice(name, f"{stem}{pk}/{slug}/", count)
            for (pk, name, slug), count in self.speakers.most_common(MOST_VOICES)
        ]

    def all_in_words(self) -> str:
        """Say how many quotes fit, counted up to a cap; empty where the page shows them all."""
        if not self.quotes.next:
            return ""
        year = self.filters.chosen_year
        total = sum(n for (one, _), n in self.months.items() if not year or one == year)
        return in_words(total, NOUNS) if total >= CAP else f"all {in_words(total, NOUNS)}"

    def all_url(self, name: str, pk: int) -> str:
        """Return the address of the list of all quotes that fit, of ``name`` (person, organization) ``pk``."""
        return f"{reverse('quotes')}?{urlencode([(name, str(pk)), *self.filters.as_quotes()])}"

    def older(self) -> str:
        """Return the query string of the stories further back, empty for none."""
        following = self.stories.next
        return self.filters.query(("from", str(following))) if following else ""

    def made_of(self) -> Iterator[object]:
        """Yield what tells this page from every other."""
        yield self.filters.query()
        yield [chip.label for chip in self.filters.chips()]
        yield from self.stories.made_of()
        yield from self.quotes.made_of()
        yield self.months
        yield self.speakers
        yield self.company


def read_subject(
    target: Person | Organization,
    quotes: Sequence[EditionQuoteQuerySet],
    filters: SubjectFilter,
    after: Key | None,
) -> Subject:
    """Read the page of ``target``, whose quotes are those that any of ``quotes`` holds.

    The stories, the times, the newest quotes, the company: one query each; times give the chart, the years, who
    spoke and the count at the price of one of them. A page of stories further back (``after``) shows those only.
    """
    stories = read_page(filters.stories(target), after)
    if after:
        return Subject(
            filters, stories, QuotePage([], None, Clock()), Counter(), Counter(), Company()
        )
    said = [filters.of_tags(one) for one in quotes]
    times = list(_newest_of(said, MOST_READ).values_list(*TIMES)[:MOST_READ])
    months = count_months(at for at, *_ in times)
    speakers = Counter((pk, name, slug) for _, pk, name, slug in times if pk)
    shown = read_quotes(_newest_of([filters.within(one) for one in said], SHOWN + 1), size=SHOWN)
    return Subject(filters, stories, shown, months, speakers, read_company(target))


def _newest_of(quotes: Sequence[EditionQuoteQuerySet], most: int) -> EditionQuoteQuerySet:
    """Return what holds the newest ``most`` that are in any of ``quotes``: a range of an index each.

    One condition with OR has no such range: databases walk all quotes of the paper.
    """
    if len(quotes) == 1:
        return quotes[0]
    newest = [one.newest().values("pk")[:most] for one in quotes]
    first, *others = [EditionQuote.objects.filter(pk__in=keys).values("pk") for keys in newest]
    found: EditionQuoteQuerySet = EditionQuote.objects.filter(pk__in=first.union(*others))
    return found.newest()


def shown_of(subject: Subject, after: Key | None) -> dict[str, Any]:
    """Return what both templates want of ``subject``; ``after`` is where its stories begin."""
    return {
        "subject": subject,
        "filters": subject.filters,
        "page": subject.stories,
        "after": after,
        "older": subject.older(),
        "count": count_in_words(subject.stories, after),
        "quotes": subject.quotes.by_year(),
        "all_quotes": subject.all_in_words(),
    }
