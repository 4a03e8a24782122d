"""Parsed memberships -> rows: a role is the same when person, organization, words and first day are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from articles.models import Membership

from .parsed import ParsedMembership
from .store import touched_by_hand

_Same = tuple[int, int, str, str]


@dataclass(frozen=True, slots=True)
class Held:
    """A role whose person and organization are rows."""

    person: int
    organization: int
    said: ParsedMembership

    @property
    def same(self) -> _Same:
        return self.person, self.organization, self.said.role, self.said.start_date


def store_roles(roles: Sequence[Held], source: str, *, confirm: bool) -> Counter[str]:
    """Create, fill up or confirm ``roles``; what was edited or deleted at the desk stays so. Returns what became."""
    people = {role.person for role in roles}
    rows = {row.pk: row for row in Membership.objects.filter(person__in=people)}
    known = _known(people) | {_same(row): row.pk for row in rows.values()}
    touched = touched_by_hand(Membership, rows)
    new: dict[_Same, Membership] = {}
    changed: dict[int, Membership] = {}
    became: Counter[str] = Counter()
    met: set[_Same] = set()
    for role in roles:
        pk = known.get(role.same)
        if role.same in met:  # said twice, perhaps with another last day: the first holds
            continue
        met.add(role.same)
        if pk is None:
            new[role.same] = _new(role, confirm)
            continue
        row = rows.get(pk or 0)
        if row and _set(row, role.said, confirm=confirm, is_ours=row.pk not in touched):
            changed[row.pk] = row
        else:
            became["unchanged"] += 1
    reason = f"Imported: {source}"
    bulk_create_with_history(list(new.values()), Membership, default_change_reason=reason)
    fields = ["end_date", "source_url", "is_confirmed", "is_public"]
    bulk_update_with_history(
        list(changed.values()), Membership, fields, default_change_reason=reason
    )
    return became + Counter(created=len(new), updated=len(changed))


def _known(people: set[int]) -> dict[_Same, int]:
    """Return the rows that ever said a role of ``people``, also those deleted since, or worded anew."""
    kept = Membership.history.filter(person_id__in=people).order_by("history_id")  # type: ignore[attr-defined]
    columns = ("person_id", "organization_id", "role", "start_date", "id")
    return {
        (who, where, role, start): pk for who, where, role, start, pk in kept.values_list(*columns)
    }


def _same(row: Membership) -> _Same:
    return row.person_id, row.organization_id, row.role, row.start_date


def _new(role: Held, confirm: bool) -> Membership:
    said = role.said
    return Membership(
        person_id=role.person,
        organization_id=role.organization,
        role=said.role,
        start_date=said.start_date,
        end_date=said.end_date,
        source_url=said.source_url,
        is_confirmed=confirm,
        is_public=confirm,
    )


def _set(row: Any, said: ParsedMembership, *, confirm: bool, is_ours: bool) -> bool:
    before = row.end_date, row.source_url, row.is_confirmed, row.is_public
    may_change = is_ours and (confirm or not row.is_confirmed)
    for field in ("end_date", "source_url"):
        value = getattr(said, field)
        if value and (may_change or not getattr(row, field)):
            setattr(row, field, value)  # a role that was held still may have ended
    if confirm and is_ours and not row.is_confirmed:
        row.is_confirmed = row.is_public = True
    return bool(before != (row.end_date, row.source_url, row.is_confirmed, row.is_public))
