"""What an editor decides about a version that waits beside an article."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from articles import clock
from articles.models import Article, User, WaitingChange
from articles.models.snapshots import resolve_links
from articles.record import sync_record

from .merge_versions import MergedVersion, field_names, merge_version


class ChangeReplacedError(Exception):
    """Raised instead of deciding: since the change was read a newer version has taken its place."""


def merge_waiting(change: WaitingChange) -> MergedVersion:
    """Merge the waiting version with its article as it is now; nothing is written. Its choices are the editor's."""
    article = change.article
    item = article.imported_items.filter(source=article.source).order_by("pk").last()
    return merge_version(article, item, change.values)


def accept_change(change: WaitingChange, *, by: User) -> list[str]:
    """Write the waiting version over the article, as a revision by ``by``; what readers have stays as it is.

    Does nothing if the change was decided already. Returns sentences: what it named that was deleted since, what a
    hold or a kill in it did to the live story. Raises ChangeReplacedError.
    """
    with transaction.atomic():
        if not _close(change, WaitingChange.State.TAKEN, by):
            return []
        note = gettext("%(version)s, taken whole.") % {"version": describe_version(change)}
        return _write(change, change.values, by, note)


def merge_change(
    change: WaitingChange, *, by: User, sides: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """Bring the waiting version into the article beside the changes made here, as one revision by ``by``.

    ``sides`` are "mine" or "theirs" by the key of a part that both changed (``text.merge3.list_parts``); ours stands
    where nothing is chosen. Returns the fields that it changed, none where nothing came in (then there is no revision),
    and sentences as ``accept_change``. Raises ChangeReplacedError, and ChoiceError for what is no part or no side;
    nothing is stored then.
    """
    with transaction.atomic():
        article = Article.objects.locked().get(pk=change.article_id)
        merged = merge_waiting(change)
        values = merged.chosen_values(sides)
        if not _close(change, WaitingChange.State.TAKEN, by):
            return [], []
        changed = [name for name in merged.changed if values[name] != merged.mine[name]]
        if not changed:
            _save_base(change, article)
            return [], []
        _, notes = resolve_links(Article, {name: change.values[name] for name in changed})
        note = _merge_note(change, merged, values, changed)
        return changed, notes + _write(change, values, by, note)


def dismiss_change(change: WaitingChange, *, by: User) -> None:
    """Set the waiting version aside; the article stays as the editors made it. Raises ChangeReplacedError."""
    with transaction.atomic():
        _close(change, WaitingChange.State.LEFT, by)


def describe_version(change: WaitingChange) -> str:
    """Name the version: ``Version 3 of the source``."""
    if not change.version:
        return gettext("A version of the source")
    return gettext("Version %(version)s of the source") % {"version": change.version}


def _close(change: WaitingChange, state: str, by: User) -> bool:
    """Close ``change`` once, under its article's lock; tell whether it was open. Raises ChangeReplacedError."""
    Article.objects.locked().get(pk=change.article_id)
    rows = WaitingChange.objects.filter(pk=change.pk, state=WaitingChange.State.OPEN)
    stored = rows.first()
    if stored is None:
        return False
    if stored.values != change.values:
        raise ChangeReplacedError(gettext("A newer version has arrived: nothing was decided."))
    rows.update(state=state, decided_by=by, decided_at=clock.now())
    return True


def _write(change: WaitingChange, values: Mapping[str, Any], by: User, note: str) -> list[str]:
    """Write ``values`` as a revision by ``by``, and note which version it has taken in; the article is locked."""
    article = Article.objects.get(pk=change.article_id)
    article.original, article.original_map = change.original, []
    notes = article.apply_snapshot(dict(values))
    article.create_revision(by, note=note[:500])
    _save_base(change, article)
    return notes + sync_record(article, by=by)


def _save_base(change: WaitingChange, article: Article) -> None:
    WaitingChange.objects.filter(pk=change.pk).update(revision_number=article.revision_number)
    items = article.imported_items.filter(source=article.source)
    items.update(base_revision=None, base_values=change.values)


def _merge_note(
    change: WaitingChange, merged: MergedVersion, values: Mapping[str, Any], changed: list[str]
) -> str:
    """Say for the history what came in, and of what both had changed what stayed and what did not."""
    ours = [name for name in merged.collisions if values[name] != merged.theirs[name]]
    sentences = [
        gettext("%(version)s, beside the changes made here.")
        % {"version": describe_version(change)},
        gettext("It changed: %(fields)s.") % {"fields": field_names(changed)},
    ]
    if ours:
        sentences.append(gettext("Ours stayed in: %(fields)s.") % {"fields": field_names(ours)})
    return " ".join(sentences)
