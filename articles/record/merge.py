"""Two people, or two organizations, that are one: tried first, then merged; a merge can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import (
    Article,
    Edition,
    EditionOrganization,
    EditionPerson,
    Membership,
    Mention,
    Merge,
    Organization,
    OtherName,
    Person,
    Quote,
    Suggestion,
    User,
)
from articles.text.fold import fold

from .choice import Undecided
from .merge_editions import link_back, relink
from .merge_rows import Link, change, delete, keep, lead, links_to, take_back

Row = Person | Organization
GAINS = {  # what the survivor takes over where it says nothing itself
    "person": ("given_name", "family_name", "honorific", "biography", "portrait_id"),
    "organization": ("abbreviation", "description", "parent_id"),
}
PUBLIC = {"biography": "is_biography_public", "description": "is_description_public"}
WORDS = {
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
    "rightofreply": ("request for a reply", "requests for a reply"),
    "organization": ("organization below it", "organizations below it"),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """What a merge of ``gone`` into ``survivor`` would do, in words; ``weights`` are their quotes and stories.

    ``moves`` are counts with their nouns, ``both`` of them what both have and only one keeps; ``gains`` are fields of
    the survivor that get a value. ``is_uphill``: the bigger would go into the smaller, which wants a second word.
    """

    survivor: Row
    gone: Row
    moves: list[tuple[int, str]]
    both: list[tuple[int, str]]
    gains: list[tuple[str, str]]
    weights: tuple[int, int]

    @property
    def is_uphill(self) -> bool:
        return self.weights[1] > self.weights[0]


def trial(survivor: Row, gone: Row) -> Trial:
    """Return what merging would do; changes nothing. Raises Undecided for what cannot be merged at all."""
    _demand_two(survivor, gone)
    moves, both = [], []
    for link in links_to(type(gone)):
        name = link.model._meta.model_name or ""
        for rows, told in ((link.to(gone.pk), moves), (link.twice(gone.pk, survivor.pk), both)):
            if count := rows.count():
                told.append((count, WORDS[name][count != 1]))
    gains = [
        (str(type(gone)._meta.get_field(name.removesuffix("_id")).verbose_name), str(value))
        for name, value in _gains(survivor, gone).items()
        if name not in PUBLIC.values()
    ]
    return Trial(survivor, gone, moves, both, gains, (weight(survivor), weight(gone)))


def merge(survivor: Row, gone: Row, *, by: User | None, is_sure: bool = False) -> Merge:
    """Let ``survivor`` stand for ``gone`` too, whose row goes: all that leads to it leads to the survivor.

    Every change is kept for ``undo``. Raises Undecided, with nothing changed, when the rows are not two of one kind,
    when one is gone meanwhile, and when the bigger would go into the smaller and the editor ``is_sure`` of nothing.
    """
    _demand_two(survivor, gone)
    with _locked(type(gone), survivor.pk, gone.pk) as (survivor, gone):
        if weight(gone) > weight(survivor) and not is_sure:
            raise Undecided(
                f"{gone} has more stories and quotes than {survivor}. Say that you are sure, or swap them."
            )
        kind = gone._meta.model_name
        row = Merge.objects.create(
            kind=kind, gone=gone.pk, survivor=survivor.pk, name=gone.name, slug=gone.slug, by=by
        )
        relink(row, survivor.slug)
        gains = _gains(survivor, gone)
        if getattr(survivor, "parent_id", None) == gone.pk:
            gains["parent_id"] = None
        if gains:
            change(survivor, row, **gains)
        _join_mentions(row)
        _drop_doubles(row, survivor)
        for link in links_to(type(gone)):
            lead(link, row)
        _keep_name(row, survivor, gone)
        delete([gone], row)
        return row


def undo(row: Merge, *, by: User | None) -> Row:
    """Part what ``row`` merged; return the row that is back. What was changed since stays. Raises Undecided."""
    with transaction.atomic():
        row = Merge.objects.select_for_update().get(pk=row.pk)
        model: Any = Person if row.kind == "person" else Organization
        if row.undone_at:
            raise Undecided("It is undone already.")
        if not model.objects.filter(pk=row.survivor).exists():
            later = Merge.objects.standing().filter(kind=row.kind, gone=row.survivor).first()
            raise Undecided(
                f"What it was merged into went into no. {later.survivor} later. Undo that merge first."
                if later
                else "What it was merged into is deleted."
            )
        _lock_articles(model, row.survivor)
        editions = row.steps.filter(model=Edition._meta.label_lower)
        relinked = list(editions)
        editions.delete()
        take_back(row)
        link_back(relinked, row)
        for one in model.objects.filter(pk__in=(row.gone, row.survivor)):
            one.save()  # for its history: what came back came by no form
        row.undone_at, row.undone_by = timezone.now(), by
        row.save()
        return model.objects.get(pk=row.gone)


def weight(row: Row) -> int:
    """Return how many quotes and stories lead to ``row``: which of two is the bigger."""
    name = row._meta.model_name
    links: Any = EditionPerson if name == "person" else EditionOrganization
    stories = Article.objects.filter(**{"people" if name == "person" else "organizations": row})
    return (
        Quote.objects.filter(**{name: row}).count()
        + links.objects.filter(**{name: row}).count()
        + stories.count()
    )


def _demand_two(survivor: Row, gone: Row) -> None:
    if type(survivor) is not type(gone) or survivor.pk == gone.pk:
        raise Undecided("Choose two people, or two organizations.")


@contextmanager
def _locked(model: Any, survivor: int, gone: int) -> Iterator[tuple[Row, Row]]:
    """Lock the stories that lead to the gone row, as publishing does, then both rows, in one order for everybody."""
    with transaction.atomic():
        _lock_articles(model, gone)
        rows = {
            row.pk: row
            for row in model.objects.select_for_update()
            .filter(pk__in=(survivor, gone))
            .order_by("pk")
        }
        if len(rows) != 2:
            raise Undecided("One of the two is gone meanwhile. Look again.")
        yield rows[survivor], rows[gone]


def _lock_articles(model: Any, key: int) -> None:
    name = model._meta.model_name
    linked = Article.objects.filter(**{"people" if name == "person" else "organizations": key})
    said = Article.objects.filter(quotes__in=Quote.objects.filter(**{name: key}))
    named = Article.objects.filter(mentions__in=Mention.objects.filter(**{name: key}))
    keys = {pk for some in (linked, said, named) for pk in some.values_list("pk", flat=True)}
    list(Article.objects.locked().filter(pk__in=keys).order_by("pk").values_list("pk"))


def _gains(survivor: Row, gone: Row) -> dict[str, Any]:
    """Return what the survivor takes over: values where it has none, and that somebody has checked it."""
    gains = {}
    for name in GAINS[gone._meta.model_name]:
        value = getattr(gone, name)
        if value and not getattr(survivor, name) and value != survivor.pk:
            gains[name] = value
            if name in PUBLIC:
                gains[PUBLIC[name]] = getattr(gone, PUBLIC[name])
    if gone.is_confirmed and not survivor.is_confirmed:
        gains["is_confirmed"] = True
    return gains


def _join_mentions(row: Merge) -> None:
    """Where a story names both, let the survivor's mention hold the places of both names."""
    for mention in Link(Mention, row.kind).twice(row.gone, row.survivor):
        stays = Mention.objects.get(article=mention.article_id, **{row.kind: row.survivor})
        for suggestion in Suggestion.objects.filter(mention=mention):
            change(suggestion, row, mention_id=stays.pk)
        spans = sorted({tuple(span) for span in [*stays.spans, *mention.spans]})
        change(stays, row, spans=[list(span) for span in spans], role=stays.role or mention.role)
        delete([mention], row)


