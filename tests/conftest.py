"""What all tests share: an environment of their own, and what they need from the computer they run on.

The database is SQLite, in a file of its own for each process, or PostgreSQL when ``DATABASE_URL`` names it.
"""

import gc
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import django
import pytest
from django.core.cache import cache
from django.db import connection

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django import DjangoDbBlocker, Settings
    from pytest_django.live_server_helper import LiveServer

ROOT = Path(__file__).resolve().parent.parent
TEMPORARY = tempfile.TemporaryDirectory(prefix="newsroom-tests-")
# How long a browser test waits for what has to come (ms): a busy computer is slow, not wrong.
TIMEOUT = 30_000
# The first is Chromium without windows: it opens a profile in a quarter of the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

# Before Django reads its settings: no .env, no variable of this shell but the database's changes what a test sees.
for name in re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE):
    if name != "DATABASE_URL":
        os.environ.pop(name, None)
os.environ |= {
    "NEWSROOM_MODE": "test",
    "SECRET_KEY": "only-for-tests-0123456789-0123456789-0123456789-0123456789",
    "SITE_URL": "http://testserver",
    "READER_QUERY_SECONDS": "30",  # a busy computer is no fault of a page; tests of the limit set their own
    "READER_REQUEST_SECONDS": "90",
    "MEDIA_ROOT": f"{TEMPORARY.name}/media",
    "STATIC_ROOT": TEMPORARY.name,
    "DJANGO_SETTINGS_MODULE": "newsroom.settings",
}
django.setup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark ``database`` on each test that uses it: the others have the same result on every database."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(fixtures):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """Let the garbage collector seldom look at all modules and tests, which stay."""
    gc.set_threshold(50_000, 20, 50)


def needs(present: object, need: str) -> None:
    """Skip a test whose needs this computer does not meet, saying ``need`` would; under ``CI=true`` fail instead."""
    if present:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI has to provide it: {need}", pytrace=False)
    pytest.skip(need)


@pytest.fixture(scope="session")
def migrated_file(pytestconfig: pytest.Config, django_db_use_migrations: bool) -> Path | None:
    """Name the SQLite file in pytest's cache that these migrations have made, or will; None where nothing is kept."""
    cache_folder = getattr(pytestconfig, "cache", None)  # none with -p no:cacheprovider
    if connection.vendor != "sqlite" or not cache_folder or not django_db_use_migrations:
        return None
    made_by = hashlib.sha256(f"{sys.version} {django.VERSION}".encode())
    for path in sorted(
        (ROOT / "articles").glob("m*/**/*.py")
    ):  # migrations, and the models that they name
        made_by.update(path.read_bytes())
    return cache_folder.mkdir("migrated") / f"{made_by.hexdigest()}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, migrated_file: Path | None) -> bool:
    """Migrate a database that is there instead of making it anew: the copy of ``migrated_file``."""
    return migrated_file is not None or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, migrated_file: Path | None
) -> None:
    """Give each process a database of its own: two runs in one checkout never meet, threads share a file."""
    if connection.vendor == "sqlite":
        name = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        connection.settings_dict["OPTIONS"]["init_command"] = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF"
        )
        if migrated_file and migrated_file.exists():
            shutil.copyfile(migrated_file, name)
    else:
        name = f"test_newsroom_{os.getpid()}"
        connection.settings_dict["OPTIONS"]["options"] = "-c synchronous_commit=off"
    connection.settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: "DjangoDbBlocker", migrated_file: Path | None
) -> None:
    """Keep what the migrations made for the next run.

    PostgreSQL's few rows go by DELETE after a test with transactions: TRUNCATE makes every file anew.
    """
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql" and is_superuser():
            connection.ops.sql_flush = delete_rows  # type: ignore[method-assign]
        if migrated_file and not migrated_file.exists():
            keep_database(migrated_file)


def keep_database(migrated_file: Path) -> None:
    """Write a copy of SQLite's database to ``migrated_file``, whole or not at all, in place of those before it."""
    copy = migrated_file.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    for outdated in migrated_file.parent.glob("*.sqlite3"):
        outdated.unlink(missing_ok=True)
    copy.rename(migrated_file)


