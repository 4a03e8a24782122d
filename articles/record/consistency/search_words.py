"""Whether readers and the desk find what they have: each text has its words in the index, and no others."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from articles.models import Article, ArticleSearch, DeskNameWord, EditionSearch
from articles.models.desk_names import DESK_KINDS
from articles.models.search_columns import SearchQuerySet
from articles.public.search.build import (
    IndexStep,
    build_index,
    count_editions,
    index_in_steps,
    lasting_editions,
)
from articles.record.integrity import CHUNK, IntegrityIssue, in_chunks


def search_issues() -> Iterator[IntegrityIssue]:
    """Yield what of the indexes of words is not as the editions and the working copies are."""
    remedy = gettext("Run `manage.py build_search --all`.")
    for editions in in_chunks(lasting_editions()):
        for edition in _differing(EditionSearch.objects.all(), editions):
            message = gettext("Readers do not find it by its words, or by others.")
            field = f"edition {edition.number}"
            yield IntegrityIssue("search", field, message, remedy, article=edition.article_id)
    for articles in in_chunks(Article.all_objects.with_words()):
        for article in _differing(ArticleSearch.objects.all(), articles):
            message = gettext("The desk does not find it by its words, or by others.")
            yield IntegrityIssue("search", "", message, remedy, article=article.pk)
    yield from _name_issues(remedy)
    for rows in (EditionSearch.objects.all(), ArticleSearch.objects.all()):
        if not rows.holds_together():
            message = gettext("The index of words is not that of its rows.")
            yield IntegrityIssue("search", "", message, remedy)


def build_indexes(*, every: bool = False) -> Iterator[tuple[str, IndexStep]]:
    """Index what is not indexed, with ``every`` all of it anew; yields whose words they were, after each step.

    "editions" are what readers have, "stories" what the desk has, "names" those of rows, which are always made anew.
    """
    for step in build_index(every=every):
        yield "editions", step
    articles = Article.all_objects.with_words()
    for step in index_in_steps(ArticleSearch.objects.all(), articles, every=every):
        yield "stories", step
    for kind, model in DESK_KINDS.items():
        with transaction.atomic():
            DeskNameWord.objects.filter(kind=kind).exclude(_is_of_row(model)).delete()
        for rows in in_chunks(model.all_objects.all()):
            DeskNameWord.objects.index(rows)
            yield "names", IndexStep(len(rows), len(rows))


def count_indexed() -> int:
    """Return how many texts ``build_indexes`` looks at."""
    models: list[Any] = [Article, *DESK_KINDS.values()]
    return count_editions() + sum(model.all_objects.count() for model in models)


def _name_issues(remedy: str) -> Iterator[IntegrityIssue]:
    for kind, model in DESK_KINDS.items():
        message = gettext("The desk does not find it by its names, or by others.")
        for rows in in_chunks(model.all_objects.all()):
            for key in sorted(DeskNameWord.objects.find_differing(rows)):
                yield IntegrityIssue("search", f"{kind} {key}", message, remedy)
        orphans = DeskNameWord.objects.filter(kind=kind).exclude(_is_of_row(model))
        for key in sorted(set(orphans.values_list("key", flat=True)[:CHUNK])):
            message = gettext("There are words of its names, but it is gone.")
            yield IntegrityIssue("search", f"{kind} {key}", message, remedy)


def _is_of_row(model: Any) -> Exists:
    return Exists(model.all_objects.filter(pk=OuterRef("key")))


def _differing(rows: SearchQuerySet, owners: Sequence[Any]) -> Iterator[Any]:
    differing = rows.find_differing(owners)
    return (owner for owner in owners if owner.pk in differing)
