"""A story with everything that a find can be, written for these tests."""

import pytest

from articles.models import Article, Suggestion
from articles.record import follow
from tests.factories import make_article, make_user

BODY = """<p>The mayor, Ada Lund, said the quay was “beyond repair” and would be closed.</p>
<p>“We looked at every pile of it,” she told reporters. “Nothing there will hold another winter.”</p>
<p>Harbour engineer Tomas Reve said: “I would not park a bicycle on it.”</p>
<p>“It was always going to end like this,” a senior official said.</p>
<p>The paper “Tides of the North” was praised.</p>"""


@pytest.fixture
def editor(db):
    return make_user()


@pytest.fixture
def story(db) -> Article:
    article = make_article(headline="Quay to close", body_html=BODY)
    follow(article, by=None)
    return article


@pytest.fixture
def ask(story):
    """Give the suggestion whose words begin with what is asked for, or that names it."""

    def find(words: str) -> Suggestion:
        for one in story.suggestions.all():
            if one.found.get("text", one.found.get("name", "")).startswith(words):
                return one
        raise LookupError(words)

    return find
