"""A quote of somebody whose name is to go."""

from typing import Any

import pytest

from articles.models import Quote
from articles.record import SpeakerChoice, accept_suggestion
from tests.factories import make_membership, make_organization
from tests.record.quotes.unnamed import chief as chief
from tests.record.quotes.unnamed import story as story
from tests.record.quotes.unnamed import suggestion_of

from .named import NAME


@pytest.fixture
def named(story, chief) -> Quote:
    """A quote of somebody who came on record with it; the story is filed under her, and silent about her by now."""
    quote: Any = accept_suggestion(
        suggestion_of(story), by=chief, choice=SpeakerChoice("new-person", name=NAME)
    )
    quote.role = "engineer Ollerby knows"
    quote.save()
    person = quote.person
    person.other_names.create(name="Hattie O.", visibility="hidden")
    make_membership(person, make_organization("Port of Sund"), "engineer")
    story.people.add(person)
    story.create_revision(chief)
    return quote
