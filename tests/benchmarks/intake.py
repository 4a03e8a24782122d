"""How fast stories come in, against what the database alone can do: ratios from one run.

    uv run python -m tests.benchmarks.intake [--stories 2000] [--growth 20000] [--jobs 2]

Needs ``../shared/bench/gen.py``, which makes the stories (500 words, 5 tags, 5 people, one author), and a database that
may be overwritten: SQLite in a temporary folder, or with ``DATABASE_URL`` a PostgreSQL server, where it makes and drops
one of its own. The raw limit is the same rows once more into the same tables with all their indexes, by COPY or
``executemany``, nothing rendered, nothing checked: the import's own rows, read back before.
"""

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[3] / "shared" / "bench"
TABLES = (
    "articles_tag articles_author articles_person articles_organization articles_article articles_byline"
    " articles_article_tags articles_article_people articles_article_organizations articles_revision"
    " articles_importrun articles_importbatch articles_importeditem articles_edition articles_editionauthor"
    " articles_editiontag articles_editionperson articles_editionorganization"
).split()
SMALL = 1000


def tell(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def write_stories(path: Path, start: int, count: int) -> None:
    """Write ``count`` stories of the generator as JSON Lines, from the ``start``-th on."""
    sys.path.insert(0, str(SHARED))
    import gen  # type: ignore[import-not-found]

    with path.open("w", encoding="utf-8") as file:
        for number in range(start, start + count):
            made = gen.article(number)
            story = {
                "id": f"bench-{number}",
                "title": made["title"],
                "dek": made["summary"],
                "body": "\n\n".join(made["paras"]),
                "tags": [gen.TAGS[tag] for tag in made["tags"]],
                "people": [gen.PEOPLE[person] for person in made["people"]],
                "author": f"Author {made['author']}",
                "section": gen.SECTIONS[made["section"]],
                "published_at": made["published"].isoformat(),
            }
            file.write(json.dumps(story) + "\n")


def prepare(folder: Path) -> None:
    """Point Django at a database of its own and make its tables."""
    os.environ.setdefault("SECRET_KEY", "benchmark-" * 6)
    os.environ.setdefault("SITE_URL", "http://127.0.0.1:8000")
    os.environ.setdefault("NEWSROOM_MODE", "test")
    server = os.environ.get("DATABASE_URL", "")
    if server:
        os.environ["DATABASE_URL"] = _own_database(server)
    else:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _own_database(server: str) -> str:
    import psycopg

    base, _, _ = server.rpartition("/")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS newsroom_bench")
        connection.execute("CREATE DATABASE newsroom_bench")
    return f"{base}/newsroom_bench"


def bring_in(path: Path, **asked: Any) -> tuple[float, float, Any]:
    """Import ``path`` and return seconds of the clock, of this process's CPU, and the report."""
    from articles.importing.pipeline import Options, run_import

    options = Options(source="bench", **({"publish": True, "suggest": False} | asked))
    began, cpu = time.perf_counter(), time.process_time()
    report = run_import([str(path)], options)
    return time.perf_counter() - began, time.process_time() - cpu, report


def rows() -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """Read all rows of the tables that an import writes, with their columns."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            found[table] = [column[0] for column in cursor.description], cursor.fetchall()
    return found


def empty() -> None:
    """Take all rows out of the tables."""
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)


def put_raw(found: dict[str, tuple[list[str], list[tuple[Any, ...]]]]) -> float:
    """Insert ``found`` into the same tables by COPY or ``executemany`` in one transaction; return the seconds."""
    from django.db import connection, transaction

    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in found.items():
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({_names(columns)}) FROM STDIN") as copy:
                    for row in _copied(values):
                        copy.write_row(row)
            else:
                marks = ", ".join("?" * len(columns))
                raw = connection.connection
                raw.executemany(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608
    return time.perf_counter() - began


def _names(columns: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _copied(values: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    from psycopg.types.json import Jsonb

    for row in values:
        yield tuple(Jsonb(v) if isinstance(v, dict | list) else v for v in row)


def compare(folder: Path, count: int, rounds: int) -> None:
    """Print what an import takes beside the raw limit, the same again, and one with suggestions."""
    path = folder / "stories.jsonl"
    write_stories(path, 0, count)
    firsts, limits, agains, cpus = [], [], [], []
    for _ in range(rounds):
        empty()
        first, cpu, report = bring_in(path)
        assert report.created == count, report.summary()
        again, _, second = bring_in(path)
        assert (second.created, second.updated, second.unchanged) == (0, 0, count)
        found = rows()
        empty()
        limits.append(put_raw(found))
        firsts.append(first)
        agains.append(again)
        cpus.append(cpu)
    first, limit, again = (statistics.median(one) for one in (firsts, limits, agains))
    tell(f"{count} stories, median of {rounds} rounds")
    tell(f"  raw rows, all indexes   {count / limit:8.0f} stories/s")
    tell(f"  import_articles         {count / first:8.0f} stories/s   {limit / first:6.1%} of raw")
    tell(f"  of it, Python's CPU     {statistics.median(cpus) / first:8.0%}")
    tell(
        f"  the same again          {count / again:8.0f} stories/s   {first / again:6.1f} x the first"
    )
    empty()
    some = folder / "some.jsonl"
    write_stories(some, 0, min(count, 500))
    _, cpu, report = bring_in(some, suggest=True)
    tell(f"  with suggestions        {report.created / cpu:8.0f} stories/s of one core's CPU")


def grow(folder: Path, count: int, jobs: int) -> None:
    """Print the rate of the last thousand stories as the paper grows, the peak of memory, and what processes add."""
    empty()
    tell(f"growth to {count}")
    start, size, base = 0, SMALL, 0.0
    while start < count:
        path = folder / f"part-{start}.jsonl"
        write_stories(path, start, size)
        seconds, cpu, _ = bring_in(path)
        base = base or size / cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rate = size / seconds
        tell(
            f"  {start:7} -> {start + size:7}  {rate:7.0f}/s  {size / cpu:7.0f} a second of CPU,"
            f" {size / cpu / base:5.2f} of the first  {peak:6.0f} MB"
        )
        path.unlink()
        start, size = start + size, min(max(SMALL, start + size), count - start - size) or SMALL
    if jobs > 1:
        path = folder / "jobs.jsonl"
        write_stories(path, 0, 4000)
        empty()
        one, _, _ = bring_in(path)
        empty()
        several, _, _ = bring_in(path, jobs=jobs)
        tell(f"  --jobs {jobs}: {one / several:.2f} x one process (4,000 stories)")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"It needs the generator of stories in {SHARED.name}/ beside the project.")
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        compare(Path(name), given.stories, given.rounds)
        if given.growth:
            grow(Path(name), given.growth, given.jobs)


if __name__ == "__main__":
    main()
