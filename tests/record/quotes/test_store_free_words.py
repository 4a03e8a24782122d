"""A quote as rows: nobody says the same words twice, whatever the door."""

import pytest

from articles.models import Quote, QuotePart
from articles.record import (
    DecisionError,
    SpeakerChoice,
    accept_suggestion,
    add_quote_by_hand,
    reattach_quote,
)
from articles.record.quotes.store import create_quote, replace_parts
from articles.record.quotes.text_quote import anchor
from articles.text.html.plain import plain_text
from tests.factories import make_article, make_person, make_quote, make_user

pytestmark = pytest.mark.django_db
BODY = "<p>“He told me ‘never again’ and left,” said Ann Frost. “Never again,” said Ben Gale.</p>"


def span_of(article, words: str) -> tuple[int, int]:
    at = plain_text(article.body_html).index(words)
    return at, at + len(words)


def put_by_hand(article, words: str, person) -> Quote:
    choice = SpeakerChoice("person", person.pk)
    spans = [span_of(article, words)]
    return add_quote_by_hand(article, spans, choice, kind="direct", role="", by=make_user())


def test_two_quotes_never_hold_one_span_not_even_of_one_speaker():
    article, ann = make_article(body_html=BODY), make_person("Ann Frost")
    put_by_hand(article, "Never again,", ann)
    for person in (ann, make_person("Ben Gale")):
        with pytest.raises(DecisionError, match="on record already"):
            put_by_hand(article, "Never again,", person)
    assert Quote.objects.count() == 1, "what was refused left no row behind"


def test_a_quote_within_a_quote_is_another_one():
    article, ann = make_article(body_html=BODY), make_person("Ann Frost")
    put_by_hand(article, "He told me ‘never again’ and left,", ann)
    put_by_hand(article, "never again", ann)
    assert Quote.objects.count() == 2
    with pytest.raises(DecisionError, match="on record already"):
        put_by_hand(article, "told me", ann)


def test_what_a_paraphrase_holds_is_said_once():
    article = make_article(body_html="<p>Ann Frost said the quay was “beyond repair” for good.</p>")
    make_quote(article, "the quay was “beyond repair” for good", kind="indirect", unnamed="she")
    with pytest.raises(DecisionError, match="on record already"):
        put_by_hand(article, "beyond repair", make_person("Ann Frost"))


def test_an_accepted_find_does_not_take_words_that_are_on_record(story, find_suggestion, editor):
    words = "I would not park a bicycle on it."
    put_by_hand(story, words, make_person("Ada Lund"))
    with pytest.raises(DecisionError, match="on record already"):
        accept_suggestion(
            find_suggestion(words), by=editor, choice=SpeakerChoice("new-person", name="Tomas Reve")
        )


def test_a_detached_quote_does_not_take_words_of_another():
    article = make_article(body_html=BODY)
    put_by_hand(article, "Never again,", make_person("Ben Gale"))
    detached = make_quote(article, "He told me", person=make_person("Ann Frost"), state="detached")
    with pytest.raises(DecisionError, match="on record already"):
        reattach_quote(detached, "“Never again,”", by=make_user())


def test_the_function_that_stores_places_is_the_gate():
    article = make_article(body_html=BODY)
    body, ben = plain_text(BODY), make_person("Ben Gale")
    make_quote(article, "Never again,", person=ben)
    other = make_quote(article, "He told me", person=make_person("Ann Frost"))
    with pytest.raises(DecisionError, match="on record already"):
        replace_parts(other, [anchor(body, *span_of(article, "Never again,"))], body)
    assert QuotePart.objects.get(quote=other).text == "He told me", "nothing was written"
    with pytest.raises(DecisionError):
        create_quote(
            article,
            [span_of(article, "Never again,")],
            by=None,
            kind="direct",
            basis="named",
            person=ben,
        )


def test_words_beside_a_paraphrase_are_free():
    article = make_article(body_html="<p>Ann Frost said the quay was lost for good.</p>")
    make_quote(article, "the quay was lost", kind="indirect", unnamed="she")
    for words in (" for good", "said "):
        put_by_hand(article, words, make_person("Ann Frost"))
    with pytest.raises(DecisionError, match="on record already"):
        put_by_hand(article, "t for", make_person("Ben Gale"))
