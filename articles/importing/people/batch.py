"""One transaction's worth of records: organizations first, then people, then roles."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext

from articles.importing.formats.types import RecordError, RejectedRecord
from articles.models import Organization, Person
from articles.text.messages import Message

from .formats.types import Key, Parsed, ParsedMembership, ParsedOrganization, ParsedPerson
from .identity import Identities, MatchInTrash, PossibleMatch, Row
from .options import PeopleOptions
from .report import PeopleReport
from .roles import ResolvedRole, store_roles
from .store import Record, RowWriter


class PeopleBatch:
    """Stores records; ``waiting`` are the keys of those that are perhaps known already, over all batches of a run,
    ``seen`` the rows that were written in it.

    Before the last pass what points to a row that is not in yet is passed over, in the last it is refused.
    """

    def __init__(
        self,
        source: str,
        options: PeopleOptions,
        report: PeopleReport,
        waiting: set[Key],
        seen: set[tuple[str, int]],
        *,
        is_last: bool,
    ) -> None:
        self.source, self.options, self.report = source, options, report
        self.waiting, self.is_last = waiting, is_last
        self.seen = seen
        self.label, self.is_open = "", False

    def store(self, label: str, records: Sequence[Parsed | RejectedRecord]) -> bool:
        """Store ``records``; tell whether something was left for the last pass. Figures count only if it succeeds."""
        self.label, self.is_open = label, False
        before = {kind: counts.copy() for kind, counts in self.report.counts.items()}
        refusals, notes = len(self.report.refusals), len(self.report.notes)
        try:
            self._store(records)
        except Exception:
            self.report.counts = before
            del self.report.refusals[refusals:], self.report.notes[notes:]
            raise
        return self.is_open

    def _store(self, records: Sequence[Parsed | RejectedRecord]) -> None:
        if not self.is_last:
            for record in records:
                if isinstance(record, RejectedRecord):
                    self.report.refuse(self.label, record)
        people = [record for record in records if isinstance(record, ParsedPerson)]
        roles = [(record, role) for record in people for role in record.memberships]
        memberships = [record for record in records if isinstance(record, ParsedMembership)]
        organizations = [record for record in records if isinstance(record, ParsedOrganization)]
        named = _named_organizations([role for _, role in roles] + memberships)
        organization_rows = self._store_rows(
            Organization,
            organizations,
            [*organizations, *named],
            _organization_keys(roles, memberships, organizations),
        )
        self._set_parents(organizations, organization_rows)
        person_rows = self._store_rows(
            Person, people, people, {key for record in memberships for key in record.person}
        )
        resolved = []
        for person, role in roles:
            resolved += self._resolve_role(
                person.keys, role, person, person_rows, organization_rows
            )
        for role in memberships:
            resolved += self._resolve_role(role.person, role, role, person_rows, organization_rows)
        confirm = self.options.confirm
        self.report.counts["memberships"] += store_roles(resolved, self.source, confirm=confirm)

    def _store_rows(
        self,
        model: type[Row],
        counted: Sequence[Record],
        records: Sequence[Record],
        other_keys: Iterable[Key],
    ) -> Identities:
        """Store ``records``; those of ``counted`` are in the figures, as far as this is the first pass."""
        identities = Identities(
            model,
            records,
            self.source,
            match_names=self.options.match_names,
            other_keys=[(scheme or self.source, item) for scheme, item in other_keys],
        )
        rows = RowWriter(model, identities, self.seen, confirm=self.options.confirm)
        new, matched = self._match_records(records, identities)
        rows.create(new)
        changed = rows.update(matched)
        rows.finish()
        if not self.is_last:
            counts = self.report.counts["people" if model is Person else "organizations"]
            counted_ids = {id(item) for item in counted}
            updated = sum(
                pk in changed for item, pk in matched if id(item) in counted_ids or pk in changed
            )
            counts["created"] += len(new)
            counts["updated"] += updated
            counts["unchanged"] += sum(
                pk not in changed for item, pk in matched if id(item) in counted_ids
            )
        return identities

    def _match_records(
        self, records: Sequence[Record], identities: Identities
    ) -> tuple[list[Record], list[tuple[Record, int]]]:
        """Part ``records`` into the new and the known; the rest waits or is refused."""
        new: list[Record] = []
        matched: list[tuple[Record, int]] = []
        for record in records:
            try:
                pk = identities.row_of(record)
            except PossibleMatch as match:
                self._wait(record, match, identities)
            except MatchInTrash as match_in_trash:
                self._wait_in_trash(record, match_in_trash, identities)
            except RecordError as error:
                self._refuse(record, error)
            else:
                new += [] if pk else [record]
                matched += [(record, pk)] if pk else []
        return new, matched

    def _wait(self, record: Record, match: PossibleMatch, identities: Identities) -> None:
        rows = ", ".join(f"no. {pk}" for pk in match.keys)
        self._note_waiting(
            record,
            identities,
            f"{self.label}, record {record.record or record.name}: {record.name} is perhaps the same as {rows}, "
            "and waits. Give that row one of its ids, or run again with --match-names.",
        )

    def _wait_in_trash(self, record: Record, match: MatchInTrash, identities: Identities) -> None:
        sentence = gettext(
            "%(file)s, record %(record)s: %(name)s is no. %(pk)s, which is in the trash, and waits. Restore it there, "
            "or leave the record out."
        )
        label = record.record or record.name
        values = {"file": self.label, "record": label, "name": record.name, "pk": match.pk}
        self._note_waiting(record, identities, sentence % values)

    def _note_waiting(self, record: Record, identities: Identities, note: str) -> None:
        keys = {*record.keys} or {("name", record.name)}
        if not keys & self.waiting:
            kind = "people" if identities.owner == "person" else "organizations"
            self.report.counts[kind]["waiting"] += 1
            self.report.notes.append(note)
        self.waiting |= keys

    def _resolve_role(
        self,
        person: tuple[Key, ...],
        role: ParsedMembership,
        record: Parsed,
        person_rows: Identities,
        organization_rows: Identities,
    ) -> list[ResolvedRole]:
        """Return the role with its rows; none when one of them waits, or is not there."""
        try:
            holder, organization = (
                person_rows.row_with(person),
                self._organization_pk(role.organization, organization_rows),
            )
        except RecordError as error:
            self._refuse(record, error)
            return []
        if holder and organization:
            return [ResolvedRole(holder, organization, role)]
        keys = {*person, *role.organization.keys, ("name", role.organization.name)}
        self.is_open = True
        if keys & self.waiting:
            self.report.counts["memberships"]["waiting"] += self.is_last
        elif self.is_last and (holder or not isinstance(record, ParsedPerson)):
            missing = "organization" if holder else "person"
            missing_keys = (
                (role.organization.keys or (("", role.organization.name),)) if holder else person
            )
            reason = Message(
                "there is no %(kind)s with the id %(id)s",
                {"kind": missing, "id": repr(missing_keys[0][1][:60])},
                "people.missing",
            )
            self._refuse(record, RecordError(missing, reason, f"Import the {missing} first."))
        return []

    def _organization_pk(
        self, organization: ParsedOrganization, organization_rows: Identities
    ) -> int | None:
        if organization.keys:
            return organization_rows.row_with(organization.keys)
        rows = organization_rows.named[organization.name]
        if len(rows) > 1:
            raise RecordError(
                "organization",
                Message("several have that name", code="people.ambiguous_name"),
                "Name it by an id.",
            )
        return next(iter(rows), None)

    def _refuse(self, record: Parsed, error: RecordError) -> None:
        """Note a record; one that both passes meet is noted once."""
        refused = RejectedRecord(
            record.record, error.field, error.reason, error.remedy, record.original
        )
        before = len(self.report.refusals)
        self.report.refuse(self.label, refused)
        if self.report.refusals[-1] in self.report.refusals[:before]:
            self.report.refusals.pop()

    def _set_parents(self, organizations: Sequence[ParsedOrganization], rows: Identities) -> None:
        """Set the parents that are not set yet; one that would make a ring is left out."""
        children = [(record.keys, record.parent) for record in organizations if record.parent]
        if not children:
            return
        parents = dict(Organization.objects.values_list("pk", "parent"))
        for keys, parent_key in children:
            try:
                child, parent = rows.row_with(keys), rows.row_with([parent_key])
            except RecordError:
                continue
            self.is_open = self.is_open or not parent
            if (
                child
                and parent
                and parents.get(child) is None
                and not _is_ancestor(child, parent, parents)
            ):
                parents[child] = parent
                Organization.objects.filter(pk=child, parent=None).update(parent=parent)


def _is_ancestor(ancestor: int, descendant: int, parents: dict[int, int | None]) -> bool:
    current: int | None = descendant
    while current is not None and current != ancestor:
        current = parents.get(current)
    return current == ancestor


def _named_organizations(roles: Iterable[ParsedMembership]) -> list[ParsedOrganization]:
    """Return the organizations that roles name in full, each once."""
    return list(dict.fromkeys(role.organization for role in roles if role.organization.name))


def _organization_keys(
    roles: Sequence[tuple[ParsedPerson, ParsedMembership]],
    memberships: Sequence[ParsedMembership],
    organizations: Sequence[ParsedOrganization],
) -> set[Key]:
    """Return the ids by which roles and parents are pointed to."""
    all_roles = [*(role for _, role in roles), *memberships]
    keys = {key for record in all_roles for key in record.organization.keys}
    return keys | {record.parent for record in organizations if record.parent}
