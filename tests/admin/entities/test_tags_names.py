"""The desk is told when a new tag is called as another is, whatever its kind."""

from typing import Any

import pytest
from django.urls import reverse

from articles.models import Tag
from tests.factories import make_section, make_tag

pytestmark = pytest.mark.django_db
NO_INLINES = {
    f"{prefix}-{name}": "0"
    for prefix in ("former_names", "codes")
    for name in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def post(client, address: str, **fields: Any):
    values = {"kind": "topic", "position": "100", "slug": "", "qcode": "", "description": ""}
    return client.post(address, values | NO_INLINES | fields)


@pytest.mark.parametrize("name", ["council", "COUNCIL", "Cóuncil"])
def test_a_tag_called_as_another_is_refused_once_with_what_is_there(chief_client, name):
    make_section("Council")
    address = reverse("admin:articles_tag_add")
    response = post(chief_client, address, name=name)
    assert response.status_code == 200
    assert "There is such a tag already: “Council” (section)." in response.content.decode()
    assert Tag.objects.count() == 1
    assert post(chief_client, address, name=name, is_namesake="on").status_code == 302
    assert Tag.objects.count() == 2


def test_a_former_name_of_another_tag_is_told_too(chief_client):
    make_section("Town hall").former_names.create(name="Council", slug="council")
    response = post(chief_client, reverse("admin:articles_tag_add"), name="council")
    assert "“Council” (section, a former name)" in response.content.decode()


def test_a_new_name_of_a_tag_is_compared_and_its_own_is_not(chief_client):
    make_section("Council")
    tag = make_tag("Courts")
    address = reverse("admin:articles_tag_change", args=[tag.pk])
    assert post(chief_client, address, name="council").status_code == 200
    assert post(chief_client, address, name="COURTS").status_code == 302
    assert post(chief_client, address, name="COURTS", description="Law.").status_code == 302
