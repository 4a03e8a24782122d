"""Names as sources print them -> rows of ours, looked up a batch at a time and remembered for the run."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, count

from django.db import connection, transaction

from articles.models import (
    Author,
    FormerTagName,
    Image,
    ImportBatch,
    ImportRun,
    Organization,
    OtherName,
    Person,
    Tag,
)
from articles.text.fold import fold, slugify
from articles.text.names import sort_name

from .parsed import ParsedArticle
from .topics import tags_by_code

KINDS = Tag.Kind.values  # in the order in which they get the shorter address
LOCK = 7_426_031  # of all that create names, on PostgreSQL; SQLite has one writer anyway
Bodies = type[Person] | type[Organization]


class Names:
    """The rows that stories name, by primary key. Unknown tags, authors, people and organizations are created.

    A person or an organization created here is not confirmed. A name that two rows share is left out: better no link
    than a wrong one; ``ambiguous`` lists such names. ``made`` are the keys of what was created, by kind.
    """

    def __init__(self, extra_tags: Sequence[str] = (), run: ImportRun | None = None) -> None:
        self.extra_tags = tuple(extra_tags)
        self.run = run
        self.forget()

    def forget(self) -> None:
        """Look everything up anew: somebody may have renamed, merged or deleted rows meanwhile."""
        self.made: dict[str, list[int]] = defaultdict(list)
        self.ambiguous: set[str] = set()
        self.tags: dict[str, int] = {}
        self.authors: dict[str, int] = {}
        self.people: dict[str, int] = {}
        self.organizations: dict[str, int] = {}
        self.pictures: dict[str, int] = {}
        self.fetched: dict[str, int] = {}
        self._tag_keys: dict[tuple[str, str], int] = {}
        self._asked: dict[Bodies, set[str]] = {Person: set(), Organization: set()}

    def learn(self, batch: Sequence[ParsedArticle]) -> None:
        """Look up what the stories of ``batch`` name, and create what is unknown, in a transaction of its own.

        Two importers that meet the same new name wait for each other here, and both get the same row.
        """
        authors = {line.name for parsed in batch for line in parsed.bylines} - self.authors.keys()
        people = {name for parsed in batch for name in parsed.people} - self._asked[Person]
        bodies = {name for parsed in batch for name in parsed.organizations}
        bodies -= self._asked[Organization]
        tags = {tag for parsed in batch for tag in self.tags_of(parsed)} - self.tags.keys()
        codes = dict(pair for parsed in batch for pair in parsed.qcodes)
        if authors or people or bodies or tags:
            with transaction.atomic():
                _lock()
                self._learn_authors(authors)
                self._learn_bodies(Person, "person", people, self.people)
                self._learn_bodies(Organization, "organization", bodies, self.organizations)
                self._learn_tags(tags, codes)
                self._keep_news()
        wanted = {parsed.picture for parsed in batch if parsed.picture}
        found = Image.objects.filter(name__in=wanted).order_by("pk").values_list("name", "pk")
        self.pictures = dict(found) if wanted else {}
        urls = {parsed.remote_picture.url for parsed in batch if parsed.remote_picture}
        here = Image.objects.filter(source_url__in=urls).exclude(alt="", is_decorative=False)
        self.fetched = dict(here.order_by("pk").values_list("source_url", "pk")) if urls else {}

    def tags_of(self, parsed: ParsedArticle) -> tuple[str, ...]:
        """Return the tags of ``parsed`` as named, with those that the operator gives to all."""
        return (*parsed.tags, *self.extra_tags)

    def _keep_news(self) -> None:
        """Write what was created into batch 0 of the run, so that a kill before its own batch commits loses none."""
        made, self.made = self.made, defaultdict(list)
        if not self.run or not any(made.values()):
            return
        row, _ = ImportBatch.objects.get_or_create(run=self.run, number=0)
        for kind, keys in made.items():
            row.made[kind] = [*row.made.get(kind, []), *keys]
            row.met[f"new_{kind}"] = len(row.made[kind])
        row.met = {name: count for name, count in row.met.items() if count}
        row.save()

    def take_ambiguous(self) -> list[str]:
        """Return the ambiguous names met since this was asked last, in order."""
        names, self.ambiguous = sorted(self.ambiguous), set()
        return names

    def picture_of(self, parsed: ParsedArticle) -> int | None:
        """Return the key of the lead picture, by its name or by where it was fetched from; None if it is not here."""
        if parsed.picture in self.pictures:
            return self.pictures[parsed.picture]
        return self.fetched.get(parsed.remote_picture.url) if parsed.remote_picture else None

    def _learn_authors(self, names: set[str]) -> None:
        known = dict(Author.objects.filter(name__in=names).values_list("name", "pk"))
        new = Author.objects.bulk_create(Author(name=name) for name in sorted(names - known.keys()))
        self.made["author"] += [author.pk for author in new]
        self.authors |= known | {author.name: author.pk for author in new}

    def _learn_bodies(
        self, model: Bodies, owner: str, names: set[str], known: dict[str, int]
    ) -> None:
        found: dict[str, set[int]] = {name: set() for name in names}
        for pk, name in model.objects.filter(name__in=names).values_list("pk", "name"):
            found[name].add(pk)
        others = OtherName.objects.filter(name__in=names, **{f"{owner}__isnull": False})
        for pk, name in others.values_list(f"{owner}_id", "name"):
            found[name].add(pk)
        unknown = [_new(model, name) for name, keys in sorted(found.items()) if not keys]
        for row in model.objects.bulk_create(unknown):
            found[row.name].add(row.pk)
            self.made[owner].append(row.pk)
        self.ambiguous |= {name for name, keys in found.items() if len(keys) > 1}
        known |= {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}
        self._asked[model] |= names

    def _learn_tags(self, wanted: set[str], codes: dict[str, str]) -> None:
        """Find tags given as ``name`` or ``kind:name``, by their code first; former names count."""
        if not wanted:
            return
        if not self._tag_keys:
            former = FormerTagName.objects.values_list("tag__kind", "name", "tag_id")
            for kind, name, pk in (*former, *Tag.objects.values_list("kind", "name", "pk")):
                self._tag_keys[kind, fold(name)] = self._tag_keys["", fold(name)] = pk
        by_code = tags_by_code(codes[raw] for raw in wanted if raw in codes)
        missing: dict[tuple[str, str], Tag] = {}
        new: list[Tag] = []
        for raw in sorted(wanted, key=_rank):
            key, code = _key_of(raw), codes.get(raw, "")
            if code not in by_code and key not in self._tag_keys and key not in missing:
                kind = key[0] or Tag.Kind.TOPIC
                tag = Tag(kind=kind, name=raw.removeprefix(f"{key[0]}:").strip(), qcode=code)
                new.append(tag)
                missing[key] = missing[kind, key[1]] = missing["", key[1]] = tag
        self._create_tags(new)
        self._tag_keys |= {key: tag.pk for key, tag in missing.items()}
        for raw in wanted:
            code = codes.get(raw, "")
            self.tags[raw] = by_code.get(code) or self._tag_keys[_key_of(raw)]

    def _create_tags(self, tags: list[Tag]) -> None:
        """Insert ``tags``, each with an address that no other has or had."""
        if not tags:
            return
        slugs = {slugify(tag.name) for tag in tags}
        slugs |= {f"{slug}-{kind}" for slug in slugs for kind in KINDS}
        taken = set(Tag.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        taken |= set(FormerTagName.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        for tag in tags:
            slug = slugify(tag.name)
            ways = chain([slug], (f"{slug}-{tag.kind}{n or ''}" for n in count()))
            tag.slug = next(way for way in ways if way not in taken)
            taken.add(tag.slug)
        self.made["tag"] += [tag.pk for tag in Tag.objects.bulk_create(tags)]


def _lock() -> None:
    """Keep other importers from creating names until this transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _new(model: Bodies, name: str) -> Person | Organization:
    row = model(name=name, slug=slugify(name))
    if isinstance(row, Person):
        row.sort_name = sort_name(name)
    return row


def _rank(raw: str) -> tuple[int, str]:
    kind = raw.partition(":")[0]
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), raw)


def _key_of(raw: str) -> tuple[str, str]:
    """Return the kind of a tag given as ``name`` or ``kind:name``, empty where it is not said, and its folded name."""
    kind, _, name = raw.partition(":")
    return (kind, fold(name.strip())) if kind in KINDS else ("", fold(raw.strip()))
