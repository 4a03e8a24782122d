"""A decision makes rows of the record, once, and can be taken back."""

import pytest
from django.db import IntegrityError, transaction

from articles.models import (
    Membership,
    Mention,
    Organization,
    Person,
    Quote,
    StatementLink,
    Suggestion,
)
from articles.record import Choice, Details, Undecided, accept, accept_clear, reject, undo
from tests.factories import make_organization, make_person

NEW = Choice("new-person", name="Ada Lund")


def test_a_find_is_no_fact_until_somebody_decides(story):
    assert story.suggestions.count() >= 6
    assert not Quote.objects.exists()
    assert not Mention.objects.exists()
    assert not Person.objects.exists()


def test_accepting_keeps_the_words_the_speaker_and_how_the_text_says_so(ask, editor):
    quote = accept(ask("We looked"), by=editor, choice=NEW)
    assert quote.text == "We looked at every pile of it, … Nothing there will hold another winter."
    assert [part.text for part in quote.parts.all()] == quote.text.split(" … ")
    assert (quote.kind, quote.basis, quote.mention, quote.cue) == (
        "direct",
        "pronoun",
        "she",
        "told",
    )
    assert (quote.person.name, quote.person.sort_name) == ("Ada Lund", "Lund, Ada")
    assert quote.confirmed_by == editor
    assert ask("We looked").state == "accepted"


def test_what_an_editor_changes_is_told_from_what_was_accepted_as_found(ask, editor):
    accept(ask("We looked"), by=editor, choice=Choice("new-person", name="Tove Lund"))
    accept(ask("I would"), by=editor, choice=Choice("known", name="Tove Lund"))
    details = Details(role="acting mayor")
    accept(ask("beyond"), by=editor, choice=NEW, details=details)
    assert {ask(words).state for words in ("We looked", "I would", "beyond")} == {"changed"}


@pytest.mark.parametrize(
    "details", [Details(kind="term"), Details(role="x" * 201), Details(seat=99999)]
)
def test_details_that_no_row_could_hold_are_refused(ask, editor, details):
    with pytest.raises(Undecided):
        accept(ask("We looked"), by=editor, choice=NEW, details=details)
    assert not Person.objects.exists()


def test_one_clear_person_on_record_needs_no_choice(ask, editor):
    ada = make_person("Ada Lund")
    assert accept(ask("We looked"), by=editor).person == ada
    assert ask("We looked").state == "accepted"


def test_two_of_one_name_are_never_chosen_between(ask, editor):
    make_person("Ada Lund")
    make_person("Ada Lund")
    with pytest.raises(Undecided, match="Choose who it is"):
        accept(ask("We looked"), by=editor)
    assert not Quote.objects.exists()
    assert ask("We looked").state == "open"


def test_a_family_name_alone_is_no_link(ask, story, editor):
    make_person("Ingrid Lund")
    with pytest.raises(Undecided):
        accept(ask("We looked"), by=editor)


def test_an_alias_is_as_good_as_the_name(ask, editor):
    ada = make_person("Adelaide Lund")
    ada.other_names.create(name="Ada Lund", visibility="hidden")
    assert accept(ask("We looked"), by=editor).person == ada


def test_a_name_on_record_is_not_created_twice_by_mistake(ask, editor):
    make_person("Ada Lund")
    with pytest.raises(Undecided, match="On record already: Ada Lund"):
        accept(ask("We looked"), by=editor, choice=NEW)
    namesake = Choice("new-person", name="Ada Lund", is_namesake=True)
    accept(ask("We looked"), by=editor, choice=namesake)
    assert Person.objects.filter(name="Ada Lund").count() == 2


def test_with_the_first_quote_the_name_is_decided_for_the_story(ask, editor):
    accept(ask("We looked"), by=editor, choice=NEW)
    assert ask("Ada Lund").state == "accepted"
    assert Mention.objects.get().person.name == "Ada Lund"
    assert accept(ask("beyond repair"), by=editor).person == Person.objects.get()


def test_the_printed_role_is_kept_unless_one_is_on_record_for_that_day(ask, editor):
    accept(ask("Tomas Reve"), by=editor, choice=Choice("new-person", name="Tomas Reve"))
    assert accept(ask("I would not"), by=editor).role == "Harbour engineer"
    ada = make_person("Ada Lund")
    ada.memberships.create(organization=make_organization("Sund"), role="mayor", is_confirmed=True)
    assert accept(ask("beyond repair"), by=editor).role == ""


