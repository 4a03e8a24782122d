"""The floor of likeness parts a quote's own surroundings after an edit from those of other quotes: measured on news."""

import json
import random
import re

import pytest

from articles.record.quotes.context_similarity import FLOOR, Surroundings, context_similarity
from articles.record.quotes.text_anchor import find_all_anchors, find_anchors
from articles.record.quotes.text_quote import anchor

STORY = "“No comment,” said Ann Frost at the quay.\n\nIt rained.\n\n“No comment,” said Ben Gale.\n\n“Yes.”"


def surroundings_of(text: str, words: str, number: int = 0) -> Surroundings:
    at = [match.start() for match in re.finditer(re.escape(words), text)][number]
    return Surroundings.of(text, at, at + len(words))


@pytest.mark.parametrize(
    ("now", "is_alike"),
    [
        ("“No comment,” said Ann Frost in the harbour.", True),
        ("Ann Frost, at the quay, would say “No comment,” and left.", True),
        ("“No comment,” said Ben Gale.", False),
        ("“No comment,” said the mayor on Monday.", False),
        ("“No comment,”", True),
    ],
)
def test_a_name_beside_the_words_counts_for_more_than_the_saying(now, is_alike):
    similarity = context_similarity(
        surroundings_of(STORY, "No comment,"), surroundings_of(now, "No comment,")
    )
    assert (similarity >= FLOOR) == is_alike


def test_what_the_quoted_words_say_themselves_does_not_count():
    surroundings = surroundings_of("“No comment,” she said. He had no comment.", "No comment,")
    assert not {"no", "comment"} & surroundings.wide.keys()


def test_words_alone_in_their_paragraph_are_known_by_the_paragraphs_beside_them():
    assert (
        context_similarity(
            surroundings_of(STORY, "Yes."), surroundings_of(f"{STORY}\n\nThe end.", "Yes.")
        )
        >= FLOOR
    )
    assert (
        context_similarity(
            surroundings_of(STORY, "Yes."), surroundings_of("Boats lay idle.\n\n“Yes.”", "Yes.")
        )
        < FLOOR
    )


@pytest.fixture(scope="module")
def quotes(shared) -> list[tuple[str, list[tuple[int, int]]]]:
    """Give news with the places of what is quoted in it."""
    lines = (shared / "quotes/gold/wikinews-dev.jsonl").read_text().splitlines()
    lines += (shared / "quotes/gold/ggt-dev.jsonl").read_text().splitlines()
    stories = [json.loads(line) for line in lines]
    return [
        (
            story["text"],
            [
                (segment["start"], segment["end"])
                for segment in story["segments"]
                if segment["is_quote"]
            ],
        )
        for story in stories[:120]
    ]


def edits(text: str, start: int, end: int, draw: random.Random):
    """Yield texts after one ordinary edit each, with where the words stand in them then."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end) % (len(text) + 1)
    rest = f"{text[:first]}{text[last:].lstrip()}\n\n"
    yield rest + text[first:last], len(rest) + start - first
    sentence = "The council had met behind closed doors the week before. "
    yield text[:first] + sentence + text[first:], start + len(sentence)
    words = [match.span() for match in re.finditer(r"\w{4,}", text[first:last])]
    words = [(a + first, b + first) for a, b in words if b + first <= start or a + first >= end]
    if words:
        a, b = draw.choice(words)
        yield f"{text[:a]}zzz{text[b:]}", start + (3 - (b - a) if a < start else 0)


def test_ordinary_edits_of_news_keep_their_quotes(quotes):
    draw, hits, total = random.Random(1), 0, 0  # noqa: S311 (the same edits each time)
    for text, spans in quotes:
        for start, end in spans[:6]:
            for now, at in edits(text, start, end, draw):
                (anchors,) = find_all_anchors([[anchor(text, start, end)]], now, before=text)
                hits += bool(anchors and anchors[0].start == at)
                total += 1
    assert total > 500
    assert hits / total >= 0.98, f"{hits} of {total} were found again"


def test_what_stands_around_other_quotes_of_a_story_is_below_the_floor(quotes):
    below = total = 0
    for text, spans in quotes:
        for start, end in spans[:6]:
            for other in spans[:6]:
                if abs(other[0] - start) > 300:
                    similarity = context_similarity(
                        Surroundings.of(text, start, end), Surroundings.of(text, *other)
                    )
                    is_alone = (
                        similarity == 1.0
                    )  # long words alone in their paragraphs: they have to be equal first
                    below += similarity < FLOOR or is_alone
                    total += 1
    assert total > 300
    assert below / total >= 0.97, f"{below} of {total} are below"


def test_the_place_of_words_that_were_kept_without_their_text_is_found_by_what_was_kept():
    at = STORY.index("No comment,")
    original = anchor(STORY, at, at + 11)
    assert find_anchors([original], f"It was late. {STORY}") is not None
    assert find_anchors([original], STORY[STORY.index("It rained") :]) is None


def test_only_a_word_that_the_reach_may_cut_does_not_count():
    text = "Alpha bravo “No,” charlie delta"
    start = text.index("No,")
    whole = Surroundings.of(text, start, start + 3)
    assert whole.wide.keys() == {"alpha", "bravo", "charlie", "delta"}
    near = Surroundings.of(text, start, start + 3, reach=11)
    assert near.wide.keys() == {"bravo", "charlie"}
