"""Where stories, tags, authors and feeds stood in the system that they come from."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from articles.importing.formats.types import FormerLink
from articles.models import FormerAddress
from articles.text.characters import printable

from .entities import EntityResolver
from .match import Match

MAX_PATH_LENGTH = 500


def save_former_addresses(
    results: Sequence[tuple[Match, int | None, str]], entities: EntityResolver
) -> None:
    """Keep the former addresses of what came in; a path that leads somewhere already stays as it is."""
    rows: dict[str, dict[str, Any]] = {}
    for match, article_id, _ in results:
        if match.is_passed_over or not article_id:
            continue
        for path in match.parsed.former_addresses:
            rows.setdefault(path, {"article_id": article_id})
        for path, row in _link_targets(match.parsed.former_links, entities):
            rows.setdefault(path, row)
    FormerAddress.objects.bulk_create(
        (FormerAddress(path=path, **row) for path, row in sorted(rows.items()) if _is_path(path)),
        ignore_conflicts=True,
    )


def _is_path(path: str) -> bool:
    return path.startswith("/") and len(path) <= MAX_PATH_LENGTH and printable(path) == path


def _link_targets(
    links: Iterable[FormerLink], entities: EntityResolver
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield path and target of the links whose tag or author came in."""
    for link in links:
        target: dict[str, Any] = {"is_feed": link.is_feed}
        if link.tag:
            target["tag_id"] = entities.tags.get(_clean_name(link.tag))
        elif link.author:
            target["author_id"] = entities.authors.get(_clean_name(link.author))
        elif not link.is_feed:
            continue
        if all(value is not None for value in target.values()):
            yield link.path, target


def _clean_name(name: str) -> str:
    """Return a name as ``clean`` leaves those of tags and authors."""
    return " ".join(printable(name).split())
