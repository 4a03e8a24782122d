"""A quote stands in a text with all its parts, or it does not stand in it."""

from datetime import date

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from articles.models import Quote, QuotePart
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


def make_unsaved(**fields) -> Quote:
    """Return a quote in which nothing is wrong but what ``fields`` say."""
    return Quote(**{"text": "x", "kind": "direct", "basis": "named", "person_id": 7} | fields)


UNNAMED = {"person_id": None, "unnamed": "a diver", "unnamed_reason": "Fears for the job."}


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"kind": "rumour"}, "kind", "whole sentence"),
        ({"kind": ""}, "kind", "whole sentence"),
        ({"person_id": None}, NON_FIELD_ERRORS, "Say who it was"),
        ({"person_id": None, "unnamed": "  "}, NON_FIELD_ERRORS, "Say who it was"),
        ({"organization_id": 7}, NON_FIELD_ERRORS, "only one speaker"),
        (UNNAMED | {"person_id": 7}, NON_FIELD_ERRORS, "only one speaker"),
        (UNNAMED | {"unnamed_reason": " "}, "unnamed_reason", "why the source is not named"),
        (UNNAMED | {"role": "diver"}, "role", "speaks for nobody"),
        (UNNAMED | {"on_behalf_of_id": 7}, "role", "speaks for nobody"),
        ({"said_on": date(999, 12, 31)}, "said_on", "between 1000 and 2999"),
        ({"said_on": date(3000, 1, 1)}, "said_on", "between 1000 and 2999"),
        ({"original_language": "fr"}, "original_language", "Tick “translated”"),
        ({"original_language": "French!", "is_translated": True}, "original_language", "pt-BR"),
    ],
)
def test_what_a_quote_on_record_must_satisfy_is_said_by_field(fields, field, words):
    quote = make_unsaved(**fields)
    [(name, sentence)] = quote.problems()
    assert name == field
    assert words in sentence
    with pytest.raises(ValidationError) as refusal:
        quote.clean()
    assert refusal.value.message_dict == {field: [sentence]}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"role": "diver", "on_behalf_of_id": 7},
        {"person_id": None, "organization_id": 7},
        UNNAMED,
        {"said_on": date(1000, 1, 1)},
        {"said_on": date(2999, 12, 31)},
        {"is_translated": True},
        {"is_translated": True, "original_language": "zh-Hant"},
    ],
)
def test_a_quote_in_which_nothing_is_wrong_has_no_problems(fields):
    assert make_unsaved(**fields).problems() == []
    make_unsaved(**fields).clean()


def test_a_field_that_cannot_be_stored_is_said_once_beside_the_others():
    quote = make_unsaved(role="x" * 201, original_language="x" * 21, unnamed="a diver")
    problems = quote.problems()
    names = [name for name, _ in problems]
    assert sorted(names) == sorted(
        [NON_FIELD_ERRORS, "original_language", "role", "unnamed_reason"]
    )
    assert "200 characters" in dict(problems)["role"]


def test_parts_have_words_and_stand_in_their_order():
    quote = make_split_quote()
    assert [part.text for part in quote.parts.all()] == ["The quay holds,", "For now."]
    assert str(quote.parts.first()) == "The quay holds,"
    for ordinal, start, end in ((0, 0, 3), (2, 3, 3), (3, 4, 3)):
        with pytest.raises(IntegrityError), transaction.atomic():
            QuotePart.objects.create(quote=quote, ordinal=ordinal, start=start, end=end, text="x")


def test_the_quote_confirmed_last_stands_first():
    quotes = [make_split_quote(), make_split_quote()]
    assert list(Quote.objects.all()) == quotes[::-1]