def test_a_source_that_is_not_named_has_a_description_and_a_reason(ask, editor):
    with pytest.raises(Undecided, match="why the source is not named"):
        accept(ask("It was always"), by=editor, choice=Choice("unnamed", name="a senior official"))
    choice = Choice("unnamed", name="a senior official", reason="fears for the post")
    quote = accept(ask("It was always"), by=editor, choice=choice)
    assert (quote.speaker, quote.person, quote.organization) == ("a senior official", None, None)


def test_a_role_with_its_organization_becomes_a_membership_known_from_that_day(ask, editor, story):
    port = make_organization("Port of Sund")
    choice = Choice("new-person", name="Tomas Reve")
    accept(ask("Tomas Reve"), by=editor, choice=choice, details=Details(seat=port.pk))
    held = Membership.objects.get()
    assert (held.role, held.organization, held.is_confirmed, held.is_public) == (
        *("Harbour engineer", port),
        *(True, False),
    )
    undo(ask("Tomas Reve"))
    assert not Membership.objects.exists()
    assert not Person.objects.exists()


def test_deciding_twice_is_refused_and_changes_nothing(ask, editor):
    before = ask("We looked")
    accept(before, by=editor, choice=NEW)
    for again in (
        lambda: accept(before, by=editor, choice=NEW),
        lambda: reject(before, by=editor),
    ):
        with pytest.raises(Undecided, match="has decided about it already"):
            again()
    assert Quote.objects.count() == Person.objects.count() == 1


def test_undo_takes_back_what_nothing_else_uses(ask, editor):
    accept(ask("We looked"), by=editor, choice=NEW)
    accept(ask("beyond repair"), by=editor)
    undo(ask("We looked"))
    assert Quote.objects.get().text == "beyond repair"
    assert Person.objects.count() == 1
    undo(ask("beyond repair"))
    assert Person.objects.count() == 1  # the name of the story still stands
    undo(ask("Ada Lund"))
    assert not Person.objects.exists()
    assert story_is_as_found(ask("We looked"))
    with pytest.raises(Undecided, match="open already"):
        undo(ask("We looked"))


def test_undo_forgets_what_the_quote_was_linked_to(ask, editor):
    first = accept(ask("We looked"), by=editor, choice=NEW)
    second = accept(ask("beyond repair"), by=editor)
    StatementLink.objects.create(kind="clarifies", later=first.quote_key, earlier=second.quote_key)
    undo(ask("We looked"))
    assert not StatementLink.objects.exists()


def story_is_as_found(suggestion: Suggestion) -> bool:
    return (suggestion.state, suggestion.made, suggestion.decided_by) == ("open", [], None)


def test_a_rejection_is_remembered_and_can_be_taken_back(ask, editor, story):
    reject(ask("Tides"), by=editor)
    assert ask("Tides").state == "rejected"
    undo(ask("Tides"))
    assert ask("Tides").state == "open"


def test_clear_finds_can_be_accepted_at_once_and_nothing_else(story, ask, editor):
    make_person("Ada Lund")
    assert accept_clear(story, by=editor, least=0.85) == 2
    assert {quote.person.name for quote in Quote.objects.all()} == {"Ada Lund"}
    assert ask("I would not").state == ask("It was always").state == "open"
    assert Mention.objects.get().name == "Ada Lund"


@pytest.mark.parametrize(
    "who", ["", "person", "person:x", "person:" + "9" * 30, "unnamed:3", "root:1"]
)
def test_what_no_form_sends_is_refused(who):
    with pytest.raises(Undecided):
        Choice.read(who, {})


def test_a_row_that_is_gone_is_said(ask, editor):
    with pytest.raises(Undecided, match="gone"):
        accept(ask("We looked"), by=editor, choice=Choice("person", 99999))


def test_somebody_on_record_can_be_named(ask, editor):
    port = make_organization("Port of Sund", abbreviation="PoS")
    quote = accept(ask("We looked"), by=editor, choice=Choice("known", name="PoS"))
    assert quote.organization == port
    with pytest.raises(Undecided, match="Nobody called Zed"):
        accept(ask("I would not"), by=editor, choice=Choice("known", name="Zed"))


@pytest.mark.parametrize("speakers", [(), ("person", "unnamed"), ("person", "organization")])
def test_the_database_holds_that_a_quote_has_one_speaker(story, speakers):
    rows = {
        "person": make_person("Ada Lund"),
        "organization": make_organization("Port"),
        "unnamed": "a man",
    }
    given = {name: rows[name] for name in speakers}
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.create(article=story, kind="direct", text="x", **given)


def test_the_database_holds_that_a_mention_names_one(story):
    rows = {"person": make_person("Ada Lund"), "organization": make_organization("Port")}
    for given in ({}, rows):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mention.objects.create(article=story, name="x", **given)
    assert Organization.objects.count() == 1
