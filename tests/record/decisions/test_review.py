"""What an editor sees to decide: every find with its sentence, whom it may mean, what was decided."""

import pytest
from django.utils import timezone

from articles.models import Quote
from articles.record import SpeakerChoice, accept_suggestion, reject_suggestion
from articles.record.decisions.items import SuggestionReader
from articles.record.decisions.review import review
from tests.factories import make_membership, make_organization, make_person, make_quote

pytestmark = pytest.mark.django_db
ADA = SpeakerChoice("new-person", name="Ada Lund")


def named(items, name: str):
    return next(item for item in items if item.name == name)


def options(item) -> list[tuple[str, str, bool]]:
    return [(option.value, option.label, option.is_chosen) for option in item.options]


def test_finds_stand_in_the_order_of_the_text_by_what_they_are(story):
    reviewed = review(story)
    assert [item.start for item in reviewed.quotes] == sorted(
        item.start for item in reviewed.quotes
    )
    assert all(item.suggestion.kind == "quote" for item in reviewed.quotes)
    assert {item.name for item in reviewed.mentions} >= {"Ada Lund", "Tomas Reve"}
    assert all(item.suggestion.kind == "mention" for item in reviewed.mentions)
    assert [item.suggestion.found["text"] for item in reviewed.folded] == [
        "the quay was “beyond repair” and would be closed",
        "Tides of the North",
    ]
    assert all(item.is_folded for item in reviewed.folded)
    assert not any(item.is_folded for item in reviewed.quotes)
    assert reviewed.detached == []
    assert reviewed.waiting == len(reviewed.quotes) + len(reviewed.mentions)


def test_what_is_decided_waits_no_more_and_offers_nothing(story, find_suggestion, editor):
    before = review(story).waiting
    reject_suggestion(find_suggestion("I would"), by=editor)
    reviewed = review(story)
    item = next(i for i in reviewed.quotes if i.suggestion.found["text"].startswith("I would"))
    assert (reviewed.waiting, item.is_open, item.options, item.role_organizations) == (
        before - 1,
        False,
        [],
        [],
    )
    with pytest.raises(AttributeError, match="No quote is on record"):
        item.quote_on_record  # noqa: B018 (it raises)


def test_a_find_that_became_a_quote_shows_the_quote(story, find_suggestion, editor):
    quote = accept_suggestion(find_suggestion("We looked"), by=editor, choice=ADA)
    item = next(item for item in review(story).quotes if item.quote)
    assert (item.quote_on_record, item.name, item.role) == (quote, "Ada Lund", quote.role)


def test_a_quote_by_hand_stands_among_the_others_and_a_detached_one_apart(story):
    by_hand = make_quote(story, "Harbour engineer", person=make_person("Nils Berg"), role="pilot")
    detached = make_quote(story, "was praised", person=make_person("Bo Berg"))
    Quote.objects.filter(pk=detached.pk).update(state=Quote.State.DETACHED)
    reviewed = review(story)
    item = next(item for item in reviewed.quotes if item.quote)
    assert (item.quote, item.suggestion, item.name, item.role) == (
        by_hand,
        None,
        "Nils Berg",
        "pilot",
    )
    assert item.start == by_hand.parts.get().start
    assert (item.is_open, item.is_folded, item.is_clear) == (False, False, False)
    assert [item.quote for item in reviewed.detached] == [detached]
    assert detached.pk not in {item.quote.pk for item in reviewed.quotes if item.quote}


def test_a_folded_find_that_became_a_quote_is_folded_no_more(story, find_suggestion, editor):
    accept_suggestion(find_suggestion("Tides"), by=editor, choice=ADA)
    reviewed = review(story)
    assert "Tides of the North" not in {item.suggestion.found["text"] for item in reviewed.folded}
    assert "Tides of the North" in {item.quote.text for item in reviewed.quotes if item.quote}


def test_nobody_on_record_is_offered_as_a_new_one_of_the_likely_kind_first(story):
    item = named(review(story).mentions, "Tomas Reve")
    assert options(item) == [
        ("new-person", "New person: Tomas Reve", True),
        ("new-organization", "New organization: Tomas Reve", False),
        ("known", "Somebody on record, by name", False),
    ]
    assert not item.is_clear


def test_a_source_who_is_not_named_is_offered_as_that(story):
    reviewed = review(story)
    item = next(
        i for i in reviewed.quotes if i.suggestion.found["text"].startswith("It was always")
    )
    assert item.name == "a senior official"
    assert options(item)[-1] == ("unnamed", "Somebody not named", True)
    assert options(named(reviewed.quotes, "Ada Lund"))[-1] == (
        "unnamed",
        "Somebody not named",
        False,
    )


