"""newsroom/services.py: the addresses of database, cache and mail server."""

from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler

from newsroom import services

BASE = Path("/srv/paper")


def test_a_relative_sqlite_file_stands_beside_manage_py():
    assert (
        services.database("sqlite:///data/news.sqlite3", BASE)["NAME"] == BASE / "data/news.sqlite3"
    )


def test_an_absolute_sqlite_file_stays_where_it_is():
    assert services.database("sqlite:////var/lib/n%20p.sqlite3", BASE)["NAME"] == Path(
        "/var/lib/n p.sqlite3"
    )


def test_sqlite_writes_ahead_syncs_fully_and_takes_its_lock_at_once(tmp_path, db):
    config = services.database("sqlite:///news.sqlite3", tmp_path)
    connection = ConnectionHandler({"default": config})["default"]
    with connection.cursor() as cursor:
        pragmas = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous")
        ]
    timeout = connection.connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.close()
    assert pragmas == ["wal", 2]
    assert timeout == 20_000
    assert getattr(connection, "transaction_mode", "") == "IMMEDIATE"
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


def test_postgres_is_read_with_everything_percent_encoded():
    database = services.database(
        "postgres://us%40er:p%40%3A%2F%23%25@db.example:6432/news%20room", BASE
    )
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["USER"], database["PASSWORD"]) == ("us@er", "p@:/#%")
    assert (database["HOST"], database["PORT"], database["NAME"]) == (
        "db.example",
        "6432",
        "news room",
    )
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["CONN_MAX_AGE"] == 60


def test_the_query_of_postgres_goes_to_libpq_but_for_two_of_ours():
    database = services.database(
        "postgresql://db/news?sslmode=verify-full&connect_timeout=9&conn_max_age=0&pooler=transaction",
        BASE,
    )
    assert database["OPTIONS"] == {"sslmode": "verify-full", "connect_timeout": "9"}
    assert database["CONN_MAX_AGE"] == 0
    assert database["DISABLE_SERVER_SIDE_CURSORS"] is True


def test_postgres_listens_on_a_socket_as_well():
    database = services.database("postgres:///news?host=/var/run/postgresql", BASE)
    assert (database["HOST"], database["OPTIONS"]["host"]) == ("", "/var/run/postgresql")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "news.sqlite3",
        "mysql://db/news",
        "sqlite://",
        "sqlite:///",
        "sqlite://host/file",
        "postgres://db",
        "postgres://db:x/news",
        "postgres://[db/news",
        "postgres://db/news?sslmod=require",
        "postgres://db/news?conn_max_age=soon",
        "postgres://db/news?pooler=session",
    ],
)
def test_a_bad_database_address_is_refused(text):
    with pytest.raises(ValueError, match=r"postgres|sqlite|known|conn_max_age|address"):
        services.database(text, BASE)


def test_no_message_repeats_the_password():
    with pytest.raises(ValueError, match="address") as caught:
        services.database("postgres://me:hunter2@db:port/news", BASE)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_cache_is_the_process_until_redis_is_named():
    assert "locmem" in services.cache("")["BACKEND"]
    cache = services.cache("rediss://:secret@cache.example/1")
    assert "redis" in cache["BACKEND"]
    assert cache["LOCATION"] == "rediss://:secret@cache.example/1"


def test_a_redis_cache_keeps_what_it_is_given(redis_url, settings):
    from django.core.cache import caches

    settings.CACHES = {"default": services.cache(redis_url)}
    caches["default"].set("headline", "Ferry back in service", 5)
    assert caches["default"].get("headline") == "Ferry back in service"
    caches["default"].clear()


@pytest.mark.parametrize("text", ["memcached://a", "redis:", "127.0.0.1:6379"])
def test_a_bad_cache_address_is_refused(text):
    with pytest.raises(ValueError, match="redis://"):
        services.cache(text)


@pytest.mark.parametrize(
    ("text", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp+starttls://mail.example", 587, True, False),
        ("smtps://mail.example:4650", 4650, False, True),
    ],
)
def test_a_mail_server_is_read_with_its_encryption(text, port, tls, ssl):
    options = services.mail(text)["OPTIONS"]
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (port, tls, ssl)


def test_the_password_of_the_mail_server_is_decoded():
    options = services.mail("smtps://me:a%40b@mail.example")["OPTIONS"]
    assert (options["username"], options["password"]) == ("me", "a@b")


@pytest.mark.parametrize(
    "text", ["", "mail.example", "smtp://", "pop://mail.example", "smtp://mail:x"]
)
def test_a_bad_mail_address_is_refused(text):
    with pytest.raises(ValueError, match=r"smtp|address"):
        services.mail(text)
