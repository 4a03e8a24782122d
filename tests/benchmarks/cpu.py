"""Seconds of CPU, of this process and of the one of PostgreSQL that serves it: no other program makes them more."""

import os
import time
from pathlib import Path

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds() -> tuple[float, float]:
    """Return the CPU seconds of this process so far, and of PostgreSQL's on this computer that serves its connection.

    The second is 0 on SQLite, which runs in this process. Processes that help the server's (parallel query) are not in
    it: ``connect_alone`` does without them.
    """
    return time.process_time(), _backend_seconds()


def _backend_seconds() -> float:
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:  # a server on another computer
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def connect_alone() -> None:
    """Let each query run in one process of PostgreSQL, interpreted: so that its CPU is what the query costs."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0; SET jit = off")
