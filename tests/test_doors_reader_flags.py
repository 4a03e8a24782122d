"""Each flag that says what readers may be told of a row, unset: not a word of it at any public door."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Edition, FormerAddress, Membership, OtherName
from articles.public import site_context
from articles.public.syndication.ninjs import news_item
from articles.publishing import publish
from tests.factories import make_membership
from tests.public_addresses import every_endpoint
from tests.secret import Secret, make_secret

pytestmark = pytest.mark.django_db

ROLE, LIFE, PURPOSE, NAME = "Flagrole", "Flaglife", "Flagpurpose", "Flagname"
ALL_SET: dict[str, Any] = {
    "person_is_confirmed": True,
    "biography": True,
    "organization_is_confirmed": True,
    "description": True,
    "role_is_confirmed": True,
    "role_is_public": True,
    "name": OtherName.Visibility.PUBLIC,
}
# The flags that are not as in ``ALL_SET``, at most one of each row, and the words that readers must not get then.
UNSET: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"person_is_confirmed": False, "organization_is_confirmed": False}, (LIFE, PURPOSE)),
    ({"biography": False, "description": False}, (LIFE, PURPOSE)),
    ({"role_is_confirmed": False, "name": OtherName.Visibility.REDIRECT}, (ROLE, NAME)),
    ({"role_is_public": False, "name": OtherName.Visibility.HIDDEN}, (ROLE, NAME)),
]


def make_rows(**unset: Any) -> tuple[Secret, Membership]:
    """Publish the story of ``make_secret``; of its people and organizations all is marked public but for ``unset``."""
    flags, secret = ALL_SET | unset, make_secret()
    person, organization = secret.person, secret.organization
    secret.quotes[0].role = ""  # then it is the role on record
    secret.quotes[0].save()
    person.biography, person.is_biography_public = LIFE, flags["biography"]
    person.is_confirmed = flags["person_is_confirmed"]
    person.save()
    organization.description, organization.is_description_public = PURPOSE, flags["description"]
    organization.is_confirmed = flags["organization_is_confirmed"]
    organization.save()
    role = make_membership(
        person,
        organization,
        ROLE,
        is_confirmed=flags["role_is_confirmed"],
        is_public=flags["role_is_public"],
    )
    for owner in ({"person": person}, {"organization": organization}):
        OtherName.objects.create(name=NAME, visibility=flags["name"], **owner)
    publish(secret.article, by=None)
    site_context.reset()
    return secret, role


def pages(client: Client, secret: Secret) -> dict[str, str]:
    """Return what readers get of each public address, and of the story as ninjs."""
    paths = [
        *every_endpoint(secret),
        *(
            f"{reverse(name)}?q={word}"
            for name in ("articles", "quotes", "search")
            for word in (ROLE, NAME)
        ),
    ]
    answers = {
        path: client.get(path, follow=True).getvalue().decode(errors="replace").replace(path, "")
        for path in paths
    }
    composed = Edition.objects.listed().get().composed
    ninjs = json.dumps(news_item(composed, "https://paper.example/1"), default=str)
    return answers | {"ninjs": ninjs}


def showing(words: Iterable[str], client: Client, secret: Secret) -> dict[str, list[str]]:
    """Return where each word stands; a page that repeats what was searched for does not count."""
    texts = pages(client, secret)
    return {
        word: [path for path, text in texts.items() if word in text and f"?q={word}" not in path]
        for word in words
    }


def test_readers_get_what_all_flags_let_them(client):
    secret, _ = make_rows()
    for word, paths in showing((ROLE, LIFE, PURPOSE), client, secret).items():
        assert paths != [], word


@pytest.mark.parametrize(("unset", "words"), UNSET, ids=str)
def test_what_a_flag_keeps_back_is_at_no_public_address(client, unset, words):
    secret, _ = make_rows(**unset)
    for word, paths in showing(words, client, secret).items():
        assert paths == [], word


@pytest.mark.parametrize("visibility", OtherName.Visibility.values)
def test_a_search_for_another_name_finds_nothing_that_does_not_print_it(client, visibility):
    make_rows(name=visibility)
    for name in ("articles", "quotes"):
        page = client.get(f"{reverse(name)}?q={NAME}").content.decode()
        assert "zephyrine" not in page.lower(), name


def cancel_confirmation(secret: Secret, role: Membership) -> None:
    role.is_confirmed = False
    role.save()


def make_private(secret: Secret, role: Membership) -> None:
    role.is_public = False
    role.save()


def hide_texts(secret: Secret, role: Membership) -> None:
    type(secret.person).objects.update(is_biography_public=False)
    type(secret.organization).objects.update(is_description_public=False)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (cancel_confirmation, [ROLE]),
        (make_private, [ROLE]),
        (hide_texts, [LIFE, PURPOSE]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_pages_of_the_rows_follow_a_flag_that_is_unset_later(
    client, change: Callable[..., None], words
):
    """What an edition has frozen is another matter: ``check_record`` finds that (record/private_roles)."""
    secret, role = make_rows()
    change(secret, role)
    secret.article.quotes.all().delete()
    publish(secret.article, by=None)
    for word, paths in showing(words, client, secret).items():
        assert [path for path in paths if "changes" not in path] == [], word


def test_a_former_address_leads_to_a_row_whatever_its_names_are_marked(client):
    secret, _ = make_rows(name=OtherName.Visibility.HIDDEN)
    FormerAddress.objects.create(path="/old/flag", person=secret.person)
    response = client.get("/old/flag")
    assert response.status_code == 301
    assert NAME not in response["Location"]
