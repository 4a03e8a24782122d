"""New stories -> their rows, many at once: article, byline, links, first revision."""

import zlib
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from articles.models import (
    Article,
    Author,
    Byline,
    Image,
    Membership,
    Organization,
    Person,
    Revision,
    Tag,
    bulk,
)

from .names import Names
from .parsed import ParsedArticle

PLAIN = (
    "headline is_headline_derived kicker dek body_html dateline credit date_precision pub_status ed_note"
).split()
LINKS = ("tags", "people", "organizations")
COMPRESSION = 1  # half as small as level 6, in a fifth of its time


def values_of(parsed: ParsedArticle, names: Names) -> dict[str, Any]:
    """Return ``parsed`` in the shape of ``Article.snapshot()``; a picture that is not here is noted for the editors."""
    values = {name: getattr(parsed, name) for name in PLAIN}
    people = {names.people[name] for name in parsed.people if name in names.people}
    bodies = {names.organizations[n] for n in parsed.organizations if n in names.organizations}
    if parsed.picture and parsed.picture not in names.pictures:
        values["ed_note"] = f"{parsed.ed_note}\nNot in the library: {parsed.picture}".strip()
    return values | {
        "language": parsed.language or settings.LANGUAGE_CODE,
        "published_at": parsed.published_at and parsed.published_at.isoformat(),
        "embargoed_until": parsed.embargoed_until and parsed.embargoed_until.isoformat(),
        "lead_image": names.picture_of(parsed),
        "bylines": [[line.name, line.role] for line in dict.fromkeys(parsed.bylines)],
        "tags": sorted({names.tags[tag] for tag in names.tags_of(parsed)}),
        "people": sorted(people),
        "organizations": sorted(bodies),
    }


def new_articles(stories: Sequence[ParsedArticle], names: Names, source: str) -> list[Article]:
    """Insert articles with their links and first revisions; return them as ``with_everything`` would read them."""
    values = [values_of(parsed, names) for parsed in stories]
    articles = [_article(*pair, source) for pair in zip(stories, values, strict=True)]
    bulk.insert_objects(articles)
    pairs = list(zip(articles, values, strict=True))
    bulk.insert(
        Byline,
        ("article_id", "author_id", "role", "order"),
        (
            (article.pk, names.authors[name], role, order)
            for article, given in pairs
            for order, (name, role) in enumerate(given["bylines"])
        ),
    )
    for field in LINKS:
        through = getattr(Article, field).through
        target = Article._meta.get_field(field).m2m_reverse_field_name()
        links = ((article.pk, pk) for article, given in pairs for pk in given[field])
        bulk.insert(through, ("article_id", f"{target}_id"), links)
    first = {"slug": "", "stage": Article.Stage.WRITING.value, "is_on_hold": False}
    bulk.insert(
        Revision,
        ("article_id", "number", "by_id", "at", "snapshot"),
        ((article.pk, 1, None, article.created_at, given | first) for article, given in pairs),
    )
    _put_links(pairs, names)
    return articles


def _article(parsed: ParsedArticle, given: dict[str, Any], source: str) -> Article:
    return Article(
        source=source,
        published_at=parsed.published_at,
        embargoed_until=parsed.embargoed_until,
        lead_image_id=given["lead_image"],
        language=given["language"],
        original=zlib.compress(parsed.original, COMPRESSION),
        original_map=body_map(parsed),
        revision_number=1,
        **{name: given[name] for name in PLAIN},
    )


def _put_links(pairs: Sequence[tuple[Article, dict[str, Any]]], names: Names) -> None:
    """Give each article the rows that it links to, as a prefetch would: five queries for all of them."""
    rows = {
        "tags": _rows(Tag.objects.all(), "tags", pairs),
        "people": _rows(Person.objects.all(), "people", pairs),
        "organizations": _rows(Organization.objects.all(), "organizations", pairs),
    }
    _put_roles(rows["people"])
    images = Image.objects.in_bulk({given["lead_image"] for _, given in pairs} - {None})
    for article, given in pairs:
        bylines = [
            Byline(author=Author(pk=names.authors[name], name=name), role=role, order=order)
            for order, (name, role) in enumerate(given["bylines"])
        ]
        linked = {field: [rows[field][pk] for pk in given[field]] for field in LINKS}
        article._prefetched_objects_cache = {  # what Django's prefetch_related writes
            "bylines": bylines,
            "quotes": [],
            "mentions": [],
            **linked,
        }
        article.lead_image = images.get(given["lead_image"])


def _put_roles(people: dict[int, Person]) -> None:
    """Give ``people`` their roles with the organizations; Django's prefetch makes a query object for each of them."""
    held: dict[int, list[Membership]] = {pk: [] for pk in people}
    found = Membership.objects.filter(person__in=held) if held else Membership.objects.none()
    for membership in found.select_related("organization"):
        held[membership.person_id].append(membership)
    for pk, person in people.items():
        person._prefetched_objects_cache = {"memberships": held[pk]}


def _rows(
    rows: QuerySet[Any], field: str, pairs: Sequence[tuple[Article, dict[str, Any]]]
) -> dict[int, Any]:
    keys = {pk for _, given in pairs for pk in given[field]}
    return {row.pk: row for row in rows.filter(pk__in=keys)} if keys else {}


def body_map(parsed: ParsedArticle) -> list[list[int]]:
    """Return the runs from the plain body into the original as JSON: ``[start, source, length]``."""
    return [[run.start, run.source, run.length] for run in parsed.body_map]
