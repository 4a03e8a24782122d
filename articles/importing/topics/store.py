"""A vocabulary of topics -> tags that keep their codes; what was retired leads on to what is used now."""

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from articles.importing.formats.types import RejectedRecord
from articles.importing.name_lock import lock_names
from articles.models import (
    Article,
    DeskNameWord,
    EditionTag,
    FormerTagName,
    Tag,
    TagCode,
    TagNames,
    TagSlugs,
)
from articles.models.tag_names import TagMatch, tag_name_key

from .edited_fields import fields_by_hand
from .reader import Concept, read
from .report import TopicReport

_REASON = "Imported: vocabulary of topics"


class _DryRunOver(Exception):
    """Rolls a dry run back."""


def import_topics(stream: BinaryIO, language: str, *, dry_run: bool = False) -> TopicReport:
    """Import the vocabulary that ``stream`` holds, in one transaction. Raises ReadError when it is none.

    A concept is known by its code, else by its name; what an editor changed by hand is never overwritten.
    """
    started = time.monotonic()
    report = TopicReport()
    concepts: dict[str, Concept] = {}
    for outcome in read(stream, language):
        if isinstance(outcome, RejectedRecord):
            report.refusals.append(outcome)
        else:
            concepts.setdefault(outcome.qcode, outcome)
    report.refused = len(report.refusals)
    with suppress(_DryRunOver), transaction.atomic():
        lock_names()
        _TopicImport(concepts, report).store()
        if dry_run:
            raise _DryRunOver
    report.seconds = round(time.monotonic() - started, 3)
    return report


