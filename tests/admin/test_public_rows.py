"""What readers get of a person, an organization, an author, a tag, a picture changes only by who may publish.

Role x row x whether readers have it x a forged POST.
"""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from articles.models import Author, Identifier, Membership, OtherName, Proposal
from articles.public import site_context
from articles.publishing import publish
from articles.roles import make_roles
from tests.admin.forms import fields_of
from tests.desk_rows import client_of
from tests.factories import make_live, make_organization, make_person, make_tag, make_user
from tests.public_addresses import ENDPOINTS, every_endpoint
from tests.secret import Secret, draft, make_secret, scheduled, withdrawn

pytestmark = pytest.mark.django_db

ROWS = ("person", "organization", "author", "tag", "image")
# What a form would send beside what it holds already: everything that readers could see.
CHANGES: dict[str, dict[str, str]] = {
    "person": {
        **{"name": "Defaced Name", "sort_name": "Name, Defaced", "slug": "defaced"},
        **{"biography": "DEFACED", "is_biography_public": "on", "is_confirmed": "on"},
        **{"memberships-0-role": "defacer", "memberships-0-is_confirmed": "on"},
        **{"memberships-0-is_public": "on", "other_names-0-name": "Defaced Alias"},
        **{"other_names-0-visibility": "public", "identifiers-0-identifier": "Q666"},
    },
    "organization": {
        **{"name": "Defaced Trust", "slug": "defaced", "abbreviation": "DEF", "kind": "court"},
        **{"description": "DEFACED", "is_description_public": "on", "is_confirmed": "on"},
        **{"other_names-0-name": "Defaced Alias", "other_names-0-visibility": "public"},
    },
    "author": {"name": "Defaced Author"},
    "tag": {"name": "Defaced tag", "slug": "defaced", "description": "DEFACED", "kind": "place"},
    "image": {"alt": "DEFACED", "caption": "DEFACED", "credit": "DEFACED"},
}
EXPLANATION = "What you change is a proposal"


def published() -> Secret:
    secret = make_secret()
    publish(secret.article, by=None)
    return secret


def with_inlines(secret: Secret) -> Secret:
    """Give the person a role that nobody sees, and both a name and an id elsewhere."""
    person, organization = secret.person, secret.organization
    Membership.objects.create(person=person, organization=organization, role="clerk")
    Identifier.objects.create(person=person, scheme="wikidata", identifier="Q1")
    for row in ({"person": person}, {"organization": organization}):
        OtherName.objects.create(name="Hidden", visibility="hidden", **row)
    return secret


def client_without_publishing() -> Client:
    """Sign in somebody of a role of the paper's own: may change everything, and publish nothing."""
    group = Group.objects.create(name="desk")
    changing = Permission.objects.filter(content_type__app_label="articles")
    group.permissions.set(changing.exclude(codename="publish_article"))
    client = Client()
    client.force_login(make_user(groups=("desk",)))
    return client


def signed_in(role: str) -> Client:
    make_roles()
    return client_without_publishing() if role == "desk" else client_of(role)


def address_of(row: Any) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def forged(row: Any) -> dict[str, Any]:
    """Return what the form of ``row`` sends for who may do all, changed."""
    name = row._meta.model_name
    page = client_of("superuser").get(address_of(row))
    return fields_of(page, f"{name}_form") | CHANGES[name] | {"_save": "Save"}


def public_pages(secret: Secret, paths: Iterable[str] = ()) -> dict[str, bytes]:
    """Return what stands at ``paths``, by default at every public address; but for when an empty feed was made."""
    site_context.reset()
    client, pages = Client(), {}
    for path in paths or every_endpoint(secret):
        response = client.get(path)
        status = f"{response.status_code} {response.get('Location', '')}".encode()
        pages[path] = status + re.sub(rb"<updated>.*?</updated>", b"", response.getvalue())
    return pages


@pytest.mark.parametrize("state", [published, scheduled], ids=lambda state: state.__name__)
def test_who_may_not_publish_changes_nothing_that_readers_get(state):
    secret = with_inlines(state())
    before = public_pages(secret)
    forms = {name: forged(getattr(secret, name)) for name in ROWS}
    for role in ("reporter", "desk"):
        client = signed_in(role)
        for name, data in forms.items():
            row = getattr(secret, name)
            stored = type(row).objects.values().get(pk=row.pk)
            for extra in ({}, {"_popup": "1"}, {"_continue": "1"}):
                response = client.post(address_of(row), data | extra)
                if name != "image":  # its words are frozen in the edition
                    is_open = name != "tag" or role == "desk"  # a reporter changes no tag
                    expected = 409 if extra else 302  # sent again it is another window's
                    assert response.status_code == (expected if is_open else 403), (role, name)
                    assert type(row).objects.values().get(pk=row.pk) == stored
    assert public_pages(secret) == before
    assert not OtherName.objects.exclude(visibility="hidden").exists()
    assert not Membership.objects.filter(is_public=True).exists()
    assert not Identifier.objects.exclude(identifier="Q1").exists()


