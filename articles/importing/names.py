"""Names as sources print them -> rows of ours, looked up a batch at a time."""

from collections.abc import Iterable, Sequence

from articles.models import Author, FormerTagName, Image, Organization, OtherName, Person, Tag
from articles.text.fold import fold, slugify
from articles.text.names import sort_name

from .parsed import ParsedArticle

KINDS = Tag.Kind.values  # in the order in which they get the shorter address


class Names:
    """The rows that the stories of one batch name. Unknown tags, authors, people and organizations are created.

    A person or an organization created here is not confirmed. A name that two rows share is left out: better no link
    than a wrong one; ``ambiguous`` lists such names.
    """

    def __init__(self, batch: Sequence[ParsedArticle], extra_tags: Sequence[str] = ()) -> None:
        self.extra_tags = tuple(extra_tags)
        self.ambiguous: set[str] = set()
        self.tags = _tags({tag for parsed in batch for tag in self.tags_of(parsed)})
        self.authors = _authors({line.name for parsed in batch for line in parsed.bylines})
        self.people = self._rows(Person, "person", {n for parsed in batch for n in parsed.people})
        self.organizations = self._rows(
            Organization, "organization", {n for parsed in batch for n in parsed.organizations}
        )
        wanted = {parsed.picture for parsed in batch if parsed.picture}
        self.pictures = dict(
            Image.objects.filter(name__in=wanted).order_by("-pk").values_list("name", "pk")
        )

    def tags_of(self, parsed: ParsedArticle) -> tuple[str, ...]:
        """Return the tags of ``parsed`` as named, with those that the operator gives to all."""
        return (*parsed.tags, *self.extra_tags)

    def _rows(
        self, model: type[Person] | type[Organization], owner: str, names: set[str]
    ) -> dict[str, int]:
        found: dict[str, set[int]] = {name: set() for name in names}
        for pk, name in model.objects.filter(name__in=names).values_list("pk", "name"):
            found[name].add(pk)
        others = OtherName.objects.filter(name__in=names, **{f"{owner}__isnull": False})
        for pk, name in others.values_list(f"{owner}_id", "name"):
            found[name].add(pk)
        unknown = [_new(model, name) for name, keys in sorted(found.items()) if not keys]
        for row in model.objects.bulk_create(unknown):
            found[row.name].add(row.pk)
        self.ambiguous |= {name for name, keys in found.items() if len(keys) > 1}
        return {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}


def _new(model: type[Person] | type[Organization], name: str) -> Person | Organization:
    row = model(name=name, slug=slugify(name))
    if isinstance(row, Person):
        row.sort_name = sort_name(name)
    return row


def _authors(names: Iterable[str]) -> dict[str, int]:
    """Return the authors' keys by name; the unknown are created."""
    names = set(names)
    Author.objects.bulk_create([Author(name=name) for name in sorted(names)], ignore_conflicts=True)
    return dict(Author.objects.filter(name__in=names).values_list("name", "pk"))


def _tags(wanted: Iterable[str]) -> dict[str, int]:
    """Return the keys of tags given as ``name`` or ``kind:name``; former names count, the unknown are created."""
    wanted = set(wanted)
    if not wanted:
        return {}
    known: dict[tuple[str, str], int] = {}
    former = FormerTagName.objects.values_list("tag__kind", "name", "tag_id")
    for kind, name, pk in (*former, *Tag.objects.values_list("kind", "name", "pk")):
        known[kind, fold(name)] = known["", fold(name)] = pk
    return {raw: _tag(raw, known) for raw in sorted(wanted, key=_rank)}


def _rank(raw: str) -> tuple[int, str]:
    kind = raw.partition(":")[0]
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), raw)


def _tag(raw: str, known: dict[tuple[str, str], int]) -> int:
    kind, _, name = raw.partition(":")
    if kind not in KINDS:
        kind, name = "", raw
    key = kind, fold(name.strip())
    if key not in known:
        tag = _create_tag(kind or Tag.Kind.TOPIC, name.strip())
        known[key] = known[tag.kind, key[1]] = tag.pk
    return known[key]


def _create_tag(kind: str, name: str) -> Tag:
    slug = slugify(name)
    if Tag.objects.filter(slug=slug).exists() or FormerTagName.objects.filter(slug=slug).exists():
        slug = f"{slug}-{kind}"
    return Tag.objects.create(kind=kind, name=name, slug=slug)
