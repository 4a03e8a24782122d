"""Who sits at the desk."""

import pytest
from django.test import Client

from articles.models import User
from articles.roles import make_roles
from tests.factories import make_user


@pytest.fixture
def chief(db: None) -> User:
    make_roles()
    return make_user(username="chief", groups=("chief",))


@pytest.fixture
def chief_client(client: Client, chief: User) -> Client:
    client.force_login(chief)
    return client


@pytest.fixture
def other_client(chief: User) -> Client:
    """Log another chief in, in a browser of their own."""
    client = Client()
    client.force_login(make_user(username="other", groups=("chief",)))
    return client


@pytest.fixture
def reporter(db: None) -> User:
    make_roles()
    names = {"first_name": "Dana", "last_name": "Okafor"}
    return make_user(username="dana", groups=("reporter",), **names)


@pytest.fixture
def editor(reporter: User) -> User:
    return make_user(username="ed", first_name="Ann", last_name="Marrow", groups=("editor",))


@pytest.fixture
def reporter_client(reporter: User) -> Client:
    return _signed_in(reporter)


@pytest.fixture
def editor_client(editor: User) -> Client:
    return _signed_in(editor)


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
