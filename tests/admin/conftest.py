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
