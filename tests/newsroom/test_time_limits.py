"""newsroom/time_limits.py: a query that takes too long ends, its reader is told, and the connection serves the next."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from math import inf

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from articles.models import Tag
from newsroom import faults, time_limits, urls
from newsroom.time_limits import END, LIMIT, is_over_time, seconds_left, set_limits
from tests.factories import make_tag

pytestmark = pytest.mark.django_db(transaction=True)

ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) "
    "SELECT count(*) FROM n"
)
DRIP = ENDLESS.replace("SELECT count(*) FROM n", "SELECT i FROM n WHERE i > 99999999")
SLEEP = "SELECT pg_sleep(60)"
SHOW = "SELECT current_setting('statement_timeout'), current_setting('lock_timeout')"


def run(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def slow(request: HttpRequest) -> HttpResponse:
    """Ask for what takes minutes."""
    run(ENDLESS)
    return HttpResponse("done")


def dripping(request: HttpRequest) -> HttpResponse:
    """Ask for rows whose finding takes minutes after the query has begun."""
    run(DRIP)
    return HttpResponse("done")


def sleeping(request: HttpRequest) -> HttpResponse:
    run(SLEEP)
    return HttpResponse("done")


def failing(request: HttpRequest) -> HttpResponse:
    """Fail within a transaction, as at the desk."""
    with transaction.atomic():
        make_tag("Half")
        run(ENDLESS)
    return HttpResponse("done")


def quick(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Tag.objects.count()))


def limits(request: HttpRequest) -> HttpResponse:
    """Show which limits PostgreSQL holds."""
    return HttpResponse(" ".join(map(str, run(SHOW)[0])))


def locked(request: HttpRequest) -> HttpResponse:
    """Wait for a row that somebody else is changing."""
    with transaction.atomic():
        list(Tag.objects.select_for_update())
    return HttpResponse("done")


def refused(request: HttpRequest) -> HttpResponse:
    """Go on in a transaction after the database has refused a row of it."""
    with transaction.atomic():
        tag = make_tag("Harbour")
        with suppress(IntegrityError), transaction.atomic():
            Tag.objects.create(name="Other", slug=tag.slug)
        return HttpResponse(str(Tag.objects.count()))


def many(request: HttpRequest) -> HttpResponse:
    """Ask again and again, each time for what is there at once."""
    for _ in range(30):
        time.sleep(0.05)
        run("SELECT 1")
    return HttpResponse("done")


views = [many, slow, dripping, sleeping, failing, quick, limits, locked, refused]
urlpatterns = [
    *(path(f"{view.__name__}/", view) for view in views),
    path("admin/", include([path(f"{view.__name__}/", view) for view in views])),
    *urls.urlpatterns,
]
handler404, handler500 = faults.page_not_found, faults.server_error


@pytest.fixture
def reader(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    settings.READER_QUERY_SECONDS, settings.DESK_QUERY_SECONDS = 1.0, 2.0
    return Client(raise_request_exception=False)


@pytest.fixture
def timed(reader) -> Callable[[str], tuple[HttpResponse, float]]:
    """Give an address's answer and how many seconds it took."""

    def timed(address: str) -> tuple[HttpResponse, float]:
        started = time.monotonic()
        return reader.get(address), time.monotonic() - started

    return timed