@pytest.mark.parametrize("name", ["person", "organization", "author", "tag"])
def test_who_may_publish_changes_it_at_once(name):
    secret = with_inlines(published())
    row, paths = getattr(secret, name), ENDPOINTS[name](secret)
    client, before, data = signed_in("editor"), public_pages(secret, paths), forged(row)
    assert client.post(address_of(row), data).status_code == 302
    assert public_pages(secret, paths) != before


@pytest.mark.parametrize("state", [draft, withdrawn], ids=lambda state: state.__name__)
def test_a_reporter_changes_what_no_reader_has(state):
    secret = with_inlines(state())
    client, before = signed_in("reporter"), public_pages(secret)
    for name in ("person", "organization", "author", "image"):
        row = getattr(secret, name)
        page = client.get(address_of(row)).content.decode()
        assert EXPLANATION not in page
        assert 'name="_save"' in page
        assert client.post(address_of(row), forged(row)).status_code == 302, name
        assert "efaced" in str(type(row).objects.values().get(pk=row.pk)).lower()
    assert public_pages(secret) == before


@pytest.mark.parametrize("name", ["person", "organization", "author"])
def test_the_form_says_that_a_change_is_a_proposal(name):
    row = getattr(published(), name)
    page = signed_in("reporter").get(address_of(row))
    assert page.status_code == 200
    assert EXPLANATION in page.content.decode()
    assert 'value="Save as a proposal"' in page.content.decode()
    page = client_of("editor").get(address_of(row))
    assert EXPLANATION not in page.content.decode()
    assert 'value="Save"' in page.content.decode()


def test_a_form_that_was_open_when_the_story_came_out_changes_nothing():
    secret = draft()
    client, data = signed_in("reporter"), forged(secret.person)
    publish(secret.article, by=None)
    before = public_pages(secret)
    assert client.post(address_of(secret.person), data).status_code == 302
    assert public_pages(secret) == before
    assert Proposal.objects.get().values["name"] == "Defaced Name"


def test_an_organization_that_readers_see_in_a_role_is_no_reporters_to_change():
    secret = published()
    council = make_organization("Town council")
    seen = {"is_confirmed": True, "is_public": True}
    role = Membership.objects.create(
        person=secret.person, organization=council, role="clerk", **seen
    )
    client, before, data = signed_in("reporter"), public_pages(secret), forged(council)
    assert "Town council" in str(before)
    assert client.post(address_of(council), data).status_code == 302
    assert public_pages(secret) == before
    assert Proposal.objects.get().target == council
    role.is_public = False
    role.save()
    assert client.post(address_of(council), data).status_code == 302


def test_a_role_is_not_added_from_a_person_whom_nobody_sees():
    secret = published()
    hidden_person = make_person("Ann Other")
    client, before, data = signed_in("reporter"), public_pages(secret), forged(hidden_person)
    new = {
        **{"memberships-TOTAL_FORMS": "1", "memberships-0-organization": secret.organization.pk},
        **{"memberships-0-start_date": "2020", "memberships-0-person": hidden_person.pk},
    }
    assert client.post(address_of(hidden_person), data | new).status_code == 302
    assert Membership.objects.filter(person=hidden_person, is_public=True).exists()
    assert public_pages(secret) == before


def test_a_reporter_adds_rows_that_no_reader_has():
    secret = published()
    client, before = signed_in("reporter"), public_pages(secret)
    for name in ("person", "organization", "author"):
        address = reverse(f"admin:articles_{name}_add")
        new = {"name": "New Row", "_save": "Save", "_popup": "1"}
        fields = fields_of(client.get(address), f"{name}_form") | new
        assert client.post(address, fields).status_code == 200, name
    assert public_pages(secret) == before


def test_the_order_of_sections_is_set_in_the_list_by_who_may_publish():
    tag = make_tag("Harbour", position=3)
    make_live(tags=(tag,))
    address = reverse("admin:articles_tag_changelist")
    data = {
        **{"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": tag.pk},
        **{"form-0-position": "1", "_save": "Save"},
    }
    for role, position in (("desk", 3), ("editor", 1)):
        client = signed_in(role)
        assert ('name="form-0-position"' in client.get(address).content.decode()) == (
            role != "desk"
        )
        assert client.post(address, data).status_code == (403 if role == "desk" else 302)
        tag.refresh_from_db()
        assert tag.position == position


def test_who_may_not_publish_deletes_nothing_that_readers_get():
    author = published().author
    assert signed_in("desk").get(address_of(author).replace("change", "delete")).status_code == 403
    assert Author.objects.filter(pk=author.pk).exists()
