"""What it costs that a page says each minute that it is open: CPU of a request, and of a core for 50 editors.

    uv run python -m tests.benchmarks.presence

Needs a database that may be overwritten: SQLite in a temporary folder, or with ``DATABASE_URL`` a PostgreSQL server,
where it makes one of its own. 50 editors are 50 requests a minute: less than 1 % of a core is less than 12 ms each.
The best of 20 rounds counts (other programs only make it slower); what the test's client costs is in it.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from .importing import prepare

EDITORS, EDITORS_A_STORY, ROUNDS = 50, 5, 20
BUDGET_MS = 0.01 * 60_000 / EDITORS


def make_desk() -> list[tuple[Any, str]]:
    """Make stories that five editors each have open; return the client of each editor, and the address that it asks."""
    from django.test import Client
    from django.urls import reverse

    from articles.roles import make_roles
    from tests.factories import make_article, make_user

    make_roles()
    stories = [make_article() for _ in range(EDITORS // EDITORS_A_STORY)]
    pages = []
    for number in range(EDITORS):
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(make_user(username=f"editor{number}", groups=("editor",)))
        story = stories[number % len(stories)]
        pages.append((client, reverse("admin:articles_article_presence", args=[story.pk])))
    return pages


def milliseconds(pages: list[tuple[Any, str]]) -> float:
    """Return the CPU milliseconds of a request, of one that each page sends."""
    started = time.process_time()
    for client, address in pages:
        answer = client.post(address, {"seen": "1", "typed": "1"})
        if answer.status_code != 200:
            raise SystemExit(f"The desk answered {answer.status_code}.")
    return (time.process_time() - started) * 1000 / len(pages)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        from django.db import connection

        pages = make_desk()
        milliseconds(pages)  # warm, and all are there
        cost = min(milliseconds(pages) for _ in range(ROUNDS))
        share = cost * EDITORS / 60_000
        line = f"{connection.vendor}: {cost:.2f} ms of CPU a request, budget {BUDGET_MS:.0f}"
        sys.stdout.write(f"{line}; {EDITORS} editors: {share:.2%} of a core\n")
        connection.close()


if __name__ == "__main__":
    main()
