"""How statements hang together: an editor's word that one quote takes back, repeats or explains another."""

import re
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles import clock
from articles.models import EditionQuote, Quote, StatementLink, User
from articles.models.page_urls import key_in_address
from articles.text.quotes.statement_key import statement_key

MAX_RESULTS = 20
_KEY = re.compile(r"[0-9a-z]{10}")


class NotLinkable(Exception):
    """Raised instead of linking; the message tells the editor why."""


def link_statements(later: Quote, earlier: Quote, kind: str, *, by: User | None) -> StatementLink:
    """Set that ``later`` bears on ``earlier`` as ``kind`` says; readers see it at once. Raises ``NotLinkable``."""
    if kind not in StatementLink.Kind.values:
        raise NotLinkable("Choose what the statement does to the earlier one.")
    if later.pk == earlier.pk:
        raise NotLinkable("A statement cannot bear on itself.")
    days = statement_day(later), statement_day(earlier)
    if days[0] and days[1] and days[0] < days[1]:
        raise NotLinkable("That was said after this one: open it and link it from there.")
    if StatementLink.objects.filter(later=earlier.quote_key, earlier=later.quote_key).exists():
        raise NotLinkable("The two are linked the other way round already: remove that first.")
    with transaction.atomic():
        link, is_new = StatementLink.objects.get_or_create(
            later=later.quote_key, earlier=earlier.quote_key, defaults={"kind": kind, "by": by}
        )
    if not is_new:
        raise NotLinkable("The two are linked already: remove that first.")
    return link


def statement_day(quote: Quote) -> date | None:
    """Return the day on which ``quote`` was said, else its story's where the paper is; None when neither is known."""
    at = quote.article.published_at
    return quote.said_on or (timezone.localdate(at) if at else None)


def statement_links(quote: Quote) -> QuerySet[StatementLink]:
    """Return the links from and to ``quote``, in the order in which they were set."""
    ends = Q(later=quote.quote_key) | Q(earlier=quote.quote_key)
    return StatementLink.objects.filter(ends).select_related("by").order_by("pk")


def search_quotes(query: str) -> list[Quote]:
    """Return the newest quotes on record that ``query`` names: the address of one, its key, or words and speaker."""
    quotes = Quote.objects.select_related("person", "organization", "article")
    key = key_in_address("quote", query) or (query if _KEY.fullmatch(query) else "")
    if key and (matches := list(quotes.filter(quote_key=key))):
        return matches
    words = query.split()
    for word in words:
        quotes = quotes.filter(
            Q(text__icontains=word)
            | Q(person__name__icontains=word)
            | Q(organization__name__icontains=word)
            | Q(unnamed__icontains=word)
        )
    return list(quotes.order_by("-pk")[:MAX_RESULTS]) if words else []


def likely_repeats(quote: Quote) -> list[Quote]:
    """Return quotes of the same speaker and words that readers have in other stories, the oldest story first."""
    key = statement_key(quote.text)
    if not key or not (quote.person_id or quote.organization_id):
        return []
    same = {"person": quote.person_id, "organization": quote.organization_id}
    published = EditionQuote.objects.listed().filter(statement_key=key, **same)
    keys = list(published.newest().values_list("quote_key", flat=True)[: MAX_RESULTS + 1])
    repeats = Quote.objects.filter(quote_key__in=keys).exclude(pk=quote.pk)
    rows = repeats.select_related("person", "organization", "article")
    return sorted(rows, key=lambda row: (statement_day(row) or date.max, row.pk))


def delete_statement_links(key: str) -> None:
    """Delete the links of the quote ``key``, which left the record, unless an edition that holds or comes prints it."""
    published = EditionQuote.objects.filter(quote_key=key, edition__ends_at__gt=clock.now())
    if not published.exists():
        StatementLink.objects.filter(Q(later=key) | Q(earlier=key)).delete()
