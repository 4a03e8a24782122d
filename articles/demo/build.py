"""Build the sample newsroom: everything that is missing, nothing twice."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from articles.importing.pipeline import Options, run_import

from .accounts import make_accounts
from .cast import hang_pictures, make_cast, read_cast
from .events import SOURCE, let_happen
from .record import confirm, publish_all

STORIES = Path(__file__).parent / "stories"
FOLDERS: tuple[tuple[str, bool, tuple[str, ...]], ...] = (
    ("published", True, ()),
    ("features", True, ()),
    ("ninjs", True, ()),
    ("wire", True, ("section:Harbour", "topic:lifeboat")),
    ("updates", True, ()),
    ("desk", False, ()),
)


def build(say: Callable[[str], object]) -> dict[str, str]:
    """Build what is missing of the sample newsroom; return the passwords of accounts made now, by user name."""
    say("Setting up the database …")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    passwords = make_accounts()
    cast = read_cast()
    make_cast(cast)
    say("Printing pictures …")
    hang_pictures(cast)
    say("Importing stories …")
    for folder, publish, tags in FOLDERS:
        report = run_import([str(STORIES / folder)], Options(source=SOURCE, tags=tags))
        say(f"  {folder}: {report.created} created, {report.updated} updated")
        for row in report.refusals:
            say(f"  {row['file']}, {row['field']}: {row['reason']}")
        if publish and report.run:
            confirm(report.run, cast["sources"])
            publish_all(report.run)
    let_happen(cast["events"])
    return passwords


def remove(say: Callable[[str], object]) -> None:
    """Delete the sample newsroom: its database file, media, static files and ``.env``.

    Raises ValueError when this newsroom is no demo or lives in a database server.
    """
    if settings.MODE != "demo":
        raise ValueError("This newsroom is not a demo: nothing was removed.")
    if connection.vendor != "sqlite":
        raise ValueError("This demo lives in a database server: drop its database there.")
    connection.close()
    database = Path(settings.DATABASES["default"]["NAME"])
    for file in (*database.parent.glob(f"{database.name}*"), settings.BASE_DIR / ".env"):
        file.unlink(missing_ok=True)
    for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        shutil.rmtree(folder, ignore_errors=True)
    say("The sample newsroom is removed.")
