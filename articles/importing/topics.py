"""A vocabulary of topics -> tags that keep their codes; what was retired leads on to what is used now."""

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from articles.models import Article, EditionTag, FormerTagName, Tag, TagCode
from articles.text.fold import fold, slugify

from .parsed import Refused
from .topics_file import Concept, read

_REASON = "Imported: vocabulary of topics"


@dataclass
class Report:
    """What a run did with tags (``created`` …) and with ``codes`` that lead to them; ``notes`` want an editor."""

    created: int = 0
    adopted: int = 0
    renamed: int = 0
    updated: int = 0
    unchanged: int = 0
    retired: int = 0
    codes: int = 0
    codes_changed: int = 0
    refused: int = 0
    seconds: float = 0.0
    refusals: list[Refused] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        """Return the figures alone."""
        words = "refusals", "notes"
        return {name: value for name, value in asdict(self).items() if name not in words}

    def in_words(self) -> str:
        """Return the figures as one line."""
        figures = (f"{count} {name}" for name, count in self.summary().items())
        return ", ".join(figures).replace("_", " ") + "."


class _DryRunOver(Exception):
    """Rolls a dry run back."""


def tags_by_code(qcodes: Iterable[str]) -> dict[str, int]:
    """Return the tags' keys by those of ``qcodes`` that are known, a tag's own code before one that leads to it."""
    wanted = {code for code in qcodes if code}
    if not wanted:
        return {}
    found = dict(TagCode.objects.filter(qcode__in=wanted).values_list("qcode", "tag_id"))
    own = Tag.objects.filter(qcode__in=wanted).order_by("-pk").values_list("qcode", "pk")
    return found | dict(own)


def import_topics(stream: BinaryIO, language: str, *, dry_run: bool = False) -> Report:
    """Import the vocabulary that ``stream`` holds, in one transaction. Raises ReadError when it is none.

    A concept is known by its code, else by its name; what an editor changed by hand is never overwritten.
    """
    began = time.monotonic()
    report = Report()
    concepts: dict[str, Concept] = {}
    for one in read(stream, language):
        if isinstance(one, Refused):
            report.refusals.append(one)
        else:
            concepts.setdefault(one.qcode, one)
    report.refused = len(report.refusals)
    with suppress(_DryRunOver), transaction.atomic():
        _Topics(concepts, report).store()
        if dry_run:
            raise _DryRunOver
    report.seconds = round(time.monotonic() - began, 3)
    return report


