"""A protected witness, and a live story that was frozen while that role could be printed."""

import pytest

from articles.models import Article, Organization, Person
from articles.publishing import publish
from tests.factories import (
    make_article,
    make_membership,
    make_organization,
    make_person,
    make_quote,
)

from .witness import BODY, DAY, WORDS, make_private


@pytest.fixture
def police(db) -> Organization:
    return make_organization("Police of Sund")


@pytest.fixture
def witness(police) -> Person:
    person = make_person("Ada Lund")
    make_membership(person, police, "protected witness", start_date="2024")
    return person


@pytest.fixture
def story(witness) -> Article:
    """A live story that was frozen while the role could be printed; now it must not be."""
    article = make_article(
        body_html=BODY, published_at=DAY, people=(witness,), headline="Quay to close"
    )
    make_quote(article, WORDS, person=witness)
    publish(article, by=None)
    make_private(witness)
    return article
