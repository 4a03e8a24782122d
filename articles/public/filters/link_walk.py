"""Whose links a list of several rows walks: what comes out depends on listed editions alone, only the speed on more.

A tag with few links, listed or not, is walked to its end. Where all have many, the first that has few listed ones
is, and else the newest links of the first by kind and number: no count of what is not listed has a say in that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.models.edition_links import LINKS
from articles.models.editions import DEEPEST_LINKS
from articles.models.organizations import Organization
from articles.models.people import Person
from articles.models.tags import Tag

Target = Tag | Person | Organization
Within = Callable[[Any], Any]  # narrows links to the time asked for


@dataclass(frozen=True, slots=True)
class LinkWalk:
    """The rows that a story must link, in the order that ``EditionQuerySet.linked_to`` wants.

    ``deepest`` is the key (aware time, edition) of the last link of the first that is looked at, None if all are.
    """

    targets: list[Target]
    deepest: tuple[datetime, int] | None = None


def plan_walk(rows: Iterable[Target], within: Within) -> LinkWalk:
    """Plan the walk over the links of ``rows``: no query but where several rows have all many links, one a row then."""
    targets = list(dict.fromkeys(rows))
    if len(targets) < 2:
        return LinkWalk(targets)
    targets.sort(key=lambda row: (str(row._meta.model_name), row.pk))
    counts = {row: getattr(row, "link_count", DEEPEST_LINKS) for row in targets}
    rarest = min(targets, key=counts.__getitem__)
    if counts[rarest] < DEEPEST_LINKS:
        return LinkWalk(_with_first(targets, rarest))
    keys = []
    for row in targets:
        keys.append(_deepest_key(row, within))
        if keys[-1] is None:
            return LinkWalk(_with_first(targets, row))
    return LinkWalk(targets, keys[0])


def _with_first(targets: list[Target], first: Target) -> list[Target]:
    return [first, *(row for row in targets if row != first)]


def _deepest_key(row: Target, within: Within) -> tuple[datetime, int] | None:
    """Return the key of the last listed link of ``row`` that is looked at, None when it has fewer."""
    name = str(row._meta.model_name)
    links = within(LINKS[name].objects.listed().filter(**{name: row}))
    keys = links.newest().values_list("published_at", "edition_id")
    return next(iter(keys[DEEPEST_LINKS - 1 : DEEPEST_LINKS]), None)
