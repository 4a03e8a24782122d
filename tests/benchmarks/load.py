"""Fill a database with stories by SQL, as many as asked for, each as publishing would have written it.

    uv run python -m tests.benchmarks.load --stories 100000 [--database sqlite:///large.sqlite3]

Without ``--database`` into that of ``DATABASE_URL``. It makes the tables, and goes no further where there is a story
that is not its own. A thousand stories are published by the product's own code and multiplied (``clones.py``): by 20
years of a story each ten minutes, every person in about 50 stories, every small tag in 500. Words that a search is
measured with: ``searched_words``. Prints how long each step takes, the search table and its index by themselves.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TEMPLATES = 1000
GROUP = 20_000  # stories a transaction
STORIES_A_PERSON, STORIES_A_TAG, STORIES_A_WORD, ERAS = 50, 500, 3, 10


@dataclass(frozen=True, slots=True)
class SearchedWords:
    """Words by how many stories have them: 33 %, 2.5 %, 0.2 %, three stories, none, and only the oldest tenth."""

    common: tuple[str, ...]
    medium: tuple[str, ...]
    rare: tuple[str, ...]
    own: tuple[str, ...]
    old: tuple[str, ...]  # one a tenth of the time, the newest first
    absent: tuple[str, ...]


def searched_words(stories: int) -> SearchedWords:
    """Return the words at the end of stories, of a paper of ``stories``."""
    from .words import invent

    return SearchedWords(
        common=invent(3, "co"),
        medium=invent(40, "me"),
        rare=invent(500, "ra"),
        own=invent(max(10, stories // STORIES_A_WORD), "ow"),
        old=invent(ERAS, "er"),
        absent=invent(20, "ja"),
    )


class StepTimes:
    """Prints how long each step took: seconds of the clock, and of CPU in this process and the database's."""

    def __init__(self) -> None:
        self.began = self.last = self._now()

    def print(self, step: str) -> None:
        """Print ``step`` with the seconds since the one before."""
        now = self._now()
        self._print(self.last, now, step)
        self.last = now

    def print_total(self, step: str) -> None:
        """Print ``step`` with the seconds since the beginning."""
        self._print(self.began, self._now(), step)

    def _now(self) -> tuple[float, ...]:
        from .cpu import cpu_seconds

        return time.perf_counter(), *cpu_seconds()

    def _print(self, start: tuple[float, ...], end: tuple[float, ...], step: str) -> None:
        clock, ours, theirs = (later - earlier for earlier, later in zip(start, end, strict=True))
        write(f"{clock:8.1f} s  CPU {ours:7.1f} + {theirs:7.1f}  {step}")


