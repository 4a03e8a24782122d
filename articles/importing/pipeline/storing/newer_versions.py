"""A newer version of a story that is here: written over it, merged with what was changed here, or kept waiting."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from articles import clock
from articles.models import Article, Edition, ImportedItem, ImportRun, WaitingChange
from articles.publishing import enforce_hold
from articles.publishing.editor_decisions import EDITED
from articles.record import sync_record
from articles.story_fields import OWNED_BY_SOURCE

from .entities import EntityResolver
from .match import KILLED, USABLE, Match
from .merge_versions import MergedVersion, collision_sentence, field_names, merge_version
from .new_articles import COMPRESSION, body_map, snapshot_values


@dataclass(frozen=True, slots=True)
class VersionWriter:
    """What writes the newer versions of one run, inside the caller's transaction."""

    run: ImportRun
    entities: EntityResolver
    with_suggestions: bool

    def overwrite(self, match: Match, item: ImportedItem) -> Article:
        """Write a version over an article that nobody has edited: a hold on it is an import's own.

        Tags and all else that is the newsroom's own stay as they were changed here.
        """
        article = Article.objects.locked().get(pk=item.article_id)
        theirs = snapshot_values(match.parsed, self.entities)
        values = theirs
        if article.revision_number != item.base_revision:
            merged = merge_version(article, item, theirs)
            values = {**merged.values} | {name: theirs[name] for name in OWNED_BY_SOURCE}
        self._write(article, match, values | {"is_on_hold": match.parsed.is_held})
        _save_base(item, article, theirs, is_whole=values == theirs)
        self._close_waiting(article, match, theirs)
        return article

    def merge(self, match: Match, item: ImportedItem) -> list[str] | MergedVersion | None:
        """Bring a version into an article that a person has edited, where both changed different things.

        Return sentences on what came, none where all of it was there already; or what collides; or None where this is
        no question of words: another decision stands against it, or its source takes the story back.
        """
        if not match.obstacle or match.obstacle.kind != EDITED or match.parsed.pub_status != USABLE:
            return None
        article = Article.objects.locked().get(pk=item.article_id)
        theirs = snapshot_values(match.parsed, self.entities)
        merged = merge_version(article, item, theirs)
        if merged.collisions:
            return merged
        lines = self._write_merged(article, match, merged) if merged.changed else []
        _save_base(item, article, theirs, is_whole=merged.is_whole)
        self._close_waiting(article, match, theirs)
        return lines

    def keep_waiting(
        self, match: Match, item: ImportedItem, merged: MergedVersion | None
    ) -> list[str]:
        """Keep a version beside an article that a person has decided about; it replaces one that waits already.

        Only the wire's word whether it may be used counts at once: a kill cannot wait for an editor, and is not lifted
        by what does not say that it is later. Return the article's headline, why it waits, and what the wire's word
        did to its editions.
        """
        article = Article.all_objects.locked().get(pk=item.article_id)
        reason = " ".join(
            [match.obstacle.sentence if match.obstacle else ""]
            + ([collision_sentence(merged)] if merged else [])
        )
        lines = [str(article), reason]
        if match.obstacle is not KILLED and article.pub_status != match.parsed.pub_status:
            article.pub_status = match.parsed.pub_status
            article.save()
            article.create_revision(by=None, run=self.run)
            if article.trashed_at is None:  # of a spiked story nothing is live, or scheduled
                lines += enforce_hold(article, by=None)
        values = snapshot_values(match.parsed, self.entities)
        WaitingChange.all_objects.update_or_create(
            article=article,
            state=WaitingChange.State.OPEN,
            defaults=self._change(match, values) | {"reason": reason, "arrived_at": clock.now()},
        )
        return lines

    def _write_merged(self, article: Article, match: Match, merged: MergedVersion) -> list[str]:
        fields = field_names(merged.changed)
        note = gettext("From the source, beside the changes made here: %(fields)s.")
        hold_values = {"is_on_hold": True} if match.parsed.is_held else {}
        notes = self._write(
            article, match, {**merged.values} | hold_values, note % {"fields": fields}
        )
        lines = [
            gettext(
                "%(story)s: version %(version)s came in beside the changes made here: %(fields)s."
            )
            % {"story": article, "version": match.parsed.version or "–", "fields": fields}
        ]
        if Edition.objects.listed().filter(article=article).exists():
            lines.append(gettext("Readers do not have this yet."))
        return lines + notes

    def _write(
        self, article: Article, match: Match, values: Mapping[str, Any], note: str = ""
    ) -> list[str]:
        """Write ``values`` as a revision by the import; return what came loose, what a hold did."""
        article.original = zlib.compress(match.parsed.original, COMPRESSION)
        article.original_map = body_map(match.parsed)
        notes = article.apply_snapshot(dict(values))
        article.create_revision(by=None, run=self.run, note=note[:500])
        return notes + sync_record(article, by=None, with_suggestions=self.with_suggestions)

    def _close_waiting(self, article: Article, match: Match, theirs: Mapping[str, Any]) -> None:
        """Let no older version wait on beside one that has come in."""
        WaitingChange.objects.filter(article=article, state=WaitingChange.State.OPEN).update(
            **self._change(match, theirs),
            state=WaitingChange.State.MERGED,
            decided_at=clock.now(),
            revision_number=article.revision_number,
        )

    def _change(self, match: Match, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "run": self.run,
            "version": match.parsed.version,
            "values": values,
            "original": zlib.compress(match.parsed.original, COMPRESSION),
        }


def _save_base(
    item: ImportedItem, article: Article, theirs: Mapping[str, Any], *, is_whole: bool
) -> None:
    """Note the version that the next one is compared with: the revision that holds it, else its values."""
    item.base_revision = article.revision_number if is_whole else None
    item.base_values = None if is_whole else theirs
    rows = ImportedItem.objects.filter(pk=item.pk)
    rows.update(base_revision=item.base_revision, base_values=item.base_values)
