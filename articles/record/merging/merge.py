"""Two people, or two organizations, that are one: tried first, then merged; a merge can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from articles import clock
from articles.models import (
    Article,
    ArticleSearch,
    DeskNameWord,
    Edition,
    EditionOrganization,
    EditionPerson,
    Membership,
    Mention,
    Merge,
    NameWord,
    Organization,
    OtherName,
    Person,
    Quote,
    Suggestion,
    User,
)
from articles.record.speaker_choice import DecisionError
from articles.text.fold import fold

from .editions import relink_editions, restore_links
from .repoint import (
    Reference,
    change_row,
    delete_rows,
    record_step,
    references_to,
    repoint,
    revert_steps,
)

Row = Person | Organization
INHERITED_FIELDS = {  # what the target takes over where it says nothing itself
    "person": ("given_name", "family_name", "honorific", "biography", "portrait_id"),
    "organization": ("abbreviation", "description", "parent_id"),
}
PUBLIC_FLAGS = {"biography": "is_biography_public", "description": "is_description_public"}
REFERENCE_NOUNS = {
    "article_people": ("story filed under them", "stories filed under them"),
    "article_organizations": ("story filed under them", "stories filed under them"),
    "quote": ("quote on record", "quotes on record"),
    "mention": ("story that names them", "stories that name them"),
    "membership": ("role", "roles"),
    "othername": ("other name", "other names"),
    "identifier": ("id in a register", "ids in registers"),
    "editionperson": ("published version", "published versions"),
    "editionorganization": ("published version", "published versions"),
    "editionquote": ("published quote", "published quotes"),
    "formeraddress": ("former address", "former addresses"),
    "proposal": ("proposed change", "proposed changes"),
    "rightofreply": ("request for a reply", "requests for a reply"),
    "organization": ("organization below it", "organizations below it"),
}


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge of ``source`` into ``target`` would do, in words; ``sizes`` are their quotes and stories.

    ``moves`` are counts with their nouns, ``both`` of them what both have and only one keeps; ``inherited`` are
    fields of the target that get a value. ``is_source_larger``: the bigger would go into the smaller, which wants a
    second word.
    """

    target: Row
    source: Row
    moves: list[tuple[int, str]]
    both: list[tuple[int, str]]
    inherited: list[tuple[str, str]]
    sizes: tuple[int, int]

    @property
    def is_source_larger(self) -> bool:
        return self.sizes[1] > self.sizes[0]


def preview_merge(target: Row, source: Row) -> MergePreview:
    """Return what merging would do; changes nothing. Raises DecisionError for what cannot be merged at all."""
    _require_two_rows(target, source)
    moves: list[tuple[int, str]] = []
    both: list[tuple[int, str]] = []
    for reference in references_to(type(source)):
        name = reference.model._meta.model_name or ""
        for rows, counts in (
            (reference.rows_to(source.pk), moves),
            (reference.conflicting_rows(source.pk, target.pk), both),
        ):
            if count := rows.count():
                counts.append((count, REFERENCE_NOUNS[name][count != 1]))
    inherited = [
        (_field_label(source, name.removesuffix("_id")), str(value))
        for name, value in _inherited_values(target, source).items()
        if name not in PUBLIC_FLAGS.values()
    ]
    return MergePreview(
        target, source, moves, both, inherited, (count_references(target), count_references(source))
    )


def merge_rows(target: Row, source: Row, *, by: User | None, is_sure: bool = False) -> Merge:
    """Let ``target`` stand for ``source`` too, whose row goes: all that leads to it leads to the target.

    All is kept to be undone. Raises DecisionError, with nothing changed, when the rows are not two of one kind,
    when one is gone meanwhile, and when the bigger would go into the smaller and the editor ``is_sure`` of nothing.
    """
    _require_two_rows(target, source)
    with _locked(type(source), target.pk, source.pk) as (target, source):
        if count_references(source) > count_references(target) and not is_sure:
            raise DecisionError(
                f"{source} has more stories and quotes than {target}. Say that you are sure, or swap them."
            )
        kind = str(source._meta.model_name)
        merge = Merge.objects.create(
            kind=kind, gone=source.pk, survivor=target.pk, name=source.name, slug=source.slug, by=by
        )
        filed = _filed_stories(type(source), source.pk)
        relink_editions(merge, target.slug)
        inherited = _inherited_values(target, source)
        if getattr(target, "parent_id", None) == source.pk:
            inherited["parent_id"] = None
        if inherited:
            change_row(target, merge, **inherited)
        _merge_mentions(merge)
        _delete_duplicates(merge, target)
        for reference in references_to(type(source)):
            repoint(reference, merge)
        _save_source_name(merge, target, source)
        for words in (NameWord.objects, DeskNameWord.objects):
            words.of(source).delete()
        delete_rows([source], merge)
        for words in (NameWord.objects, DeskNameWord.objects):
            words.index([target])
        ArticleSearch.objects.index_anew(filed)
        return merge


