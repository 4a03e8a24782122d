"""The publish check of a story, as its form and the answers to its scripts show it."""

from typing import Any

from articles import clock
from articles.models import Article, User
from articles.publishing import publish_blockers, publish_warnings
from articles.record.checks.quote_checks import check_quotes

VIEW_WARNINGS = "articles.view_wavedoff"


def publish_check_context(article: Article, user: User) -> dict[str, Any]:
    """Return what ``_publish_check.html`` wants about ``article``, with its state: blocks and warnings.

    ``quote_checks`` is None for who may not see warnings. The number of queries does not depend on how much is quoted.
    """
    return {
        "reasons": publish_blockers(article, clock.now()),
        "warnings": publish_warnings(article),
        "quote_checks": check_quotes(article) if user.has_perm(VIEW_WARNINGS) else None,
    }