def is_superuser() -> bool:
    """Tell whether triggers may be set aside, as ``delete_rows`` does."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return cursor.fetchone() == ("on",)


def delete_rows(style: object, tables: Sequence[str], **options: object) -> list[str]:
    """Return the SQL that deletes all rows of ``tables``, in any order and whatever their triggers say."""
    if not tables:
        return []
    names = map(connection.ops.quote_name, tables)
    return ["SET LOCAL session_replication_role = replica", *map("DELETE FROM {}".format, names)]


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Let no test see what another one left in the cache or in this process."""
    from articles import clock
    from articles.models import clock_readings
    from articles.public import site_context

    cache.clear()
    clock.forget_latest()
    clock_readings.pause_recording()
    site_context.reset()


@pytest.fixture(scope="session")
def pseudo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the catalog of the pseudo-locale, made of what is marked now."""
    from articles.translation.catalogs import write_catalog
    from articles.translation.pseudo import pseudo_catalog

    folder = tmp_path_factory.mktemp("locale")
    write_catalog(folder / "en_XA/LC_MESSAGES/django.po", pseudo_catalog())
    return folder


@pytest.fixture
def pseudo_locale(settings: "Settings", pseudo_folder: Path) -> str:
    """Let Django know the pseudo-locale; return its code."""
    settings.LOCALE_PATHS = [pseudo_folder]
    return "en-xa"


@pytest.fixture
def pseudo_paper(settings: "Settings", pseudo_locale: str) -> Iterator[str]:
    """Publish a paper in the pseudo-locale; return its code."""
    from articles.public import fragments, site_context

    settings.LANGUAGE_CODE = pseudo_locale
    fragments.rendered_with.cache_clear()
    site_context.reset()
    yield pseudo_locale
    fragments.rendered_with.cache_clear()
    site_context.reset()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of shared material that stands beside the checkout."""
    folder = ROOT.parent / "shared"
    needs(folder.is_dir(), f"the folder {folder} with the material that several projects share")
    return folder


@pytest.fixture
def postgres(db: None) -> None:
    """Run the test on PostgreSQL only."""
    if connection.vendor != "postgresql":  # no failure under CI: it has a leg with PostgreSQL
        pytest.skip("speaks of PostgreSQL: set DATABASE_URL=postgres://user@127.0.0.1:5432/name")


@pytest.fixture
def sqlite(db: None) -> None:
    """Run the test on SQLite only."""
    if connection.vendor != "sqlite":
        pytest.skip("speaks of SQLite: leave DATABASE_URL unset")


@pytest.fixture(scope="session")
def redis_url() -> str:
    """Give the address of a Redis database that tests may empty."""
    import redis

    url = "redis://127.0.0.1:6379/9"
    try:
        answered = redis.Redis.from_url(url, socket_connect_timeout=2).ping()
    except redis.RedisError:
        answered = False
    needs(answered, f"a Redis server at {url} (database 9 is emptied)")
    return url


@pytest.fixture(scope="session")
def running_chromium() -> "Iterator[Callable[[], Browser]]":
    """Give what gives a running Chromium: one for all tests, another one after it has died in one of them."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=TIMEOUT)
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    needs(program, "chromium on the PATH (Debian: apt-get install chromium-headless-shell)")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # Playwright keeps an event loop in this thread
    )
    quiet = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    )
    quiet += " --disable-component-update --disable-sync"
    browsers: list[Browser] = []
    with sync_playwright() as playwright:

        def running() -> "Browser":
            if not browsers or not browsers[-1].is_connected():
                browsers.append(
                    playwright.chromium.launch(executable_path=program, args=quiet.split())
                )
            return browsers[-1]

        yield running
        for browser in browsers:
            browser.close()


@pytest.fixture
def chromium(running_chromium: "Callable[[], Browser]") -> "Browser":
    """Give a running Chromium, driven by Playwright's synchronous API."""
    return running_chromium()


@pytest.fixture
def page(chromium: "Browser", live_server: "LiveServer") -> "Iterator[Page]":
    """Open a page of 1280 px in a fresh profile; relative addresses lead to the live server."""
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 900}, locale="en-GB"
    )
    context.set_default_timeout(TIMEOUT)
    yield context.new_page()
    context.close()