@pytest.mark.parametrize("address", ["/slow/", "/dripping/"])
def test_a_slow_query_of_a_readers_page_ends_after_a_second(timed, reader, caplog, address):
    with caplog.at_level(logging.INFO):
        response, seconds = timed(address)
    assert 0.9 < seconds < 10
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert response["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in response
    page = response.content.decode()
    assert "longer to find" in page
    assert "Traceback" not in page
    assert reader.get("/quick/").content == b"0"


@pytest.mark.parametrize("address", ["/many/", "/slow/", "/dripping/"])
def test_a_readers_request_ends_when_its_queries_together_take_too_long(
    timed, reader, settings, address
):
    settings.READER_QUERY_SECONDS, settings.READER_REQUEST_SECONDS = 30.0, 0.5
    response, seconds = timed(address)
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert 0.4 < seconds < 8
    assert "longer to find" in response.content.decode()
    settings.READER_REQUEST_SECONDS = 90.0
    assert reader.get("/quick/").content == b"0"


def test_the_desk_has_no_limit_for_all_its_queries(reader, settings):
    settings.READER_REQUEST_SECONDS = 0.5
    assert reader.get("/admin/many/").status_code == 200
    settings.READER_REQUEST_SECONDS = None
    assert reader.get("/many/").status_code == 200


def test_the_last_query_of_a_request_gets_what_is_left_of_its_time(monkeypatch):
    monkeypatch.setattr(time_limits, "monotonic", lambda: 100.0)
    cases = [(1.0, 103.0, 1.0), (1.0, 100.4, 0.4), (1.0, 100.01, 0.05), (None, inf, None)]
    for limit, end, expected in [*cases, (1.0, inf, 1.0), (None, 102.0, 2.0)]:
        tokens = LIMIT.set(limit), END.set(end)
        assert seconds_left() == pytest.approx(expected)
        LIMIT.reset(tokens[0])
        END.reset(tokens[1])


def test_behind_a_pooler_a_request_of_many_queries_ends_too(
    postgres, reader, settings, monkeypatch
):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    connection.close()
    settings.READER_REQUEST_SECONDS = 0.5
    assert reader.get("/many/").status_code == 503


def test_what_was_ended_is_a_warning_without_a_traceback(reader, caplog):
    with caplog.at_level(logging.INFO):
        reader.get("/slow/")
    lines = [line for line in caplog.records if line.name != "newsroom.access"]
    assert [(line.levelname, line.exc_info) for line in lines] == [("WARNING", None)]
    assert "/slow/" in lines[0].getMessage()


def test_the_next_request_on_the_same_connection_works(reader):
    run("SELECT 1")
    before = connection.connection
    for _ in range(3):
        assert reader.get("/slow/").status_code == 503
        assert reader.get("/quick/").status_code == 200
    assert connection.connection is before


def test_the_admin_has_more_time(timed, reader):
    _, seconds = timed("/admin/slow/")
    assert 1.9 < seconds < 12
    assert timed("/slow/")[1] < 1.9
    assert reader.get("/admin/quick/").status_code == 200


def test_what_a_transaction_had_begun_is_undone(reader):
    assert reader.get("/admin/failing/").status_code == 503
    assert reader.get("/quick/").content == b"0"


def test_a_transaction_goes_on_after_a_row_was_refused(reader):
    for address in ("/refused/", "/quick/", "/admin/quick/"):
        response = reader.get(address)
        assert (response.status_code, response.content) == (200, b"1"), address


def test_a_command_has_no_limit_even_in_the_same_process(reader, settings):
    settings.READER_QUERY_SECONDS = 0.05
    assert reader.get("/slow/").status_code == 503
    assert LIMIT.get() is None
    started = time.monotonic()
    run(ENDLESS.replace("100000000", "3000000"))
    assert time.monotonic() - started > 0.05


def test_without_a_limit_a_page_takes_its_time(reader, settings):
    settings.READER_QUERY_SECONDS = None
    assert reader.get("/quick/").status_code == 200
    assert is_over_time(DatabaseError()) is False
    assert is_over_time(ValueError()) is False


def test_a_sleeping_query_ends_after_a_second(postgres, timed):
    response, seconds = timed("/sleeping/")
    assert (response.status_code, seconds < 10) == (503, True)


def test_postgresql_holds_the_limits_of_the_request_in_hand(postgres, reader, settings):
    settings.LOCK_SECONDS = 0.5
    assert reader.get("/limits/").content == b"1s 500ms"
    assert reader.get("/admin/limits/").content == b"2s 500ms"
    assert reader.get("/limits/").content == b"1s 500ms"
    assert run(SHOW) == [("0", "0")]
    with transaction.atomic():
        assert reader.get("/limits/").content == b"1s 500ms"
    assert run(SHOW) == [("0", "0")]


def test_a_limit_that_a_transaction_takes_back_is_set_again(postgres, reader):
    connection.close()
    with transaction.atomic():
        assert reader.get("/limits/").content.startswith(b"1s")
        transaction.set_rollback(True)
    assert reader.get("/limits/").content.startswith(b"1s")


def test_a_connection_that_a_pooler_lends_is_left_as_it_is(postgres, reader, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    connection.close()
    assert reader.get("/limits/").content == b"0 0"


def test_waiting_for_somebody_elses_row_ends(postgres, timed, settings):
    settings.DESK_QUERY_SECONDS, settings.LOCK_SECONDS = 60.0, 0.5
    make_tag("Held")
    ready, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                list(Tag.objects.select_for_update())
                ready.set()
                done.wait(30)
        finally:
            connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert ready.wait(30)
        response, seconds = timed("/admin/locked/")
    finally:
        done.set()
        holder.join(30)
    assert (response.status_code, seconds < 10) == (503, True)


def test_the_wait_for_a_lock_is_never_longer_than_the_query(settings):
    settings.LOCK_SECONDS = 5.0
    assert set_limits(1.0) == "SET statement_timeout = 1000; SET lock_timeout = 1000"
    assert set_limits(30.0) == "SET statement_timeout = 30000; SET lock_timeout = 5000"
    settings.LOCK_SECONDS = None
    assert set_limits(30.0) == "SET statement_timeout = 30000; SET lock_timeout = 30000"
