"""New stories -> their rows, many at once: article, byline, links, first revision."""

import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext

from articles.importing.formats.types import ParsedArticle
from articles.models import (
    Article,
    ArticleSearch,
    Author,
    Byline,
    Image,
    ImportRun,
    Membership,
    Organization,
    Person,
    Revision,
    Tag,
    bulk,
)
from articles.story_fields import STORY_FIELDS

from .entities import EntityResolver

PLAIN_FIELDS = [field.name for field in STORY_FIELDS if field.is_imported]
LINK_FIELDS = ("tags", "people", "organizations")
COMPRESSION = 1  # half as small as level 6, in a fifth of its time


def snapshot_values(parsed: ParsedArticle, entities: EntityResolver) -> dict[str, Any]:
    """Return ``parsed`` in the shape of ``Article.snapshot()``; what is left out is noted for the editors."""
    values = {name: getattr(parsed, name) for name in PLAIN_FIELDS}
    people = {entities.people[name] for name in parsed.people if name in entities.people}
    organizations = {
        entities.organizations[n] for n in parsed.organizations if n in entities.organizations
    }
    values["ed_note"] = "\n".join([*filter(None, [parsed.ed_note]), *_notes(parsed, entities)])
    return values | {
        "language": parsed.language or settings.LANGUAGE_CODE,
        "published_at": parsed.published_at and parsed.published_at.isoformat(),
        "embargoed_until": parsed.embargoed_until and parsed.embargoed_until.isoformat(),
        "lead_image": entities.picture_of(parsed),
        "bylines": [
            [line.name, line.role]
            for line in dict.fromkeys(parsed.bylines)
            if line.name in entities.authors
        ],
        "tags": sorted(
            {entities.tags[tag] for tag in entities.tags_of(parsed) if tag in entities.tags}
        ),
        "people": sorted(people),
        "organizations": sorted(organizations),
    }


def _notes(parsed: ParsedArticle, entities: EntityResolver) -> Iterator[str]:
    """Yield what an editor of the story has to see to: a picture that is not here, tags that may mean several."""
    if parsed.picture and parsed.picture not in entities.pictures:
        yield gettext("Not in the library: %(name)s") % {"name": parsed.picture}
    unclear = entities.tag_resolver.unclear
    for tag in entities.tags_of(parsed):
        if tag in unclear:
            names = ", ".join(map(str, unclear[tag].names))
            yield gettext("Not tagged, several are called so: %(names)s") % {"names": names}


def new_articles(
    stories: Sequence[ParsedArticle], entities: EntityResolver, run: ImportRun
) -> list[Article]:
    """Insert articles with their links and first revisions; return them as ``with_everything`` would read them."""
    values = [snapshot_values(parsed, entities) for parsed in stories]
    articles = [_article(*pair, run.source) for pair in zip(stories, values, strict=True)]
    bulk.insert_objects(articles)
    pairs = list(zip(articles, values, strict=True))
    bulk.insert(
        Byline,
        ("article_id", "author_id", "role", "order"),
        (
            (article.pk, entities.authors[name], role, order)
            for article, snapshot in pairs
            for order, (name, role) in enumerate(snapshot["bylines"])
        ),
    )
    for field in LINK_FIELDS:
        through = getattr(Article, field).through
        target = getattr(Article, field).field.m2m_reverse_field_name()
        links = ((article.pk, pk) for article, snapshot in pairs for pk in snapshot[field])
        bulk.insert(through, ("article_id", f"{target}_id"), links)
    first = {"slug": "", "stage": Article.Stage.WRITING.value}
    bulk.insert(
        Revision,
        ("article_id", "number", "by_id", "at", "snapshot", "is_edit", "run_id", "note"),
        (
            (
                article.pk,
                1,
                None,
                article.created_at,
                snapshot | first | {"is_on_hold": parsed.is_held},
                False,
                run.pk,
                "",
            )
            for parsed, (article, snapshot) in zip(stories, pairs, strict=True)
        ),
    )
    _prefetch_links(pairs, entities)
    ArticleSearch.objects.insert(articles)
    return articles


def _article(parsed: ParsedArticle, snapshot: dict[str, Any], source: str) -> Article:
    return Article(
        source=source,
        published_at=parsed.published_at,
        embargoed_until=parsed.embargoed_until,
        lead_image_id=snapshot["lead_image"],
        language=snapshot["language"],
        original=zlib.compress(parsed.original, COMPRESSION),
        original_map=body_map(parsed),
        revision_number=1,
        is_on_hold=parsed.is_held,
        **{name: snapshot[name] for name in PLAIN_FIELDS},
    )


def _prefetch_links(
    pairs: Sequence[tuple[Article, dict[str, Any]]], entities: EntityResolver
) -> None:
    """Give each article the rows that it links to, as a prefetch would: five queries for all of them."""
    rows = {
        "tags": _rows(Tag.objects.all(), "tags", pairs),
        "people": _rows(Person.objects.all(), "people", pairs),
        "organizations": _rows(Organization.objects.all(), "organizations", pairs),
    }
    _prefetch_roles(rows["people"])
    images = Image.objects.in_bulk({snapshot["lead_image"] for _, snapshot in pairs} - {None})
    for article, snapshot in pairs:
        bylines = [
            Byline(author=Author(pk=entities.authors[name], name=name), role=role, order=order)
            for order, (name, role) in enumerate(snapshot["bylines"])
        ]
        linked = {field: [rows[field][pk] for pk in snapshot[field]] for field in LINK_FIELDS}
        article._prefetched_objects_cache = {  # type: ignore[attr-defined]  # prefetch_related's own, not in the stubs
            "bylines": bylines,
            "quotes": [],
            "mentions": [],
            **linked,
        }
        article.lead_image = images.get(snapshot["lead_image"])


def _prefetch_roles(people: dict[int, Person]) -> None:
    """Give ``people`` their roles with the organizations; Django's prefetch makes a query object for each of them."""
    by_person: dict[int, list[Membership]] = {pk: [] for pk in people}
    memberships = (
        Membership.objects.filter(person__in=by_person) if by_person else Membership.objects.none()
    )
    for membership in memberships.select_related("organization"):
        by_person[membership.person_id].append(membership)
    for pk, person in people.items():
        cache = {"memberships": by_person[pk]}
        person._prefetched_objects_cache = cache  # type: ignore[attr-defined]  # not in the stubs


def _rows(
    rows: QuerySet[Any], field: str, pairs: Sequence[tuple[Article, dict[str, Any]]]
) -> dict[int, Any]:
    keys = {pk for _, snapshot in pairs for pk in snapshot[field]}
    return {row.pk: row for row in rows.filter(pk__in=keys)} if keys else {}


def body_map(parsed: ParsedArticle) -> list[list[int]]:
    """Return the runs from the plain body into the original as JSON: ``[start, source, length]``."""
    return [[run.start, run.source, run.length] for run in parsed.body_map]
