"""Prepare a ``manage.py demo`` before any setting is read: it may have to write ``.env``. No Django here."""

import os
import secrets
from collections.abc import MutableMapping, Sequence
from pathlib import Path

from newsroom.env import read_env_file

BASE_DIR = Path(__file__).resolve().parent.parent

DEMO_ENV = """\
# Written by `manage.py demo`: a newsroom to play with, on this computer only. Not for the open net.
SECRET_KEY={key}
NEWSROOM_MODE=demo
ALLOWED_HOSTS=127.0.0.1,localhost,[::1]
PAPER_NAME=The Aldermouth Courier
PAPER_TAGLINE=News of the town, the harbour and the weather
TIME_ZONE=Europe/London
"""

NOT_A_DEMO = """\
This newsroom is not a demo: NEWSROOM_MODE is {mode!r} (in the environment or in {path}).
`manage.py demo` fills demos only. Run it in a clone of its own, without that setting."""


def prepare_demo(
    arguments: Sequence[str],
    base_dir: Path = BASE_DIR,
    environ: MutableMapping[str, str] = os.environ,
) -> None:
    """Write ``.env`` when ``arguments`` start a demo where nothing is set up yet; ``--port`` sets ``SITE_URL``.

    Never overwrites. Raises ``SystemExit`` where another kind of newsroom is set up.
    """
    if not arguments or arguments[0] != "demo" or {"--remove", "--help", "-h"} & set(arguments):
        return
    path = base_dir / ".env"
    is_free = not path.exists() and not environ.get("SECRET_KEY")
    if is_free and environ.get("NEWSROOM_MODE", "demo") == "demo":
        _write_private(path, DEMO_ENV.format(key=secrets.token_urlsafe(50)))
    mode = environ.get("NEWSROOM_MODE") or read_env_file(path).get("NEWSROOM_MODE", "production")
    if mode != "demo":
        raise SystemExit(NOT_A_DEMO.format(mode=mode, path=path))
    if port := _port(arguments):
        environ["SITE_URL"] = f"http://127.0.0.1:{port}"


def _port(arguments: Sequence[str]) -> str:
    """Give the number after ``--port``, or nothing; the command itself refuses a bad one."""
    tokens = " ".join(arguments).replace("=", " ").split()
    after = tokens[tokens.index("--port") + 1 :] if "--port" in tokens else []
    return after[0] if after and after[0].isdecimal() and 0 < int(after[0]) < 65536 else ""


def _write_private(path: Path, text: str) -> None:
    """Create ``path`` readable by its owner alone; never overwrite."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
