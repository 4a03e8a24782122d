"""One transaction's worth of records: organizations first, then people, then roles."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from articles.importing.parsed import Refused
from articles.importing.unfit import Unfit
from articles.models import Organization, Person

from .identity import Identities, Perhaps, Row
from .parsed import Key, Parsed, ParsedMembership, ParsedOrganization, ParsedPerson
from .report import Report
from .roles import Held, store_roles
from .store import Record, Rows

if TYPE_CHECKING:
    from .run import Options


class Batch:
    """Stores records; ``waiting`` are the keys of those that are perhaps known already, over all batches of a run,
    ``met`` the rows that were written in it.

    Before the last pass what points to a row that is not in yet is passed over, in the last it is refused.
    """

    def __init__(
        self,
        source: str,
        options: "Options",
        report: Report,
        waiting: set[Key],
        met: set[tuple[str, int]],
        *,
        is_last: bool,
    ) -> None:
        self.source, self.options, self.report = source, options, report
        self.waiting, self.is_last = waiting, is_last
        self.met = met
        self.label, self.is_open = "", False

    def store(self, label: str, records: Sequence[Parsed | Refused]) -> bool:
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

    def _store(self, records: Sequence[Parsed | Refused]) -> None:
        if not self.is_last:
            for one in records:
                if isinstance(one, Refused):
                    self.report.refuse(self.label, one)
        people = [one for one in records if isinstance(one, ParsedPerson)]
        roles = [(one, role) for one in people for role in one.memberships]
        loose = [one for one in records if isinstance(one, ParsedMembership)]
        own = [one for one in records if isinstance(one, ParsedOrganization)]
        named = _named([role for _, role in roles] + loose)
        where = self._rows(Organization, own, [*own, *named], _keys_in(roles, loose, own))
        self._set_parents(own, where)
        who = self._rows(Person, people, people, {key for one in loose for key in one.person})
        held = []
        for person, role in roles:
            held += self._held(person.keys, role, person, who, where)
        for role in loose:
            held += self._held(role.person, role, role, who, where)
        confirm = self.options.confirm
        self.report.counts["memberships"] += store_roles(held, self.source, confirm=confirm)

    def _rows(
        self,
        model: type[Row],
        counted: Sequence[Record],
        records: Sequence[Record],
        more: Iterable[Key],
    ) -> Identities:
        """Store ``records``; those of ``counted`` are in the figures, as far as this is the first pass."""
        who = Identities(
            model,
            records,
            self.source,
            match_names=self.options.match_names,
            more=[(scheme or self.source, one) for scheme, one in more],
        )
        rows = Rows(model, who, self.met, confirm=self.options.confirm)
        new, known = self._decided(records, who)
        rows.create(new)
        changed = rows.update(known)
        rows.finish()
        if not self.is_last:
            counts = self.report.counts["people" if model is Person else "organizations"]
            own = {id(one) for one in counted}
            updated = sum(pk in changed for one, pk in known if id(one) in own or pk in changed)
            counts["created"] += len(new)
            counts["updated"] += updated
            counts["unchanged"] += sum(pk not in changed for one, pk in known if id(one) in own)
        return who

    def _decided(
        self, records: Sequence[Record], who: Identities
    ) -> tuple[list[Record], list[tuple[Record, int]]]:
        """Part ``records`` into the new and the known; the rest waits or is refused."""
        new: list[Record] = []
        known: list[tuple[Record, int]] = []
        for record in records:
            try:
                pk = who.row_of(record)
            except Perhaps as perhaps:
                self._wait(record, perhaps, who)
            except Unfit as error:
                self._refuse(record, error)
            else:
                new += [] if pk else [record]
                known += [(record, pk)] if pk else []
        return new, known

    def _wait(self, record: Record, perhaps: Perhaps, who: Identities) -> None:
        marks = {*record.keys} or {("name", record.name)}
        if not marks & self.waiting:
            kind = "people" if who.owner == "person" else "organizations"
            self.report.counts[kind]["waiting"] += 1
            rows = ", ".join(f"no. {pk}" for pk in perhaps.keys)
            self.report.notes.append(
                f"{self.label}, record {record.record or record.name}: {record.name} is perhaps the same as {rows}, "
                "and waits. Give that row one of its ids, or run again with --match-names."
            )
        self.waiting |= marks

    def _held(
        self,
        person: tuple[Key, ...],
        role: ParsedMembership,
        record: Parsed,
        who: Identities,
        where: Identities,
    ) -> list[Held]:
        """Return the role with its rows; none when one of them waits, or is not there."""
        try:
            holder, body = who.row_with(person), self._body(role.organization, where)
        except Unfit as error:
            self._refuse(record, error)
            return []
        if holder and body:
            return [Held(holder, body, role)]
        keys = {*person, *role.organization.keys, ("name", role.organization.name)}
        self.is_open = True
        if keys & self.waiting:
            self.report.counts["memberships"]["waiting"] += self.is_last
        elif self.is_last and (holder or not isinstance(record, ParsedPerson)):
            missing = "organization" if holder else "person"
            told = (role.organization.keys or (("", role.organization.name),)) if holder else person
            reason = f"there is no {missing} with the id {told[0][1][:60]!r}"
            self._refuse(record, Unfit(missing, reason, f"Import the {missing} first."))
        return []

    def _body(self, organization: ParsedOrganization, where: Identities) -> int | None:
        if organization.keys:
            return where.row_with(organization.keys)
        rows = where.named[organization.name]
        if len(rows) > 1:
            raise Unfit("organization", "several have that name", "Name it by an id.")
        return next(iter(rows), None)

    def _refuse(self, record: Parsed, error: Unfit) -> None:
        """Note a record; one that both passes meet is noted once."""
        refused = Refused(record.record, error.field, str(error), error.remedy, record.original)
        before = len(self.report.refusals)
        self.report.refuse(self.label, refused)
        if self.report.refusals[-1] in self.report.refusals[:before]:
            self.report.refusals.pop()

    def _set_parents(self, organizations: Sequence[ParsedOrganization], where: Identities) -> None:
        """Set the parents that are not set yet; one that would make a ring is left out."""
        wanted = [one for one in organizations if one.parent]
        if not wanted:
            return
        above = dict(Organization.objects.values_list("pk", "parent"))
        for one in wanted:
            try:
                child, parent = where.row_with(one.keys), where.row_with([one.parent])  # type: ignore[list-item]
            except Unfit:
                continue
            self.is_open = self.is_open or not parent
            if (
                child
                and parent
                and above.get(child) is None
                and not _is_above(child, parent, above)
            ):
                above[child] = parent
                Organization.objects.filter(pk=child, parent=None).update(parent=parent)


def _is_above(one: int, other: int, above: dict[int, int | None]) -> bool:
    at: int | None = other
    while at is not None and at != one:
        at = above.get(at)
    return at == one


def _named(roles: Iterable[ParsedMembership]) -> list[ParsedOrganization]:
    """Return the organizations that roles name in full, each once."""
    return list(dict.fromkeys(one.organization for one in roles if one.organization.name))


def _keys_in(
    roles: Sequence[tuple[ParsedPerson, ParsedMembership]],
    loose: Sequence[ParsedMembership],
    own: Sequence[ParsedOrganization],
) -> set[Key]:
    """Return the ids by which roles and parents are pointed to."""
    all_roles = [*(role for _, role in roles), *loose]
    pointed = {key for one in all_roles for key in one.organization.keys}
    return pointed | {one.parent for one in own if one.parent}
