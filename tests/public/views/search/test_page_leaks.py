"""No search leads to what readers may not see: no story, count, card, statement, hint, nor words in context."""

import pytest

from articles.models import OtherName, Person
from articles.public import site_context
from articles.publishing import publish
from tests.factories import make_live
from tests.secret import STATES, make_secret

from .pages import cards, hint, marked, search, statements, stories

pytestmark = pytest.mark.django_db
# All words of the secret but for the last letter or two, so that an answer that repeats what was looked for shows none
# of them; words that are a letter away from one; words of a person and of what was said.
SEARCHES: tuple[str, ...] = (
    "zephyri",
    "leaked",
    "quixotic",
    "marmala",
    "kickerwor",
    "authorel",
    "penn",
    "leakta",
)
SEARCHES += ("leaksect", "leakrol", "leakpers", "paula", "leakbo", "trust", "altword", "tangeri")
SEARCHES += (
    "quinc",
    "official",
    "promised square",
    "paula light",
    "leakperso tangeri",
    '"light was"',
)
SEARCHES += ("zephirine", "marmelade", "tangerime", "leakpersom", "leaktga", "kikcerword")
# Roles are searched by no word, and a hint is a word of a name, of a headline or of a tag's address.
LEADING_NOWHERE = {"leakrol", "marmelade", "tangerime", "leaktga", "kikcerword"}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_search_leads_to_what_is_not_live(client, state):
    secret = state()
    make_live(headline="An ordinary story")
    site_context.reset()
    for text in SEARCHES:
        response = search(client, text)
        results = [read(response) for read in (cards, statements, stories, marked, hint)]
        assert results == [[], [], [], [], ""], text
        page = response.content.decode()
        assert "No story has these words." in page
        assert [word for word in secret.words if word in page] == [], text


def test_the_same_searches_lead_to_it_once_it_is_live(client):
    publish(make_secret().article, by=None)
    for text in set(SEARCHES) - LEADING_NOWHERE:
        response = search(client, text)
        assert cards(response) or stories(response) or hint(response), text
    assert statements(search(client, "paula light"))


def test_a_person_whom_no_listed_story_links_is_no_card_and_no_hint(client):
    make_live(headline="An ordinary story")
    Person.objects.create(name="Petronella Unseen", slug="unseen")
    for text in ("petronella", "petronela"):
        response = search(client, text)
        assert cards(response) == []
        assert hint(response) == ""


@pytest.mark.parametrize("visibility", ["redirect", "hidden"])
def test_a_name_that_readers_are_not_told_is_printed_nowhere(client, visibility):
    secret = make_secret()
    OtherName.objects.create(person=secret.person, name="Deadname Bygone", visibility=visibility)
    publish(secret.article, by=None)
    is_found = visibility == "redirect"
    for text in ("deadnam", "deadnema", "bygon", "deadname light"):
        response = search(client, text)
        assert "Deadname" not in response.content.decode()
        assert stories(response) == []
        assert hint(response) == ""
    assert cards(search(client, "deadnam")) == (["Paula Leakperson"] if is_found else [])


def test_a_private_role_is_on_no_card(client):
    secret = make_secret()
    secret.person.memberships.create(
        organization=secret.organization, role="Nightwatch", is_confirmed=True, is_public=False
    )
    publish(secret.article, by=None)
    response = search(client, "paula")
    assert cards(response) == ["Paula Leakperson"]
    assert "Nightwatch" not in response.content.decode()
