"""Parsed people and organizations -> rows. What a person of the newsroom has decided is never overwritten."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from articles.models import DeskNameWord, Identifier, NameWord, Organization, OtherName, Person
from articles.text.fold import slugify
from articles.text.names.sort_name import sort_name

from .formats.types import ParsedOrganization, ParsedPerson
from .identity import Identities, Row

Record = ParsedPerson | ParsedOrganization
FIELDS: dict[type[Row], tuple[str, ...]] = {
    Person: ("given_name", "family_name", "sort_name", "honorific", "biography"),
    Organization: ("abbreviation", "kind", "description"),
}
_EMPTY = {"", Organization.Kind.OTHER}


def touched_by_hand(model: Any, keys: Iterable[int]) -> set[int]:
    """Return those of the rows ``keys`` that somebody has edited at the desk."""
    rows = model.history.filter(id__in=keys, history_user__isnull=False)
    return set(rows.values_list("id", flat=True))


class RowWriter:
    """What one batch writes of one model: new rows, changes, other names and identifiers, a few queries each."""

    def __init__(
        self, model: type[Row], identities: Identities, seen: set[tuple[str, int]], *, confirm: bool
    ) -> None:
        self.seen = seen  # rows that a record of this run was about: of two, the first holds
        self.model, self.identities, self.confirm = model, identities, confirm
        self.owner = identities.owner
        self.changed: set[int] = set()
        self.created: set[int] = set()
        self.names: list[OtherName] = []
        self.ids: list[Identifier] = []

    def create(self, records: Sequence[Record]) -> list[int]:
        """Create a row for each of ``records``; return their keys in order."""
        rows = [self._new(record) for record in records]
        reason = f"Imported: {self.identities.source}"
        rows = bulk_create_with_history(rows, self.model, default_change_reason=reason)
        for record, row in zip(records, rows, strict=True):
            self._add_names(record, row, {record.name})
            self._add_ids(record, row, {}, only_new_schemes=False)
            self.identities.remember(record, row.pk)
            self.seen.add((self.owner, row.pk))
        self.created |= {row.pk for row in rows}
        return [row.pk for row in rows]

    def update(self, matched: Sequence[tuple[Record, int]]) -> set[int]:
        """Bring ``matched`` up to what their records say; return the keys of the rows that this changed."""
        keys = {pk for _, pk in matched}
        rows: dict[int, Any] = self.model.objects.in_bulk(keys)
        touched = touched_by_hand(self.model, keys)
        names: dict[int, set[str]] = defaultdict(set)
        others = OtherName.objects.filter(**{f"{self.owner}__in": keys})
        for pk, name in others.values_list(self.owner, "name"):
            names[pk].add(name)
        changed, fields = {}, (*FIELDS[self.model], "is_confirmed")
        added = set()
        for record, pk in matched:
            row, before = rows[pk], len(self.names) + len(self.ids)
            is_ours = pk not in touched
            is_first = (self.owner, pk) not in self.seen
            self.seen.add((self.owner, pk))
            if self._set(row, record, is_ours, may_replace=is_ours and is_first):
                changed[pk] = row
            if is_ours:
                self._add_names(record, row, names[pk] | {row.name})
            self._add_ids(record, row, self.identities.ids[pk], only_new_schemes=not is_ours)
            if len(self.names) + len(self.ids) > before:
                added.add(pk)
        reason = f"Imported: {self.identities.source}"
        bulk_update_with_history(
            list(changed.values()), self.model, list(fields), default_change_reason=reason
        )
        self.changed |= changed.keys() | added
        return changed.keys() | added

    def finish(self) -> None:
        """Write the other names and the identifiers; readers find whom they have by the new names."""
        OtherName.objects.bulk_create(self.names)
        NameWord.objects.index(self.model.objects.public().filter(pk__in=self.changed))
        keys = self.changed | self.created
        DeskNameWord.objects.index(self.model.all_objects.filter(pk__in=keys))
        Identifier.objects.bulk_create(self.ids)
        self.names, self.ids = [], []

    def _new(self, record: Record) -> Any:
        values = {field: getattr(record, field) for field in FIELDS[self.model]}
        row = self.model(name=record.name, slug=slugify(record.name, default=self.owner))
        if isinstance(record, ParsedPerson):
            values["sort_name"] = _sort_name(record)
        else:
            values["kind"] = record.kind or Organization.Kind.OTHER
        for field, value in values.items():
            setattr(row, field, value)
        row.is_confirmed = self.confirm
        return row

    def _set(self, row: Any, record: Record, is_ours: bool, *, may_replace: bool) -> bool:
        """Set what may be set; tell whether that changed anything. What is confirmed is only filled up."""
        is_changed = False
        for field in FIELDS[self.model]:
            value, is_empty = getattr(record, field), getattr(row, field) in _EMPTY
            may_change = is_empty or (may_replace and (self.confirm or not row.is_confirmed))
            if value and value != getattr(row, field) and may_change:
                setattr(row, field, value)
                is_changed = True
        if self.confirm and is_ours and not row.is_confirmed:
            row.is_confirmed = is_changed = True
        return is_changed

    def _add_names(self, record: Record, row: Any, known_names: set[str]) -> None:
        choices = OtherName.Visibility
        visibility = choices.PUBLIC if self.confirm else choices.HIDDEN
        pairs = [(other_name.name, other_name.kind) for other_name in record.other_names]
        for name, kind in [(record.name, OtherName.Kind.ALIAS), *pairs]:
            if name and name not in known_names:
                known_names.add(name)
                self.names.append(
                    OtherName(name=name, kind=kind, visibility=visibility, **{self.owner: row})
                )

    def _add_ids(self, record: Record, row: Any, row_ids: Any, *, only_new_schemes: bool) -> None:
        """Add the ids that nobody has; where somebody decided already, only of registers that knew nothing."""
        for key in dict.fromkeys(self.identities.keys_of(record.keys)):
            if key in self.identities.owners or (only_new_schemes and row_ids.get(key[0])):
                continue
            self.identities.owners[key] = (self.owner, row.pk)
            self.ids.append(Identifier(scheme=key[0], identifier=key[1], **{self.owner: row}))


def _sort_name(record: ParsedPerson) -> str:
    family_name, given_name = record.family_name, record.given_name
    derived = (
        f"{family_name}, {given_name}" if family_name and given_name else sort_name(record.name)
    )
    return (record.sort_name or derived)[:200]
