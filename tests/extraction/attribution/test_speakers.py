"""Who speaks where the sentence makes it hard: nouns that report, passives, participles, documents, signatures."""

import pytest

from articles.extraction.extract import extract
from articles.extraction.types import ExtractedQuote

LEDE = "Harbour master Ada Okafor and ferry owner Per Lind met in Northtown on Monday.\n\n"


def _quotes(text: str) -> list[ExtractedQuote]:
    return [quote for quote in extract(text).quotes if quote.kind in ("direct", "partial")]


def _speakers(sentences: str) -> list[tuple[str | None, str | None]]:
    quotes = _quotes(LEDE + sentences)
    return [(quote.speaker, quote.mention.text if quote.mention else None) for quote in quotes]


@pytest.mark.parametrize(
    ("sentence", "speaker", "mention"),
    [
        ("Okafor’s claim that the lock is “as good as new” was met with laughter.", 0, "Okafor"),
        ("Lind was tired. His answer was “not today”.", 1, "His"),
        ("The crew left because, in Okafor’s words, “the tide was gone for good”.", 0, "Okafor"),
        ("From Lind’s post: “The lock is finished for good.”", 1, "Lind"),
        ("As Lind put it, “the lock is finished for good”.", 1, "Lind"),
        ("The lock is, as Okafor pointed out, “an old friend of ours”.", 0, "Okafor"),
        ("Okafor fired back: “The lock is an old friend.”", 0, "Okafor"),
    ],
    ids=["claim", "answer", "words", "post", "put it", "pointed out", "fired back"],
)
def test_a_noun_or_a_phrase_may_report(sentence, speaker, mention):
    name = ("Ada Okafor", "Per Lind")[speaker]
    assert _speakers(sentence) == [(name, mention)]


def test_a_verb_of_saying_wins_over_the_noun_it_is_about():
    sentence = "Lind called Okafor’s answer “a disgrace to us all”."
    assert _speakers(sentence) == [("Per Lind", "Lind")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Okafor said the late-night tweets about the lock were “a disgrace”.",
        "Okafor said the terror attack was “a disgrace”.",
        "Okafor called the gun issue “a disgrace”.",
        "Okafor said ensuring states are run well was “a disgrace”.",
        "Okafor said the personal attacks were “a disgrace”.",
    ],
    ids=["tweets", "attack", "issue", "states", "attacks"],
)
def test_a_noun_that_looks_like_a_verb_of_saying_is_none(sentence):
    assert _speakers(sentence) == [("Ada Okafor", "Okafor")]


def test_who_is_asked_does_not_speak_and_who_answers_does():
    sentences = "Okafor was asked, “Who pays for the lock?” Lind answered, “Whoever sails.”"
    assert _speakers(sentences) == [(None, None), ("Per Lind", "Lind")]


def test_what_is_labelled_has_no_speaker():
    assert _speakers("Okafor kept the key in a box labelled “very much private”.") == [(None, None)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Okafor defended “the old ways of us all”, saying the lock was “an old friend”.",
        "Calling the lock “an old friend,” Okafor shut it.",
        "After saying the lock was “an old friend,” Okafor shut it.",
        "Okafor used the speech to call the lock “an old friend”.",
        "Okafor shut the lock early and in a later interview said it was “an old friend”.",
        "Okafor talked up the lock as an “old friend,” promising to mend it.",
    ],
    ids=["saying", "calling", "after saying", "infinitive", "interview", "promising"],
)
def test_a_verb_without_a_subject_of_its_own_has_that_of_the_sentence(sentence):
    assert {name for name, _ in _speakers(sentence)} == {"Ada Okafor"}


def test_the_clause_at_hand_has_the_subject():
    sentence = "Lind left after she shut the lock and called it “an old friend”."
    assert _speakers(sentence)[0][1] == "she"


def test_who_is_the_speaker_of_its_own_clause():
    (quote,) = _quotes(
        LEDE + "Okafor, who has in the past called the lock “an old friend”, left early."
    )
    assert (quote.speaker, quote.mention.text if quote.mention else None) == ("Ada Okafor", "who")


def test_a_relative_clause_after_the_quote_reports_nothing():
    sentence = "Okafor praised the “old northern charter,” which allows ferries to dock."
    assert {name for name, _ in _speakers(sentence)} <= {"Ada Okafor"}


def test_a_title_does_not_become_the_speaker_of_its_bearer():
    sentence = "Keeper of the Northtown Seal, Darman Ahmat, said the lock was “shut for good”."
    assert _speakers(sentence)[0][0] == "Darman Ahmat"


@pytest.mark.parametrize(
    ("sentence", "speaker", "mention"),
    [
        (
            "“The lock leaks,” according to a letter by harbour master Ada Okafor.",
            "Ada Okafor",
            "a letter by harbour master Ada Okafor",
        ),
        (
            "A statement from the Northtown Harbour Authority said the lock was “shut for good”.",
            "Northtown Harbour Authority",
            "A statement from the Northtown Harbour Authority",
        ),
        ("“The lock leaks,” Okafor’s memo said.", "Ada Okafor", "Okafor’s memo"),
        ("“The lock leaks,” a report said.", None, "a report"),
        (
            "According to a memo seen by Coastline, the lock was “shut for good”.",
            None,
            "a memo seen",
        ),
    ],
    ids=["letter by", "statement from", "memo of", "report", "seen by"],
)
def test_behind_a_document_stands_its_author_not_who_has_seen_it(sentence, speaker, mention):
    assert _speakers(sentence) == [(speaker, mention)]


@pytest.mark.parametrize("dash", ["— ", "–", "― ", "-- "])
def test_a_signed_quote_is_its_signers(dash):
    text = (
        f"Readers write.\n\n“The lock leaks.” {dash}Ines Vahtra\n“It does not.” {dash}Dewi Marlow"
    )
    quotes = [(quote.speaker, quote.pattern) for quote in _quotes(text)]
    assert quotes == [("Ines Vahtra", "signed"), ("Dewi Marlow", "signed")]


def test_a_signature_may_stand_on_the_next_line_with_an_office():
    (quote,) = _quotes("“The lock leaks.”\n— Ines Vahtra, deputy mayor\n\nNobody replied.")
    assert quote.speaker == "Ines Vahtra"


def test_a_split_quote_goes_on_with_its_speaker():
    first, second = _quotes(LEDE + "“The lock leaks,” said Okafor, “and it always has.”")
    assert (second.speaker, second.pattern) == ("Ada Okafor", "floating-on")
    assert second.utterance == first.utterance


def test_went_on_reports_after_a_question():
    assert _speakers("“Who pays?” Lind went on, as if nobody had spoken.")[0] == (
        "Per Lind",
        "Lind",
    )
