"""A decision taken back: what only it made goes, what something uses stays and is answered for."""

import pytest

from articles.models import Membership, Mention, Organization, Person, Quote
from articles.record import (
    DecisionError,
    Overrides,
    SpeakerChoice,
    accept_clear_suggestions,
    accept_suggestion,
    reject_suggestion,
    undo_decision,
)
from tests.factories import make_article, make_organization, make_person, make_quote

pytestmark = pytest.mark.django_db
ADA = SpeakerChoice("new-person", name="Ada Lund")


def test_what_only_the_decision_made_goes(find_suggestion, editor):
    accept_suggestion(find_suggestion("We looked"), by=editor, choice=ADA)
    undo_decision(find_suggestion("We looked"))
    suggestion = find_suggestion("We looked")
    assert (suggestion.state, suggestion.decided_by, suggestion.decided_at) == ("open", None, None)
    assert (suggestion.made, suggestion.quote) == ([], None)
    assert not Quote.objects.exists()


def test_what_is_open_cannot_be_undone(find_suggestion):
    with pytest.raises(DecisionError, match="open already"):
        undo_decision(find_suggestion("We looked"))


def accept_and_undo(find_suggestion, editor, change) -> Person | None:
    """Make a new person of a quote, ``change`` something about them, and undo the decision."""
    quote = accept_suggestion(
        find_suggestion("It was always"), by=editor, choice=SpeakerChoice("new-person", name="Bo")
    )
    person = quote.person
    change(person)
    undo_decision(find_suggestion("It was always"))
    return Person.objects.filter(pk=person.pk).first()


def file_under(person) -> None:
    make_article(people=(person,))


def give_role(person) -> None:
    Membership.objects.create(person=person, organization=make_organization(), role="pilot")


def quote_elsewhere(person) -> None:
    make_quote(make_article(body_html="<p>“Yes.”</p>"), "Yes.", person=person)


def leave(person) -> None:
    """Change nothing."""


def delete(person) -> None:
    Quote.objects.all().delete()
    Mention.objects.all().delete()
    person.delete()


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        (leave, False),
        (delete, False),
        (file_under, True),
        (give_role, True),
        (quote_elsewhere, True),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_new_person_goes_unless_something_uses_the_row(find_suggestion, editor, change, stays):
    assert (accept_and_undo(find_suggestion, editor, change) is not None) is stays


def test_a_new_organization_goes_unless_a_story_is_filed_under_it(find_suggestion, editor):
    choice = SpeakerChoice("new-organization", name="Guild")
    for is_filed in (False, True):
        accept_suggestion(find_suggestion("It was always"), by=editor, choice=choice)
        if is_filed:
            make_article(organizations=(Organization.objects.get(),))
        undo_decision(find_suggestion("It was always"))
        assert Organization.objects.exists() is is_filed


def test_a_membership_goes_with_the_decision_that_made_it(find_suggestion, editor, port):
    details = Overrides(role="engineer", role_organization_id=port.pk)
    choice = SpeakerChoice("new-person", name="Tomas Reve")
    accept_suggestion(find_suggestion("Tomas Reve"), by=editor, choice=choice, overrides=details)
    assert Membership.objects.get().organization == port
    undo_decision(find_suggestion("Tomas Reve"))
    assert not Membership.objects.exists()
    assert not Person.objects.exists()


def test_a_row_that_another_decision_uses_goes_with_that_one(find_suggestion, editor):
    quote = accept_suggestion(find_suggestion("We looked"), by=editor, choice=ADA)
    reject_suggestion(find_suggestion("Tides"), by=editor)
    accept_suggestion(
        find_suggestion("I would"), by=editor, choice=SpeakerChoice("person", quote.person.pk)
    )
    undo_decision(find_suggestion("We looked"))
    assert find_suggestion("Tides").made == []
    undo_decision(find_suggestion("I would"))
    Mention.objects.all().delete()
    assert not Quote.objects.exists()


def test_clear_suggestions_are_accepted_names_first_and_counted(story, editor):
    make_person("Ada Lund")
    make_person("Tomas Reve")
    count = accept_clear_suggestions(story, by=editor, least=0.9)
    decided = story.suggestions.decided()
    assert {suggestion.state for suggestion in decided} == {"accepted"}
    sure = decided.filter(confidence__gte=0.9).order_by("decided_at")
    kinds = [suggestion.kind for suggestion in sure]
    assert len(kinds) == count > 2
    assert kinds == sorted(kinds), "a mention before a quote"


def test_what_is_exactly_as_sure_as_asked_for_is_accepted(story, find_suggestion, editor):
    make_person("Ada Lund")
    suggestion = find_suggestion("We looked")
    story.suggestions.exclude(pk=suggestion.pk).delete()
    assert accept_clear_suggestions(story, by=editor, least=suggestion.confidence + 0.001) == 0
    assert accept_clear_suggestions(story, by=editor, least=suggestion.confidence) == 1


def test_what_of_a_decision_is_deleted_already_is_no_concern_of_the_next_one(
    find_suggestion, editor, story
):
    accept_suggestion(find_suggestion("We looked"), by=editor, choice=ADA)
    accept_suggestion(
        find_suggestion("I would"), by=editor, choice=SpeakerChoice("new-person", name="Bo Teal")
    )
    Quote.objects.filter(text__startswith="We looked").delete()
    Mention.objects.filter(person__name="Ada Lund").delete()
    Person.objects.filter(name="Ada Lund").delete()
    before = list(story.suggestions.exclude(pk=find_suggestion("We looked").pk).values_list("made"))
    undo_decision(find_suggestion("We looked"))
    others = story.suggestions.exclude(pk=find_suggestion("We looked").pk)
    assert list(others.values_list("made")) == before
    Mention.objects.all().delete()
    undo_decision(find_suggestion("I would"))
    assert not Person.objects.exists()
    assert all(not row.made for row in story.suggestions.all()), "nobody answers for what is gone"
