"""Ask a loaded paper for every public address, and let the database say how it answers each query.

    uv run python -m tests.benchmarks.plans --database postgres://…/paper [--list]

The paper comes from ``tests.benchmarks.load``; of 100,000 stories it shows what a test of few cannot. Prints each query
that reads too much (``plan_rules.py``) and ends with 1 when there is any. ``--list`` prints what each request costs:
queries, and the rows that PostgreSQL read or the steps that SQLite took.
"""

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .load import prepare, write

if TYPE_CHECKING:
    from .addresses import Address


@dataclass(frozen=True, slots=True)
class Query:
    """One SELECT with its parameters."""

    sql: str
    params: Any


@contextmanager
def recorded_queries() -> Iterator[list[Query]]:
    """Give the list of the SELECTs that are run meanwhile."""
    from django.db import connection

    queries: list[Query] = []

    def record(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip("( \n").upper().startswith(("SELECT", "WITH")):
            queries.append(Query(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        yield queries


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request and the queries it took."""

    address: "Address"
    status: int
    queries: list[Query]


def request_each(addresses: Sequence["Address"]) -> Iterator[Answer]:
    """Ask for each of ``addresses`` as a reader does, a new process each time: nothing is kept."""
    from django.conf import settings
    from django.test import Client

    from articles.public import site_context

    client = Client(raise_request_exception=False, SERVER_NAME=settings.SITE_HOST)
    for address in addresses:
        site_context.reset()
        with recorded_queries() as queries:
            status = client.get(address.path).status_code
        yield Answer(address, status, queries)


def explain(query: Query) -> "Any":
    """Run ``query`` and return how: PostgreSQL's plan with what happened, or SQLite's plan and steps."""
    from django.db import connection

    from . import plan_rules

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query.sql}", query.params)
            plan = cursor.fetchone()[0]
        plan = json.loads(plan) if isinstance(plan, str) else plan
        return plan_rules.read_postgresql(plan[0]["Plan"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query.sql}", query.params)
        lines = [row[3] for row in cursor.fetchall()]
    return plan_rules.read_sqlite(lines, query.sql, count_steps(query))


def count_steps(query: Query) -> int:
    """Return how many steps SQLite's machine takes for ``query``, in hundreds."""
    from django.db import connection

    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 100
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(count, 100)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query.sql, query.params)
            cursor.fetchall()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return steps


def table_rows() -> dict[str, int]:
    """Return how many rows each table has."""
    from django.db import connection

    with connection.cursor() as cursor:
        names = [
            name for name in connection.introspection.table_names(cursor) if "words_" not in name
        ]
        rows = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608
            rows[name] = cursor.fetchone()[0]
    return rows


def large_tables(most: int) -> dict[str, int]:
    """Return the tables of more than ``most`` rows, and how many they have."""
    return {name: rows for name, rows in table_rows().items() if rows > most}


def find_faults(answer: Answer, large: dict[str, int]) -> tuple[int, list[tuple[str, str]]]:
    """Return the rows or steps that a request took, and what it reads too much of: what, and the SQL."""
    from . import plan_rules

    plans = [(explain(query), query.sql) for query in answer.queries]
    faults = [(fault, sql) for plan, sql in plans for fault in plan_rules.find_faults(plan, large)]
    if answer.status >= 500:
        faults.append((f"answered {answer.status}", ""))
    return sum(plan.work for plan, _ in plans), faults


def check(is_listing: bool) -> int:
    """Print the queries that read too much, all requests with ``is_listing``; return how many there are."""
    from . import addresses, plan_rules

    large, count = large_tables(plan_rules.SMALL_TABLE), 0
    for answer in request_each(addresses.list_addresses(addresses.choose_samples())):
        work, faults = find_faults(answer, large)
        if is_listing:
            write(f"{answer.status} {len(answer.queries):3} {work:9}  {answer.address.name}")
        for fault, sql in faults:
            write(f"FAULT {answer.address.name} ({answer.address.path}): {fault}\n    {sql[:1500]}")
        count += len(faults)
    return count


def main() -> None:
    """Check the paper that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--database", default="", help="postgres://… or sqlite:///…")
    parser.add_argument("--list", action="store_true", help="print what each request costs")
    args = parser.parse_args()
    prepare(args.database)
    logging.disable(logging.WARNING)  # an access line a request, a warning for each that is refused
    count = check(args.list)
    write(f"{count} queries read too much.")
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
