"""A server whose worker is killed answers again: the demo's, and the one that the README starts."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from tests.conftest import ROOT, needs

SECONDS = 60  # for a start, and for a new worker; the machine may be busy
DEMO = "import django; django.setup(); from articles.demo.serve import serve; serve({port})"
README = re.findall(r"^uv run (granian .*)$", (ROOT / "README.md").read_text(), re.MULTILINE)


def demo(port: int) -> list[str]:
    """Return what `manage.py demo` does last."""
    return [sys.executable, "-c", DEMO.format(port=port)]


def production(port: int) -> list[str]:
    """Return the README's own command, at ``port``."""
    return [sys.executable, "-m", *shlex.split(README[0]), "--port", str(port)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    """Tell whether /healthz at ``port`` answers 200 within 5 seconds."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def children(pid: int) -> set[int]:
    """Return the processes that ``pid`` has started and that live: the workers of a server."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return {int(child) for file in lists for child in file.read_text().split()}


def wait_until(condition) -> bool:
    """Ask ``condition`` until it is true, for a minute at most."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return False


@contextmanager
def served(command: list[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``command`` as a newsroom that has a key and an empty database, and end it afterwards."""
    environ = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "NEWSROOM_MODE": "demo",
        "SECRET_KEY": "only-for-tests-0123456789-0123456789-0123456789-0123456789",
        "DATABASE_URL": f"sqlite:///{folder / 'newsroom.sqlite3'}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    log = folder / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=out, stderr=out)  # noqa: S603
    try:
        yield server
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            for child in children(server.pid):
                os.kill(child, signal.SIGKILL)
            server.kill()
            server.wait(20)


@pytest.mark.parametrize("command_of", [demo, production])
def test_a_server_whose_worker_is_killed_answers_again(command_of, tmp_path):
    needs(Path("/proc/self/task").is_dir(), "Linux: its /proc names the processes of the server")
    port = free_port()
    with served(command_of(port), tmp_path) as server:
        assert wait_until(lambda: answers(port)), (tmp_path / "log").read_text()
        workers = children(server.pid)
        assert workers
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        assert wait_until(lambda: children(server.pid) - workers), (tmp_path / "log").read_text()
        assert wait_until(lambda: answers(port)), (tmp_path / "log").read_text()
        assert server.poll() is None
