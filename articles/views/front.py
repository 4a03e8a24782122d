"""The front page: a lead, what stands beside it, three quotes, the sections, the most recent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import fragments, frame
from articles.conditional import answer, clock_of
from articles.models.edition_quotes import EditionQuote
from articles.models.editions import Edition

from . import former
from .sayings import Saying, read_quotes, sayings

READ, LEAD_AMONG, RAIL, IN_SECTION, RECENT = 120, 10, 3, 4, 10
READ_QUOTES, IN_THEIR_WORDS = 60, 3
LARGE = range(40, 221)  # code points that can be set large: neither a shout nor a speech
COLUMNS = (
    *("pk", "card_html", "rendered_with", "published_at", "date_precision", "tags", "picture"),
    *("article_id", "slug", "headline", "last_start", "next_start"),
)
Row = dict[str, Any]


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Lay out the newest stories and quotes: two queries. ``/?p=123`` was a story's address in many a system before."""
    if request.GET and (way := former.redirect(request)):
        return way
    rows = list(Edition.objects.listed().newest().with_starts().values(*COLUMNS)[:READ])
    made_of: list[object] = [fragments.rendered_with()]
    made_of += [(row["pk"], row["rendered_with"], row["card_html"]) for row in rows]
    said = in_their_words()
    return answer(
        request,
        lambda: render(request, "articles/front.html", lay_out(rows) | {"said": said}),
        made_of=[*made_of, *said],
        clock=clock_of(rows),
        is_dated=not said,
    )


def in_their_words() -> list[Saying]:
    """Return the newest whole sentences of as many people, of different stories where there are any: one query."""
    quotes = EditionQuote.objects.listed().filter(kind="direct", person__isnull=False).newest()
    rows = [row for row in read_quotes(quotes, size=READ_QUOTES).rows if len(row["text"]) in LARGE]
    found: dict[int, Row] = {}
    stories = set()
    for row in rows:
        story, person = row["edition__article_id"], row["person_id"]
        if story not in stories and person not in found:
            stories.add(story)
            found[person] = row
    for row in rows:
        found.setdefault(row["person_id"], row)
    return sayings(list(found.values())[:IN_THEIR_WORDS])


def lay_out(rows: list[Row]) -> dict[str, Any]:
    """Return the front page's places filled with cards; no story stands in two of the places above the recent ones."""
    lead = lead_of(rows)
    rest = [row for row in rows if row is not lead]
    rail, rest = rest[:RAIL], rest[RAIL:]
    sections = by_section(rest)
    used = [lead, *rail] if lead else []
    used += [row for _, stories in sections for row in stories]
    html = dict(zip((row["pk"] for row in used), cards_of(used), strict=True))
    stem = reverse("articles")
    return {
        "lead": lead and html[lead["pk"]],
        "rail": [html[row["pk"]] for row in rail],
        "sections": [(name, [html[row["pk"]] for row in stories]) for name, stories in sections],
        "recent": [
            row | {"url": f"{stem}{row['article_id']}/{row['slug']}/"} for row in rest[:RECENT]
        ],
    }


def lead_of(rows: list[Row]) -> Row | None:
    """Return the newest story with a picture among the newest few, else the newest of all."""
    pictured = (row for row in rows[:LEAD_AMONG] if row["picture"])
    return next(pictured, rows[0] if rows else None)


def by_section(rows: list[Row]) -> list[tuple[frame.Section, list[Row]]]:
    """Return the newest of ``rows`` in each section, in the paper's order; a section without any is left out."""
    found: dict[str, list[Row]] = {section.slug: [] for section in frame.current().sections}
    for row in rows:
        slug = next((tag["slug"] for tag in row["tags"] if tag["kind"] == "section"), "")
        if len(found.get(slug, range(IN_SECTION))) < IN_SECTION:
            found[slug].append(row)
    sections = ((section, found[section.slug]) for section in frame.current().sections)
    return [(section, _picture_first(stories)) for section, stories in sections if stories]


def _picture_first(rows: list[Row]) -> list[Row]:
    """Put the lead of a section first, the others after it, newest first."""
    lead = lead_of(rows)
    return sorted(rows, key=lambda row: row is not lead)


def cards_of(rows: list[Row]) -> list[str]:
    """Return the cards of ``rows``, in their order."""
    return fragments.cards((row["pk"], row["card_html"], row["rendered_with"]) for row in rows)
