"""Names as sources print them -> rows of ours, looked up a batch at a time and remembered for the run."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import transaction

from articles.importing.formats.types import ParsedArticle
from articles.importing.name_lock import lock_names
from articles.models import (
    Author,
    DeskNameWord,
    Image,
    ImportBatch,
    ImportRun,
    Organization,
    OtherName,
    Person,
)
from articles.models.tag_names import TagMatch
from articles.text.fold import slugify
from articles.text.names.sort_name import sort_name

from .tags import TagResolver

EntityModel = type[Person] | type[Organization]
Entity = TypeVar("Entity", Person, Organization)


class EntityResolver:
    """The rows that stories name, by primary key. Unknown tags, authors, people and organizations are created.

    A person or an organization created here is not confirmed. A name that two rows share is left out: better no link
    than a wrong one; ``ambiguous`` lists such names. What is in the trash stays there and is left out, too, with its
    name in ``in_trash``. ``created`` are the keys of what was created, by kind. Tags are as ``TagResolver`` has them.
    """

    def __init__(self, extra_tags: Sequence[str] = (), run: ImportRun | None = None) -> None:
        self.extra_tags = tuple(extra_tags)
        self.run = run
        self.reset()

    def reset(self) -> None:
        """Look everything up anew: somebody may have renamed, merged or deleted rows meanwhile."""
        self.created: dict[str, list[int]] = defaultdict(list)
        self.ambiguous: set[str] = set()
        self.in_trash: dict[str, bool] = {}  # names, and whether they are told
        self.reported: set[str] = set()  # tags that are unclear, as sources wrote them
        self.tag_resolver = TagResolver()
        self.tags = self.tag_resolver.keys
        self.authors: dict[str, int] = {}
        self.people: dict[str, int] = {}
        self.organizations: dict[str, int] = {}
        self.pictures: dict[str, int] = {}
        self.fetched: dict[str, int] = {}
        self._resolved: dict[EntityModel, set[str]] = {Person: set(), Organization: set()}

    def resolve(self, batch: Sequence[ParsedArticle]) -> None:
        """Look up what the stories of ``batch`` name, and create what is unknown, in a transaction of its own.

        Two importers that meet the same new name wait for each other here, and both get the same row.
        """
        authors = {line.name for parsed in batch for line in parsed.bylines} - self.authors.keys()
        people = {name for parsed in batch for name in parsed.people} - self._resolved[Person]
        organizations = {name for parsed in batch for name in parsed.organizations}
        organizations -= self._resolved[Organization]
        tags = self.tag_resolver.unresolved(tag for parsed in batch for tag in self.tags_of(parsed))
        codes = dict(pair for parsed in batch for pair in parsed.qcodes)
        if authors or people or organizations or tags:
            with transaction.atomic():
                lock_names()
                self._resolve_authors(authors)
                self._resolve_entities(Person, "person", people, self.people)
                self._resolve_entities(
                    Organization, "organization", organizations, self.organizations
                )
                self.created["tag"] += self.tag_resolver.resolve(tags, codes)
                self._note_in_trash(self.tag_resolver.trashed.values())
                self._record_created()
        picture_names = {parsed.picture for parsed in batch if parsed.picture}
        images = (
            Image.objects.filter(name__in=picture_names).order_by("pk").values_list("name", "pk")
        )
        self.pictures = dict(images) if picture_names else {}
        urls = {parsed.remote_picture.url for parsed in batch if parsed.remote_picture}
        fetched = Image.objects.filter(source_url__in=urls).exclude(alt="", is_decorative=False)
        self.fetched = dict(fetched.order_by("pk").values_list("source_url", "pk")) if urls else {}

    def tags_of(self, parsed: ParsedArticle) -> tuple[str, ...]:
        """Return the tags of ``parsed`` as named, with those that the operator gives to all."""
        return (*parsed.tags, *self.extra_tags)

    def _record_created(self) -> None:
        """Write what was created into batch 0 of the run, so that a kill before its own batch commits loses none."""
        created, self.created = self.created, defaultdict(list)
        if not self.run or not any(created.values()):
            return
        row, _ = ImportBatch.objects.get_or_create(run=self.run, number=0)
        for kind, keys in created.items():
            row.made[kind] = [*row.made.get(kind, []), *keys]
            row.met[f"new_{kind}"] = len(row.made[kind])
        row.met = {name: count for name, count in row.met.items() if count}
        row.save()

    def pop_ambiguous(self) -> list[str]:
        """Return the ambiguous names met since this was asked last, in order."""
        names, self.ambiguous = sorted(self.ambiguous), set()
        return names

    def pop_unclear_tags(self, parsed: ParsedArticle) -> list[tuple[str, TagMatch]]:
        """Return the tags of ``parsed`` that may mean several, with what they may mean, each once a run."""
        unclear = self.tag_resolver.unclear
        tags = [tag for tag in self.tags_of(parsed) if tag in unclear and tag not in self.reported]
        self.reported.update(tags)
        return [(tag, unclear[tag]) for tag in tags]

    def pop_in_trash(self) -> list[str]:
        """Return the names of what is in the trash met since this was asked last, in order, each once a run."""
        names = sorted(name for name, is_reported in self.in_trash.items() if not is_reported)
        self.in_trash |= dict.fromkeys(names, True)
        return names

    def _note_in_trash(self, names: Iterable[str]) -> None:
        for name in names:
            self.in_trash.setdefault(name, False)

    def picture_of(self, parsed: ParsedArticle) -> int | None:
        """Return the key of the lead picture, by its name or by where it was fetched from; None if it is not here."""
        if parsed.picture in self.pictures:
            return self.pictures[parsed.picture]
        return self.fetched.get(parsed.remote_picture.url) if parsed.remote_picture else None

    def _resolve_authors(self, names: set[str]) -> None:
        existing = dict(Author.objects.filter(name__in=names).values_list("name", "pk"))
        trash = Author.objects.in_trash(names)
        self._note_in_trash(trash)
        new = Author.objects.bulk_create(
            Author(name=name) for name in sorted(names - existing.keys() - trash)
        )
        DeskNameWord.objects.index(new)
        self.created["author"] += [author.pk for author in new]
        self.authors |= existing | {author.name: author.pk for author in new}

    def _resolve_entities(
        self, model: type[Entity], owner: str, names: set[str], resolved: dict[str, int]
    ) -> None:
        keys_by_name: dict[str, set[int]] = {name: set() for name in names}
        for pk, name in model.objects.filter(name__in=names).values_list("pk", "name"):
            keys_by_name[name].add(pk)
        others = OtherName.objects.filter(name__in=names, **{f"{owner}__isnull": False})
        for pk, name in others.values_list(f"{owner}_id", "name"):
            keys_by_name[name].add(pk)
        new_names = {name for name, keys in keys_by_name.items() if not keys}
        trash = _entity_names_in_trash(model, owner, new_names)
        self._note_in_trash(trash)
        unknown = [_unsaved_entity(model, name) for name in sorted(new_names - trash)]
        new = model.objects.bulk_create(unknown)
        DeskNameWord.objects.index(new)
        for row in new:
            keys_by_name[row.name].add(row.pk)
            self.created[owner].append(row.pk)
        self.ambiguous |= {name for name, keys in keys_by_name.items() if len(keys) > 1}
        resolved |= {
            name: next(iter(keys)) for name, keys in keys_by_name.items() if len(keys) == 1
        }
        self._resolved[model] |= names


def _entity_names_in_trash(model: EntityModel, owner: str, names: set[str]) -> set[str]:
    """Return which of ``names``, own or other, are those of rows in the trash alone."""
    if not names:
        return set()
    rows = model.all_objects.filter(name__in=names).exclude(trashed_at=None)
    others = OtherName.all_objects.filter(name__in=names)
    others = others.exclude(**{f"{owner}__trashed_at": None})
    return {*rows.values_list("name", flat=True), *others.values_list("name", flat=True)}


def _unsaved_entity(model: type[Entity], name: str) -> Entity:
    row = model(name=name, slug=slugify(name, default=str(model._meta.model_name)))
    if isinstance(row, Person):
        row.sort_name = sort_name(name)
    return row
