"""Tags as sources name them -> tags of ours: found by code or name, created where the name is free."""

from collections.abc import Iterable, Mapping

from articles.importing.topics.codes import tags_by_code
from articles.models import DeskNameWord, Tag, TagNames, TagSlugs
from articles.models.tag_names import TagMatch, tag_name_key

KINDS = Tag.Kind.values  # in the order in which a new tag is of the kind


class TagResolver:
    """The tags of a run. ``keys`` are their primary keys by what sources wrote, as ``name`` or ``kind:name``.

    What is not in ``keys`` stays unlinked: ``unclear`` says which tags each may mean; ``trashed`` are the names of
    tags in the trash.
    """

    def __init__(self) -> None:
        self.keys: dict[str, int] = {}
        self.unclear: dict[str, TagMatch] = {}
        self.trashed: dict[str, str] = {}
        self._names: TagNames | None = None

    def unresolved(self, raw_tags: Iterable[str]) -> set[str]:
        """Return those of ``raw_tags`` that were not looked up yet."""
        resolved = self.keys.keys() | self.unclear.keys() | self.trashed.keys()
        return set(raw_tags) - resolved

    def resolve(self, raw_tags: set[str], codes: Mapping[str, str]) -> list[int]:
        """Look up ``raw_tags``, by their ``codes`` first. Returns the keys of the tags that it created.

        The caller holds ``lock_names``: what another importer has created meanwhile is found, not made again.
        """
        if not raw_tags:
            return []
        by_code = tags_by_code(codes[raw] for raw in raw_tags if raw in codes)
        named = {raw for raw in raw_tags if codes.get(raw, "") not in by_code}
        if self._names is None or any(self._find(raw).is_free for raw in named):
            self._names = TagNames.load()
        created = self._create(
            {raw: codes.get(raw, "") for raw in named if self._find(raw).is_free}
        )
        trashed = Tag.all_objects.filter(pk__in=by_code.values()).exclude(trashed_at=None)
        in_trash = dict(trashed.values_list("pk", "name")) if by_code else {}
        for raw in raw_tags - named:
            key = by_code[codes[raw]]
            if key in in_trash:
                self.trashed[raw] = in_trash[key]
            else:
                self.keys[raw] = key
        for raw in named:
            self._take(raw)
        return created

    def _find(self, raw: str) -> TagMatch:
        kind, name = parse_tag(raw)
        return (self._names or TagNames()).find(name, kind)

    def _take(self, raw: str) -> None:
        match = self._find(raw)
        tag = match.tag
        if tag is None:
            self.unclear[raw] = match
        elif tag.is_in_trash:
            self.trashed[raw] = tag.name
        else:
            self.keys[raw] = tag.key

    def _create(self, raw_tags: Mapping[str, str]) -> list[int]:
        """Insert a tag for each name of ``raw_tags`` (with their codes), with an address that no other has or had."""
        new: dict[str, Tag] = {}
        for raw in sorted(raw_tags, key=_rank):
            kind, name = parse_tag(raw)
            tag = Tag(kind=kind or Tag.Kind.TOPIC, name=name, qcode=raw_tags[raw])
            new.setdefault(tag_name_key(name), tag)
        tags = list(new.values())
        slugs = TagSlugs.for_tags(tags) if tags else TagSlugs({})
        for tag in tags:
            tag.slug = slugs.give(tag)
        for tag in Tag.objects.bulk_create(tags):
            if self._names:
                self._names.add_tag(tag)
        DeskNameWord.objects.index(tags)
        return [tag.pk for tag in tags]


def parse_tag(raw: str) -> tuple[str, str]:
    """Return the kind of a tag given as ``name`` or ``kind:name``, empty where it is not said, and its name."""
    kind, _, name = raw.partition(":")
    return (kind, name.strip()) if kind in KINDS and name.strip() else ("", raw.strip())


def _rank(raw: str) -> tuple[int, str]:
    kind = parse_tag(raw)[0]
    return (KINDS.index(kind) if kind else len(KINDS), raw)
