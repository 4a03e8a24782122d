"""Which tag a name means: one rule for every import, for vocabularies and for the desk.

Names are compared folded: case, accents, marks and width make no other tag, and neither does its kind. A former name
is one, too. What is in the trash is neither meant nor free, unless another tag has its name.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from articles.text.fold import fold

from .tags import FormerTagName, Tag


@dataclass(frozen=True, slots=True)
class TagName:
    """A name that the tag ``key`` has, or had (``is_former``)."""

    key: int
    kind: str
    name: str
    is_former: bool = False
    is_in_trash: bool = False

    def __str__(self) -> str:
        """Say what it is: ``“Council” (section)``."""
        words = {"name": self.name, "kind": Tag.Kind(self.kind).label}
        if self.is_in_trash:
            return gettext("“%(name)s” (%(kind)s, in the trash)") % words
        if self.is_former:
            return gettext("“%(name)s” (%(kind)s, a former name)") % words
        return gettext("“%(name)s” (%(kind)s)") % words


@dataclass(frozen=True, slots=True)
class TagMatch:
    """The tags that a name may mean, each once: none where it is free, several where a person has to say which."""

    names: tuple[TagName, ...] = ()

    @property
    def tag(self) -> TagName | None:
        """The one tag that is meant, in the trash or not; None where it is free or not clear."""
        return self.names[0] if len(self.names) == 1 else None

    @property
    def is_free(self) -> bool:
        """Whether no tag has or had the name."""
        return not self.names

    @property
    def is_unclear(self) -> bool:
        """Whether several tags have the name."""
        return len(self.names) > 1


class TagNames:
    """The names of all tags, by what they fold to."""

    def __init__(self, names: Iterable[TagName] = ()) -> None:
        self._by_key: defaultdict[str, list[TagName]] = defaultdict(list)
        for name in names:
            self.add(name)

    @classmethod
    def load(cls) -> "TagNames":
        """Look at all tags: two queries. Whoever creates one by what is found holds ``lock_names``."""
        tags = Tag.all_objects.values_list("pk", "kind", "name", "trashed_at").order_by("pk")
        former = FormerTagName.all_objects.values_list(
            "tag_id", "tag__kind", "name", "tag__trashed_at"
        ).order_by("pk")
        present = (TagName(pk, kind, name, False, bool(at)) for pk, kind, name, at in tags)
        before = (TagName(pk, kind, name, True, bool(at)) for pk, kind, name, at in former)
        return cls([*present, *before])

    def add(self, name: TagName) -> None:
        """Take notice of another name."""
        self._by_key[tag_name_key(name.name)].append(name)

    def add_tag(self, tag: Tag) -> None:
        """Take notice of a stored tag."""
        self.add(TagName(tag.pk, tag.kind, tag.name, False, tag.trashed_at is not None))

    def named(self, name: str) -> list[TagName]:
        """Return every tag that has or had ``name``, each once, by its present name where that is it."""
        rows = sorted(self._by_key.get(tag_name_key(name), ()), key=lambda row: row.is_former)
        return list({row.key: row for row in reversed(rows)}.values())[::-1]

    def find(self, name: str, kind: str = "") -> TagMatch:
        """Return what ``name`` means, of a ``kind`` that a source may have said.

        Of several, those of this kind are meant before others, a present name before a former one, and within one
        kind the very letters before what only folds alike; what is left may still be several.
        """
        rows = self.named(name)
        rows = [row for row in rows if not row.is_in_trash] or rows[:1]
        rows = [row for row in rows if row.kind == kind] or rows
        rows = [row for row in rows if not row.is_former] or rows
        if len({row.kind for row in rows}) == 1:
            rows = [row for row in rows if row.name == name] or rows
        return TagMatch(tuple(rows))


def tag_name_key(name: str) -> str:
    """Return what ``name`` is compared by; its own letters where folding leaves none."""
    return fold(name) or name
