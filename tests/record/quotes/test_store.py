"""The one door into the table of quotes: a source who is not named has no capacity, whoever stores it."""

import re
from pathlib import Path

import pytest

import articles
from articles.models import Quote
from articles.publishing import publish
from articles.record import DecisionError, add_quote_by_hand
from articles.record.quotes.store import save_quote, update_anchors
from articles.record.quotes.text_quote import Anchor, anchor
from articles.text.html.plain import plain_text
from tests.factories import make_article, make_person, make_quote
from tests.record.quotes.unnamed import (
    NAME,
    ROLE,
    STORING_FUNCTIONS,
    UNNAMED,
    WORDS,
    find_traces,
)
from tests.record.quotes.unnamed import chief as chief
from tests.record.quotes.unnamed import chief_client as chief_client
from tests.record.quotes.unnamed import story as story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("store", STORING_FUNCTIONS, ids=lambda store: store.__name__)
def test_a_source_who_is_not_named_has_no_role_however_it_is_stored(
    story, chief, chief_client, store
):
    quote = store(story, chief, chief_client)
    quote.refresh_from_db()
    assert (quote.unnamed, quote.role, quote.on_behalf_of, quote.mention) == (
        UNNAMED.name,
        "",
        None,
        "",
    )
    Quote.objects.update(unnamed_reason="Fears.", approved_at=quote.confirmed_at)
    edition = publish(story, by=None)
    (snapshot,) = edition.composed.quotes
    assert (snapshot.speaker, snapshot.role, snapshot.said_for) == (UNNAMED.name, "", None)
    assert "deputy" not in str(vars(edition))


@pytest.mark.parametrize("store", STORING_FUNCTIONS, ids=lambda store: store.__name__)
def test_who_a_source_not_named_is_stays_nowhere_however_it_is_stored(
    story, chief, chief_client, store
):
    store(story, chief, chief_client)
    assert find_traces(NAME, ROLE, "deputy") == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "rumour"}, "Kind: "),
        ({"role": "x" * 201}, "Role: "),
        ({"source_url": "javascript:alert(1)"}, "Recording or document: "),
        ({"person": None}, "Say who it was"),
        ({"unnamed": "a diver", "unnamed_reason": "Fears."}, "Choose only one speaker"),
        ({"person": None, "unnamed": "a diver"}, "Say why the source is not named"),
        ({"original_language": "fr"}, "Tick “translated” too"),
        ({"original_language": "in French", "is_translated": True}, "Write a language tag"),
    ],
)
def test_what_is_wrong_with_a_quote_is_refused_by_the_function_that_stores_it(fields, sentence):
    article = make_article(body_html=f"<p>“{WORDS}” said Ada Lund.</p>")
    quote = make_quote(article, WORDS, person=make_person("Ada Lund"))
    history = quote.history.count()
    for name, value in fields.items():
        setattr(quote, name, value)
    with pytest.raises(DecisionError, match=re.escape(sentence)):
        save_quote(quote)
    quote.refresh_from_db()
    assert (str(quote.person), quote.role, quote.history.count()) == ("Ada Lund", "", history)


@pytest.mark.parametrize("kind", ["", "rumour"])
def test_a_quote_by_hand_is_of_a_kind_that_there_is(story, chief, kind):
    start = story.body_html.index("“") + 1 - len("<p>")
    spans = [(start, start + len(WORDS))]
    with pytest.raises(DecisionError, match="Kind: "):
        add_quote_by_hand(story, spans, UNNAMED, kind=kind, role="", by=chief)
    assert not Quote.objects.exists()


def test_only_one_function_stores_a_quote():
    """Whatever writes a quote's speaker or role goes through ``save_quote``: no other module makes or saves one."""
    room = Path(articles.__file__).parent
    stores = re.compile(
        r"\bQuote\.objects\.(?:create|bulk_\w+)\(|\bquotes\.create\(|\bQuote\(\s*article="
    )
    modules = {
        str(file.relative_to(room))
        for file in room.rglob("*.py")
        if "migrations" not in file.parts and stores.search(file.read_text())
    }
    assert modules == {"record/quotes/store.py"}


@pytest.fixture
def anchored():
    """Give a story with two quotes, and a function that returns where words stand in a text."""
    body = "<p>“It holds,” said Ann. “It falls,” said Ben.</p>"
    article = make_article(body_html=body)
    quotes = [
        make_quote(article, words, person=make_person(name))
        for words, name in (("It holds,", "Ann"), ("It falls,", "Ben"))
    ]
    return plain_text(body), quotes


def place_of(words: str, text: str) -> list[Anchor]:
    start = text.index(words)
    return [anchor(text, start, start + len(words))]


def states(quotes) -> list[str]:
    return [Quote.objects.get(pk=quote.pk).state for quote in quotes]


def test_a_quote_that_stands_nowhere_is_detached_and_one_that_comes_back_is_confirmed(anchored):
    text, (first, second) = anchored
    places = [place_of("It holds,", text), place_of("It falls,", text)]
    detached = update_anchors([(first, places[0], None), (second, places[1], places[1])], text)
    assert detached == [first]
    assert states([first, second]) == ["detached", "confirmed"]
    assert update_anchors([(first, places[0], None)], text) == [], "it was that before"
    assert update_anchors([(first, places[0], places[0])], text) == []
    assert states([first, second]) == ["confirmed", "confirmed"]


def test_two_quotes_change_places(anchored):
    text, (first, second) = anchored
    after = text.replace("holds", "x").replace("falls", "holds").replace("x", "falls")
    olds = [place_of("It holds,", text), place_of("It falls,", text)]
    news = [place_of("It holds,", after), place_of("It falls,", after)]
    assert update_anchors(list(zip((first, second), olds, news, strict=True)), after) == []
    assert [quote.parts.get().start for quote in (first, second)] == [
        news[0][0].start,
        news[1][0].start,
    ]


def test_a_quote_that_would_have_the_words_of_another_is_detached_where_it_stood(anchored):
    text, (first, second) = anchored
    places = [place_of("It holds,", text), place_of("It falls,", text)]
    assert update_anchors([(second, places[1], places[0])], text) == [second]
    assert states([first, second]) == ["confirmed", "detached"]
    assert second.parts.get().start == places[1][0].start
