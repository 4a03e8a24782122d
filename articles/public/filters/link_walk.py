"""Whose links a list of several rows walks: what comes out depends on listed editions alone, only the speed on more.

A tag with few links, listed or not, is walked to its end. Where all have many, the first that has few listed ones
is, and else the newest links of the first by kind and number: no count of what is not listed has a say in that. What
a story must not link is asked of the stories that are looked at; where it need link nothing, of the newest of all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.models.edition_links import listed_links
from articles.models.editions import DEEPEST_LINKS, Edition
from articles.models.organizations import Organization
from articles.models.people import Person
from articles.models.tags import Tag

Target = Tag | Person | Organization
Within = Callable[[Any], Any]  # narrows links to the time asked for


@dataclass(frozen=True, slots=True)
class LinkWalk:
    """The rows that a story must link, in the order that ``EditionQuerySet.linked_to`` wants.

    ``deepest`` is the key (aware time, edition) of the last link of the first that is looked at, None if all are;
    without any target, of the last listed edition.
    """

    targets: list[Target]
    deepest: tuple[datetime, int] | None = None


def plan_walk(
    rows: Iterable[Target], within: Within, *, is_narrowed: bool = False, oldest_first: bool = False
) -> LinkWalk:
    """Plan the walk over the links of ``rows``: no query but where several rows have all many links, one a row then.

    ``is_narrowed`` says that there is more to look at on each story, as with several rows: what it must not link.
    """
    targets = list(dict.fromkeys(rows))
    if len(targets) + is_narrowed < 2:
        return LinkWalk(targets, _deepest_key(None, within, oldest_first) if is_narrowed else None)
    targets.sort(key=lambda row: (str(row._meta.model_name), row.pk))
    counts = {row: getattr(row, "link_count", DEEPEST_LINKS) for row in targets}
    rarest = min(targets, key=counts.__getitem__)
    if counts[rarest] < DEEPEST_LINKS:
        return LinkWalk(_with_first(targets, rarest))
    keys = []
    for row in targets:
        keys.append(_deepest_key(row, within, oldest_first))
        if keys[-1] is None:
            return LinkWalk(_with_first(targets, row))
    return LinkWalk(targets, keys[0])


def _with_first(targets: list[Target], first: Target) -> list[Target]:
    return [first, *(row for row in targets if row != first)]


def _deepest_key(
    row: Target | None, within: Within, oldest_first: bool
) -> tuple[datetime, int] | None:
    """Return the key of the last listed link of ``row`` that is looked at, None when it has fewer.

    Without a row, that of the last listed edition.
    """
    column = "edition_id" if row else "pk"
    rows = within(listed_links(row) if row else Edition.objects.listed())
    rows = rows.oldest() if oldest_first else rows.newest()
    keys = rows.values_list("published_at", column)
    return next(iter(keys[DEEPEST_LINKS - 1 : DEEPEST_LINKS]), None)
