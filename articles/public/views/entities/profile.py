"""What the pages of a person and of an organization share: what was said, when, among whom, and the stories."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import ngettext

from articles.models.edition_quotes import EditionQuote, EditionQuoteQuerySet
from articles.models.organizations import Organization
from articles.models.page_urls import numbered_addresses
from articles.models.people import Person
from articles.models.tags import Tag
from articles.public.filters import ProfileFilter
from articles.public.http_cache import CacheWindow
from articles.public.views.page_addresses import PageAddresses, addresses_of
from articles.public.views.pagination import (
    COUNT_CAP,
    Key,
    StoryPage,
    count_in_words,
    end_of,
    format_quotes,
    read_page,
    start_of,
)
from articles.public.views.quotes.chart import Chart, Month, chart_of, count_months
from articles.public.views.quotes.items import QuotePage, read_quotes

from .co_mentions import CoMention, CoMentions, read_co_mentions

MOST_QUOTES, MOST_READ, MOST_SPOKESPEOPLE = 10, 2_000, 8
TIMES = ("published_at", "person_id", "person__name", "person__slug")
Speaker = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class TopSpeaker:
    """A person who spoke for an organization, or on a subject, and how often."""

    name: str
    url: str
    quotes: int
    pk: int


@dataclass(frozen=True, slots=True)
class Profile:
    """One person or organization as its page shows it; its newest quotes on the tags asked for are counted."""

    filters: ProfileFilter
    stories: StoryPage
    quotes: QuotePage
    months: Counter[Month]
    speakers: Counter[Speaker]
    co_mentions: CoMentions

    @property
    def chart(self) -> Chart | None:
        """When it was said; the year asked for is picked out."""
        return chart_of(self.months, self.filters.chosen_year)

    @property
    def years(self) -> list[int]:
        """The years of the quotes, the newest first, and the one asked for."""
        years = {year for year, _ in self.months}
        return sorted(
            years | ({self.filters.chosen_year} if self.filters.chosen_year else set()),
            reverse=True,
        )

    @property
    def tags(self) -> list[tuple[str, str]]:
        """Slug and name of what can be asked for, by name: what its stories are about, and what is asked for."""
        tags: list[CoMention | Tag] = [*self.co_mentions.tags, *self.filters.tags]
        names = {tag.slug: tag.name for tag in tags}
        return sorted(names.items(), key=lambda tag: tag[1].casefold())

    @property
    def top_speakers(self) -> list[TopSpeaker]:
        """Who spoke in its name, the most frequent first."""
        address = numbered_addresses("person")
        return [
            TopSpeaker(name, address(pk, slug), count, pk)
            for (pk, name, slug), count in self.speakers.most_common(MOST_SPOKESPEOPLE)
        ]

    def all_in_words(self) -> str:
        """Say how many quotes fit, counted up to a cap; empty where the page shows them all."""
        if not self.quotes.next:
            return ""
        year = self.filters.chosen_year
        total = sum(
            n for (counted_year, _), n in self.months.items() if not year or counted_year == year
        )
        if total >= COUNT_CAP:
            return format_quotes(total)
        return ngettext("all %(count)s quote", "all %(count)s quotes", total) % {"count": total}

    def all_url(self, name: str, pk: int) -> str:
        """Return the address of the list of all quotes that fit, of ``name`` (person, organization) ``pk``."""
        return (
            f"{reverse('quotes')}?{urlencode([(name, str(pk)), *self.filters.as_quote_filters()])}"
        )

    def addresses(self, after: Key | None, url: str) -> PageAddresses:
        """Return where this page is, of the one at ``url``, and where its further stories are."""
        return addresses_of(self.stories, after, url, self.filters.query)


def read_profile(
    target: Person | Organization,
    quotes: Sequence[EditionQuoteQuerySet],
    filters: ProfileFilter,
    after: Key | None,
) -> Profile:
    """Read the page of ``target``, whose quotes are those that any of ``quotes`` holds.

    The stories, the times, the newest quotes, the co-mentions: one query each; times give the chart, the years, who
    spoke and the count at the price of one of them. A page of stories further back (``after``) shows those only.
    """
    newer = filters.stories(target, since=start_of(after), oldest_first=True) if after else None
    stories = read_page(filters.stories(target, until=end_of(after)), after, opposite=newer)
    if after:
        return Profile(
            filters, stories, QuotePage([], None, CacheWindow()), Counter(), Counter(), CoMentions()
        )
    tagged = [filters.with_all_tags(queryset) for queryset in quotes]
    times = list(_newest_of(tagged, MOST_READ).values_list(*TIMES)[:MOST_READ])
    months = count_months(at for at, *_ in times)
    speakers = Counter((pk, name, slug) for _, pk, name, slug in times if pk)
    newest = read_quotes(
        _newest_of([filters.within(queryset) for queryset in tagged], MOST_QUOTES + 1),
        size=MOST_QUOTES,
    )
    return Profile(filters, stories, newest, months, speakers, read_co_mentions(target))


def _newest_of(quotes: Sequence[EditionQuoteQuerySet], most: int) -> EditionQuoteQuerySet:
    """Return what holds the newest ``most`` that are in any of ``quotes``: a range of an index each.

    One condition with OR has no such range: databases walk all quotes of the paper.
    """
    if len(quotes) == 1:
        return quotes[0]
    newest = [queryset.newest().values("pk")[:most] for queryset in quotes]
    first, *others = [EditionQuote.objects.filter(pk__in=keys).values("pk") for keys in newest]
    combined: EditionQuoteQuerySet = EditionQuote.objects.filter(pk__in=first.union(*others))
    return combined.newest()


def profile_context(profile: Profile, after: Key | None, **_: object) -> dict[str, Any]:
    """Return what both templates want of ``profile``; ``after`` is where its stories begin."""
    return {
        "filters": profile.filters,
        "page": profile.stories,
        "count": count_in_words(profile.stories, after),
        "quotes": profile.quotes.by_year(),
        "all_quotes": profile.all_in_words(),
    }
