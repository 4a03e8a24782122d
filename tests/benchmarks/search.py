"""What a search costs in CPU, by kind of word, in one print: this process and PostgreSQL's, milliseconds a request.

    uv run python -m tests.benchmarks.search --database postgres://…/paper [--rounds 30]

The paper comes from ``tests.benchmarks.load``. Beside the page stand what the index alone costs ("index": the newest 21
of the same words, no visibility), and a search without one, as it was before: ``icontains`` on headline and body
("scan", one round, the capped count included). Lists and archives that are there stand below.
"""

import argparse
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .load import prepare, write

PARTS = ("search", "list", "tag", "archive", "quotes", "person", "front", "sitemap")
ENOUGH = 1.0  # seconds of CPU: more rounds say nothing more


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds of one request, ``ours`` in this process and ``theirs`` in PostgreSQL's."""

    ours: float
    theirs: float

    @property
    def total(self) -> float:
        """Both."""
        return self.ours + self.theirs

    def __str__(self) -> str:
        return f"{self.total:8.1f} ({self.ours:.1f} + {self.theirs:.1f})"


def measure(work: Callable[[], object], rounds: int) -> Cost:
    """Return what ``work`` costs on average, after once to warm up; dear work is not done so often."""
    from .cpu import cpu_seconds

    if rounds > 1:
        work()
    start, count = cpu_seconds(), 0
    while count < rounds:
        work()
        count += 1
        if sum(cpu_seconds()) - sum(start) > ENOUGH:
            break
    ours, theirs = (later - earlier for earlier, later in zip(start, cpu_seconds(), strict=True))
    return Cost(ours * 1000 / count, theirs * 1000 / count)


def ask_index(text: str) -> Callable[[], object]:
    """Return the work that reads the newest 21 hits of ``text`` in the index alone."""
    from django.conf import settings

    from articles.models import EditionSearch
    from articles.text.search import parse_query
    from articles.text.search.index import IndexQuery

    query = IndexQuery(parse_query(text, settings.LANGUAGE_CODE))
    if not query.query:
        return lambda: None
    rows = EditionSearch.objects
    return lambda: list(rows.matching(query).newest().values_list("key", flat=True)[:21])


def ask_scan(text: str) -> Callable[[], object]:
    """Return the work of a search without an index: each word anywhere in headline or body, and the capped count."""
    from django.db.models import Q

    from articles.models import Edition

    editions = Edition.objects.listed()
    for word in text.replace('"', "").split():
        editions = editions.filter(Q(headline__icontains=word) | Q(body_text__icontains=word))

    def work() -> tuple[list[Any], int]:
        return list(editions.newest().values("pk")[:21]), editions[:1001].count()

    return work


def ask_page(path: str) -> Callable[[], object]:
    """Return the work that answers ``path`` as a reader gets it."""
    from django.conf import settings
    from django.test import Client

    client = Client(SERVER_NAME=settings.SITE_HOST)

    def work() -> int:
        return client.get(path).status_code

    return work


def print_searches(rounds: int, is_scanning: bool) -> None:
    """Print a line a kind of search: the page, the index alone, and the scan."""
    from . import addresses

    samples = addresses.choose_samples()
    pages = {a.name: a.path for a in addresses.list_addresses(samples)}
    write(f"{'search':24} {'page':>22} {'index alone':>22} {'scan':>22} {'scan : page':>12}")
    for kind, text in addresses.list_searches(samples).items():
        path = pages.get(f"search page, {kind}", pages[f"search, {kind}"])
        page, index = measure(ask_page(path), rounds), measure(ask_index(text), rounds)
        line = f"{kind:24} {page!s:>22} {index!s:>22}"
        if is_scanning and not text.startswith("-"):
            scan = measure(ask_scan(text), 1)
            line += f" {scan!s:>22} {scan.total / page.total:11.1f}x"
        write(line)
    write("")
    for name, path in pages.items():
        is_filtered = name.startswith("search,") and name.count(",") > 1
        if is_filtered or name.split(",")[0].split(" ")[0] in PARTS[1:]:
            write(f"{name:40} {measure(ask_page(path), rounds)!s:>22}")


def main() -> None:
    """Measure the paper that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--database", default="", help="postgres://… or sqlite:///…")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--no-scan", action="store_true", help="leave out what is slow")
    args = parser.parse_args()
    prepare(args.database)
    logging.disable(logging.WARNING)
    from django.db import connection

    from articles.models import Edition

    from .cpu import connect_alone

    connect_alone()
    write(f"{connection.vendor}, {Edition.objects.count()} editions, CPU ms (Python + PostgreSQL)")
    print_searches(args.rounds, not args.no_scan)


if __name__ == "__main__":
    main()
