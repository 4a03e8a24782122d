"""A story of which a version from the wire waits."""

import pytest

from articles.models import Article
from tests.wire import (
    NEW,
    OUR_END,
    OURS,
    QUAY,
    THEIR_END,
    THEIRS,
    body,
    edit,
)
from tests.wire import send_in as send_in


@pytest.fixture
def story(send_in) -> Article:
    """A story of which both changed headline, lead and end; only the wire changed the dek and added a paragraph."""
    send_in("1")
    edit(headline="Roof off fish market", body_html=body(OURS, QUAY, OUR_END))
    send_in("2", THEIRS, NEW, QUAY, THEIR_END, headline="Gale, 2", description_text="Two hurt.")
    return Article.objects.get()
