"""Organizations: what they are unless it is said, and where they stand."""

import pytest

from articles.models import Organization
from tests.factories import make_organization

pytestmark = pytest.mark.django_db


def test_an_organization_is_unchecked_and_without_a_public_description_unless_it_is_said():
    organization = make_organization("Port of Sund")
    assert (organization.is_confirmed, organization.is_description_public) == (False, False)
    assert organization.kind == Organization.Kind.OTHER
    assert str(organization) == "Port of Sund"
    expected = f"/organizations/{organization.pk}/port-of-sund/"
    assert organization.get_absolute_url() == expected


def test_organizations_stand_by_name():
    names = ["Port of Sund", "Court of Weir"]
    for name in names:
        make_organization(name)
    assert [row.name for row in Organization.objects.all()] == sorted(names)
