"""A database that was filled before the names in the code changed opens, restores, undoes and takes over."""

import sqlite3
import subprocess
import sys

from tests.conftest import ROOT


def test_what_was_stored_before_the_renames_works_as_before(tmp_path):
    path = tmp_path / "newsroom.sqlite3"
    database = sqlite3.connect(path)
    database.executescript((ROOT / "tests" / "old_database" / "newsroom.sql").read_text())
    database.close()
    environment = {
        "PATH": "/usr/bin:/bin",
        "NEWSROOM_MODE": "test",
        "DATABASE_URL": f"sqlite:///{path}",
        "SECRET_KEY": "for-a-copy-in-a-test-" * 4,
        "SITE_URL": "http://127.0.0.1:8000",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    walk = "from tests.old_database.walk import main; main()"
    for command in (["migrate"], ["shell", "--verbosity", "0", "--command", walk]):
        finished = subprocess.run(  # noqa: S603 (our own interpreter)
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert finished.returncode == 0, finished.stdout[-2000:] + finished.stderr[-4000:]
    assert finished.stdout.endswith("all of it\n")
