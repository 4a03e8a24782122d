"""A quote stays with its own sentence: the same words of somebody else, or said another time, are never its own."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Quote, QuotePart
from articles.publishing import NotPublishable, publish
from articles.record import SpeakerChoice, add_quote_by_hand, find_quote_spans, sync_record
from articles.record.quotes.detached import Paragraphs, suggest_rewording
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import paragraphs_to_html
from tests.factories import make_article, make_person, make_user
from tests.rollback import rolled_back

pytestmark = pytest.mark.django_db
FROST = "Ann Frost, who runs the harbour, was asked about it. “No comment,” said Ann Frost."
RAIN = "The rain fell on the market all day."
GALE = "“No comment,” said Ben Gale."
NAMES = ("Ann Frost", "Ben Gale", "Cora Hill", "Dan Reeve")


def write(article: Article, paragraphs: list[str]) -> list[str]:
    """Save ``paragraphs`` as the admin does: with a revision, then the record follows."""
    article.apply_snapshot(
        {"body_html": paragraphs_to_html([("p", paragraph) for paragraph in paragraphs])}
    )
    article.create_revision(None)
    return sync_record(article, by=None)


def start_article(*paragraphs: str) -> Article:
    article = make_article(body_html="<p>To come.</p>")
    write(article, list(paragraphs))
    return article


def add_quote(article: Article, words: str, name: str, number: int = 0) -> Quote:
    spans = find_quote_spans(plain_text(article.body_html), words, number)
    choice = SpeakerChoice("person", make_person(name).pk)
    return add_quote_by_hand(article, spans, choice, kind="direct", role="", by=make_user())


def state_and_spans(quote: Quote) -> tuple[str, list[tuple[int, int]]]:
    quote.refresh_from_db()
    return quote.state, [(part.start, part.end) for part in quote.parts.all()]


def test_words_whose_sentence_goes_are_not_found_in_the_mouth_of_another():
    article = start_article(FROST, RAIN, GALE)
    quote = add_quote(article, "No comment,", "Ann Frost", 1)
    notes = write(article, [RAIN, GALE])
    assert "though the same words stand there" in notes[0]
    assert state_and_spans(quote)[0] == "detached"
    with pytest.raises(NotPublishable, match="A quote of Ann Frost is on record"):
        publish(article, by=None)
    assert write(article, [RAIN, GALE, "Nobody was hurt."]) == []
    assert state_and_spans(quote)[0] == "detached", "an edit elsewhere does not bring it back"
    write(article, [RAIN, GALE, FROST])
    assert state_and_spans(quote)[0] == "confirmed"


def test_of_two_who_said_the_same_the_one_whose_paragraph_goes_is_detached():
    article = start_article("“Never again,” said Ann Frost.", "“Never again,” said Ben Gale.")
    frost = add_quote(article, "Never again,", "Ann Frost", 1)
    gale = add_quote(article, "Never again,", "Ben Gale", 2)
    write(article, ["“Never again,” said Ben Gale."])
    assert state_and_spans(frost)[0] == "detached"
    assert state_and_spans(gale) == ("confirmed", [(1, 13)])


def test_of_two_times_that_one_speaker_said_it_one_stays():
    article = start_article("“Yes,” Ann Frost said.", RAIN, "“Yes,” Ann Frost said at the quay.")
    first, second = (add_quote(article, "Yes,", "Ann Frost", number) for number in (1, 2))
    write(article, ["“Yes,” Ann Frost said.", RAIN])
    assert [state_and_spans(quote)[0] for quote in (first, second)] == ["confirmed", "detached"]


def test_the_same_speaker_saying_it_again_elsewhere_off_record_is_not_that_quote():
    article = start_article("“Yes,” Ann Frost said.", RAIN, "“Yes,” Ann Frost said.")
    quote = add_quote(article, "Yes,", "Ann Frost", 1)
    write(article, [RAIN, "“Yes,” Ann Frost said."])
    assert state_and_spans(quote)[0] == "detached"


def test_speakers_who_change_places_keep_their_own_words():
    article = start_article(FROST, GALE)
    frost = add_quote(article, "No comment,", "Ann Frost", 1)
    gale = add_quote(article, "No comment,", "Ben Gale", 2)
    write(article, [GALE, FROST])
    body_text = plain_text(article.body_html)
    assert state_and_spans(gale) == ("confirmed", [(1, 12)])
    assert state_and_spans(frost)[1][0][0] == body_text.rindex("No comment,")


@pytest.mark.parametrize(
    "now",
    [
        "“No comment,” said Ben Gale.",
        "Ben Gale was asked. “No comment,” said Ben Gale at the harbour.",
        "Ann Frost, who runs the harbour, was asked about it. “No comment,” said Ben Gale.",
        "Ann Frost, who runs the harbour, was asked about it. “No comment,” said a spokesman.",
    ],
)
def test_words_that_are_given_to_another_speaker_are_detached(now):
    article = start_article(FROST, RAIN)
    quote = add_quote(article, "No comment,", "Ann Frost")
    write(article, [now, RAIN])
    assert state_and_spans(quote)[0] == "detached"
    write(article, [FROST, RAIN])
    assert state_and_spans(quote)[0] == "confirmed", "given back to its speaker"


@pytest.mark.parametrize("other", ["Ben Gale", "a spokesman", "Annika Frost"])
def test_another_speaker_in_an_otherwise_equal_sentence_is_seen(other):
    sentence = "“No comment,” said Ann Frost after the vote in the market hall."
    article = start_article(sentence, RAIN)
    quote = add_quote(article, "No comment,", "Ann Frost")
    write(article, [sentence.replace("Ann Frost", other), RAIN])
    assert state_and_spans(quote)[0] == "detached"
    write(article, [sentence, RAIN])
    assert state_and_spans(quote)[0] == "confirmed"


@pytest.mark.parametrize("same", ["Frost", "she", "Mrs Frost", "the harbour master"])
def test_the_speaker_by_another_word_is_the_speaker(same):
    sentence = "“No comment,” said Ann Frost after the vote in the market hall."
    article = start_article(sentence, RAIN)
    quote = add_quote(article, "No comment,", "Ann Frost")
    write(article, [sentence.replace("Ann Frost", same), RAIN])
    assert state_and_spans(quote)[0] == "confirmed"


@pytest.mark.parametrize(
    "now",
    [
        [FROST.replace("runs", "leads"), RAIN, GALE],
        [RAIN, GALE, FROST],
        [f"Nobody was hurt. {FROST}", RAIN, GALE],
        [FROST.replace(" “No", " It was late. “No"), RAIN, GALE],
        [
            FROST.replace("“No comment,” said Ann Frost", "Ann Frost said: “No comment,” no more"),
            GALE,
        ],
        [FROST.replace("said Ann Frost", "she said"), RAIN, GALE],
        [f"{FROST} {RAIN}", GALE],
        [*FROST.replace(". ", ".|").split("|"), RAIN, GALE],
        [FROST, GALE, RAIN, "“No comment,” said Cora Hill."],
    ],
)
def test_an_ordinary_edit_takes_the_quote_along(now):
    article = start_article(FROST, RAIN, GALE)
    quote = add_quote(article, "No comment,", "Ann Frost", 1)
    assert write(article, now) == []
    state, (span,) = state_and_spans(quote)
    assert state == "confirmed"
    paragraph = next(
        text for text in plain_text(article.body_html).split("\n\n") if "No comm" in text
    )
    is_alone = "Frost" in paragraph or "she" in paragraph
    own = FROST[:9] if is_alone else "said Ann Frost"
    assert abs(plain_text(article.body_html).index(own) - span[0]) < 120


def test_a_new_headline_moves_nothing():
    article = start_article(FROST, RAIN, GALE)
    quote = add_quote(article, "No comment,", "Ann Frost", 1)
    before = state_and_spans(quote)
    article.apply_snapshot({"headline": "Another"})
    article.create_revision(None)
    assert sync_record(article, by=None) == []
    assert state_and_spans(quote) == before


def test_two_quotes_that_an_older_version_left_on_one_span_are_both_decided_anew():
    article = start_article(GALE)
    gale = add_quote(article, "No comment,", "Ben Gale")
    frost = add_quote(start_article(FROST), "No comment,", "Ann Frost")
    part = gale.parts.get()
    Quote.objects.filter(pk=frost.pk).update(article=article)
    frost.parts.update(start=part.start, end=part.end, prefix=part.prefix, suffix=part.suffix)
    assert len(write(article, [GALE, RAIN])) == 2


def test_the_same_words_are_not_offered_as_the_new_wording():
    passage = Paragraphs(GALE).nearest("No comment,")
    assert suggest_rewording("No comment,", passage) == ""
    assert suggest_rewording("We had no choice,", "“We had no real choice,” she said.")


SENTENCES = st.tuples(
    st.sampled_from(["No comment,", "Yes,", "Never again,"]),
    st.sampled_from(NAMES),
    st.sampled_from(["", " on Monday", " after the vote", " at the quay"]),
)
TEXTS = st.lists(SENTENCES, min_size=2, max_size=8, unique=True)


def render_sentence(sentence: tuple[str, str, str]) -> str:
    words, name, rest = sentence
    return f"“{words}” said {name}{rest}."


def render_paragraphs(sentences: list, breaks: list[bool]) -> list[str]:
    paragraphs = [""]
    for sentence, is_new in zip(sentences, breaks * len(sentences), strict=False):
        if is_new:
            paragraphs.append("")
        paragraphs[-1] += f" {render_sentence(sentence)}"
    return [paragraph.strip() for paragraph in paragraphs if paragraph]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sentences=TEXTS,
    breaks=st.lists(st.booleans(), min_size=1, max_size=5),
    removed=st.sets(st.integers(0, 7)),
    order=st.randoms(use_true_random=False),
    new=st.sampled_from([None, *NAMES]),
)
def test_whatever_the_edit_each_quote_stands_in_its_own_sentence_or_nowhere(
    sentences, breaks, removed, order, new
):
    with rolled_back():  # else each example knows the people of all before it
        check_edit(sentences, breaks, removed, order, new)


def check_edit(
    sentences: list[tuple[str, str, str]],
    breaks: list[bool],
    removed: set[int],
    order: Random,
    new: str | None,
) -> None:
    """Remove, shuffle and add sentences that are on record: each quote goes with its own."""
    article = start_article(*render_paragraphs(sentences, breaks))
    body_text = plain_text(article.body_html)
    quotes = {}
    for sentence in sentences:
        at = body_text.index(render_sentence(sentence)) + 1
        choice = SpeakerChoice("person", make_person(sentence[1]).pk)
        spans = [(at, at + len(sentence[0]))]
        quotes[sentence] = add_quote_by_hand(
            article, spans, choice, kind="direct", role="", by=make_user()
        )
    remaining = [item for number, item in enumerate(sentences) if number not in removed]
    order.shuffle(remaining)
    spoken = {(words, name) for words, name, _ in sentences}
    added = ("No comment,", new, " in the office")
    edited = [added, *remaining] if new and added[:2] not in spoken else remaining
    write(article, render_paragraphs(edited, breaks) or ["Nothing."])
    body_text = plain_text(article.body_html)
    parts = QuotePart.objects.filter(quote__article=article, quote__state="confirmed")
    assert all(body_text[part.start : part.end] == part.text for part in parts)
    assert len({(part.start, part.end) for part in parts}) == len(parts)
    for sentence, quote in quotes.items():
        at = body_text.index(render_sentence(sentence)) + 1 if sentence in remaining else -1
        expected = ("confirmed", [(at, at + len(sentence[0]))])
        assert (
            state_and_spans(quote) == expected
            if at > 0
            else state_and_spans(quote)[0] == "detached"
        )


def test_three_words_of_ten_are_enough_for_the_place_of_a_quote():
    words = "one two three four five six seven eight nine ten"
    near, far = "one two three alpha", "one two alpha beta"
    assert Paragraphs(f"{far}\n\n{near}").nearest(words) == near
    assert Paragraphs(far).nearest(words) == ""
    assert Paragraphs("").nearest(words) == ""
    assert Paragraphs(f"{near}\n\n{near} beta").nearest(words) == near, "of two the first"
