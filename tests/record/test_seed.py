"""The measure: what a correct record of a real wire story holds; it leads back to the file letter by letter."""

import json

import pytest

from articles.importing.pipeline.run import ImportOptions, run_import
from articles.models import Article, Mention, Quote
from articles.publishing import publish
from articles.record import DecisionError, SpeakerChoice, accept_suggestion
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def seed(shared) -> dict:
    return json.loads((shared / "seed" / "expected.json").read_text("utf-8"))


@pytest.fixture
def story(shared) -> Article:
    run_import([str(shared / "seed" / "story.txt")], ImportOptions(source="seed"))
    return Article.objects.get()


@pytest.fixture
def confirmed(story) -> Article:
    """Decide as an editor would for whom none of these people is known: each name is new once."""
    editor = make_user()
    for suggestion in story.suggestions.likely().order_by("-kind", "start"):
        data = suggestion.found
        suggestion.refresh_from_db()
        if suggestion.state != "open":
            continue
        try:
            accept_suggestion(suggestion, by=editor)
        except DecisionError:
            kind = data.get("speaker_type") or data["type"]
            name = data.get("speaker") or data["name"]
            accept_suggestion(suggestion, by=editor, choice=SpeakerChoice(f"new-{kind}", name=name))
    return story


def test_four_utterances_of_six_quotations_are_suggested_in_order(story, seed):
    suggestions = story.suggestions.quotes().likely()
    expected = {quote["id"]: quote for quote in seed["quotes"]}
    assert [suggestion.found["text"].split(" … ") for suggestion in suggestions] == [
        [expected[quote_id]["text"] for quote_id in utterance["quotes"]]
        for utterance in seed["utterances"]
    ]
    assert [suggestion.found["speaker"] for suggestion in suggestions] == [
        u["speaker"] for u in seed["utterances"]
    ]


def test_each_part_leads_back_to_its_place_in_the_file(confirmed, seed):
    runs = confirmed.original_map
    places = []
    for quote in Quote.objects.filter(article=confirmed):
        for part in quote.parts.all():
            [run] = [run for run in runs if run[0] <= part.start < run[0] + run[2]]
            source = run[1] + part.start - run[0]
            places.append((source, source + len(part.text), part.text, quote.speaker))
    assert sorted(places) == [
        (quote["start"], quote["end"], quote["text"], quote["speaker"]) for quote in seed["quotes"]
    ]


def test_cue_role_and_kind_are_those_of_the_text(confirmed, seed):
    first = {u["quotes"][0] for u in seed["utterances"]}
    expected = [quote for quote in seed["quotes"] if quote["id"] in first]
    by_start = sorted(confirmed.quotes.all(), key=lambda quote: quote.parts.first().start)
    assert [(q.cue, q.role, q.kind) for q in by_start] == [
        (quote["cue"], quote["role_as_printed"], quote["kind"]) for quote in expected
    ]


def test_people_and_organizations_are_those_of_the_story(confirmed, seed):
    mentions = Mention.objects.filter(article=confirmed)
    people = {m.name: m.role for m in mentions if m.person_id}
    assert people == {person["name"]: person["role_as_printed"] for person in seed["people"]}
    assert {m.name for m in mentions if m.organization_id} == set(seed["organizations"])


def test_its_edition_says_who_said_what_as_what(confirmed, seed):
    edition = publish(confirmed, by=None)
    quotes = edition.composed.quotes
    assert [(quote.speaker, quote.role) for quote in quotes] == [
        (
            u["speaker"],
            next(p["role_as_printed"] for p in seed["people"] if p["name"] == u["speaker"]),
        )
        for u in seed["utterances"]
    ]
