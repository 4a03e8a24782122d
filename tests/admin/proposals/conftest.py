"""A story that readers have."""

from typing import Any

import pytest

from articles.models import Article, User
from tests.factories import make_live


@pytest.fixture
def story(reporter: User) -> Article:
    """Publish a story of three paragraphs."""
    body = "<p>The ferry stays.</p>\n<p>Nobody was hurt.</p>\n<p>It rained.</p>"
    fields: dict[str, Any] = {"headline": "Ferry stays", "dek": "", "body_html": body}
    return make_live(**fields).article
