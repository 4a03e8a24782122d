"""An old revision beside the working copy: the whole, or the fields and paragraphs that an editor chooses of it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from articles.models import Article, Revision, User
from articles.models.snapshot_merges import choose_sides, merge_snapshots
from articles.models.snapshots import comparable_values, fill_defaults, resolve_links
from articles.record import sync_record
from articles.story_fields import FIELDS_BY_NAME

from .merge_parts import ShownPart, name_parts, show_parts
from .snapshot_diff import field_label

LEFT_ALONE = {
    "is_on_hold",
    "pub_status",
    "embargoed_until",
}  # an old version lifts no hold of today


def restorable_values(article: Article, revision: Revision) -> dict[str, Any]:
    """Return of ``revision`` what may come back: no hold of today is lifted, no story that readers had is moved."""
    left_alone = LEFT_ALONE | ({"slug"} if article.editions.exists() else set())
    values = fill_defaults(Article, revision.snapshot)
    return {name: value for name, value in values.items() if name not in left_alone}


def show_restorable_parts(
    article: Article, revision: Revision, sides: Mapping[str, str]
) -> list[ShownPart]:
    """Return what differs in ``revision`` from the working copy, each to be chosen; ``sides`` by the parts' names."""
    merged, _, _ = _merge_with_now(article, revision)
    names = name_parts(merged)
    chosen = {key: sides[name] for key, name in names.items() if name in sides}
    return show_parts(merged, chosen, names)


def restore_parts(
    article: Article, revision: Revision, sides: Mapping[str, str], *, by: User
) -> tuple[list[str], list[str]]:
    """Bring the parts of ``revision`` back that ``sides`` choose by their names, as one new revision by ``by``.

    Returns the fields that it changed, none where nothing was stored, and sentences on what was deleted since. The
    caller holds the lock. Raises ChoiceError for what is no part or no side. ``restored_from`` is set where all of the
    revision is back: later versions from the wire wait then. Less is an edit like others, which they are merged with.
    """
    values, now, then = _choose_parts(article, revision, sides)
    changed = [name for name in FIELDS_BY_NAME if name in now and values[name] != now[name]]
    visible = [name for name in changed if not FIELDS_BY_NAME[name].is_derived] or changed
    fields = ", ".join(map(field_label, visible))
    note = gettext("From revision %(number)s: %(fields)s") % {
        "number": revision.number,
        "fields": fields,
    }
    _, notes = resolve_links(Article, {name: revision.snapshot.get(name) for name in changed})
    is_whole = all(values[name] == value for name, value in then.items())
    restored_from = revision.number if is_whole else None
    origin: dict[str, Any] = {"restored_from": restored_from, "note": note[:500]}
    is_changed, more = write_restored(
        article, {name: values[name] for name in changed}, by=by, **origin
    )
    return (visible if is_changed else []), notes + more


def choose_restored(
    article: Article, revision: Revision, sides: Mapping[str, str]
) -> dict[str, Any]:
    """Return ``article`` as it is stored with the parts of ``revision`` that ``sides`` choose. Raises ChoiceError."""
    return _choose_parts(article, revision, sides)[0]


def write_restored(
    article: Article, values: dict[str, Any], *, by: User, restored_from: int | None, note: str = ""
) -> tuple[bool, list[str]]:
    """Write ``values`` of an old revision into ``article``, as a new one if it changes anything.

    The record follows. The caller holds the lock. Tells whether anything was stored, and gives sentences on what was
    deleted since, and on what the record makes of it.
    """
    before = _stored_snapshot(article)
    notes = article.apply_snapshot(values)
    if _stored_snapshot(article) == before:
        return False, notes
    article.create_revision(by, restored_from=restored_from, note=note)
    return True, notes + sync_record(article, by=by)


def _choose_parts(
    article: Article, revision: Revision, sides: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Return what ``sides`` choose by the names of the parts, then what is now and then."""
    merged, now, then = _merge_with_now(article, revision)
    keys = {name: key for key, name in name_parts(merged).items()}
    chosen = {keys.get(name, name): side for name, side in sides.items()}
    return choose_sides(merged, chosen, mine=now, theirs=then), now, then


def _merge_with_now(
    article: Article, revision: Revision
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Return ``revision`` merged with what is stored so that each difference is a choice, then what is now and then."""
    resolved, _ = resolve_links(Article, restorable_values(article, revision))
    comparable = comparable_values(Article, resolved)
    then = {name: comparable[name] for name in resolved}
    stored = comparable_values(Article, _stored_snapshot(article))
    now = {name: stored[name] for name in then if name in stored}
    return merge_snapshots(now, now, then, choose_all=True), now, then


def _stored_snapshot(article: Article) -> dict[str, Any]:
    return Article.objects.with_everything().get(pk=article.pk).snapshot()
