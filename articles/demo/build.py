"""Build the sample newsroom: everything that is missing, nothing twice."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from articles.importing.pipeline.run import ImportOptions, run_import

from .accounts import make_accounts
from .cast import add_pictures, make_cast, read_cast
from .events import SOURCE, apply_events
from .record import confirm_suggestions, publish_all

STORIES = Path(__file__).parent / "stories"
FOLDERS: tuple[tuple[str, bool, tuple[str, ...]], ...] = (
    ("published", True, ()),
    ("features", True, ()),
    ("ninjs", True, ()),
    ("wire", True, ("section:Harbour", "topic:lifeboat")),
    ("updates", True, ()),
    ("desk", False, ()),
)


def build(write: Callable[[str], object]) -> dict[str, str]:
    """Build what is missing of the sample newsroom; return the passwords of accounts made now, by user name."""
    write("Setting up the database …")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    passwords = make_accounts()
    cast = read_cast()
    make_cast(cast)
    write("Printing pictures …")
    add_pictures(cast)
    write("Importing stories …")
    for folder, publish, tags in FOLDERS:
        report = run_import([str(STORIES / folder)], ImportOptions(source=SOURCE, tags=tags))
        write(f"  {folder}: {report.created} created, {report.updated} updated")
        for row in report.refusals:
            write(f"  {row['file']}, {row['field']}: {row['reason']}")
        if publish and report.run:
            confirm_suggestions(report.run, cast["sources"])
            publish_all(report.run)
    apply_events(cast["events"])
    return passwords


def remove(write: Callable[[str], object]) -> None:
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
    write("The sample newsroom is removed.")