class _Topics:
    """One run: the tags as they are, and what the vocabulary makes of them."""

    def __init__(self, concepts: dict[str, Concept], report: Report) -> None:
        self.concepts, self.report = concepts, report
        tags = list(Tag.objects.select_for_update().order_by("pk"))
        self.by_code = {tag.qcode: tag for tag in reversed(tags) if tag.qcode}
        topics = [tag for tag in reversed(tags) if tag.kind == Tag.Kind.TOPIC]
        self.by_name = {fold(tag.name): tag for tag in topics}
        former = list(FormerTagName.objects.values_list("slug", "tag_id"))
        self.slugs = {tag.slug: tag.pk for tag in tags} | dict(former)
        self.by_hand = _fields_by_hand()
        self.changed: dict[int, Tag] = {}
        self.former: list[FormerTagName] = []

    def store(self) -> None:
        live = [one for one in self.concepts.values() if not one.is_retired]
        known = [(one, tag) for one in live if (tag := self._known(one))]
        for one, tag in known:
            self._follow(one, tag)
        self._create([one for one in live if one.qcode not in self.by_code])
        self._set_parents(live)
        fields = ["name", "slug", "qcode", "description", "parent"]
        rows = list(self.changed.values())
        bulk_update_with_history(rows, Tag, fields, default_change_reason=_REASON)
        FormerTagName.objects.bulk_create(self.former)
        self.report.updated = len(rows)
        self.report.unchanged = len(known) - sum(tag.pk in self.changed for _, tag in known)
        self._retire()
        self._store_codes()

    def _known(self, concept: Concept) -> Tag | None:
        """Return the tag with the code, or the topic of that name that has none yet."""
        tag = self.by_code.get(concept.qcode)
        named = self.by_name.get(fold(concept.label))
        if tag is None and named and not named.qcode:
            tag = named
            tag.qcode = concept.qcode
            self.by_code[concept.qcode] = self.changed[tag.pk] = tag
            self.report.adopted += 1
        return tag

    def _follow(self, concept: Concept, tag: Tag) -> None:
        """Bring a known tag up to its concept, as far as nobody has said otherwise."""
        hands = self.by_hand.get(tag.pk, set())
        if concept.description != tag.description and "description" not in hands:
            tag.description = concept.description
            self.changed[tag.pk] = tag
        if concept.label == tag.name or "name" in hands:
            return
        other = self.by_name.get(fold(concept.label))
        if other and other.pk != tag.pk:
            self.report.notes.append(
                f"{tag.qcode}: “{tag.name}” is now called “{concept.label}”, as another tag is. Merge the two."
            )
            return
        self._rename(tag, concept.label)

    def _rename(self, tag: Tag, name: str) -> None:
        before, tag.name = (tag.name, tag.slug), name
        tag.slug = self._slug(name, tag.pk)
        if tag.slug != before[1]:
            FormerTagName.objects.filter(slug=tag.slug, tag=tag).delete()
            self.former.append(FormerTagName(tag=tag, name=before[0], slug=before[1]))
            self.slugs[tag.slug] = tag.pk
        self.by_name[fold(name)] = self.changed[tag.pk] = tag
        self.report.renamed += 1

    def _create(self, concepts: list[Concept]) -> None:
        new = []
        for one in concepts:
            if other := self.by_name.get(fold(one.label)):
                code = other.qcode
                self.report.notes.append(
                    f"{one.qcode}: “{one.label}” is already the tag of {code}, none is made."
                )
                continue
            slug = self._slug(one.label, 0)
            self.slugs[slug] = -1
            tag = Tag(name=one.label, slug=slug, qcode=one.qcode, description=one.description)
            self.by_name[fold(one.label)] = tag
            new.append(tag)
        for tag in bulk_create_with_history(new, Tag, default_change_reason=_REASON):
            self.by_code[tag.qcode] = self.by_name[fold(tag.name)] = tag
        self.report.created = len(new)

    def _slug(self, name: str, pk: int) -> str:
        """Return an address for ``name`` that leads to no other tag."""
        slug = made = slugify(name, default="topic")
        number = 1
        while self.slugs.get(slug, pk) != pk:
            number += 1
            slug = f"{made}-topic" if number == 2 else f"{made}-topic-{number}"
        return slug

    def _set_parents(self, live: Iterable[Concept]) -> None:
        above = dict(Tag.objects.values_list("pk", "parent"))
        for one in live:
            tag = self.by_code.get(one.qcode)
            if tag is None or "parent" in self.by_hand.get(tag.pk, set()):
                continue
            parent = next(
                (self.by_code[code] for code in one.broader if code in self.by_code), None
            )
            wanted = parent.pk if parent else None
            if wanted == tag.parent_id or (wanted and _is_above(tag.pk, wanted, above)):
                continue
            tag.parent_id = above[tag.pk] = wanted
            self.changed[tag.pk] = tag

    def _retire(self) -> None:
        """Take away the tags of retired concepts, as far as nothing is filed under them."""
        for one in self.concepts.values():
            tag = self.by_code.get(one.qcode) if one.is_retired else None
            if tag is None:
                continue
            if _is_used(tag) or tag.pk in self.by_hand:
                why = "stories are filed under it" if _is_used(tag) else "somebody has edited it"
                self.report.notes.append(
                    f"{one.qcode}: “{tag.name}” is retired; its tag stays, as {why}."
                )
            elif self._leads_to(one.qcode):
                del self.by_code[one.qcode]
                self._forward(tag, self._leads_to(one.qcode))
                self.report.retired += 1

    def _forward(self, tag: Tag, to: Tag | None) -> None:
        """Delete ``tag``; its addresses and codes lead to ``to`` from now on."""
        FormerTagName.objects.filter(tag=tag).update(tag=to)
        TagCode.objects.filter(tag=tag).update(tag=to)
        Tag.objects.filter(parent=tag).update(parent=to)
        tag.delete()
        if to:
            FormerTagName.objects.create(tag=to, name=tag.name, slug=tag.slug)

    def _leads_to(self, code: str) -> Tag | None:
        """Return the tag of ``code``, or of the nearest concept above that has one; rings end nowhere."""
        seen, level = set(), [code]
        while level:
            for one in level:
                if one in self.by_code and not (one == code and self._is_retired(code)):
                    return self.by_code[one]
            seen |= {*level}
            known = [self.concepts[one] for one in level if one in self.concepts]
            level = [up for one in known for up in one.broader if up not in seen]
        return None

    def _is_retired(self, code: str) -> bool:
        return code in self.concepts and self.concepts[code].is_retired

    def _store_codes(self) -> None:
        wanted = dict(self._codes())
        rows = {row.qcode: row for row in TagCode.objects.filter(qcode__in=wanted)}
        new, changed = [], []
        for code, (tag, label) in wanted.items():
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
        for one in sorted(self.concepts.values(), key=lambda concept: not concept.is_retired):
            own = self.by_code.get(one.qcode)
            tag = own or self._leads_to(one.qcode)
            if tag is None:
                self.report.notes.append(f"{one.qcode}: “{one.label}” leads to no tag.")
                continue
            if own is None:
                yield one.qcode, (tag, one.label)
            yield from ((code, (tag, one.label)) for code in one.same)


def _fields_by_hand() -> dict[int, set[str]]:
    """Return the fields of each tag that somebody changed at the desk; whoever made a tag decided all of it."""
    found: dict[int, set[str]] = {}
    before: dict[int, Any] = {}
    columns = ("id", "history_user_id", "history_type", "name", "description", "parent_id")
    touched = Tag.history.filter(history_user__isnull=False).values("id")  # type: ignore[attr-defined]
    rows = Tag.history.filter(id__in=touched).order_by("history_id")  # type: ignore[attr-defined]
    for row in rows.values(*columns):
        last = before.get(row["id"])
        if row["history_user_id"]:
            fields = {"name", "description", "parent_id"}
            if last:
                fields = {name for name in fields if last[name] != row[name]}
            fields = {name for name in fields if last or row[name]}
            found.setdefault(row["id"], set()).update(name.removesuffix("_id") for name in fields)
        before[row["id"]] = row
    return found


def _is_used(tag: Tag) -> bool:
    links = EditionTag.objects.filter(tag=tag).exists()
    return links or Article.objects.filter(tags=tag).exists()


def _is_above(one: int, other: int, above: dict[int, int | None]) -> bool:
    at: int | None = other
    seen: set[int] = set()
    while at is not None and at != one and at not in seen:
        seen.add(at)
        at = above.get(at)
    return at == one