class _TopicImport:
    """One run: the tags as they are, and what the vocabulary makes of them."""

    def __init__(self, concepts: dict[str, Concept], report: TopicReport) -> None:
        self.concepts, self.report = concepts, report
        rows = Tag.all_objects.select_for_update().order_by("pk")
        tags = sorted(rows, key=lambda tag: tag.trashed_at is not None)
        self.by_code = {tag.qcode: tag for tag in reversed(tags) if tag.qcode}
        self.tags = {tag.pk: tag for tag in tags}
        self.names = TagNames.load()
        self.slugs = TagSlugs.all()
        self.by_hand = fields_by_hand()
        self.changed: dict[int, Tag] = {}
        self.former: list[FormerTagName] = []
        self.created: list[Tag] = []

    def store(self) -> None:
        live = [
            concept
            for concept in self.concepts.values()
            if not concept.is_retired and not self._is_in_trash(concept)
        ]
        matched = [(concept, tag) for concept in live if (tag := self._matching_tag(concept))]
        for concept, tag in matched:
            self._update_tag(concept, tag)
        self._create([concept for concept in live if concept.qcode not in self.by_code])
        self._set_parents(live)
        fields = ["name", "slug", "qcode", "description", "parent"]
        rows = list(self.changed.values())
        bulk_update_with_history(rows, Tag, fields, default_change_reason=_REASON)
        FormerTagName.objects.bulk_create(self.former)
        DeskNameWord.objects.index([*rows, *self.created])
        self.report.updated = len(rows)
        self.report.unchanged = len(matched) - sum(tag.pk in self.changed for _, tag in matched)
        self._retire()
        self._store_codes()

    def _is_in_trash(self, concept: Concept) -> bool:
        """Tell whether the tag of ``concept`` is in the trash, where it stays as it is, and note it."""
        named = self._named(concept)
        tag = self.by_code.get(concept.qcode) or (named if named and not named.qcode else None)
        if tag is None or tag.trashed_at is None:
            return False
        sentence = gettext("%(code)s: “%(name)s” is in the trash here, and stays as it is.")
        self.report.notes.append(sentence % {"code": concept.qcode, "name": tag})
        return True

    def _match(self, concept: Concept) -> TagMatch:
        return self.names.find(concept.label, Tag.Kind.TOPIC)

    def _named(self, concept: Concept) -> Tag | None:
        """Return the one tag of any kind that the name of ``concept`` means, None where it is free or not clear."""
        match = self._match(concept).tag
        return self.tags[match.key] if match else None

    def _matching_tag(self, concept: Concept) -> Tag | None:
        """Return the tag with the code, or the one of that name, of whatever kind, that has none yet."""
        tag = self.by_code.get(concept.qcode)
        named = self._named(concept)
        if tag is None and named and not named.qcode:
            tag = named
            tag.qcode = concept.qcode
            self.by_code[concept.qcode] = self.changed[tag.pk] = tag
            self.report.adopted += 1
        return tag

    def _update_tag(self, concept: Concept, tag: Tag) -> None:
        """Bring a known topic up to its concept, as far as nobody has said otherwise; sections are the paper's own."""
        if tag.kind != Tag.Kind.TOPIC:
            return
        edited_fields = self.by_hand.get(tag.pk, set())
        if concept.description != tag.description and "description" not in edited_fields:
            tag.description = concept.description
            self.changed[tag.pk] = tag
        if concept.label == tag.name or "name" in edited_fields:
            return
        others = [name for name in self._match(concept).names if name.key != tag.pk]
        if others:
            self.report.notes.append(
                f"{tag.qcode}: “{tag.name}” is now called “{concept.label}”, as another tag is. Merge the two."
            )
            return
        self._rename(tag, concept.label)

    def _rename(self, tag: Tag, name: str) -> None:
        before, tag.name = (tag.name, tag.slug), name
        tag.slug = self.slugs.give(tag)
        if tag.slug != before[1]:
            FormerTagName.objects.filter(slug=tag.slug, tag=tag).delete()
            self.former.append(FormerTagName(tag=tag, name=before[0], slug=before[1]))
        self.changed[tag.pk] = tag
        self.names.add_tag(tag)
        self.report.renamed += 1

    def _create(self, concepts: list[Concept]) -> None:
        new: dict[str, Tag] = {}
        for concept in concepts:
            if self._match(concept).is_unclear:
                self._note_unclear(concept)
                continue
            if other := self._named(concept) or new.get(tag_name_key(concept.label)):
                code = other.qcode
                self.report.notes.append(
                    f"{concept.qcode}: “{concept.label}” is already the tag of {code}, none is made."
                )
                continue
            tag = Tag(name=concept.label, qcode=concept.qcode, description=concept.description)
            tag.slug = self.slugs.give(tag)
            new[tag_name_key(concept.label)] = tag
        tags = [*new.values()]
        for tag in bulk_create_with_history(tags, Tag, default_change_reason=_REASON):
            self.by_code[tag.qcode] = self.tags[tag.pk] = tag
        self.created = tags
        self.report.created = len(new)

    def _note_unclear(self, concept: Concept) -> None:
        """Note that several tags have the name of ``concept``: a person has to say which is meant."""
        sentence = gettext(
            "%(code)s: “%(name)s” may mean any of %(names)s; none is made. Give its code to the right one."
        )
        names = ", ".join(map(str, self._match(concept).names))
        words = {"code": concept.qcode, "name": concept.label, "names": names}
        self.report.notes.append(sentence % words)

    def _set_parents(self, live: Iterable[Concept]) -> None:
        parents = dict(Tag.all_objects.values_list("pk", "parent"))
        for concept in live:
            tag = self.by_code.get(concept.qcode)
            if tag is None or tag.kind != Tag.Kind.TOPIC:
                continue
            if "parent" in self.by_hand.get(tag.pk, set()):
                continue
            broader = [self.by_code[code] for code in concept.broader if code in self.by_code]
            parent = next((row for row in broader if row.trashed_at is None), None)
            parent_pk = parent.pk if parent else None
            if parent_pk == tag.parent_id or (
                parent_pk and _is_ancestor(tag.pk, parent_pk, parents)
            ):
                continue
            tag.parent_id = parents[tag.pk] = parent_pk
            self.changed[tag.pk] = tag

    def _retire(self) -> None:
        """Take away the tags of retired concepts, as far as nothing is filed under them."""
        for concept in self.concepts.values():
            tag = self.by_code.get(concept.qcode) if concept.is_retired else None
            if tag is None or tag.trashed_at is not None:
                continue
            if reason := self._reason_to_stay(tag):
                self.report.notes.append(
                    f"{concept.qcode}: “{tag.name}” is retired; its tag stays, as {reason}."
                )
            elif self._tag_for(concept.qcode):
                del self.by_code[concept.qcode]
                self._forward(tag, self._tag_for(concept.qcode))
                self.report.retired += 1

    def _reason_to_stay(self, tag: Tag) -> str:
        """Say why ``tag`` is not taken away with its concept, empty when it is."""
        if _is_used(tag):
            return "stories are filed under it"
        if tag.pk in self.by_hand:
            return "somebody has edited it"
        return "" if tag.kind == Tag.Kind.TOPIC else f"it is a {tag.kind}"

    def _forward(self, tag: Tag, target: Tag | None) -> None:
        """Delete ``tag``; its addresses and codes lead to ``target`` from now on."""
        FormerTagName.objects.filter(tag=tag).update(tag=target)
        TagCode.objects.filter(tag=tag).update(tag=target)
        Tag.objects.filter(parent=tag).update(parent=target)
        DeskNameWord.objects.of(tag).delete()
        tag.delete()
        if target:
            FormerTagName.objects.create(tag=target, name=tag.name, slug=tag.slug)
            DeskNameWord.objects.index([target])

    def _tag_for(self, code: str) -> Tag | None:
        """Return the tag of ``code``, or of the nearest concept above that has one; rings end nowhere."""
        seen, level = set(), [code]
        while level:
            for node in level:
                if node in self.by_code and not (node == code and self._is_retired(code)):
                    return self.by_code[node]
            seen |= {*level}
            concepts = [self.concepts[node] for node in level if node in self.concepts]
            level = [
                broader for node in concepts for broader in node.broader if broader not in seen
            ]
        return None

    def _is_retired(self, code: str) -> bool:
        return code in self.concepts and self.concepts[code].is_retired

    def _store_codes(self) -> None:
        targets = dict(self._codes())
        rows = {row.qcode: row for row in TagCode.all_objects.filter(qcode__in=targets)}
        new, changed = [], []
        for code, (tag, label) in targets.items():
            row = rows.get(code)
            if row is None:
                new.append(TagCode(tag=tag, qcode=code, label=label))
            elif (row.tag_id, row.label) != (tag.pk, label):
                row.tag, row.label = tag, label
                changed.append(row)
        TagCode.objects.bulk_create(new)
        TagCode.objects.bulk_update(changed, ["tag", "label"])
        TagCode.objects.filter(qcode__in=self.by_code).delete()
        self.report.codes, self.report.codes_changed = len(new), len(changed)

    def _codes(self) -> Iterator[tuple[str, tuple[Tag, str]]]:
        """Yield retired codes and those of older vocabularies with their tags; a live concept's comes last."""
        for concept in sorted(self.concepts.values(), key=lambda item: not item.is_retired):
            own = self.by_code.get(concept.qcode)
            tag = own or self._tag_for(concept.qcode)
            if tag is None:
                self.report.notes.append(f"{concept.qcode}: “{concept.label}” leads to no tag.")
                continue
            if own is None:
                yield concept.qcode, (tag, concept.label)
            yield from ((code, (tag, concept.label)) for code in concept.same_as)


def _is_used(tag: Tag) -> bool:
    links = EditionTag.objects.filter(tag=tag).exists()
    return links or Article.all_objects.filter(tags=tag).exists()


def _is_ancestor(ancestor: int, descendant: int, parents: dict[int, int | None]) -> bool:
    current: int | None = descendant
    seen: set[int] = set()
    while current is not None and current != ancestor and current not in seen:
        seen.add(current)
        current = parents.get(current)
    return current == ancestor
