"""Who a record is: a row that bears one of its ids, or nobody yet. A name alone is no proof."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F

from articles.importing.formats.types import RecordError
from articles.models import Identifier, Organization, OtherName, Person
from articles.text.messages import Message

from .formats.types import Key, ParsedOrganization, ParsedPerson

Row = Person | Organization


class PossibleMatch(Exception):
    """A record that may be one of the rows ``keys``: somebody has to say so."""

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__("perhaps the same")
        self.keys = sorted(keys)


class MatchInTrash(Exception):
    """A record that is a row in the trash: it stays there until somebody restores it."""

    def __init__(self, pk: int) -> None:
        super().__init__("in the trash")
        self.pk = pk


class Identities:
    """The rows that the records of one batch may be, asked for in six queries."""

    def __init__(
        self,
        model: type[Row],
        records: Sequence[ParsedPerson | ParsedOrganization],
        source: str,
        *,
        match_names: bool = False,
        other_keys: Iterable[Key] = (),
    ) -> None:
        self.model, self.source, self.match_names = model, source, match_names
        self.trashed: set[int] = set()  # those of the rows that are in the trash
        self.owner = "person" if model is Person else "organization"
        self.owners = self._owners(
            {k for r in records for k in self.keys_of(r.keys)} | {*other_keys}
        )
        self.named = self._named({name for r in records for name in _names(r)})
        self.named_in_trash = self._named_in_trash({name for r in records for name in _names(r)})
        self.ids: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        rows = {pk for owner, pk in self.owners.values() if owner == self.owner}
        rows |= {pk for keys in self.named.values() for pk in keys}
        identifiers = Identifier.all_objects.filter(**{f"{self.owner}__in": rows})
        for scheme, identifier, pk in identifiers.values_list("scheme", "identifier", self.owner):
            self.ids[pk][scheme].add(identifier)

    def keys_of(self, keys: Iterable[Key]) -> list[Key]:
        """Return ``keys`` with the source's name for the scheme of its own ids."""
        return [(scheme or self.source, identifier) for scheme, identifier in keys]

    def row_with(self, keys: Iterable[Key]) -> int | None:
        """Return the row that bears one of ``keys``. Raises RecordError for two, or another kind of row."""
        owners = {self.owners[key] for key in self.keys_of(keys) if key in self.owners}
        if len(owners) > 1:
            rows = " and ".join(f"no. {pk}" for _, pk in sorted(owners))
            raise RecordError(
                "identifiers",
                Message("they lead to %(rows)s", {"rows": rows}, "people.ambiguous_id"),
                "Merge the two, or mend the ids.",
            )
        if owners and next(iter(owners))[0] != self.owner:
            raise RecordError(
                "identifiers",
                Message("one is known, and of no %(kind)s", {"kind": self.owner}, "people.id_kind"),
                "Mend the ids.",
            )
        row = next(iter(owners))[1] if owners else None
        return None if row in self.trashed else row

    def row_of(self, record: ParsedPerson | ParsedOrganization) -> int | None:
        """Return the row that ``record`` is, None for a new one.

        Raises PossibleMatch, MatchInTrash, RecordError as ``row_with``.
        """
        row = self.row_with(record.keys)
        if row:
            return row
        for key in self.keys_of(record.keys):
            if key in self.owners and self.owners[key][1] in self.trashed:
                raise MatchInTrash(self.owners[key][1])
        candidates = {pk for name in _names(record) for pk in self.named[name]}
        candidates = {pk for pk in candidates if not self._contradicts(pk, record)}
        if not candidates and record.name in self.named_in_trash:
            raise MatchInTrash(self.named_in_trash[record.name])
        if not candidates:
            return None
        if len(candidates) == 1 and (self.match_names or not record.keys):
            return next(iter(candidates))
        raise PossibleMatch(candidates)

    def remember(self, record: ParsedPerson | ParsedOrganization, pk: int) -> None:
        """Let what was just stored be found by what follows."""
        for key in self.keys_of(record.keys):
            self.owners.setdefault(key, (self.owner, pk))
        self.named[record.name].add(pk)

    def _contradicts(self, pk: int, record: ParsedPerson | ParsedOrganization) -> bool:
        """Tell whether a register knows the row ``pk`` by another id than the record."""
        record_ids: dict[str, set[str]] = defaultdict(set)
        for scheme, identifier in self.keys_of(record.keys):
            record_ids[scheme].add(identifier)
        row_ids = self.ids.get(pk, {})
        return any(
            row_ids.get(scheme) and not ids & row_ids[scheme] for scheme, ids in record_ids.items()
        )

    def _owners(self, keys: set[Key]) -> dict[Key, tuple[str, int]]:
        identifiers = Identifier.all_objects.filter(
            scheme__in={scheme for scheme, _ in keys},
            identifier__in={identifier for _, identifier in keys},
        )
        trashed = identifiers.exclude(**{f"{self.owner}__trashed_at": None})
        self.trashed.update(trashed.values_list(self.owner, flat=True))
        rows = identifiers.values_list("scheme", "identifier", "person", "organization")
        return {
            (scheme, identifier): ("person", person) if person else ("organization", organization)
            for scheme, identifier, person, organization in rows
        }

    def _named_in_trash(self, names: set[str]) -> dict[str, int]:
        """Return rows in the trash by their own names."""
        rows: Any = self.model.all_objects.filter(name__in=names).exclude(trashed_at=None)
        return dict(rows.values_list("name", "pk"))

    def _named(self, names: set[str]) -> dict[str, set[int]]:
        pks_by_name: dict[str, set[int]] = defaultdict(set)
        rows: Any = self.model.objects.filter(name__in=names).values_list("name", "pk")
        others = OtherName.objects.filter(name__in=names, **{f"{self.owner}__isnull": False})
        for name, pk in [*rows, *others.annotate(of=F(self.owner)).values_list("name", "of")]:
            pks_by_name[name].add(pk)
        return pks_by_name


def _names(record: ParsedPerson | ParsedOrganization) -> list[str]:
    """Return the names by which a record may be known already: its own, and others of more than one word."""
    others = [other_name.name for other_name in record.other_names if " " in other_name.name]
    return [record.name, *others] if record.name else []
