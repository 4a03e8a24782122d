"""A story with every kind of suggestion, and somebody with a role."""

from functools import partial

import pytest

from articles.models import Article, Organization, Person
from tests.admin.review_stories import find_suggestion as suggestion_of
from tests.admin.review_stories import make_story
from tests.factories import make_membership, make_organization, make_person, make_user


@pytest.fixture
def editor(db):
    return make_user()


@pytest.fixture
def story(db) -> Article:
    return make_story()


@pytest.fixture
def port(db) -> Organization:
    return make_organization("Port of Sund")


@pytest.fixture
def ada(port) -> Person:
    """Somebody whose role readers may be told."""
    ada = make_person("Ada Lund")
    make_membership(ada, port, "harbour master", start_date="2020")
    return ada


@pytest.fixture
def find_suggestion(story):
    """Give the suggestion whose words begin with the argument, or that names it."""

    return partial(suggestion_of, story)
