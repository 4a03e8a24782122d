"""Parsed memberships -> rows: a role is the same when person, organization, words and first day are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from articles.models import Membership

from .formats.types import ParsedMembership
from .store import touched_by_hand

_RoleKey = tuple[int, int, str, str]


@dataclass(frozen=True, slots=True)
class ResolvedRole:
    """A role whose person and organization are rows."""

    person: int
    organization: int
    parsed: ParsedMembership

    @property
    def key(self) -> _RoleKey:
        return self.person, self.organization, self.parsed.role, self.parsed.start_date


def store_roles(roles: Sequence[ResolvedRole], source: str, *, confirm: bool) -> Counter[str]:
    """Create, fill up or confirm ``roles``; what was edited or deleted at the desk stays so. Returns what became."""
    people = {role.person for role in roles}
    rows = {row.pk: row for row in Membership.objects.filter(person__in=people)}
    pks_by_key = _pks_in_history(people) | {_role_key(row): row.pk for row in rows.values()}
    touched = touched_by_hand(Membership, rows)
    new: dict[_RoleKey, Membership] = {}
    changed: dict[int, Membership] = {}
    counts: Counter[str] = Counter()
    seen: set[_RoleKey] = set()
    for role in roles:
        pk = pks_by_key.get(role.key)
        if role.key in seen:  # said twice, perhaps with another last day: the first holds
            continue
        seen.add(role.key)
        if pk is None:
            new[role.key] = _new_membership(role, confirm)
            continue
        row = rows.get(pk or 0)
        if row and _update_membership(
            row, role.parsed, confirm=confirm, is_ours=row.pk not in touched
        ):
            changed[row.pk] = row
        else:
            counts["unchanged"] += 1
    reason = f"Imported: {source}"
    bulk_create_with_history(list(new.values()), Membership, default_change_reason=reason)
    fields = ["end_date", "source_url", "is_confirmed", "is_public"]
    bulk_update_with_history(
        list(changed.values()), Membership, fields, default_change_reason=reason
    )
    return counts + Counter(created=len(new), updated=len(changed))


def _pks_in_history(people: set[int]) -> dict[_RoleKey, int]:
    """Return the rows that ever said a role of ``people``, also those deleted since, or worded anew."""
    history = Membership.history.filter(person_id__in=people).order_by("history_id")
    columns = ("person_id", "organization_id", "role", "start_date", "id")
    return {
        (person, organization, role, start): pk
        for person, organization, role, start, pk in history.values_list(*columns)
    }


def _role_key(row: Membership) -> _RoleKey:
    return row.person_id, row.organization_id, row.role, row.start_date


def _new_membership(role: ResolvedRole, confirm: bool) -> Membership:
    parsed = role.parsed
    return Membership(
        person_id=role.person,
        organization_id=role.organization,
        role=parsed.role,
        start_date=parsed.start_date,
        end_date=parsed.end_date,
        source_url=parsed.source_url,
        is_confirmed=confirm,
        is_public=confirm,
    )


def _update_membership(row: Any, parsed: ParsedMembership, *, confirm: bool, is_ours: bool) -> bool:
    before = row.end_date, row.source_url, row.is_confirmed, row.is_public
    may_change = is_ours and (confirm or not row.is_confirmed)
    for field in ("end_date", "source_url"):
        value = getattr(parsed, field)
        if value and (may_change or not getattr(row, field)):
            setattr(row, field, value)  # a role that was held still may have ended
    if confirm and is_ours and not row.is_confirmed:
        row.is_confirmed = row.is_public = True
    return bool(before != (row.end_date, row.source_url, row.is_confirmed, row.is_public))
