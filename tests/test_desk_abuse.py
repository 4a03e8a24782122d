"""The desk against forged requests: every address of the table of permissions, and fields that nobody may ask for."""

import pytest
from django.urls import reverse

from articles.models import Edition
from tests.desk_rows import address_of, client_of
from tests.desk_rows import rows as rows
from tests.test_permissions import BOTH, GET, POST

pytestmark = pytest.mark.django_db
# What a visit leaves behind, as in a log: who is signed in, who has a story open, what the clock showed.
NOTED = ("django_session", "articles_presence", "articles_clockreading")


def test_a_get_changes_nothing(rows, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of("superuser")
    client.get(reverse("admin:index"))
    for name in [*GET, *POST]:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(address_of(name, rows))
        written = [
            query["sql"]
            for query in queries
            if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")
            and not any(table in query["sql"] for table in NOTED)
        ]
        assert written == [], name
        if name in POST:
            assert response.status_code == 405, name


def test_each_action_wants_the_token_against_forgery(rows):
    client = client_of("superuser", enforce_csrf_checks=True)
    before = list(Edition.objects.values_list("pk", "ends_at", "is_hidden"))
    for name in [*POST, *BOTH]:
        response = client.post(address_of(name, rows), {"reason": "x", "post": "yes"})
        assert response.status_code == 403, name
    assert list(Edition.objects.values_list("pk", "ends_at", "is_hidden")) == before


@pytest.mark.parametrize("visitor", ["editor", "chief", "operator"])
def test_a_field_that_may_not_be_referenced_is_refused(visitor, rows):
    client = client_of(visitor)
    for model in ("user", "article"):
        address = reverse(f"admin:articles_{model}_changelist")
        response = client.get(address, {"_to_field": "password", "_popup": "1"})
        assert response.status_code in (400, 403), model
    response = client.get(reverse("admin:articles_user_changelist"), {"password__startswith": "a"})
    assert response.status_code in (302, 400, 403)
