"""Every name that an organization has or had makes a label; a role that is somebody else's by now makes none."""

import pytest

from articles.models import Organization
from articles.record.private_roles.labels import labels_of
from tests.factories import make_membership, make_organization, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_person("Ada Lund")


def test_names_that_an_organization_has_beside_its_own_make_labels(ada):
    port = make_organization("Port of Sund")
    port.other_names.create(name="Sund Harbours")
    make_organization("Elsewhere").other_names.create(name="Nowhere")
    make_membership(ada, port, "pilot", is_public=False)
    assert labels_of([ada.pk])[ada.pk] == {"pilot, Port of Sund", "pilot, Sund Harbours"}


def test_a_name_that_no_history_kept_makes_a_label(ada):
    port = make_organization("Port of Sund")
    Organization.history.all().delete()
    make_membership(ada, port, "pilot", is_public=False)
    assert labels_of([ada.pk])[ada.pk] == {"pilot, Port of Sund"}


def test_a_role_that_is_somebody_elses_by_now_makes_no_label(ada):
    role = make_membership(ada, make_organization("Port of Sund"), "pilot", is_public=False)
    bo = make_person("Bo Reve")
    role.person = bo
    role.save()
    assert not any(labels_of([ada.pk]).values())
    assert labels_of([bo.pk])[bo.pk] == {"pilot, Port of Sund"}
