"""The trash emptied, by the operator's command alone: what has a past stays in it, hidden, for good."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from articles import clock
from articles.image_library import remove_image
from articles.models import (
    Article,
    ArticleSearch,
    DeskNameWord,
    EmptiedItem,
    Image,
    Merge,
    MergeStep,
    NameWord,
    Quote,
    Trashable,
    TrashEntry,
)

from .moves import TRASHABLE, row_of
from .references import find_references

KEPT_DAYS = 30


@dataclass
class EmptyingReport:
    """What an emptying deletes: how many rows of each kind; and why others stay, and how many of each."""

    deleted: Counter[str] = field(default_factory=Counter)
    remaining: Counter[str] = field(default_factory=Counter)

    def deleted_text(self) -> str:
        """Return what goes as words, empty for nothing: ``2 articles, 1 tag``."""
        rows = ((count, TRASHABLE[kind]._meta) for kind, count in self.deleted.items())
        return ", ".join(
            f"{count:,} {names.verbose_name if count == 1 else names.verbose_name_plural}"
            for count, names in rows
        )

    def remaining_text(self) -> str:
        """Return what stays and why, empty for nothing: ``2 (readers had it)``."""
        return ", ".join(f"{count:,} ({phrase})" for phrase, count in self.remaining.items())


def find_past(row: Trashable) -> list[str]:
    """Return why ``row``, which is in the trash, is never deleted, as short phrases; empty where nothing keeps it.

    The rule. What readers had, what is on record and what was merged is the paper's past: an edition, a quote on
    record, a merge, and for all but stories any use. Such a row stays in the trash for good, hidden as it is. The
    revisions of a story alone do not keep it for ever: they are why its deletion takes two people and a month. Nobody
    can delete it at the desk, whoever spiked it said why, it can be restored whole for as long as the operator lets it
    lie, and only then is it emptied.
    """
    if not isinstance(row, Article):
        phrases = [gettext("in use or on record")] if find_references(row).blockers else []
        merges = Merge.objects.filter(kind=row._meta.model_name)
        is_merged = merges.filter(Q(survivor=row.pk) | Q(gone=row.pk)).exists()
        return phrases + ([gettext("part of a merge")] if is_merged else [])
    past = {
        gettext("readers had it"): row.editions.exists(),
        gettext("quotes on record"): Quote.all_objects.filter(article=row.pk).exists(),
        gettext("part of a merge"): _has_merge_steps(row),
    }
    return [phrase for phrase, is_so in past.items() if is_so]


def empty_trash(days: int = KEPT_DAYS, *, dry_run: bool = False) -> EmptyingReport:
    """Delete what lies in the trash for ``days`` (24 hours each) or longer and has no past; one transaction a row.

    A story of a source leaves its id behind: no import brings it again. With ``dry_run`` nothing is changed.
    """
    report = EmptyingReport()
    for entry in _due_entries(days):
        with transaction.atomic():
            row = _locked_row(entry)
            phrases = find_past(row) if row else []
            if phrases:
                report.remaining[", ".join(phrases)] += 1
                continue
            if row:
                report.deleted[entry.kind] += 1
            if not dry_run:
                _delete(row)
                TrashEntry.objects.open().filter(pk=entry.pk).update(emptied_at=clock.now())
    return report


def _due_entries(days: int) -> Iterator[TrashEntry]:
    """Yield the open entries that are old enough, stories first: what only they use can go after them."""
    before = clock.now() - timedelta(days=days)
    entries = TrashEntry.objects.open().filter(at__lte=before).order_by("at", "pk")
    yield from entries.filter(kind="article").iterator()
    yield from entries.exclude(kind="article").iterator()


def _locked_row(entry: TrashEntry) -> Any:
    row = row_of(entry)
    if row is None:
        return None
    rows = TRASHABLE[entry.kind].all_objects.exclude(trashed_at=None)
    return rows.select_for_update(of=("self",)).filter(pk=row.pk).first()


def _delete(row: Trashable | None) -> None:
    if row is None:
        return
    if isinstance(row, Image):
        remove_image(row)
        return
    if isinstance(row, Article):
        items = row.imported_items.values_list("source", "ref")
        EmptiedItem.objects.bulk_create(
            (EmptiedItem(source=source, ref=ref) for source, ref in items), ignore_conflicts=True
        )
        ArticleSearch.objects.filter(article=row).unindex()
    else:
        for words in (NameWord.objects, DeskNameWord.objects):
            words.of(row).delete()
    row.delete()


def _has_merge_steps(article: Article) -> bool:
    """Tell whether a merge changed what belongs to ``article``: its undo needs those rows."""
    condition = Q(was__article_id=article.pk)
    relations: Iterable[Any] = Article._meta.get_fields(include_hidden=True)
    for relation in relations:
        if relation.auto_created and not relation.concrete and relation.one_to_many:
            model: Any = relation.related_model
            if hasattr(model, "history_date"):
                continue
            keys = model._base_manager.filter(**{relation.field.name: article.pk})
            condition |= Q(model=model._meta.label_lower, row__in=keys.values("pk"))
    return MergeStep.objects.filter(condition).exists()
