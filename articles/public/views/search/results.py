"""Stories that a search leads to: a page of them, each with the words where they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from articles.models.editions import Edition
from articles.models.page_urls import numbered_addresses
from articles.models.search_columns import row_key
from articles.public.http_cache import CacheWindow, take_window
from articles.public.search import FoundStories, find_stories, rank
from articles.public.views.pagination import SIZE, Key
from articles.text.search import SearchQuery
from articles.text.search.context import Extract, extract_context, mark_words
from articles.text.search.index import IndexQuery

COLUMNS = (
    *("pk", "article_id", "slug", "headline", "kicker", "dek", "body_text", "picture", "language"),
    *("published_at", "date_precision", "tags", "people", "organizations"),
    *("last_start", "next_start"),
)
Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class StoryResult:
    """A story as a search shows it; ``headline`` in pieces, each ``(words, is_match)``."""

    url: str
    kicker: str
    headline: Pieces
    context: Extract
    published_at: datetime
    date_precision: str
    section: str
    language: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of the results. ``count`` is of all hits, capped; ``next`` begins the next page of the newest first.

    ``looked_to`` is where a phrase of frequent words was looked for no further (``FoundStories.deepest``).
    """

    stories: list[StoryResult]
    count: int
    has_more: bool
    window: CacheWindow
    next: Key | None = None
    looked_to: Key | None = None


def read_best(query: IndexQuery, number: int) -> ResultPage:
    """Read page ``number`` (from 1) of the newest hits, those first that fit best: four queries at most."""
    hits = find_stories(query)
    ranked = rank(query.query, hits.editions, query.names) if hits.editions else []
    start = (number - 1) * SIZE
    rows, window = _read_rows(ranked[start : start + SIZE])
    stories = list(_results(query.query, rows))
    has_more = len(ranked) > start + SIZE
    return ResultPage(stories, hits.count, has_more, window, looked_to=_looked_to(hits))


def read_newest(query: IndexQuery, after: Key | None) -> ResultPage:
    """Read the page of hits, newest first, that begins after ``after``: three queries at most."""
    before = row_key(after.published_at, after.pk) if after else None
    hits = find_stories(query, before=before)
    rows, window = _read_rows(hits.editions[:SIZE])
    has_more = len(hits.editions) > SIZE
    last = Key(rows[-1]["published_at"], rows[-1]["pk"]) if rows and has_more else None
    last = last or _looked_to(hits)
    stories = list(_results(query.query, rows))
    return ResultPage(stories, hits.count, last is not None, window, last, _looked_to(hits))


def _looked_to(hits: FoundStories) -> Key | None:
    return Key(*hits.deepest) if hits.deepest else None


def _read_rows(editions: Sequence[int]) -> tuple[list[dict[str, Any]], CacheWindow]:
    """Read ``editions`` in their order, as far as they are still listed."""
    if not editions:
        return [], CacheWindow()
    listed = Edition.objects.listed().filter(pk__in=editions).with_starts()
    rows = {row["pk"]: row for row in listed.values(*COLUMNS)}
    in_order = [rows[pk] for pk in editions if pk in rows]
    return in_order, take_window(in_order)


def _results(query: SearchQuery, rows: Sequence[dict[str, Any]]) -> Iterator[StoryResult]:
    address = numbered_addresses("article")
    for row in rows:
        sections = (tag["name"] for tag in row["tags"] if tag["kind"] == "section")
        yield StoryResult(
            url=address(row["article_id"], row["slug"]),
            kicker=row["kicker"],
            headline=mark_words(query, row["headline"], settings.LANGUAGE_CODE),
            context=_context(query, row),
            published_at=row["published_at"],
            date_precision=row["date_precision"],
            section=next(sections, ""),
            language=row["language"],
        )


def _context(query: SearchQuery, row: dict[str, Any]) -> Extract:
    """Return the first of the texts of a story that has the words; where none has, what it is about."""
    picture = row["picture"] or {}
    links = (link["name"] for name in ("people", "organizations", "tags") for link in row[name])
    texts = [
        *(row["dek"], row["body_text"], picture.get("caption", ""), row["kicker"]),
        *(" · ".join(links), picture.get("alt", "")),
    ]
    extracts = (extract_context(query, text, settings.LANGUAGE_CODE) for text in texts if text)
    with_words = next((extract for extract in extracts if extract.has_match), None)
    beginning = row["dek"] or row["body_text"]
    return with_words or extract_context(query, beginning, settings.LANGUAGE_CODE)
