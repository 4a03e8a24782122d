"""Everybody chooses the desk's language for themselves; who looks after accounts for others."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from articles.models import User
from articles.roles import make_roles
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/admin/articles/user/language/"


@pytest.fixture
def reporter(client: Client) -> User:
    make_roles()
    user = make_user(groups=("reporter",))
    client.force_login(user)
    return user


def test_somebody_chooses_for_themselves(
    client: Client, reporter: User, pseudo_locale: str
) -> None:
    response = client.post(PAGE, {"language": pseudo_locale, "is_superuser": "on"})
    reporter.refresh_from_db()
    assert (reporter.language, reporter.is_superuser) == (pseudo_locale, False)
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Ţĥéé đééšķ šþééááķš ţĥííš ļááñĝúúááĝéé ţóó ýýóóúú."
    ]


def test_somebody_goes_back_to_the_papers_language(client: Client, reporter: User) -> None:
    User.objects.update(language="en")
    client.post(PAGE, {"language": ""})
    reporter.refresh_from_db()
    assert reporter.language == ""


def test_language_that_is_not_there_is_refused(client: Client, reporter: User) -> None:
    response = client.post(PAGE, {"language": "tlh"})
    reporter.refresh_from_db()
    assert response.status_code == 200
    assert "Select a valid choice" in response.content.decode()
    assert reporter.language == ""


@pytest.mark.parametrize("is_there", [True, False])
def test_page_is_linked_where_there_is_a_choice(
    client: Client, reporter: User, request: pytest.FixtureRequest, is_there: bool
) -> None:
    if is_there:
        request.getfixturevalue("pseudo_locale")
    assert (f'href="{PAGE}"' in client.get("/admin/").content.decode()) is is_there


@pytest.mark.parametrize("role", ["operator", ""])
def test_who_looks_after_accounts_chooses_for_others(
    client: Client, pseudo_locale: str, role: str
) -> None:
    make_roles()
    client.force_login(make_user(groups=(role,) if role else (), is_superuser=not role))
    other = make_user(first_name="Nora")
    path = f"/admin/articles/user/{other.pk}/change/"
    form = client.get(path).context["adminform"].form
    values = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, False)
    }
    joined = other.date_joined
    values |= {
        "date_joined_0": joined.date().isoformat(),
        "date_joined_1": joined.strftime("%H:%M:%S"),
    }
    response = client.post(path, values | {"language": pseudo_locale})
    other.refresh_from_db()
    assert response.status_code == 302, response.context["errors"]
    assert (other.language, other.first_name) == (pseudo_locale, "Nora")
