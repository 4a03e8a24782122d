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
from articles.publishing import publish
from articles.record import (
    DecisionError,
    Overrides,
    SpeakerChoice,
    accept_clear_suggestions,
    accept_suggestion,
    reject_suggestion,
    undo_decision,
)
from tests.factories import make_membership, make_organization, make_person

NEW = SpeakerChoice("new-person", name="Ada Lund")


def test_a_find_is_no_fact_until_somebody_decides(story):
    assert story.suggestions.count() >= 6
    assert not Quote.objects.exists()
    assert not Mention.objects.exists()
    assert not Person.objects.exists()


def test_accepting_keeps_the_words_the_speaker_and_how_the_text_says_so(find_suggestion, editor):
    quote = accept_suggestion(find_suggestion("We looked"), by=editor, choice=NEW)
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
    assert find_suggestion("We looked").state == "accepted"


def test_what_an_editor_changes_is_told_from_what_was_accepted_as_found(find_suggestion, editor):
    accept_suggestion(
        find_suggestion("We looked"),
        by=editor,
        choice=SpeakerChoice("new-person", name="Tove Lund"),
    )
    accept_suggestion(
        find_suggestion("I would"), by=editor, choice=SpeakerChoice("known", name="Tove Lund")
    )
    details = Overrides(role="acting mayor")
    accept_suggestion(find_suggestion("beyond"), by=editor, choice=NEW, overrides=details)
    assert {find_suggestion(words).state for words in ("We looked", "I would", "beyond")} == {
        "changed"
    }


@pytest.mark.parametrize(
    "details",
    [Overrides(kind="term"), Overrides(role="x" * 201), Overrides(role_organization_id=99999)],
)
def test_details_that_no_row_could_hold_are_refused(find_suggestion, editor, details):
    with pytest.raises(DecisionError):
        accept_suggestion(find_suggestion("We looked"), by=editor, choice=NEW, overrides=details)
    assert not Person.objects.exists()


def test_one_clear_person_on_record_needs_no_choice(find_suggestion, editor):
    ada = make_person("Ada Lund")
    assert accept_suggestion(find_suggestion("We looked"), by=editor).person == ada
    assert find_suggestion("We looked").state == "accepted"


def test_two_of_one_name_are_never_chosen_between(find_suggestion, editor):
    make_person("Ada Lund")
    make_person("Ada Lund")
    with pytest.raises(DecisionError, match="Choose who it is"):
        accept_suggestion(find_suggestion("We looked"), by=editor)
    assert not Quote.objects.exists()
    assert find_suggestion("We looked").state == "open"


def test_a_family_name_alone_is_no_link(find_suggestion, story, editor):
    make_person("Ingrid Lund")
    with pytest.raises(DecisionError):
        accept_suggestion(find_suggestion("We looked"), by=editor)


def test_an_alias_is_as_good_as_the_name(find_suggestion, editor):
    ada = make_person("Adelaide Lund")
    ada.other_names.create(name="Ada Lund", visibility="hidden")
    assert accept_suggestion(find_suggestion("We looked"), by=editor).person == ada


def test_a_name_on_record_is_not_created_twice_by_mistake(find_suggestion, editor):
    make_person("Ada Lund")
    with pytest.raises(DecisionError, match="On record already: Ada Lund"):
        accept_suggestion(find_suggestion("We looked"), by=editor, choice=NEW)
    choice = SpeakerChoice("new-person", name="Ada Lund", has_same_name=True)
    accept_suggestion(find_suggestion("We looked"), by=editor, choice=choice)
    assert Person.objects.filter(name="Ada Lund").count() == 2


def test_with_the_first_quote_the_name_is_decided_for_the_story(find_suggestion, editor):
    accept_suggestion(find_suggestion("We looked"), by=editor, choice=NEW)
    assert find_suggestion("Ada Lund").state == "accepted"
    assert Mention.objects.get().person.name == "Ada Lund"
    assert (
        accept_suggestion(find_suggestion("beyond repair"), by=editor).person
        == Person.objects.get()
    )


def test_the_printed_role_is_kept_unless_one_is_on_record_for_that_day(find_suggestion, editor):
    accept_suggestion(
        find_suggestion("Tomas Reve"),
        by=editor,
        choice=SpeakerChoice("new-person", name="Tomas Reve"),
    )
    assert accept_suggestion(find_suggestion("I would not"), by=editor).role == "Harbour engineer"
    ada = make_person("Ada Lund")
    make_membership(ada, make_organization("Sund"), "mayor")
    assert accept_suggestion(find_suggestion("beyond repair"), by=editor).role == ""


def accept_tomas_reve(find_suggestion, editor, organization) -> None:
    """Accept the name, with the role that the text prints beside it in ``organization``."""
    accept_suggestion(
        find_suggestion("Tomas Reve"),
        by=editor,
        choice=SpeakerChoice("new-person", name="Tomas Reve"),
        overrides=Overrides(role_organization_id=organization.pk),
    )


def test_the_printed_role_is_kept_where_the_one_on_record_is_not_public(
    find_suggestion, editor, story, port
):
    accept_tomas_reve(find_suggestion, editor, port)
    assert accept_suggestion(find_suggestion("I would not"), by=editor).role == "Harbour engineer"
    (quote,) = publish(story, by=None).composed.quotes
    assert (quote.role, quote.said_for) == ("Harbour engineer", None), "as the text has it"
    assert quote.person.role == "Harbour engineer"


