"""A newer version of a story -> its working copy, beside what was changed here since the version before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from articles.models import Article, ImportedItem
from articles.models.snapshot_merges import choose_sides, merge_snapshots
from articles.models.snapshots import comparable_values, resolve_links
from articles.story_fields import FIELDS_BY_NAME, OWNED_BY_SOURCE
from articles.text.merge3 import MergeChoice, find_choices, keep_both_sides

WIRE_WORD = "pub_status"  # whether a story may be used: the source's, whatever anybody wrote


@dataclass(frozen=True, slots=True)
class MergedVersion:
    """A version merged with the working copy: the ``values`` to write, and which fields it changes.

    ``mine`` and ``theirs`` are what was merged, as far as the source speaks of it. ``collisions`` are the fields of
    the source that both changed at one place, in the order of the form: a person has to choose. ``is_whole``: the
    working copy becomes what the source sent. ``has_base``: it is known what the source sent before.
    """

    values: Mapping[str, Any]
    mine: Mapping[str, Any]
    theirs: Mapping[str, Any]
    changed: Sequence[str]
    collisions: Sequence[str]
    is_whole: bool
    has_base: bool

    def chosen_values(self, sides: Mapping[str, str]) -> dict[str, Any]:
        """Return the values of the version with ``sides`` of its parts, by key; the headline's origin goes with it.

        Raises ChoiceError, see ``apply_choices``.
        """
        return choose_sides(self.values, sides, mine=self.mine, theirs=self.theirs)


def merge_version(
    article: Article, item: ImportedItem | None, theirs: Mapping[str, Any]
) -> MergedVersion:
    """Merge the version ``theirs`` (in the shape of ``Article.snapshot()``) with the locked ``article``.

    ``item`` knows the version before; without it, or when it does not, whatever differs is a collision.
    Where both changed what is the newsroom's own, the newsroom's stands; its note to editors takes in both.
    """
    stored = Article.objects.with_everything().get(pk=article.pk).snapshot()
    before = _base_snapshot(item) if item else {}
    mine, base, sent = (_values(values, theirs) for values in (stored, before, theirs))
    wire_word = {name: sent[name] for name in (WIRE_WORD,) if name in sent}
    merged = merge_snapshots(base, mine, sent) | wire_word
    choices = find_choices(merged)
    for name in choices.keys() - {*OWNED_BY_SOURCE}:
        merged[name] = _resolved(merged[name], mine[name])
    return MergedVersion(
        values=merged,
        mine=mine,
        theirs=sent,
        changed=[name for name in FIELDS_BY_NAME if name in merged and merged[name] != mine[name]],
        collisions=[name for name in FIELDS_BY_NAME if name in choices and name in OWNED_BY_SOURCE],
        is_whole=merged == sent,
        has_base=bool(base),
    )


def field_names(names: Sequence[str]) -> str:
    """Return the fields as the desk calls them: ``headline, text``."""
    return ", ".join(FIELDS_BY_NAME[name].label for name in names)


def collision_sentence(merged: MergedVersion) -> str:
    """Say why a version waits that could not be merged."""
    return gettext("The source changed what was changed here, too: %(fields)s.") % {
        "fields": field_names(merged.collisions)
    }


def _values(values: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Return of stored ``values`` what ``theirs`` speak of, comparable, with the rows that stand for theirs now."""
    if not values:
        return {}
    resolved, _ = resolve_links(Article, {**values})
    comparable = comparable_values(Article, resolved)
    return {name: comparable[name] for name in theirs if name in comparable}


def _base_snapshot(item: ImportedItem) -> Mapping[str, Any]:
    """Return the last version that the working copy has taken in, empty where it is not known."""
    if item.base_values is not None:
        return item.base_values
    revisions = item.article.revisions.filter(number=item.base_revision or 0)
    return revisions.values_list("snapshot", flat=True).first() or {}


def _resolved(value: Any, mine: Any) -> Any:
    """Settle a collision in what is the newsroom's own; of a text both sides stay."""
    if isinstance(value, MergeChoice):
        return mine
    return keep_both_sides(value)
