"""What the tests of whole intakes share: an input, all rows that it makes, and processes that take it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from articles.models import (
    Article,
    Author,
    Byline,
    Edition,
    EditionAuthor,
    EditionTag,
    FormerAddress,
    ImportBatch,
    ImportedItem,
    ImportRun,
    Organization,
    Person,
    Revision,
    Suggestion,
    SupersededContent,
    Tag,
)

ROOT = Path(__file__).resolve().parents[3]
COUNTS = ("created", "updated", "unchanged", "waiting", "refused")


def story(number: int, version: int = 1, **fields: Any) -> str:
    """Return one line of JSON: a story with names, tags and an old address."""
    return json.dumps(
        {
            "id": f"s{number}",
            "version": str(version),
            "headline": f"Story {number} as of {version}",
            "text": f"The words of story {number}. “We saw it, {number},” said Ada Quince{number % 5}.",
            "date": f"2026-01-{number % 27 + 1:02} 10:00",
            "author": f"Ann Marrow{number % 7}; Bo Teal",
            "section": "Harbour",
            "tags": [f"tag {number % 11}", "weather"],
            "people": [f"Ada Quince{number % 5}"],
            "organizations": [f"Harbour Watch {number}"],
            "url": f"https://old.example/2026/story-{number}/",
        }
        | fields
    )


def lines() -> list[str]:
    """Return 36 records: 28 stories, one of them in three versions, one twice, and refused ones."""
    records = [story(number) for number in range(28)]
    records.insert(9, story(3, 2))
    records.insert(20, story(3, 3))
    records.insert(30, story(5))
    for at in (4, 18, 27):
        records.insert(at, json.dumps({"id": f"r{at}", "headline": "Without words", "text": ""}))
    records.insert(25, records[4])
    return [*records, story(90, text="A tie. " * 3, date="2199-01-01")]


def write(path: Path, records: list[str]) -> Path:
    path.write_text("\n".join(records) + "\n")
    return path


def rows() -> dict[str, list[Any]]:
    """Return all that an intake leaves, without primary keys and times of writing."""
    tables = {
        "articles": Article.objects.values_list(
            *"source headline body_html published_at pub_status ed_note revision_number".split()
        ),
        "bylines": Byline.objects.values_list("article__headline", "author__name", "role", "order"),
        "tags of articles": Article.objects.values_list("headline", "tags__kind", "tags__name"),
        "people of articles": Article.objects.values_list("headline", "people__name"),
        "bodies of articles": Article.objects.values_list("headline", "organizations__name"),
        "editions": Edition.objects.values_list(
            *"article__headline number kind published_at headline body_text card_html".split()
        ),
        "tags of editions": EditionTag.objects.values_list(
            "edition__headline", "edition__number", "tag__name", "published_at"
        ),
        "authors of editions": EditionAuthor.objects.values_list(
            "edition__headline", "edition__number", "author__name"
        ),
        "revisions": Revision.objects.values_list("article__headline", "number", "by"),
        "items": ImportedItem.objects.values_list(
            *"source ref version hash result position article__headline".split()
        ),
        "superseded": SupersededContent.objects.values_list("item__ref", "hash"),
        "suggestions": Suggestion.objects.values_list("article__headline", "kind", "fingerprint"),
        "former": FormerAddress.objects.values_list("path", "article__headline", "is_feed"),
        "tags": Tag.objects.values_list("kind", "name", "slug", "link_count"),
        "authors": Author.objects.values_list("name"),
        "people": Person.objects.values_list("name", "slug", "sort_name"),
        "organizations": Organization.objects.values_list("name", "slug"),
    }
    return {name: sorted(map(_plain, values)) for name, values in tables.items()}


def run_counts() -> list[Any]:
    """Return what the rows of the runs say, and those of their batches."""
    runs = ImportRun.objects.order_by("pk").values_list("source", "state", "met", "notes", *COUNTS)
    batches = ImportBatch.objects.order_by("run", "number")
    return [*runs, *batches.values_list("number", "digest", "met", *COUNTS)]


def _plain(row: tuple[Any, ...]) -> tuple[str, ...]:
    """Return ``row`` as words; addresses of rows by number differ from run to run."""
    return tuple(re.sub(r"/\d+/", "/n/", str(value)) for value in row)


def run_forked(work: Callable[[], object]) -> int:
    """Do ``work`` in a process of its own with a connection of its own; return how it ended: 0, 1 or its own code."""
    connections.close_all()
    pid = os.fork()
    if not pid:
        code = 1
        try:
            work()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException as error:
            print(repr(error), file=sys.__stderr__)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def run_command(path: Path, **options: Any) -> None:
    """Run the command in this process; it exits with 1 when something was refused."""
    rejects = options.pop("rejects", path.parent / "x.rejects")
    call_command(
        "import_articles", str(path), source="x", publish=True, rejects=rejects, verbosity=0,
        **options,
    )  # fmt: skip


def start_command(path: Path, *options: str) -> "subprocess.Popen[str]":
    """Begin the real command on the database of the tests, by a process of its own."""
    command = [sys.executable, str(ROOT / "manage.py"), "import_articles", str(path)]
    rejects = path.parent / "x.rejects"
    command += ["--source", "x", "--rejects", str(rejects), "--verbosity", "0"]
    keys = settings.SECRET_KEY, f"{settings.MEDIA_ROOT}", f"{settings.STATIC_ROOT}"
    environ = dict(zip(("SECRET_KEY", "MEDIA_ROOT", "STATIC_ROOT"), keys, strict=True))
    return subprocess.Popen(  # noqa: S603
        [*command, *options],
        env=os.environ | environ | {"DATABASE_URL": _address(), "SITE_URL": "http://testserver"},
        cwd=path.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _address() -> str:
    params = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{params['NAME']}"
    host = f"{params['USER']}:{params['PASSWORD']}@{params['HOST']}:{params['PORT'] or 5432}"
    return f"postgres://{host.replace(':@', '@')}/{params['NAME']}"
