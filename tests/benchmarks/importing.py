"""How fast stories come in, against what the database alone can do: ratios from one run.

    uv run python -m tests.benchmarks.importing [--stories 2000] [--growth 20000] [--jobs 2]

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


def print_line(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def write_stories(path: Path, start: int, count: int) -> None:
    """Write ``count`` stories of the generator as JSON Lines, from the ``start``-th on."""
    sys.path.insert(0, str(SHARED))
    import gen  # type: ignore[import-not-found]  # beside the corpus

    with path.open("w", encoding="utf-8") as file:
        for number in range(start, start + count):
            generated = gen.article(number)
            story = {
                "id": f"bench-{number}",
                "title": generated["title"],
                "dek": generated["summary"],
                "body": "\n\n".join(generated["paras"]),
                "tags": [gen.TAGS[tag] for tag in generated["tags"]],
                "people": [gen.PEOPLE[person] for person in generated["people"]],
                "author": f"Author {generated['author']}",
                "section": gen.SECTIONS[generated["section"]],
                "published_at": generated["published"].isoformat(),
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


def time_import(path: Path, **overrides: Any) -> tuple[float, float, Any]:
    """Import ``path`` and return seconds of the clock, of this process's CPU, and the report."""
    from articles.importing.pipeline.run import ImportOptions, run_import

    options = ImportOptions(source="bench", **({"publish": True, "suggest": False} | overrides))
    started, cpu = time.perf_counter(), time.process_time()
    report = run_import([str(path)], options)
    return time.perf_counter() - started, time.process_time() - cpu, report


def read_rows() -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """Read all rows of the tables that an import writes, with their columns."""
    from django.db import connection

    tables = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            tables[table] = [column[0] for column in cursor.description], cursor.fetchall()
    return tables


def empty_tables() -> None:
    """Take all rows out of the tables."""
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)


def insert_raw(tables: dict[str, tuple[list[str], list[tuple[Any, ...]]]]) -> float:
    """Insert ``tables`` into the same tables by COPY or ``executemany`` in one transaction; return the seconds."""
    from django.db import connection, transaction

    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in tables.items():
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({_names(columns)}) FROM STDIN") as copy:
                    for row in _copied(values):
                        copy.write_row(row)
            else:
                marks = ", ".join("?" * len(columns))
                raw = connection.connection
                raw.executemany(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608
    return time.perf_counter() - started


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
    firsts, limits, repeats, cpus = [], [], [], []
    for _ in range(rounds):
        empty_tables()
        first, cpu, report = time_import(path)
        assert report.created == count, report.summary()
        repeat, _, second = time_import(path)
        assert (second.created, second.updated, second.unchanged) == (0, 0, count)
        tables = read_rows()
        empty_tables()
        limits.append(insert_raw(tables))
        firsts.append(first)
        repeats.append(repeat)
        cpus.append(cpu)
    first, limit, repeat = (statistics.median(times) for times in (firsts, limits, repeats))
    print_line(f"{count} stories, median of {rounds} rounds")
    print_line(f"  raw rows, all indexes   {count / limit:8.0f} stories/s")
    print_line(
        f"  import_articles         {count / first:8.0f} stories/s   {limit / first:6.1%} of raw"
    )
    print_line(f"  of it, Python's CPU     {statistics.median(cpus) / first:8.0%}")
    print_line(
        f"  the same again          {count / repeat:8.0f} stories/s   {first / repeat:6.1f} x the first"
    )
    empty_tables()
    sample = folder / "some.jsonl"
    write_stories(sample, 0, min(count, 500))
    _, cpu, report = time_import(sample, suggest=True)
    print_line(f"  with suggestions        {report.created / cpu:8.0f} stories/s of one core's CPU")


def grow(folder: Path, count: int, jobs: int) -> None:
    """Print the rate of the last thousand stories as the paper grows, the peak of memory, and what processes add."""
    empty_tables()
    print_line(f"growth to {count}")
    start, size, base = 0, SMALL, 0.0
    while start < count:
        path = folder / f"part-{start}.jsonl"
        write_stories(path, start, size)
        seconds, cpu, _ = time_import(path)
        base = base or size / cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rate = size / seconds
        print_line(
            f"  {start:7} -> {start + size:7}  {rate:7.0f}/s  {size / cpu:7.0f} a second of CPU,"
            f" {size / cpu / base:5.2f} of the first  {peak:6.0f} MB"
        )
        path.unlink()
        start, size = start + size, min(max(SMALL, start + size), count - start - size) or SMALL
    if jobs > 1:
        path = folder / "jobs.jsonl"
        write_stories(path, 0, 4000)
        empty_tables()
        single, _, _ = time_import(path)
        empty_tables()
        parallel, _, _ = time_import(path, jobs=jobs)
        print_line(f"  --jobs {jobs}: {single / parallel:.2f} x one process (4,000 stories)")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"It needs the generator of stories in {SHARED.name}/ beside the project.")
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        compare(Path(name), args.stories, args.rounds)
        if args.growth:
            grow(Path(name), args.growth, args.jobs)


if __name__ == "__main__":
    main()
