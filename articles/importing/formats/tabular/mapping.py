"""Which column of a table, or key of a flat object, says which field of a story."""

import re
from collections.abc import Sequence
from functools import lru_cache

from articles.importing.formats.types import ColumnMapping, Columns, ReadError
from articles.text.messages import Message

_NAMES = {  # field: what a column may be called, the likeliest first
    "headline": "headline title head_line head heading hed",
    "text": "body text content body_text content_text full_text fulltext plain_text main_text article story",
    "html": "body_html content_html html body_xhtml",
    "date": "published_at date_published publication_date published_on first_published publish_date pub_date pubdate"
    " published_date date_gmt post_date date datetime timestamp created_at created date_created",
    "author": "byline author authors by author_name author_names writer writers reporter reporters creator",
    "id": "id guid uuid uid article_id story_id post_id ref reference external_id newid identifier",
    "url": "url link permalink canonical_url web_url uri href address",
    "dek": "dek standfirst subtitle subhead subheadline sub_title deck lede excerpt summary description abstract",
    "kicker": "kicker overline",
    "section": "section sections category categories desk channel rubric",
    "tags": "tags tag keywords topics topic subjects subject labels",
    "places": "places place location locations country countries",
    "people": "people persons person",
    "organizations": "organizations organisations organization organisation orgs companies",
    "series": "series",
    "dateline": "dateline located",
    "credit": "credit source agency publisher publication",
    "language": "language lang locale",
    "picture": "picture image image_file photo cover",
    "version": "version revision",
    "updated": "updated_at modified_at modified updated last_modified date_modified updated_on",
    "status": "status state pub_status",
    "draft": "draft is_draft",
    "published": "is_published published is_live live",
    "embargo": "embargo embargoed_until embargoed embargo_until",
    "note": "ed_note note notes editors_note",
}
_DESCRIPTIONS = {
    "text": "text",
    "html": "text, as HTML",
    "date": "date of publication",
    "author": "byline",
    "id": "source's own id",
    "url": "former address, and the id where there is no other",
    "updated": "version, by its time",
    "draft": "mark of a draft",
    "published": "mark, or else date, of what is published",
    "embargo": "end of the embargo",
    "note": "note to the editors",
}
_FIELDS = {
    name: (field, rank)
    for field, names in _NAMES.items()
    for rank, name in enumerate(names.split())
}
_SPARE_TEXTS = {"description", "summary", "abstract"}  # all the text that some tables have
_PREFIX = re.compile(r"(?:article|story|news|post|item)_(?=\w)")
_LONGEST_NAME = 60  # letters


def is_story_table(mapping: ColumnMapping) -> bool:
    """Tell whether these are the columns of stories: a text, and one more thing that stories have."""
    fields = mapping.columns.keys()
    if not fields & {"text", "html"} or len(fields) < 2:
        return False
    is_spare = _folded(mapping.columns.get("text", "")) in _SPARE_TEXTS and "html" not in fields
    return bool(fields & ({"date", "author"} if is_spare else {"headline", "date", "id", "url"}))


def guess_mapping(names: Sequence[str]) -> ColumnMapping:
    """Return which of the columns ``names`` says which field, by its name alone; each says one at most.

    ``publishedAt``, ``Published At`` and ``article_published-at`` are one name. Where no column is called a text, a
    description or summary is it.
    """
    return _cached_guess(tuple(names))


@lru_cache(maxsize=64)
def _cached_guess(names: tuple[str, ...]) -> ColumnMapping:
    best: dict[str, tuple[int, str]] = {}
    for name in names:
        field, rank = _FIELDS.get(_folded(name), ("", 0))
        if field and (field not in best or rank < best[field][0]):
            best[field] = rank, name
    columns = {field: name for field, (_, name) in best.items()}
    if not columns.keys() & {"text", "html"}:
        spare = [name for name in names if _folded(name) in _SPARE_TEXTS]
        columns |= {"text": spare[0]} if spare else {}
        if spare and columns["dek"] == spare[0]:
            del columns["dek"]
    return ColumnMapping(columns, tuple(name for name in names if name not in columns.values()))


def resolve_mapping(columns: Columns, names: Sequence[str]) -> ColumnMapping:
    """Return what ``columns`` (field: column) says, and a guess for the other columns ``names``.

    Raises ReadError for a field that no story has, and for a column that the table has not.
    """
    for field, name in columns.items():
        if field not in _NAMES:
            raise ReadError(
                Message(
                    "No story has a field %(field)s. There are: %(names)s.",
                    {"field": repr(field), "names": ", ".join(_NAMES)},
                    "table.no_field",
                )
            )
        if name not in names:
            listed = ", ".join(repr(column) for column in names)[:300]
            raise ReadError(
                Message(
                    "No column is called %(column)s. There are: %(names)s.",
                    {"column": repr(name), "names": listed},
                    "table.no_column",
                )
            )
    guessed = guess_mapping([name for name in names if name not in columns.values()])
    others = {field: name for field, name in guessed.columns.items() if field not in columns}
    merged = others | dict(columns)
    return ColumnMapping(merged, tuple(name for name in names if name not in merged.values()))


def describe_mapping(mapping: ColumnMapping) -> str:
    """Return ``mapping`` in words, one line a column, as an operator reads it before an import."""
    lines = [
        f"{name}: {_DESCRIPTIONS.get(field, field)}"
        for field, name in sorted(
            mapping.columns.items(), key=lambda pair: [*_NAMES].index(pair[0])
        )
    ]
    return "\n".join([*lines, *(f"{name}: passed over" for name in mapping.unmapped)])


def _folded(name: str) -> str:
    """Return a column's name in small letters, its words parted by underscores."""
    if len(name) > _LONGEST_NAME:
        return ""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip()).casefold()
    folded = re.sub(r"[^\w]+", "_", words).strip("_")
    return folded if folded in _FIELDS else _PREFIX.sub("", folded, count=1)
