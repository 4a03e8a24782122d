from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.models import FormerAddress, Identifier, Membership, Organization, OtherName, Person
from tests.factories import make_membership, make_organization, make_person, make_tag

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "end", "day", "holds"),
    [
        ("2025", "", "2025-01-01", True),
        ("2025", "", "2024-12-31", False),
        ("2025-03", "2025-05", "2025-05-31", True),
        ("2025-03", "2025-05", "2025-06-01", False),
        ("2025-03-15", "", "2025-03-14", False),
        ("", "2025", "2025-12-31", True),
        ("", "", "1900-01-01", True),
    ],
)
def test_a_partial_date_covers_all_that_it_can_mean(start, end, day, holds):
    assert Membership(start_date=start, end_date=end).holds_on(day) is holds


def test_the_role_begun_last_counts():
    person, organization = make_person(), make_organization()
    for role, start in (("clerk", "2019"), ("leader", "2023")):
        Membership.objects.create(
            person=person,
            organization=organization,
            role=role,
            start_date=start,
            is_confirmed=True,
            is_public=True,
        )
    assert person.role_on(date(2024, 1, 1)).role == "leader"
    assert person.role_on(date(2020, 1, 1)).role == "clerk"
    assert person.role_on(date(2018, 1, 1)) is None


@pytest.mark.parametrize(("is_confirmed", "is_public"), [(True, False), (False, True)])
def test_readers_are_told_no_role_that_is_not_confirmed_and_public(is_confirmed, is_public):
    person, organization, day = make_person(), make_organization(), date(2024, 1, 1)
    clerk = make_membership(person, organization, "clerk", start_date="2019")
    person.memberships.create(
        organization=organization,
        role="protected witness",
        start_date="2023",
        is_confirmed=is_confirmed,
        is_public=is_public,
    )
    assert person.role_on(day) == clerk
    assert list(person.memberships.public()) == [clerk]
    role = person.confirmed_role_on(day).role
    assert role == ("protected witness" if is_confirmed else "clerk"), "what the desk reads"


@pytest.mark.parametrize("value", ["2025-13", "25", "2025-02-30", "soon", "2025-1"])
def test_a_date_that_is_none_is_refused(value):
    membership = Membership(
        person=make_person(), organization=make_organization(), role="x", start_date=value
    )
    with pytest.raises(ValidationError) as refusal:
        membership.full_clean()
    assert "start_date" in refusal.value.message_dict


def test_another_name_belongs_to_one_person_or_one_organization():
    for owners in ({}, {"person": make_person(), "organization": make_organization()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OtherName.objects.create(name="x", **owners)


def test_a_former_address_leads_to_exactly_one_row():
    person, organization, tag = make_person(), make_organization(), make_tag()
    for owners in ({}, {"person": person, "tag": tag, "organization": organization}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FormerAddress.objects.create(path=f"/old/{len(owners)}", **owners)
    FormerAddress.objects.create(path="/old/", person=person)


def test_of_two_roles_begun_alike_the_one_entered_last_counts():
    person, organization, day = make_person(), make_organization(), date(2024, 1, 1)
    for role in ("clerk", "leader"):
        make_membership(person, organization, role, start_date="2019")
    assert person.role_on(day).role == "leader"
    assert person.confirmed_role_on(day).role == "leader"
    assert person.confirmed_role_on(date(2018, 1, 1)) is None


def test_a_role_is_for_readers_when_it_is_confirmed_and_public():
    for is_confirmed in (True, False):
        for is_public in (True, False):
            membership = Membership(is_confirmed=is_confirmed, is_public=is_public)
            assert membership.is_for_readers is (is_confirmed and is_public)


def test_rows_of_a_person_are_named_by_what_they_say_and_stand_in_order():
    person, organization = make_person("Ada Lund"), make_organization("Port of Sund")
    roles = [
        make_membership(person, organization, role, start_date=start)
        for role, start in (("clerk", "2019"), ("leader", "2023"), ("chair", "2023"))
    ]
    assert list(person.memberships.all()) == [roles[1], roles[2], roles[0]]
    assert str(roles[0]) == "clerk, Port of Sund"
    for name in ("Lund", "Ada L."):
        OtherName.objects.create(person=person, name=name)
    assert [str(name) for name in person.other_names.all()] == ["Ada L.", "Lund"]
    identifier = Identifier(person=person, scheme="wikidata", identifier="Q1")
    assert str(identifier) == "wikidata:Q1"


def test_people_stand_by_their_family_names():
    for name in ("Ada Lund", "Bo Abel"):
        make_person(name)
    assert [person.name for person in Person.objects.all()] == ["Bo Abel", "Ada Lund"]


def test_a_former_address_without_a_row_leads_to_the_feed_of_all_stories():
    with pytest.raises(IntegrityError), transaction.atomic():
        FormerAddress.objects.create(path="/old/")
    assert str(FormerAddress.objects.create(path="/feed/", is_feed=True)) == "/feed/"
    FormerAddress.objects.create(path="/tag/feed/", is_feed=True, tag=make_tag())
    owners = {"tag": make_tag(), "person": make_person()}
    with pytest.raises(IntegrityError), transaction.atomic():
        FormerAddress.objects.create(path="/two/feed/", is_feed=True, **owners)


@pytest.mark.parametrize("visibility", OtherName.Visibility.values)
def test_readers_are_told_public_names_only(visibility):
    name = OtherName.objects.create(name="x", person=make_person(), visibility=visibility)
    assert name.is_for_readers is (visibility == "public")
    assert list(OtherName.objects.public()) == ([name] if name.is_for_readers else [])


@pytest.mark.parametrize(("kind", "is_printable"), [("former", True), ("alias", False)])
def test_a_former_name_was_right_to_print_whoever_sees_it_now(kind, is_printable):
    OtherName.objects.create(name="x", person=make_person(), kind=kind, visibility="hidden")
    assert OtherName.objects.printable().exists() is is_printable


@pytest.mark.parametrize("is_confirmed", [True, False])
@pytest.mark.parametrize("is_public", [True, False])
def test_readers_get_a_biography_and_a_description_that_are_confirmed_and_public(
    is_confirmed, is_public
):
    person = Person(biography="Life.", is_confirmed=is_confirmed, is_biography_public=is_public)
    organization = Organization(
        description="Works.", is_confirmed=is_confirmed, is_description_public=is_public
    )
    expected = is_confirmed and is_public
    assert bool(person.public_biography) is bool(organization.public_description) is expected
