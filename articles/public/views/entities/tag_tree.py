"""The tags of the paper as trees, each with the number of its stories among the newest of the paper."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from articles.models.edition_links import EditionTag
from articles.models.editions import Edition
from articles.models.tags import MOST_LEVELS, Tag
from articles.text.fold import fold

MOST_OF_A_KIND = 2_000
COUNTED_STORIES = (
    1_000  # the newest of the paper: what it costs does not depend on how many there are
)


@dataclass(frozen=True, slots=True)
class TagNode:
    """A tag in the index with its subtopics; ``stories`` is how many of the newest stories bear it."""

    name: str
    url: str
    stories: int
    subtopics: "tuple[TagNode, ...]"


@dataclass(frozen=True, slots=True)
class TagTrees:
    """The trees by the kind of their root. ``counted`` is of how many stories the numbers are, 0 for all there are."""

    by_kind: dict[str, list[TagNode]]
    counted: int


def read_tag_trees() -> TagTrees:
    """Read the tags that readers have pages of, at most ``MOST_OF_A_KIND`` a kind, and count: three queries.

    A tag whose parent has no page, or is in a ring, stands where its kind does.
    """
    tags = sorted(_public_tags(), key=lambda tag: (tag.position, fold(tag.name)))
    newest = list(_newest_editions())
    forest = _Forest(tags, _count_stories(newest[:COUNTED_STORIES]))
    listed = {tag.pk for tag in tags}
    roots = [tag for tag in tags if tag.parent_id not in listed]
    nodes = [(tag, forest.plant(tag)) for tag in roots]
    nodes += [(tag, forest.plant(tag)) for tag in tags if tag.pk not in forest.placed]
    by_kind: dict[str, list[TagNode]] = defaultdict(list)
    for tag, node in sorted(nodes, key=lambda pair: _root_order(pair[0])):
        by_kind[tag.kind].append(node)
    is_part = len(newest) > COUNTED_STORIES
    return TagTrees(dict(by_kind), COUNTED_STORIES if is_part else 0)


def _public_tags() -> Iterable[Tag]:
    """Return a query of the first public tags of each kind by name."""
    first, *others = [_keys_of_kind(kind) for kind in Tag.Kind.values]
    return Tag.objects.filter(pk__in=first.union(*others, all=True)).order_by()


def _keys_of_kind(kind: str) -> "QuerySet[Tag, Any]":
    keys = Tag.objects.public().filter(kind=kind).order_by("name").values("pk")[:MOST_OF_A_KIND]
    return Tag.objects.filter(pk__in=keys).order_by().values("pk")


def _newest_editions() -> "QuerySet[Edition, int]":
    """Return a query of the keys of the newest listed editions, one more than are counted."""
    keys = Edition.objects.listed().newest().values_list("pk", flat=True)
    return keys[: COUNTED_STORIES + 1]


def _count_stories(editions: list[int]) -> dict[int, int]:
    """Count how many of ``editions`` (keys) bear each tag: one query."""
    links = EditionTag.objects.filter(edition__in=editions).order_by()
    return dict(links.values_list("tag_id").annotate(stories=Count("pk")))


def _root_order(tag: Tag) -> tuple[int, str]:
    """Order sections as the editors put them, all else by name."""
    return (tag.position if tag.kind == Tag.Kind.SECTION else 0), fold(tag.name)


class _Forest:
    """Makes trees of ``tags``, each of which stands in one of them, whatever rings there are."""

    def __init__(self, tags: Iterable[Tag], counts: dict[int, int]) -> None:
        self.counts = counts
        self.placed: set[int] = set()
        self.children: dict[int | None, list[Tag]] = defaultdict(list)
        for tag in tags:
            self.children[tag.parent_id].append(tag)

    def plant(self, tag: Tag, level: int = 1) -> TagNode:
        """Return the tree of ``tag``, ``MOST_LEVELS`` deep at most."""
        self.placed.add(tag.pk)
        below = self.children[tag.pk] if level < MOST_LEVELS else []
        subtopics = [self.plant(child, level + 1) for child in below if child.pk not in self.placed]
        stories = self.counts.get(tag.pk, 0)
        return TagNode(tag.name, tag.get_absolute_url(), stories, tuple(subtopics))
