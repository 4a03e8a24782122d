"""The newsroom's own example story: quotes, utterances, people, roles and organizations as expected."""

import json
from pathlib import Path

import pytest

from articles.extraction.extract import extract


@pytest.fixture(scope="module")
def seed(shared: Path) -> tuple[str, dict]:
    folder = shared / "seed"
    text = (folder / "story.txt").read_bytes().decode("utf-8")
    return text, json.loads((folder / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def quotes(seed):
    return [quote for quote in extract(seed[0]).quotes if quote.kind in ("direct", "partial")]


def test_every_quote_is_found_with_kind_and_speaker(seed, quotes):
    expected = [
        (q["start"], q["end"], q["text"], q["kind"], q["speaker"]) for q in seed[1]["quotes"]
    ]
    assert [(q.start, q.end, q.text, q.kind, q.speaker) for q in quotes] == expected


def test_cue_and_mention_are_the_printed_ones(seed, quotes):
    for quote, expected in zip(quotes, seed[1]["quotes"], strict=True):
        if (
            expected["cue"] is None
        ):  # no words of its own: what it shows is carried over, and it says so
            assert quote.pattern.startswith("floating")
            continue
        assert quote.cue.text == expected["cue"]
        assert quote.mention.text == expected["speaker_as_printed"]


def test_parts_of_one_utterance_share_its_number(seed, quotes):
    numbers = {
        expected["id"]: q.utterance for expected, q in zip(seed[1]["quotes"], quotes, strict=True)
    }
    utterances = [{numbers[quote_id] for quote_id in u["quotes"]} for u in seed[1]["utterances"]]
    assert [len(utterance) for utterance in utterances] == [1] * len(utterances)
    assert len(set.union(*utterances)) == len(utterances)


def test_people_have_their_role_and_mentions_as_printed(seed):
    text, expected = seed
    people = [
        (person.name, person.role, {text[start:end] for start, end in person.mentions})
        for person in extract(text).people
    ]
    assert people == [
        (p["name"], p["role_as_printed"], set(p["mentions_as_printed"])) for p in expected["people"]
    ]


def test_organizations_are_those_of_the_story_not_of_its_frame(seed):
    names = {organization.name for organization in extract(seed[0]).organizations}
    assert names == set(seed[1]["organizations"])
