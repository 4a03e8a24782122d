"""Where stories, tags, authors and feeds stood in the system that they come from."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from articles.models import FormerAddress
from articles.text.chars import printable

from .match import Match
from .names import Names
from .parsed import FormerLink

LONGEST = 500


def remember_addresses(results: Sequence[tuple[Match, int | None, str]], names: Names) -> None:
    """Keep the former addresses of what came in; a path that leads somewhere already stays as it is."""
    rows: dict[str, dict[str, Any]] = {}
    for match, article_id, _ in results:
        if match.verdict == "unchanged" or not article_id:
            continue
        for path in match.parsed.former_addresses:
            rows.setdefault(path, {"article_id": article_id})
        for path, row in _links(match.parsed.former_links, names):
            rows.setdefault(path, row)
    FormerAddress.objects.bulk_create(
        (FormerAddress(path=path, **row) for path, row in sorted(rows.items()) if _is_path(path)),
        ignore_conflicts=True,
    )


def _is_path(path: str) -> bool:
    return path.startswith("/") and len(path) <= LONGEST and printable(path) == path


def _links(links: Iterable[FormerLink], names: Names) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield path and target of the links whose tag or author came in."""
    for link in links:
        target: dict[str, Any] = {"is_feed": link.is_feed}
        if link.tag:
            target["tag_id"] = names.tags.get(_line(link.tag))
        elif link.author:
            target["author_id"] = names.authors.get(_line(link.author))
        elif not link.is_feed:
            continue
        if all(value is not None for value in target.values()):
            yield link.path, target


def _line(name: str) -> str:
    """Return a name as ``clean`` leaves those of tags and authors."""
    return " ".join(printable(name).split())
