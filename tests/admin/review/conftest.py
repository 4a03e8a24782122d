"""A story whose suggestions wait, and the person on record whom it quotes."""

import pytest

from articles.models import Article, Person
from tests.admin.review_stories import make_story
from tests.factories import make_person


@pytest.fixture
def story(db) -> Article:
    return make_story()


@pytest.fixture
def ada(db) -> Person:
    return make_person("Ada Lund")
