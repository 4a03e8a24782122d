"""How a database answers a query -> whether it reads more than a public request may.

Sources: PostgreSQL, "EXPLAIN"; SQLite, "EXPLAIN QUERY PLAN" (https://sqlite.org/eqp.html).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SMALL_TABLE = 2_500  # rows: what has no more may be read from one end to the other
MOST_ROWS = 15_000  # that PostgreSQL reads for one query
MOST_STEPS = 1_000_000  # of SQLite's machine for one query: some fifty a row


@dataclass(frozen=True, slots=True)
class Plan:
    """``scanned``: tables read without an index, with their rows where known; ``work``: rows, or steps of SQLite."""

    scanned: tuple[tuple[str, int | None], ...]
    work: int
    most: int


def find_faults(plan: Plan, large_tables: Mapping[str, int]) -> list[str]:
    """Return in words what ``plan`` reads that a public request may not read, of tables by how many rows they have.

    SQLite says of a walk in the order of keys that ends after a row that it scans the table: there the steps tell.
    """
    faults = [
        f"reads all of {table}"
        for table, rows in plan.scanned
        if table in large_tables and (rows is not None or plan.work > large_tables[table])
    ]
    if plan.work > plan.most:
        faults.append(f"reads {plan.work} where {plan.most} are the most")
    return faults


def read_postgresql(plan: dict[str, Any]) -> Plan:
    """Read the JSON of ``EXPLAIN (ANALYZE)``: rows that its scans looked at, in all loops."""
    nodes = [node for node in _walk(plan) if "Scan" in node["Node Type"]]
    scanned = tuple(
        (node["Relation Name"], _rows(node)) for node in nodes if "Seq Scan" in node["Node Type"]
    )
    work = sum(
        _rows(node)
        for node in nodes
        if "Subquery" not in node["Node Type"] and "CTE" not in node["Node Type"]
    )
    return Plan(scanned, work, MOST_ROWS)


def _walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _walk(child)


def _rows(node: dict[str, Any]) -> int:
    removed = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
    rows = node.get("Actual Rows", 0) + sum(node.get(name, 0) for name in removed)
    return round(rows * node.get("Actual Loops", 1))


_SCAN = re.compile(r"^SCAN (?!CONSTANT ROW)(\w+)\b(?: AS (\w+)\b)?(?!.*(?:INDEX|VIRTUAL TABLE))")


def read_sqlite(lines: Sequence[str], sql: str, steps: int) -> Plan:
    """Read the lines of ``EXPLAIN QUERY PLAN``; they name a table as ``sql`` does, which may be by another name."""
    named = re.findall(r'(?:FROM|JOIN) "?(\w+)"?(?: (?:AS )?"?([A-Z]+\d+)"?)?', sql)
    aliases: dict[str, str] = {alias: table for table, alias in named if alias}
    names: list[str] = [match[2] or match[1] for line in lines if (match := _SCAN.match(line))]
    return Plan(tuple((aliases.get(name, name), None) for name in names), steps, MOST_STEPS)
