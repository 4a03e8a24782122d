"""The front page: a lead, what stands beside it, three quotes, the sections, the most recent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.models.edition_quotes import EditionQuote
from articles.models.editions import Edition
from articles.models.page_urls import numbered_addresses
from articles.public import fragments, site_context
from articles.public.http_cache import conditional_page, take_window
from articles.public.views import legacy_redirects
from articles.public.views.pagination import CardRow, card_row
from articles.public.views.quotes.items import QuoteItem, quote_items, read_quotes

READ, LEAD_AMONG, RAIL, IN_SECTION, RECENT = 120, 10, 3, 4, 10
READ_QUOTES, IN_THEIR_WORDS = 60, 3
LARGE = range(40, 221)  # code points that can be set large: neither a shout nor a speech
COLUMNS = (
    *("pk", "card_html", "rendered_with", "published_at", "date_precision", "tags", "picture"),
    *("article_id", "slug", "headline", "last_start", "next_start"),
)
Row = dict[str, Any]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lay out the newest stories and quotes: two queries. ``/?p=123`` was a story's address in many a system before."""
    if request.GET and (response := legacy_redirects.redirect_legacy_url(request)):
        return response
    rows = list(Edition.objects.listed().newest().with_starts().values(*COLUMNS)[:READ])
    window, quotes = take_window(rows), read_large_quotes()
    return conditional_page(
        request,
        "articles/home.html",
        lay_out(rows) | {"quotes": quotes},
        complete=_render_places,
        window=window,
        is_dated=not quotes,
    )


def read_large_quotes() -> list[QuoteItem]:
    """Return the newest whole sentences of as many people, of different stories where there are any: one query."""
    quotes = EditionQuote.objects.listed().filter(kind="direct", person__isnull=False).newest()
    rows = [row for row in read_quotes(quotes, size=READ_QUOTES).rows if len(row["text"]) in LARGE]
    rows_by_person: dict[int, Row] = {}
    stories = set()
    for row in rows:
        story, person = row["edition__article_id"], row["person_id"]
        if story not in stories and person not in rows_by_person:
            stories.add(story)
            rows_by_person[person] = row
    for row in rows:
        rows_by_person.setdefault(row["person_id"], row)
    return quote_items(list(rows_by_person.values())[:IN_THEIR_WORDS])


def lay_out(rows: list[Row]) -> dict[str, Any]:
    """Return who stands where on the front page; no story stands in two of the places above the recent ones."""
    lead = choose_lead(rows)
    rest = [row for row in rows if row is not lead]
    rail, rest = rest[:RAIL], rest[RAIL:]
    address = numbered_addresses("article")
    return {
        "lead": lead and card_row(lead),
        "rail": [card_row(row) for row in rail],
        "sections": [
            (section, [card_row(row) for row in stories]) for section, stories in by_section(rest)
        ],
        "recent": [
            {
                "published_at": row["published_at"],
                "date_precision": row["date_precision"],
                "headline": row["headline"],
                "url": address(row["article_id"], row["slug"]),
            }
            for row in rest[:RECENT]
        ],
    }


def _render_places(
    lead: CardRow | None,
    rail: list[CardRow],
    sections: list[tuple[site_context.Section, list[CardRow]]],
    **_: object,
) -> dict[str, Any]:
    """Return the places filled with cards."""
    used = [lead, *rail] if lead else []
    used += [row for _, stories in sections for row in stories]
    html = dict(zip((pk for pk, *_ in used), fragments.cards(used), strict=True))
    return {
        "lead": lead and html[lead[0]],
        "rail": [html[pk] for pk, *_ in rail],
        "sections": [(section, [html[pk] for pk, *_ in stories]) for section, stories in sections],
    }


def choose_lead(rows: list[Row]) -> Row | None:
    """Return the newest story with a picture among the newest few, else the newest of all."""
    pictured = (row for row in rows[:LEAD_AMONG] if row["picture"])
    return next(pictured, rows[0] if rows else None)


def by_section(rows: list[Row]) -> list[tuple[site_context.Section, list[Row]]]:
    """Return the newest of ``rows`` in each section, in the paper's order; a section without any is left out."""
    rows_by_section: dict[str, list[Row]] = {
        section.slug: [] for section in site_context.current().sections
    }
    for row in rows:
        slug = next((tag["slug"] for tag in row["tags"] if tag["kind"] == "section"), "")
        if len(rows_by_section.get(slug, range(IN_SECTION))) < IN_SECTION:
            rows_by_section[slug].append(row)
    sections = (
        (section, rows_by_section[section.slug]) for section in site_context.current().sections
    )
    return [(section, _picture_first(stories)) for section, stories in sections if stories]


def _picture_first(rows: list[Row]) -> list[Row]:
    """Put the lead of a section first, the others after it, newest first."""
    lead = choose_lead(rows)
    return sorted(rows, key=lambda row: row is not lead)
