"""Who said it: each way of English news to say so, in sentences of our own."""

import pytest

from articles.extraction.extract import extract
from articles.extraction.types import ExtractedQuote


def _quotes(text: str) -> list[ExtractedQuote]:
    return [quote for quote in extract(text).quotes if quote.kind in ("direct", "partial")]


def _attributions(text: str) -> list[tuple[str | None, str | None, str | None]]:
    return [
        (
            quote.speaker,
            quote.mention.text if quote.mention else None,
            quote.cue.text if quote.cue else None,
        )
        for quote in _quotes(text)
    ]


LEDE = "Harbour master Ada Okafor and ferry owner Per Lind met in Northtown on Monday.\n\n"


@pytest.mark.parametrize(
    ("sentence", "speaker", "mention", "cue"),
    [
        ("“The lock opens at six,” Okafor said.", "Ada Okafor", "Okafor", "said"),
        ("“The lock opens at six,” said Okafor.", "Ada Okafor", "Okafor", "said"),
        ("“Who pays for the lock?” Lind asked.", "Per Lind", "Lind", "asked"),
        ("Lind told reporters: “The lock opens at six.”", "Per Lind", "Lind", "told"),
        (
            "Okafor has repeatedly called the lock “an old friend”.",
            "Ada Okafor",
            "Okafor",
            "called",
        ),
        ("Okafor, who runs the harbour, said, “The lock is shut.”", "Ada Okafor", None, "said"),
        (
            "The lock is “a disgrace to us all”, according to Lind.",
            "Per Lind",
            "Lind",
            "according to",
        ),
        (
            "Okafor said the lock was shut, calling it “a relic of steam”.",
            "Ada Okafor",
            None,
            "calling",
        ),
        (
            "It went on for hours, with Lind describing it as “a long goodbye”.",
            "Per Lind",
            "Lind",
            None,
        ),
        ("The lock was described as “a relic of steam” by Lind.", "Per Lind", "Lind", "described"),
        ("“The lock opens at six,” Lind went on to say.", "Per Lind", None, "say"),
        ("Lind was blunt: “The lock is finished for good.”", "Per Lind", "Lind", None),
    ],
    ids=[
        *(
            "after",
            "inverted",
            "question",
            "colon",
            "before",
            "who clause",
            "according",
            "participle",
        ),
        *("with participle", "passive", "went on", "colon without cue"),
    ],
)
def test_the_speaker_is_found(sentence, speaker, mention, cue):
    (attribution,) = _attributions(LEDE + sentence)
    assert attribution[0] == speaker
    assert mention is None or attribution[1] == mention
    assert cue is None or attribution[2] == cue


def test_an_apposition_does_not_hide_the_name():
    text = "“We dredge at dawn,” said the deputy mayor of Northtown, Ines Vahtra. She left at noon."
    assert [speaker for speaker, *_ in _attributions(text)] == ["Ines Vahtra"]
    text = "Ines Vahtra, the deputy mayor of Northtown, said the city was “ready to dredge”."
    assert [speaker for speaker, *_ in _attributions(text)] == ["Ines Vahtra"]


def test_a_second_description_does_not_hide_the_name():
    text = "Her successor, former ports chief Dewi Marlow-Tamm, said he would ‘start afresh’."
    assert [speaker for speaker, *_ in _attributions(text)] == ["Dewi Marlow-Tamm"]


def test_a_participle_before_a_colon_leaves_the_subject_alone():
    text = LEDE + "Asked who would pay for the lock, Lind demurred: “Whoever sails through it.”"
    assert [speaker for speaker, *_ in _attributions(text)] == ["Per Lind"]


def test_a_verb_that_opens_the_sentence_has_its_subject_before_the_colon():
    assert [speaker for speaker, *_ in _attributions(LEDE + "Added Okafor: “It is shut.”")] == [
        "Ada Okafor"
    ]


def test_a_british_story_is_read_like_any_other():
    text = (
        "‘I have let the crews’ families down,’ Transport Secretary Imogen Hartcastle said. "
        "‘It was “the worst day” of my life.’\n\n"
        "A spokesman for the union called it ‘too little, too late’."
    )
    quotes = [(quote.text, quote.speaker, quote.kind) for quote in _quotes(text)]
    assert quotes == [
        ("I have let the crews’ families down,", "Imogen Hartcastle", "direct"),
        ("It was “the worst day” of my life.", "Imogen Hartcastle", "direct"),
        ("too little, too late", None, "partial"),
    ]


