"""newsroom/faults.py: whatever happens, a reader gets a page, and never a second fault."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from newsroom import faults, urls

FAULTS = {
    "bad": SuspiciousOperation("no"),
    "forbidden": PermissionDenied("no"),
    "broken": RuntimeError("no"),
    "gone": OperationalError("server closed the connection"),
    "closed": InterfaceError("connection already closed"),
}


def fail(request: HttpRequest, fault: str) -> HttpResponse:
    """Fail as the address says."""
    raise FAULTS[fault]


urlpatterns = [path("fault/<slug:fault>", fail), *urls.urlpatterns]  # pages lead to real addresses
handler400, handler403 = faults.bad_request, faults.permission_denied
handler404, handler500 = faults.page_not_found, faults.server_error


@pytest.fixture
def reader(settings) -> Client:
    """Give a client that sees what a reader sees; it is not told of exceptions."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.fixture
def no_database(monkeypatch) -> None:
    """Take the database away."""

    def refuse_connection(*args, **kwargs):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(connection, "ensure_connection", refuse_connection)
    monkeypatch.setattr(connection, "cursor", refuse_connection)


STATUS = [
    ("/fault/bad", 400),
    ("/fault/forbidden", 403),
    ("/no/such/page", 404),
    ("/fault/broken", 500),
    ("/fault/gone", 503),
]


@pytest.mark.parametrize(("address", "status"), STATUS)
def test_each_fault_has_its_status_and_a_page(reader, db, address, status):
    response = reader.get(address)
    assert response.status_code == status
    assert response["Content-Type"].startswith("text/html")
    assert b"<h1" in response.content


@pytest.mark.parametrize(("address", "status"), STATUS)
def test_each_fault_is_answered_while_the_database_is_gone(reader, no_database, address, status):
    assert reader.get(address).status_code == status


@pytest.mark.parametrize("address", ["/fault/gone", "/fault/closed"])
def test_a_database_that_is_gone_asks_readers_to_come_back(reader, address):
    response = reader.get(address)
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "server closed" not in response.content.decode()


@pytest.mark.parametrize("address", ["/fault/broken", "/fault/gone"])
def test_a_failure_on_our_side_asks_the_database_nothing(reader, address):
    assert reader.get(address).status_code in {500, 503}  # this test may not touch the database


@pytest.mark.parametrize(("address", "status"), STATUS)
def test_a_page_that_cannot_be_rendered_becomes_plain_words(reader, db, settings, address, status):
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    response = reader.get(address)
    assert response.status_code == status
    assert response.content.decode().strip() == faults.MESSAGES[status]


@override_settings(DEBUG=False)
def test_a_form_without_its_token_is_answered_403(db):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})
    assert response.status_code == 403
    assert b"<h1" in response.content