def test_a_source_that_is_not_named_has_a_description_and_a_reason(find_suggestion, editor):
    with pytest.raises(DecisionError, match="why the source is not named"):
        accept_suggestion(
            find_suggestion("It was always"),
            by=editor,
            choice=SpeakerChoice("unnamed", name="a senior official"),
        )
    choice = SpeakerChoice("unnamed", name="a senior official", reason="fears for the post")
    quote = accept_suggestion(find_suggestion("It was always"), by=editor, choice=choice)
    assert (quote.speaker, quote.person, quote.organization) == ("a senior official", None, None)


def test_a_role_with_its_organization_becomes_a_membership_known_from_that_day(
    find_suggestion, editor, story, port
):
    accept_tomas_reve(find_suggestion, editor, port)
    membership = Membership.objects.get()
    assert (
        membership.role,
        membership.organization,
        membership.is_confirmed,
        membership.is_public,
    ) == (
        *("Harbour engineer", port),
        *(True, False),
    )
    undo_decision(find_suggestion("Tomas Reve"))
    assert not Membership.objects.exists()
    assert not Person.objects.exists()


def test_deciding_twice_is_refused_and_changes_nothing(find_suggestion, editor):
    before = find_suggestion("We looked")
    accept_suggestion(before, by=editor, choice=NEW)
    for again in (
        lambda: accept_suggestion(before, by=editor, choice=NEW),
        lambda: reject_suggestion(before, by=editor),
    ):
        with pytest.raises(DecisionError, match="has decided about it already"):
            again()
    assert Quote.objects.count() == Person.objects.count() == 1


def test_undo_takes_back_what_nothing_else_uses(find_suggestion, editor):
    accept_suggestion(find_suggestion("We looked"), by=editor, choice=NEW)
    accept_suggestion(find_suggestion("beyond repair"), by=editor)
    undo_decision(find_suggestion("We looked"))
    assert Quote.objects.get().text == "beyond repair"
    assert Person.objects.count() == 1
    undo_decision(find_suggestion("beyond repair"))
    assert Person.objects.count() == 1  # the name of the story still stands
    undo_decision(find_suggestion("Ada Lund"))
    assert not Person.objects.exists()
    assert is_undecided(find_suggestion("We looked"))
    with pytest.raises(DecisionError, match="open already"):
        undo_decision(find_suggestion("We looked"))


def test_undo_forgets_what_the_quote_was_linked_to(find_suggestion, editor):
    first = accept_suggestion(find_suggestion("We looked"), by=editor, choice=NEW)
    second = accept_suggestion(find_suggestion("beyond repair"), by=editor)
    StatementLink.objects.create(kind="clarifies", later=first.quote_key, earlier=second.quote_key)
    undo_decision(find_suggestion("We looked"))
    assert not StatementLink.objects.exists()


def is_undecided(suggestion: Suggestion) -> bool:
    return (suggestion.state, suggestion.made, suggestion.decided_by) == ("open", [], None)


def test_a_rejection_is_remembered_and_can_be_taken_back(find_suggestion, editor, story):
    reject_suggestion(find_suggestion("Tides"), by=editor)
    assert find_suggestion("Tides").state == "rejected"
    undo_decision(find_suggestion("Tides"))
    assert find_suggestion("Tides").state == "open"


def test_clear_suggestions_can_be_accepted_at_once_and_nothing_else(story, find_suggestion, editor):
    make_person("Ada Lund")
    assert accept_clear_suggestions(story, by=editor, least=0.85) == 2
    assert {quote.person.name for quote in Quote.objects.all()} == {"Ada Lund"}
    assert find_suggestion("I would not").state == find_suggestion("It was always").state == "open"
    assert Mention.objects.get().name == "Ada Lund"


@pytest.mark.parametrize(
    "value", ["", "person", "person:x", "person:" + "9" * 30, "unnamed:3", "root:1"]
)
def test_what_no_form_sends_is_refused(value):
    with pytest.raises(DecisionError):
        SpeakerChoice.read(value, {})


def test_a_row_that_is_gone_is_said(find_suggestion, editor):
    with pytest.raises(DecisionError, match="no longer exists"):
        accept_suggestion(
            find_suggestion("We looked"), by=editor, choice=SpeakerChoice("person", 99999)
        )


def test_somebody_on_record_can_be_named(find_suggestion, editor):
    port = make_organization("Port of Sund", abbreviation="PoS")
    quote = accept_suggestion(
        find_suggestion("We looked"), by=editor, choice=SpeakerChoice("known", name="PoS")
    )
    assert quote.organization == port
    with pytest.raises(DecisionError, match="Nobody called Zed"):
        accept_suggestion(
            find_suggestion("I would not"), by=editor, choice=SpeakerChoice("known", name="Zed")
        )


@pytest.mark.parametrize("speakers", [(), ("person", "unnamed"), ("person", "organization")])
def test_the_database_holds_that_a_quote_has_one_speaker(story, speakers):
    rows = {
        "person": make_person("Ada Lund"),
        "organization": make_organization("Port"),
        "unnamed": "a man",
    }
    columns = {name: rows[name] for name in speakers}
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.create(article=story, kind="direct", text="x", **columns)


def test_the_database_holds_that_a_mention_names_one(story):
    rows = {"person": make_person("Ada Lund"), "organization": make_organization("Port")}
    for columns in ({}, rows):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mention.objects.create(article=story, name="x", **columns)
    assert Organization.objects.count() == 1
