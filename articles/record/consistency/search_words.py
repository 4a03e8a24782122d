"""Whether readers find what they have: each edition has its words in the index, and no others."""

from collections.abc import Iterator

from django.utils.translation import gettext

from articles.models import EditionSearch
from articles.models.search import check_words_table
from articles.public.search.build import lasting_editions
from articles.record.integrity import IntegrityIssue, in_chunks


def search_issues() -> Iterator[IntegrityIssue]:
    """Yield what of the index of words is not as the editions are."""
    remedy = gettext("Run `manage.py build_search --all`.")
    for editions in in_chunks(lasting_editions()):
        differing = EditionSearch.objects.find_differing(editions)
        for edition in editions:
            if edition.pk in differing:
                yield IntegrityIssue(
                    "search",
                    f"edition {edition.number}",
                    gettext("Readers do not find it by its words, or by others."),
                    remedy,
                    article=edition.article_id,
                )
    if not check_words_table():
        yield IntegrityIssue(
            "search", "", gettext("The index of words is not that of its rows."), remedy
        )