def test_a_pronoun_goes_by_what_is_printed_and_by_who_spoke():
    text = (
        "Ms Okafor met Mr Lind at the lock.\n\n“It is shut,” she said. “It will stay shut.”\n\n"
        "“That is news to me,” he said."
    )
    assert [speaker for speaker, *_ in _attributions(text)] == ["Okafor", "Okafor", "Lind"]


def test_the_office_stands_for_the_person_who_was_printed_with_it():
    text = (
        "Mayor Ines Vahtra and harbour master Ada Okafor visited the lock.\n\n"
        "“It leaks,” the mayor said.\n\n“It has always leaked,” the harbour master said."
    )
    assert [speaker for speaker, *_ in _attributions(text)] == ["Ines Vahtra", "Ada Okafor"]


def test_a_quote_without_words_of_its_own_keeps_the_speaker_and_says_so():
    first, second = _quotes(LEDE + "“The lock is shut,” Okafor said.\n\n“Nobody has the key.”")
    assert (second.speaker, second.pattern) == ("Ada Okafor", "floating")
    assert second.utterance == first.utterance


def test_a_quote_before_the_named_one_borrows_its_speaker():
    first, second = _quotes("“The lock is shut today.” “Nobody has the key,” Ada Okafor said.")
    assert {first.speaker, second.speaker} == {"Ada Okafor"}


def test_parts_of_one_sentence_are_one_utterance_and_other_sentences_are_not():
    text = "“We dredge,” Ada Okafor said, “and we dredge at dawn.” Okafor called it “a long day” later."
    assert [quote.utterance for quote in _quotes(text)] == [1, 1, 2]


def test_a_whole_sentence_is_direct_and_words_inside_the_reporters_are_partial():
    text = LEDE + "“The lock is shut,” Okafor said. Lind said it was “shut for good”."
    assert [quote.kind for quote in _quotes(text)] == ["direct", "partial"]


def test_titles_and_nicknames_are_terms_and_have_no_speaker():
    quotes = extract(
        LEDE + "The lock, nicknamed “Old Leaky”, is in the novel “The Long Lock”."
    ).quotes
    assert [(quote.text, quote.kind, quote.speaker) for quote in quotes] == [
        ("Old Leaky", "term", None),
        ("The Long Lock", "term", None),
    ]


def test_a_possessive_is_not_the_speaker():
    (attribution,) = _attributions(LEDE + "“The lock is shut,” Okafor’s lawyer said.")
    assert attribution == (None, "Okafor’s lawyer", "said")


def test_an_unnamed_speaker_stays_unnamed():
    (quote,) = _quotes("“The lock is shut,” a senior official said.")
    assert (quote.speaker, quote.speaker_type) == (None, "unnamed")


def test_reported_speech_without_marks_is_indirect():
    quotes = extract(LEDE + "Okafor said that the lock would open on Tuesday.").quotes
    (clause,) = [quote for quote in quotes if quote.kind == "indirect"]
    assert (clause.speaker, clause.text) == ("Ada Okafor", "that the lock would open on Tuesday")


@pytest.mark.parametrize(
    "text",
    [
        "“The lock is shut,” said Mr Lind, “but nobody has the key.”",
        "“The lock is shut,” Okafor said, “so nobody has the key.”",
        "“The lock is shut,” she told a clerk, “but nobody has the key.”",
    ],
)
def test_the_second_part_of_a_split_quote_is_no_clause_of_its_own(text):
    kinds = [(quote.kind, quote.utterance) for quote in extract(LEDE + text).quotes]
    assert [utterance for _, utterance in kinds] == [1, 1]
    assert "indirect" not in {kind for kind, _ in kinds}


def test_a_clause_around_a_partial_quote_is_still_indirect():
    text = (
        LEDE + "“It is shut,” Okafor said. Lind said that the lock was “shut for good” and leaked."
    )
    clauses = [quote.text for quote in extract(text).quotes if quote.kind == "indirect"]
    assert clauses == ["that the lock was “shut for good” and leaked"]


def test_a_cue_after_the_quote_earns_more_than_what_it_was_called():
    after, before = _quotes(
        LEDE + "“The lock is shut,” Okafor said. Lind called it “shut for good”."
    )
    assert after.confidence >= 0.9 > before.confidence


def test_a_quote_that_runs_over_paragraphs_is_one_utterance():
    text = "“The dyke was old.\n\n“It had been patched.\n\n“It broke,” Ada Okafor said. She left."
    quotes = _quotes(text)
    assert [(quote.speaker, quote.utterance) for quote in quotes] == [("Ada Okafor", 1)] * 3
