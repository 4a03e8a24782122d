"""newsroom/health.py: what whoever runs the servers asks."""

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder


def test_the_process_says_that_it_is_there_without_a_database(client):
    response = client.get("/healthz")  # this test may not touch the database
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_no_cache_keeps_an_answer_and_nobody_posts(client, db, path):
    assert "no-store" in client.get(path)["Cache-Control"]
    assert client.post(path).status_code == 405


def test_it_is_ready_when_every_migration_is_applied(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_a_missing_migration_is_said_with_the_command_that_mends_it(client, db):
    MigrationRecorder(connection).migration_qs.filter(app="articles").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"migrations to apply" in response.content
    assert b"manage.py migrate" in response.content


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_is_gone_is_said_without_its_address(client, monkeypatch, error):
    def refuse_connection(*args, **kwargs):
        raise error("connection to server at 10.0.0.9, user newsroom, failed")

    monkeypatch.setattr(connection, "ensure_connection", refuse_connection)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


def test_every_model_has_its_migration(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
