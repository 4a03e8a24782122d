"""A quote stands in a text with all its parts, or it does not stand in it."""

import pytest

from articles.models import Quote
from tests.factories import make_article, make_organization, make_person, make_quote

pytestmark = pytest.mark.django_db
TEXT = "“The quay holds,” she said. “For now.”"


def make_split_quote(**fields) -> Quote:
    article = make_article(body_html=f"<p>{TEXT}</p>")
    return make_quote(article, "The quay holds, … For now.", **fields)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        (TEXT, True),
        (TEXT.replace("holds", "falls"), False),
        (TEXT.replace("now", "you"), False),
        (f" {TEXT}", False),
        ("", False),
    ],
)
def test_all_parts_of_a_split_quote_have_to_stand_in_the_text(text, stands):
    assert make_split_quote().stands_in(text) is stands


def test_a_quote_without_parts_stands_in_no_text():
    quote = make_split_quote()
    quote.parts.all().delete()
    assert quote.stands_in(TEXT) is False


def test_confirmed_and_detached_quotes_are_told_apart():
    confirmed, detached = make_split_quote(), make_split_quote(state="detached")
    assert Quote.objects.confirmed().get() == confirmed
    assert Quote.objects.detached().get() == detached


def test_who_spoke_is_named_as_readers_see_it():
    assert make_split_quote(person=make_person("Ada Lund")).speaker == "Ada Lund"
    assert (
        make_split_quote(organization=make_organization("Port of Sund")).speaker == "Port of Sund"
    )
    assert make_split_quote(unnamed="a diver").speaker == "a diver"


def test_a_long_quote_is_named_by_its_first_sixty_characters():
    assert str(Quote(text="a" * 60)) == "a" * 60
    assert str(Quote(text="a" * 61)) == "a" * 60 + "…"


def test_keys_are_ten_characters_that_nobody_takes_for_others():
    key = make_split_quote().quote_key
    assert len(key) == 10
    assert not set(key) & set("01oluiOIL")