def test_who_is_on_record_is_chosen_and_told_by_the_role(story, ada):
    item = named(review(story).mentions, "Ada Lund")
    assert options(item)[0] == (f"person:{ada.pk}", "Ada Lund — harbour master, Port of Sund", True)
    assert item.is_clear
    assert not any(chosen for value, _, chosen in options(item)[1:])


def test_of_two_of_one_name_nobody_is_chosen_and_numbers_tell_them_apart(story):
    first, second = make_person("Tomas Reve"), make_person("Tomas Reve")
    item = named(review(story).mentions, "Tomas Reve")
    labels = [f"Tomas Reve — no role known, no. {row.pk}" for row in (first, second)]
    assert [label for _, label, _ in options(item)[:2]] == labels
    assert not any(chosen for _, _, chosen in options(item))
    assert not item.is_clear


def test_who_was_accepted_under_the_name_in_this_story_comes_first(story, find_suggestion, editor):
    first, second = make_person("Ada Lund"), make_person("Ada Lund")
    accept_suggestion(
        find_suggestion("Ada Lund"), by=editor, choice=SpeakerChoice("person", second.pk)
    )
    item = named(review(story).quotes, "Ada Lund")
    assert [value for value, _, _ in options(item)[:2]] == [
        f"person:{second.pk}",
        f"person:{first.pk}",
    ]
    assert [chosen for _, _, chosen in options(item)[:2]] == [True, False]


def test_beside_who_was_accepted_every_other_counts_half(story, find_suggestion, editor):
    accepted, other = make_person("Ada Lund"), make_person("Ada Lund")
    find = find_suggestion("Ada Lund")
    accept_suggestion(find, by=editor, choice=SpeakerChoice("person", accepted.pk))
    waiting = [row for row in story.suggestions.open() if row.found.get("speaker") == "Ada Lund"]
    mentions = story.mentions.select_related("person", "organization")
    alone = SuggestionReader(waiting, [], ["Ada Lund"])
    reader = SuggestionReader(waiting, mentions, ["Ada Lund"])
    for row in waiting:
        scores = {candidate.pk: candidate.score for candidate in reader.candidates[row.pk]}
        before = {candidate.pk: candidate.score for candidate in alone.candidates[row.pk]}
        assert scores == {accepted.pk: 1.0, other.pk: before[other.pk] / 2}
    assert waiting


def test_an_organization_that_a_role_names_is_offered_for_it(story, find_suggestion):
    suggestion = find_suggestion("Tomas Reve")
    suggestion.found["role"] = "engineer of the Port of Sund"
    suggestion.save()
    assert named(review(story).mentions, "Tomas Reve").role_organizations == []
    port = make_organization("Port of Sund")
    make_organization("Guild of Sund")
    story.body_html += "<p>The Port of Sund and the Guild of Sund met.</p>"
    (option,) = named(review(story).mentions, "Tomas Reve").role_organizations
    assert (option.value, option.label, option.is_chosen) == (str(port.pk), "Port of Sund", False)


def test_the_role_of_then_is_told_else_the_last_one(story, port):
    person = make_person("Tomas Reve")
    make_membership(person, port, "pilot", start_date="1990", end_date="1995")
    label = options(named(review(story).mentions, "Tomas Reve"))[0][1]
    assert label == "Tomas Reve — pilot, Port of Sund"


def test_an_organization_is_told_by_its_kind(story, find_suggestion):
    suggestion = find_suggestion("Tomas Reve")
    suggestion.found |= {"name": "Port of Sund", "type": "organization"}
    suggestion.save()
    port = make_organization("Port of Sund", kind="company")
    story.body_html += "<p>The Port of Sund met.</p>"
    assert options(named(review(story).mentions, "Port of Sund"))[0] == (
        f"organization:{port.pk}",
        f"Port of Sund — {port.get_kind_display()}",
        True,
    )


def test_of_a_name_that_stands_twice_the_first_sentence_is_shown(story, find_suggestion):
    suggestion = find_suggestion("Tomas Reve")
    body_text = "Tomas Reve came. It rained. Then Tomas Reve left."
    sentences = []
    for spans in ([[0, 10]], [[0, 10], [33, 43]]):
        suggestion.found |= {"spans": spans}
        reader = SuggestionReader([suggestion], [], ["Tomas Reve"])
        item = reader.item(suggestion, body_text, timezone.localdate())
        sentences.append("".join(run.text for run in item.sentence))
    assert sentences[0] == sentences[1]
    assert "left" not in sentences[1]
