"""newsroom/settings.py, started as an operator starts it: in a process of its own, with an environment of its own."""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from newsroom import settings as module
from tests.conftest import ROOT

EXAMPLE = (ROOT / ".env.example").read_text()
KEY = {"SECRET_KEY": secrets.token_urlsafe(50)}
SAMPLE = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))
PRODUCTION = SAMPLE | KEY
EVERYTHING = dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE)) | KEY
PRINT = """
import json
import newsroom.settings as s
print(json.dumps({{name: getattr(s, name, None) for name in {names}}}, default=str))
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """Give a checkout without ``.env``: the wiring is copied, the rest linked."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "newsroom", folder / "newsroom")
    shutil.copy(ROOT / "manage.py", folder)
    for name in ("articles", "templates"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.fixture(scope="module")
def run(checkout):
    """Run Python in the checkout with nothing in the environment but what is given and the PATH."""

    def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603
            [sys.executable, *arguments],
            cwd=checkout,
            env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environ},
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


@pytest.fixture(scope="module")
def load_settings(run):
    """Give the settings of these names as a start with this environment has them."""

    def load_settings(*names: str, **environ: str) -> dict[str, object]:
        process = run(
            "-c", PRINT.format(names=names), **{"SITE_URL": "http://127.0.0.1:8000"} | environ
        )
        assert process.returncode == 0, process.stderr
        return json.loads(process.stdout)

    return load_settings


def test_the_example_names_exactly_the_settings_that_are_read():
    assert set(EVERYTHING) == module.env.names


def test_every_value_of_the_example_can_be_used(run):
    process = run("-c", "import newsroom.settings", **EVERYTHING)
    assert (process.returncode, process.stderr) == (0, "")


def test_the_examples_production_environment_passes_djangos_deployment_check(run):
    process = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert process.returncode == 0, process.stderr
    assert "no issues" in process.stdout


def test_the_example_as_it_stands_starts_nothing(run):
    process = run("manage.py", "check", **SAMPLE)
    assert process.returncode == 1
    assert "SECRET_KEY is missing" in process.stderr


@pytest.mark.parametrize(
    "start", [("manage.py", "check"), ("manage.py", "help"), ("-c", "import newsroom.wsgi")]
)
def test_a_start_without_key_and_address_says_which_two_lines_to_write(start, run):
    process = run(*start)
    assert process.returncode == 1
    assert re.search(r"^    SECRET_KEY=\S{50,}$", process.stderr, re.MULTILINE)
    assert re.search(r"^    SITE_URL=http\S+$", process.stderr, re.MULTILINE)
    assert "Traceback" not in process.stderr


def test_the_two_lines_of_the_message_are_enough(run, load_settings):
    message = run("-c", "import newsroom.settings").stderr
    lines = dict(re.findall(r"^    ([A-Z_]+)=(\S+)$", message, re.MULTILINE))
    assert load_settings("DEBUG", "ALLOWED_HOSTS", **lines) == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["127.0.0.1"],
    }


def test_a_bad_value_is_named_without_a_traceback(run):
    process = run(
        "manage.py",
        "check",
        **PRODUCTION,
        DEBUG="perhaps",
        DATABASE_URL="mysql://me:hunter2@db/news",
    )
    assert process.returncode == 1
    assert "DEBUG is 'perhaps'" in process.stderr
    assert "DATABASE_URL cannot be used" in process.stderr
    assert "hunter2" not in process.stderr
    assert "Traceback" not in process.stderr


def test_https_makes_every_cookie_and_redirect_strict(load_settings):
    names = (
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
    )
    loaded = load_settings(
        *names, "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS", **PRODUCTION
    )
    assert list(loaded.values()) == [
        "__Host-session",
        "__Host-csrf",
        True,
        True,
        True,
        31_536_000,
        ["news.example"],
    ]


def test_only_a_trusted_proxy_says_what_is_https(load_settings):
    assert load_settings("SECURE_PROXY_SSL_HEADER", **KEY)["SECURE_PROXY_SSL_HEADER"] is None
    loaded = load_settings("SECURE_PROXY_SSL_HEADER", **KEY, TRUST_PROXY="1")
    assert loaded["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_mail_is_set_up_the_way_each_django_reads_it(load_settings):
    loaded = load_settings(
        "MAILERS", "EMAIL_HOST", "EMAIL_PORT", **KEY, EMAIL_URL="smtps://mail.example"
    )
    if loaded["MAILERS"]:
        options = loaded["MAILERS"]["default"]["OPTIONS"]
        assert (options["host"], options["port"], loaded["EMAIL_HOST"]) == (
            "mail.example",
            465,
            None,
        )
    else:
        assert (loaded["EMAIL_HOST"], loaded["EMAIL_PORT"]) == ("mail.example", 465)


def test_the_wordmark_is_the_papers_name_unless_it_is_given(load_settings):
    assert load_settings("PAPER_WORDMARK", **KEY, PAPER_NAME="The Courier") == {
        "PAPER_WORDMARK": "The Courier"
    }
    loaded = load_settings(
        "PAPER_WORDMARK", **KEY, PAPER_NAME="The Courier", PAPER_WORDMARK="Courier"
    )
    assert loaded == {"PAPER_WORDMARK": "Courier"}


def test_no_page_view_opens_a_transaction():
    assert settings.DATABASES["default"]["ATOMIC_REQUESTS"] is False