def _drop_doubles(row: Merge, survivor: Row) -> None:
    """Delete what both say in the same words: other names, and the same role in the same place and time."""
    names = {fold(survivor.name), *(fold(one.name) for one in survivor.other_names.all())}
    others = OtherName.objects.filter(**{row.kind: row.gone})
    delete([one for one in others if fold(one.name) in names], row)
    columns = ("person_id", "organization_id", "role", "start_date", "end_date")
    column = f"{row.kind}_id"
    held = {
        tuple(getattr(one, name) for name in columns if name != column)
        for one in Membership.objects.filter(**{row.kind: row.survivor})
    }
    doubles = [
        one
        for one in Membership.objects.filter(**{row.kind: row.gone})
        if tuple(getattr(one, name) for name in columns if name != column) in held
    ]
    delete(doubles, row)


def _keep_name(row: Merge, survivor: Row, gone: Row) -> None:
    """Keep the gone row's name as another of the survivor's: imports and searches go on finding it."""
    names = {fold(survivor.name), *(fold(one.name) for one in survivor.other_names.all())}
    if fold(gone.name) in names:
        return
    made = OtherName.objects.create(
        **{row.kind: survivor}, name=gone.name, visibility=OtherName.Visibility.REDIRECT
    )
    keep(row, OtherName, {made.pk: {}})
