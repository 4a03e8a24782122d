"""The addresses of tags: each leads to one tag, and one that a tag had before still leads to it.

People, organizations and authors need none of this: the number in their addresses is what counts.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import chain, count, islice

from django.db.models import Q

from articles.text.fold import slugify

from .tags import FormerTagName, Tag

STEP = 100  # beginnings asked for at a time


class TagSlugs:
    """Which addresses are taken, by the key of their tag; what is given out here is taken from then on."""

    def __init__(self, taken: dict[str, int]) -> None:
        self.taken = taken

    @classmethod
    def all(cls) -> "TagSlugs":
        """Look at every tag."""
        return cls(_taken_slugs(Q()))

    @classmethod
    def for_tags(cls, tags: Iterable[Tag]) -> "TagSlugs":
        """Look at what may stand in the way of ``tags``: every address that begins as one of theirs that is taken."""
        slug_counts = Counter(wanted_slug(tag.name, tag.kind) for tag in tags)
        taken = _taken_slugs(Q(slug__in=slug_counts))
        bases = (slug for slug, times in slug_counts.items() if times > 1 or slug in taken)
        while chunk := [*islice(bases, STEP)]:
            begins = (Q(slug__startswith=f"{base}-") for base in chunk)
            taken |= _taken_slugs(Q(*begins, _connector=Q.OR))
        return cls(taken)

    def give(self, tag: Tag) -> str:
        """Return an address for ``tag`` that no other tag has or had: of its name, then of its kind, then numbered."""
        slug = wanted_slug(tag.name, tag.kind)
        base = slug if slug == tag.kind else f"{slug}-{tag.kind}"
        candidates = chain([slug, base], (f"{base}-{number}" for number in count(2)))
        own_key = tag.pk or 0
        free = next(
            candidate for candidate in candidates if self.taken.get(candidate, own_key) == own_key
        )
        self.taken[free] = tag.pk or -1
        return free


def wanted_slug(name: str, kind: str) -> str:
    """Return the address that a tag would have were it alone; its kind when the name has no letter for one."""
    return slugify(name, default=kind)


def _taken_slugs(condition: Q) -> dict[str, int]:
    former = FormerTagName.all_objects.filter(condition).values_list("slug", "tag_id")
    return dict(former) | dict(Tag.all_objects.filter(condition).values_list("slug", "pk"))
