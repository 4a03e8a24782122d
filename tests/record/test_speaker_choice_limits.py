"""Who may be meant by a name, and how long names and reasons may be."""

import pytest

from articles.models import OtherName
from articles.record import DecisionError, SpeakerChoice
from articles.record.speaker_choice import resolve_speaker
from tests.factories import make_organization, make_person, make_user

pytestmark = pytest.mark.django_db


def resolve(kind: str, name: str = "", **fields):
    return resolve_speaker(SpeakerChoice(kind, name=name, **fields), by=make_user())


def test_a_family_name_alone_is_never_taken_for_the_person():
    make_person("Ada Lund")
    with pytest.raises(DecisionError, match="Lund may be any of these: Ada Lund"):
        resolve("known", "Lund")


def test_a_whole_name_or_another_name_of_somebody_is_taken():
    ada = make_person("Ada Lund")
    OtherName.objects.create(person=ada, name="Adele Lund")
    assert resolve("known", "Ada Lund").person == ada
    assert resolve("known", "Adele Lund").person == ada
    port = make_organization("Port of Sund")
    assert resolve("known", "Port of Sund").organization == port


def test_of_two_of_one_name_nobody_is_taken_and_nobody_of_none():
    for _ in range(2):
        make_person("Ada Lund")
    with pytest.raises(DecisionError, match="Write the full name"):
        resolve("known", "Ada Lund")
    with pytest.raises(DecisionError, match="Nobody called Bo Reve"):
        resolve("known", "Bo Reve")


def read(value: str, **data: str) -> SpeakerChoice:
    return SpeakerChoice.read(value, data)


def test_a_name_has_two_hundred_letters_at_most_and_a_reason_five_hundred():
    choice = read("unnamed", name="n" * 200, reason="r" * 500)
    assert (len(choice.name), len(choice.reason)) == (200, 500)
    for data in ({"name": "n" * 201}, {"reason": "r" * 501}):
        with pytest.raises(DecisionError, match="at most 200 letters, a reason 500"):
            read("unnamed", **data)


@pytest.mark.parametrize(
    "value", ["", "person", "person:", "person:0", "person:x", "unnamed:3", "known:1", "nobody"]
)
def test_what_no_form_of_ours_sends_is_refused(value):
    with pytest.raises(DecisionError, match="Choose who it is"):
        read(value)


def test_a_choice_is_read_as_the_form_sends_it():
    assert read("person:1") == SpeakerChoice("person", 1)
    assert read("organization:12") == SpeakerChoice("organization", 12)
    assert read("new-person", name=" Ada  Lund ", namesake="on") == SpeakerChoice(
        "new-person", name="Ada Lund", has_same_name=True
    )
    assert read("known", name="Ada") == SpeakerChoice("known", name="Ada")


def test_what_is_missing_is_said():
    for kind, words in (
        ("unnamed", "Describe the source"),
        ("known", "Write the name"),
        ("new-person", "Write the name"),
    ):
        with pytest.raises(DecisionError, match=words):
            resolve(kind)
    with pytest.raises(DecisionError, match="Say why the source is not named"):
        resolve("unnamed", "a diver")
    with pytest.raises(DecisionError, match="no longer exists"):
        resolve("person", pk=99)


def test_somebody_new_of_a_name_on_record_has_to_be_said_to_be_somebody_else():
    make_person("Ada Lund")
    with pytest.raises(DecisionError, match="On record already: Ada Lund"):
        resolve("new-person", "Ada Lund")
    speaker = resolve("new-person", "Ada Lund", has_same_name=True)
    assert (speaker.person.sort_name, speaker.person.is_confirmed) == ("Lund, Ada", True)
    assert speaker.created == [["person", speaker.person.pk]]
    assert resolve("new-organization", "Ada Lund").organization.slug == "ada-lund"


def test_of_many_of_one_name_five_are_listed_with_their_numbers():
    people = [make_person("Ada Lund") for _ in range(7)]
    with pytest.raises(DecisionError) as refused:
        resolve_speaker(SpeakerChoice("known", name="Ada Lund"), by=make_user())
    listed = [row for row in people if f"Ada Lund (no. {row.pk})" in str(refused.value)]
    assert len(listed) == str(refused.value).count("(no. ") == 5
