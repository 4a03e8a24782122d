"""The same statement with other words in another story, and how much of both a warning shows."""

import pytest

from articles.models import Article
from articles.publishing import withdraw
from articles.record.checks.variant_wording import (
    _clip_pieces,
    _clip_text,
    find_variant_wordings,
)
from articles.text.diff import DiffPiece
from tests.factories import (
    make_article,
    make_live_quote,
    make_organization,
    make_person,
    make_quote,
)

pytestmark = pytest.mark.django_db
WORDS = "We looked at every pile of it and found one that holds."
OTHER_WORDS = "We looked at every pile of it and found none that holds."


def story_with(words: str, **speaker) -> Article:
    article = make_article(body_html=f"<p>“{words}” it was heard.</p>")
    make_quote(article, words, **speaker)
    return article


def warnings(article: Article) -> list:
    return list(find_variant_wordings(article, list(article.quotes.all())))


@pytest.mark.parametrize("make", [make_person, make_organization])
def test_other_words_of_the_same_speaker_in_a_listed_story_are_told(make):
    field = "person" if make is make_person else "organization"
    speaker = {field: make("Port of Sund")}
    live = make_live_quote(OTHER_WORDS, fields={"headline": "Quay open"}, **speaker)
    article = story_with(WORDS, **speaker)
    (warning,) = warnings(article)
    assert warning.sentence == "Port of Sund is quoted in “Quay open” with other words."
    assert (warning.story, warning.words, warning.place) == (live.article_id, WORDS, 1)
    changes = [(piece.op, piece.text.strip()) for piece in warning.pieces if piece.op != "equal"]
    assert changes == [("delete", "none"), ("insert", "one")]
    withdraw(live.article, by=None, reason="Checking.")
    assert warnings(article) == []


def test_the_same_words_those_of_others_and_those_of_this_story_are_no_variant():
    ada = make_person("Ada Lund")
    make_live_quote(WORDS, person=ada)
    make_live_quote(OTHER_WORDS, person=make_person("Nils Berg"))
    make_live_quote(OTHER_WORDS)
    assert warnings(story_with(WORDS, person=ada)) == []
    assert warnings(story_with(WORDS)) == [], "who is not named is nobody's"
    live = make_live_quote(OTHER_WORDS, person=make_person("Bo Teal"))
    assert warnings(live.article) == []


def test_of_a_long_text_only_what_stands_beside_a_change_is_shown():
    text = "alpha bravo charlie delta echo"
    assert _clip_text(text, True, True, reach=15) == text, "it has room for both ends"
    assert _clip_text(text, True, True, reach=14) == "alpha bravo … delta echo"
    assert _clip_text(text, True, False, reach=14) == "alpha bravo … "
    assert _clip_text(text, False, True, reach=14) == " … delta echo"
    assert _clip_text(text, False, False) == " … "


def test_only_what_stayed_is_shortened():
    words = "word " * 40
    pieces = [DiffPiece(op, words) for op in ("equal", "delete", "insert", "equal")]
    first, deleted, inserted, last = _clip_pieces(pieces)
    assert (deleted.text, inserted.text) == (words, words)
    assert first.text.startswith(" … word")
    assert last.text.endswith("word … ")
    assert len(first.text) < 70
