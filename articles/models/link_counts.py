"""How many of some editions link what: the facets of a list, counted by the database in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from .bulk import one_of

# Each of what is counted: the table of links, the column of the row in it, the row's table, and which rows.
SOURCES = {
    "section": ("articles_editiontag", "tag_id", "articles_tag", "t.kind = 'section'"),
    "tag": ("articles_editiontag", "tag_id", "articles_tag", "t.kind <> 'section'"),
    "person": ("articles_editionperson", "person_id", "articles_person", ""),
    "organization": (
        "articles_editionorganization",
        "organization_id",
        "articles_organization",
        "",
    ),
}


@dataclass(frozen=True, slots=True)
class LinkCount:
    """A row that ``count`` editions link. ``kind`` is a key of ``SOURCES``, ``key`` its primary key."""

    kind: str
    key: int
    name: str
    slug: str
    count: int


def count_links(editions: Iterable[int], most: int) -> list[LinkCount]:
    """Return what most of ``editions`` (primary keys) link: ``most`` rows of each kind, the most frequent first.

    One query. The editions are to be listed ones: then each row that is named is public. Rows in the trash are left
    out. Equally frequent rows come in the order of their keys.
    """
    keys, value = one_of(editions)
    statements = [
        f"SELECT * FROM (SELECT '{kind}' AS kind, t.id, t.name, t.slug, counted.n FROM ("  # noqa: S608
        f"SELECT {column} AS row_id, COUNT(*) AS n FROM {links} WHERE edition_id {keys} GROUP BY {column}"
        f") counted JOIN {rows} t ON t.id = counted.row_id"
        f" WHERE t.trashed_at IS NULL{' AND ' + condition if condition else ''}"
        f" ORDER BY counted.n DESC, t.id LIMIT {most:d}) counted_{kind}"
        for kind, (links, column, rows, condition) in SOURCES.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), [value] * len(statements))
        return [LinkCount(*row) for row in cursor.fetchall()]