def write(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def prepare(database: str) -> None:
    """Point Django at ``database`` and make its tables."""
    os.environ.setdefault("SECRET_KEY", "benchmark-" * 6)
    os.environ.setdefault("SITE_URL", "http://127.0.0.1:8000")
    os.environ.setdefault("NEWSROOM_MODE", "test")
    os.environ.setdefault("READER_QUERY_SECONDS", "0")  # what is slow is to be seen, not ended
    os.environ.setdefault("READER_REQUEST_SECONDS", "0")
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    if database:
        os.environ["DATABASE_URL"] = database
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def count_own_stories() -> int:
    """Return how many stories of the loader there are. Raises ``SystemExit`` where there are others."""
    from articles.models import Article

    from .stories import SOURCE

    if Article.all_objects.exclude(source=SOURCE).exists():
        sys.exit("This database has stories of somebody: give one that is empty.")
    return Article.objects.count()


def load(stories: int, templates: int = 0) -> int:
    """Load ``stories`` into the empty database, rounded up to whole copies of its ``templates``; return how many."""
    from django.db import connection, transaction
    from django.utils import timezone

    from . import clone_texts, clones, storage
    from .stories import make_cast, make_stand_ins, newest_minute, publish_stories

    templates = templates or min(TEMPLATES, max(20, stories // 20))
    times = StepTimes()
    storage.speed_up()
    cast, newest = make_cast(), newest_minute(timezone.now())
    copies = -(-stories // templates)
    own, stand_ins = make_own(copies * templates), make_stand_ins()
    publish_stories(templates, cast, stand_ins, newest)
    times.print(f"{templates} stories published")
    cloner = clones.Cloner()
    tables = [model._meta.db_table for model in clone_texts.TABLES]
    indexes = storage.drop_indexes(tables)
    count = 0
    for group in clones.in_groups(plan_clones(copies, own), max(GROUP, templates)):
        with transaction.atomic():
            cloner.insert(group)
        count += len(group)
        if count % (10 * GROUP) == 0:
            times.print(f"{count} stories")
    with transaction.atomic():
        clones.delete_templates(cloner.strides)
        forget_templates(stand_ins)
    times.print(f"rows of {count} stories")
    build_indexes(indexes, times)
    storage.set_sequences([*clone_texts.TABLES, type(stand_ins.person), type(stand_ins.tag)])
    count_stories()
    storage.analyze([*tables, "articles_person", "articles_tag", "articles_nameword"])
    times.print("rows counted")
    times.print_total(f"in all; {storage.database_bytes() / 2**20:.0f} MB")
    connection.close()  # takes back what made it fast
    for name, size in storage.search_sizes().items():
        write(f"  search {name}: {size / 2**20:.1f} MB")
    return count


@dataclass(frozen=True, slots=True)
class Own:
    """What clones have of their own."""

    people: list[Any]
    tags: list[Any]
    words: SearchedWords


def make_own(stories: int) -> Own:
    """Create people and tags, with the words by which they are found, as many as a paper of ``stories`` has."""
    from articles.models import DeskNameWord, NameWord, Person, Tag

    from .words import invent

    given_name = [word.capitalize() for word in invent(400, "x")]
    families = [word.capitalize() for word in invent(max(20, stories // STORIES_A_PERSON), "z")]
    people = [
        Person(
            name=f"{given_name[number % 400]} {family_name}",
            slug=f"{given_name[number % 400]}-{family_name}".lower(),
            sort_name=f"{family_name} {given_name[number % 400]}",
        )
        for number, family_name in enumerate(families)
    ]
    tag_names = invent(max(5, stories // STORIES_A_TAG), "zt")
    tags = Tag.objects.bulk_create(Tag(name=name, slug=name) for name in tag_names)
    people = Person.objects.bulk_create(people, batch_size=1000)
    for start in range(0, len(people), 1000):
        NameWord.objects.index_new("person", [row.pk for row in people[start : start + 1000]])
        DeskNameWord.objects.index(people[start : start + 1000])
    DeskNameWord.objects.index(tags)
    return Own(people, tags, searched_words(stories))


def plan_clones(copies: int, own: Own) -> Iterator[Any]:
    """Yield what is each clone's own, the newest story first."""
    from django.utils import timezone

    from articles.models import Article

    from .clones import Clone, date_columns
    from .stories import FIRST_NUMBER, MINUTES_BETWEEN
    from .words import pick

    rows = list(Article.objects.order_by("pk").values_list("pk", "published_at"))
    days = -(-len(rows) * MINUTES_BETWEEN // (24 * 60))
    last, today = rows[-1][0], timezone.now().date()
    for copy in range(1, copies + 1):
        shift = days * (copy - 1)
        for place, (template, published_at) in enumerate(rows):
            number = (copy - 1) * len(rows) + place
            person, tag = (
                pick(part, number, salt) for salt, part in ((1, own.people), (2, own.tags))
            )
            given_name, family_name = person.name.lower().split()
            words = {
                kind: pick(getattr(own.words, kind), number, salt)
                for salt, kind in enumerate(("common", "medium", "rare", "own"), 3)
            }
            words["old"] = own.words.old[(copy - 1) * ERAS // copies]
            tail = (words[kind] for kind in ("common", "medium", "rare", "old", "own"))
            yield Clone(
                template=template,
                copy=copy,
                shift=shift,
                old_number=str(FIRST_NUMBER + place),
                new_number=str(1_000_000 + number),
                old_address=f"/articles/{template}/",
                new_address=f"/articles/{template + copy * last}/",
                tail=" ".join(tail),
                **words,
                person_key=str(person.pk),
                person_name=person.name,
                person_slug=person.slug,
                given_name=given_name,
                family_name=family_name,
                tag_key=str(tag.pk),
                tag_name=tag.name,
                **date_columns(published_at, today, shift),
            )


def forget_templates(stand_ins: Any) -> None:
    """Delete the two that stood for others, and what was kept of quotes when they were confirmed."""
    from articles.models import NameWord, Quote

    Quote.history.all().delete()
    NameWord.objects.of(stand_ins.person).delete()
    for row in (stand_ins.person, stand_ins.tag):
        type(row).all_objects.filter(pk=row.pk).delete()
        type(row).history.filter(id=row.pk).delete()


def build_indexes(indexes: list[tuple[str, str]], times: StepTimes) -> None:
    """Make ``indexes`` again, and SQLite's index of words; that of words is timed by itself."""
    from django.db import connection

    from . import storage

    words = "articles_editionsearch_vector"
    for name, sql in indexes:
        if name != words:
            storage.execute(sql)
    times.print("indexes")
    if connection.vendor == "postgresql":
        storage.execute(dict(indexes)[words])
    else:
        for table in storage.WORDS_TABLES:
            storage.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")  # noqa: S608
    times.print("index of words")


def count_stories() -> None:
    """Set how many editions each tag was ever linked by, and how many stories are of each day."""
    from articles.models import PeriodCount

    from . import storage

    PeriodCount.objects.rebuild()

    storage.execute(
        "UPDATE articles_tag SET link_count ="
        " (SELECT count(*) FROM articles_editiontag WHERE tag_id = articles_tag.id)"
    )


def main() -> None:
    """Load what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--database", default="", help="postgres://… or sqlite:///…")
    args = parser.parse_args()
    prepare(args.database)
    if count := count_own_stories():
        sys.exit(f"It has {count} stories of this loader already: give another database.")
    write(f"{load(args.stories)} stories")


if __name__ == "__main__":
    main()
