"""One importer of stories or topics at a time creates names: another that means the same one waits, then finds it."""

from django.db import connection

LOCK_ID = 7_426_031  # of all that create names, on PostgreSQL; SQLite has one writer anyway


def lock_names() -> None:
    """Keep other importers from creating people, organizations, authors and tags until this transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_ID])
