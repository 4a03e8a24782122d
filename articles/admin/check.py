"""The publish check of a story, as its form and the answers to its scripts show it."""

from typing import Any

from django.utils import timezone

from articles.models import Article, User
from articles.publishing import reasons_against, warnings_about
from articles.record.lint import lint

SEE_DOUBTS = "articles.view_wavedoff"


def check_of(article: Article, user: User) -> dict[str, Any]:
    """Return what ``_check.html`` wants about ``article``, as ``with_state`` reads it: blocks, warnings, doubts.

    ``lint`` is None for who may not see doubts. The number of queries does not depend on how much is quoted.
    """
    return {
        "reasons": reasons_against(article, timezone.now()),
        "warnings": warnings_about(article),
        "lint": lint(article) if user.has_perm(SEE_DOUBTS) else None,
    }