def undo_merge(merge: Merge, *, by: User | None) -> Row:
    """Part what ``merge`` merged; return the row that is back. What was changed since stays. Raises DecisionError."""
    with transaction.atomic():
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        model: Any = Person if merge.kind == "person" else Organization
        if merge.undone_at:
            raise DecisionError("It is undone already.")
        if not model.objects.filter(pk=merge.survivor).exists():
            later = Merge.objects.active().filter(kind=merge.kind, gone=merge.survivor).first()
            raise DecisionError(
                f"What it was merged into was merged into no. {later.survivor} later. Undo that merge first."
                if later
                else "What it was merged into is deleted."
            )
        _lock_articles(model, merge.survivor)
        editions = merge.steps.filter(model=Edition._meta.label_lower)
        relinked = list(editions)
        editions.delete()
        revert_steps(merge)
        restore_links(relinked, merge)
        both = list(model.objects.filter(pk__in=(merge.gone, merge.survivor)))
        for restored in both:
            restored.save()  # for its history: what came back came by no form
        NameWord.objects.index(both)
        DeskNameWord.objects.index(both)
        ArticleSearch.objects.index_anew(_filed_stories(model, merge.gone))
        merge.undone_at, merge.undone_by = clock.now(), by
        merge.save()
        return model.objects.get(pk=merge.gone)


def count_references(row: Row) -> int:
    """Return how many quotes and stories lead to ``row``: which of two is the bigger."""
    name = str(row._meta.model_name)
    links: Any = EditionPerson if name == "person" else EditionOrganization
    stories = Article.all_objects.filter(**{"people" if name == "person" else "organizations": row})
    return (
        Quote.all_objects.filter(**{name: row}).count()
        + links.objects.filter(**{name: row}).count()
        + stories.count()
    )


def _require_two_rows(target: Row, source: Row) -> None:
    if type(target) is not type(source) or target.pk == source.pk:
        raise DecisionError("Choose two people, or two organizations.")


@contextmanager
def _locked(model: Any, target: int, source: int) -> Iterator[tuple[Row, Row]]:
    """Lock the stories that lead to the source row, as publishing does, then both rows, in one order for everybody."""
    with transaction.atomic():
        _lock_articles(model, source)
        rows = {
            row.pk: row
            for row in model.objects.select_for_update()
            .filter(pk__in=(target, source))
            .order_by("pk")
        }
        if len(rows) != 2:
            raise DecisionError("One of the two no longer exists. Look again.")
        yield rows[target], rows[source]


def _filed_stories(model: Any, key: int) -> list[int]:
    """Return the keys of the stories that are filed under the row ``key``, those in the trash too."""
    name = "people" if model is Person else "organizations"
    return list(Article.all_objects.filter(**{name: key}).values_list("pk", flat=True))


def _lock_articles(model: Any, key: int) -> None:
    name = model._meta.model_name
    linked = Article.all_objects.filter(**{"people" if name == "person" else "organizations": key})
    quoted = Article.all_objects.filter(quotes__in=Quote.all_objects.filter(**{name: key}))
    mentioned = Article.all_objects.filter(mentions__in=Mention.all_objects.filter(**{name: key}))
    keys = {
        pk
        for articles in (linked, quoted, mentioned)
        for pk in articles.values_list("pk", flat=True)
    }
    rows = Article.all_objects.locked().filter(pk__in=sorted(keys)).order_by("pk")
    list(rows.values_list("pk"))


def _inherited_values(target: Row, source: Row) -> dict[str, Any]:
    """Return what the target takes over: values where it has none, and that somebody has checked it."""
    inherited = {}
    for name in INHERITED_FIELDS[str(source._meta.model_name)]:
        value = getattr(source, name)
        if value and not getattr(target, name) and value != target.pk:
            inherited[name] = value
            if name in PUBLIC_FLAGS:
                inherited[PUBLIC_FLAGS[name]] = getattr(source, PUBLIC_FLAGS[name])
    if source.is_confirmed and not target.is_confirmed:
        inherited["is_confirmed"] = True
    return inherited


def _field_label(row: Row, name: str) -> str:
    field: Any = row._meta.get_field(name)
    return str(field.verbose_name)


def _merge_mentions(merge: Merge) -> None:
    """Where a story names both, let the target's mention hold the places of both names."""
    for mention in Reference(Mention, merge.kind).conflicting_rows(merge.gone, merge.survivor):
        target_mention = Mention.all_objects.get(
            article=mention.article_id, **{merge.kind: merge.survivor}
        )
        for suggestion in Suggestion.all_objects.filter(mention=mention):
            change_row(suggestion, merge, mention_id=target_mention.pk)
        spans = sorted({tuple(span) for span in [*target_mention.spans, *mention.spans]})
        change_row(
            target_mention,
            merge,
            spans=[list(span) for span in spans],
            role=target_mention.role or mention.role,
        )
        delete_rows([mention], merge)


def _delete_duplicates(merge: Merge, target: Row) -> None:
    """Delete what both say in the same words: other names, and the same role in the same place and time."""
    names = {fold(target.name), *(fold(item.name) for item in target.other_names.all())}
    others = OtherName.objects.filter(**{merge.kind: merge.gone})
    delete_rows([item for item in others if fold(item.name) in names], merge)
    columns = ("person_id", "organization_id", "role", "start_date", "end_date")
    column = f"{merge.kind}_id"
    target_roles = {
        tuple(getattr(item, name) for name in columns if name != column)
        for item in Membership.all_objects.filter(**{merge.kind: merge.survivor})
    }
    duplicates = [
        item
        for item in Membership.all_objects.filter(**{merge.kind: merge.gone})
        if tuple(getattr(item, name) for name in columns if name != column) in target_roles
    ]
    delete_rows(duplicates, merge)


def _save_source_name(merge: Merge, target: Row, source: Row) -> None:
    """Keep the source row's name as another of the target's: imports and searches go on finding it."""
    names = {fold(target.name), *(fold(item.name) for item in target.other_names.all())}
    if fold(source.name) in names:
        return
    other_name = OtherName.objects.create(
        **{merge.kind: target}, name=source.name, visibility=OtherName.Visibility.REDIRECT
    )
    record_step(merge, OtherName, {other_name.pk: {}})
