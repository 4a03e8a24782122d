"""An answer by the name that a story gives: the row that bears it, else a new one, never one of several."""

import pytest

from articles.models import Organization, Person
from articles.record import DecisionError, SpeakerChoice
from articles.record.speaker_choice import resolve_speaker
from tests.factories import make_organization, make_person, make_user

pytestmark = pytest.mark.django_db


def resolve_answer(answer: str):
    return resolve_speaker(SpeakerChoice.read(answer, {"name": "Somebody Else"}), by=make_user())


def test_the_one_who_bears_the_name_is_meant():
    ada = make_person("Ada Lund")
    make_person("Karin Lund")
    assert resolve_answer("named-person=Ada Lund").person == ada
    assert Person.objects.count() == 2


def test_nobody_of_that_name_makes_a_new_row_of_the_kind():
    speaker = resolve_answer("named-organization=Port: of = Sund")
    assert speaker.organization.name == "Port: of = Sund"
    assert speaker.created == [["organization", speaker.organization.pk]]
    assert not Person.objects.exists()


def test_a_name_is_looked_for_among_its_own_kind():
    make_organization("Lund")
    assert resolve_answer("named-person=Lund").person.name == "Lund"
    assert Organization.objects.count() == 1


@pytest.mark.parametrize("name", ["Ada Lund", "Lund"])
def test_of_several_nobody_is_taken(name):
    make_person("Ada Lund")
    make_person("Ada Lund")
    with pytest.raises(DecisionError, match="may be any of these"):
        resolve_answer(f"named-person={name}")


@pytest.mark.parametrize("answer", ["named-person", "named-person=", "named-person= \t"])
def test_a_name_is_wanted(answer):
    with pytest.raises(DecisionError, match="Write the name."):
        resolve_answer(answer)


@pytest.mark.parametrize("answer", ["named-persons=Ada", "named-person:4", "named-=Ada"])
def test_what_no_form_of_ours_sends_is_refused(answer):
    with pytest.raises(DecisionError, match="Choose who it is."):
        resolve_answer(answer)
    assert not Person.objects.exists()
