"""What editions say of where their links lead, after a merge: the key and the address change, no word does."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from articles.models import (
    Edition,
    EditionOrganization,
    EditionPerson,
    EditionQuote,
    EditionSearch,
    Merge,
    MergeStep,
)

from .repoint import STEP

LINK_FIELDS = {
    "person": ("people", ("person",)),
    "organization": ("organizations", ("organization", "said_for")),
}
Path = list[Any]


def relink_editions(merge: Merge, slug: str) -> None:
    """Let the editions that link the source row link the target, whose address ends in ``slug``; before rows move."""
    for edition in _editions(merge):
        paths = list(_paths(edition, merge.kind, merge.gone))
        if paths:
            step = {"merge": merge, "model": Edition._meta.label_lower, "row": edition.pk}
            MergeStep.objects.create(**step, was={"paths": paths})
            _write(edition, paths, merge.survivor, slug)


def restore_links(steps: Iterable[MergeStep], merge: Merge) -> None:
    """Let editions link the row that is back, as ``steps`` say."""
    for step in steps:
        edition = Edition.objects.filter(pk=step.row).first()
        if edition:
            _write(edition, step.was["paths"], merge.gone, merge.slug)


def _editions(merge: Merge) -> Iterator[Edition]:
    links: QuerySet[Any]
    if merge.kind == "person":
        links = EditionPerson.objects.filter(person=merge.gone)
        quotes = EditionQuote.objects.filter(person=merge.gone)
    else:
        links = EditionOrganization.objects.filter(organization=merge.gone)
        quotes = EditionQuote.objects.filter(Q(organization=merge.gone) | Q(said_for=merge.gone))
    keys = {*links.values_list("edition", flat=True), *quotes.values_list("edition", flat=True)}
    ordered = sorted(keys)
    for start in range(0, len(ordered), STEP):
        yield from Edition.objects.filter(pk__in=ordered[start : start + STEP]).only(
            "people", "organizations", "quotes"
        )


def _paths(edition: Edition, kind: str, key: int) -> Iterator[Path]:
    """Yield where ``edition`` links the row ``key``: ``["people", 0]``, ``["quotes", 2, "person"]``."""
    listed, fields = LINK_FIELDS[kind]
    for place, link in enumerate(getattr(edition, listed)):
        if link["id"] == key:
            yield [listed, place]
    for place, quote in enumerate(edition.quotes):
        for field in fields:
            if quote[field] and quote[field]["id"] == key:
                yield ["quotes", place, field]


def _write(edition: Edition, paths: list[Path], key: int, slug: str) -> None:
    for name, place, *field in paths:
        link = getattr(edition, name)[place]
        link = link[field[0]] if field else link
        link["id"], link["slug"] = key, slug
    Edition.objects.filter(pk=edition.pk).relink(edition)
    if EditionSearch.objects.filter(edition=edition).unindex():
        EditionSearch.objects.index([edition])
