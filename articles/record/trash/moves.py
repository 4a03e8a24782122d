"""Into the trash and back: one row, whole, with an entry in its history and in those of the stories it changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, ngettext_lazy

from articles import clock, dates
from articles.models import (
    Article,
    Author,
    Edition,
    Image,
    Organization,
    Person,
    Tag,
    Trashable,
    TrashEntry,
    User,
)

from .references import RowReferences, find_references, linked_stories

TRASHABLE: dict[str, Any] = {
    model._meta.model_name or "": model
    for model in (Article, Image, Author, Person, Organization, Tag)
}

REVISIONS = ngettext_lazy("{count} revision", "{count} revisions")
EDITIONS = ngettext_lazy("{count} edition", "{count} editions")
QUOTES = ngettext_lazy("{count} quote on record", "{count} quotes on record")
NAMES = ngettext_lazy("{count} name on record", "{count} names on record")
SUGGESTIONS = ngettext_lazy("{count} suggestion that waits", "{count} suggestions that wait")
VERSIONS = ngettext_lazy(
    "{count} version from the wire that waits", "{count} versions from the wire that wait"
)
PROPOSALS = ngettext_lazy("{count} proposal that waits", "{count} proposals that wait")
REPLIES = ngettext_lazy("{count} request for a reply", "{count} requests for a reply")


class NotTrashable(Exception):
    """Raised instead of moving a row. ``reasons`` are sentences for the editor, at least one."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def describe_move(row: Trashable) -> RowReferences:
    """Return what keeps ``row`` out of the trash, and what would go with it; of a story, what keeps it from a spike."""
    if not isinstance(row, Article):
        return find_references(row)
    blockers = list(_reader_sentences(row))
    remedy = gettext("Withdraw it, or cancel the schedule, first.") if blockers else ""
    return RowReferences(blockers, list(_story_consequences(row)), remedy)


def move_to_trash(row: Trashable, *, by: User | None, reason: str = "") -> TrashEntry:
    """Put ``row`` away; a story is spiked, with a ``reason``. Everything of it stays, hidden, to be restored.

    One transaction under the locks of the row and of the stories that are filed under it, each of which gets a
    revision. A row that is in the trash already stays as it is, and its entry is returned. Raises NotTrashable.
    """
    reason = " ".join(reason.split())[:500]
    with _locked(row) as locked:
        if locked.trashed_at is not None:
            return open_entry(locked)
        if isinstance(locked, Article) and not reason:
            raise NotTrashable(
                [gettext("Say why it is spiked: the newsroom reads it in the trash.")]
            )
        references = describe_move(locked)
        if references.blockers:
            raise NotTrashable([*references.blockers, references.remedy])
        locked.trashed_at = row.trashed_at = clock.now()
        if isinstance(locked, Article):
            _save_row(locked, "")
            locked.create_revision(by, note=gettext("Spiked: %(reason)s") % {"reason": reason})
            row.revision_number = locked.revision_number  # type: ignore[attr-defined]  # a story, too
        else:
            _save_row(locked, gettext("Moved to the trash"))
            _keep_revisions(locked, by, gettext("“%(name)s” was moved to the trash."))
        return TrashEntry.objects.create(
            kind=locked._meta.model_name or "",
            row=locked.pk,
            name=str(locked)[:300],
            reason=reason,
            by=by,
            at=locked.trashed_at,
        )


def restore_from_trash(entry: TrashEntry, *, by: User | None) -> Trashable:
    """Bring the row of ``entry`` back whole: its links, names and address are as they were. Returns the row.

    A row that is back already stays as it is. Raises NotTrashable for one that was emptied from the trash.
    """
    row = row_of(entry)
    if row is None:
        raise NotTrashable([gettext("It was emptied from the trash: nothing of it is left.")])
    with _locked(row) as locked:
        open_entries = TrashEntry.objects.open().filter(kind=entry.kind, row=entry.row)
        if locked.trashed_at is None:
            return locked
        locked.trashed_at = None
        if isinstance(locked, Article):
            _save_row(locked, "")
            locked.create_revision(by, note=gettext("Restored: it is no longer spiked."))
        else:
            _save_row(locked, gettext("Restored from the trash"))
            _keep_revisions(locked, by, gettext("“%(name)s” came back from the trash."))
        open_entries.update(restored_at=clock.now(), restored_by=by)
        return locked


def row_of(entry: TrashEntry) -> Trashable | None:
    """Return the row of ``entry``, wherever it is; None once it is deleted."""
    return TRASHABLE[entry.kind].all_objects.filter(pk=entry.row).first()


def open_entry(row: Trashable) -> TrashEntry:
    """Return the entry of ``row``, which is in the trash."""
    kind = row._meta.model_name
    return TrashEntry.objects.open().select_related("by").filter(kind=kind, row=row.pk)[0]


@contextmanager
def _locked(row: Trashable) -> Iterator[Trashable]:
    """Lock the stories that are filed under ``row``, as publishing does, then the row; give it as it is stored."""
    model: Any = type(row)
    with transaction.atomic():
        stories = Article.all_objects.filter(pk__in=linked_stories(row)).order_by("pk")
        list(stories.locked().values_list("pk"))
        yield model.all_objects.select_for_update(of=("self",)).get(pk=row.pk)


def _save_row(row: Trashable, change_reason: str) -> None:
    if change_reason and hasattr(type(row), "history"):
        row._change_reason = change_reason  # type: ignore[attr-defined]  # the history's own
    row.save(update_fields=["trashed_at"])


def _keep_revisions(row: Trashable, by: User | None, note: str) -> None:
    """Keep what the working copies under ``row`` say now as revisions of theirs."""
    for article in Article.all_objects.filter(pk__in=linked_stories(row)).order_by("pk"):
        article.create_revision(by, note=(note % {"name": row})[:500])


def _reader_sentences(article: Article) -> Iterator[str]:
    """Yield what readers have of ``article`` or will have: such a story is not spiked."""
    row = Article.all_objects.with_state().get(pk=article.pk)
    if row.live_kind not in (None, Edition.Kind.WITHDRAWAL) or row.unreached_start:
        yield gettext("It is live: readers have it.")
    if row.scheduled_for:
        when = dates.format_datetime(row.scheduled_for)
        yield gettext("Its publication is scheduled for %(when)s.") % {"when": when}


def _story_consequences(article: Article) -> Iterator[str]:
    versions = article.waiting_changes.filter(state="open")
    counts = (
        (REVISIONS, article.revisions.count()),
        (EDITIONS, article.editions.count()),
        (QUOTES, article.quotes.count()),
        (NAMES, article.mentions.count()),
        (SUGGESTIONS, article.suggestions.open().count()),
        (VERSIONS, versions.count()),
        (PROPOSALS, article.proposals.open().count()),
        (REPLIES, article.replies.count()),
    )
    parts = [
        str(phrase % count).replace("{count}", f"{count:,}") for phrase, count in counts if count
    ]
    yield gettext("It takes along, and brings back: %(parts)s.") % {"parts": ", ".join(parts)}
    if article.source:
        yield gettext("Newer versions from its source wait in the trash with it.")
