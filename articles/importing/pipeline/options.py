"""What an operator can ask of an import, and what it answers."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from articles.importing.files import sources
from articles.importing.formats.types import ReadError
from articles.text.fold import slugify
from articles.text.messages import Message

from .reading.records import FileOptions


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the operator asked for. ``format`` is a reader's name, empty to find out; ``tags`` go to every story.

    ``suggest``: look for people and quotes in the texts, for an editor to decide about. ``fetch_images``: get lead
    pictures from where the source keeps them. ``rejects``: where records go that did not come in. ``jobs``: processes.
    ``columns``: pairs of field and column, for tables whose columns have names of their own.
    """

    source: str = ""
    format: str = ""
    publish: bool = False
    dry_run: bool = False
    tags: tuple[str, ...] = ()
    suggest: bool = True
    fetch_images: bool = False
    rejects: Path | None = None
    jobs: int = 1
    columns: tuple[tuple[str, str], ...] = ()

    def file_options(self) -> FileOptions:
        """Return what of this the reading of files needs."""
        return FileOptions(self.format, dict(self.columns))

    @classmethod
    def from_arguments(cls, arguments: Mapping[str, Any]) -> "ImportOptions":
        """Return what was asked for on a command line. Rejects go to ``SOURCE.rejects`` unless said otherwise."""
        names = ("format", "publish", "dry_run", "fetch_images", "jobs")
        source = arguments["source"] or sources.default_source(arguments["paths"])
        rejects = arguments["rejects"] or Path(f"{slugify(source, default='import')}.rejects")
        return cls(
            **{name: arguments[name] for name in names},
            source=source,
            tags=tuple(arguments["tag"]),
            suggest=not arguments["no_suggest"],
            columns=tuple(_column(pair) for pair in arguments["map"]),
            rejects=None if arguments["dry_run"] and not arguments["rejects"] else rejects,
        )


@dataclass
class ImportReport:
    """What a run did. ``run`` is its key, None after a dry run; ``refusals`` and ``notes`` are the first thousand.

    ``notes`` are sentences on what came in but wants an editor: why a story waits, which names are ambiguous. ``met``
    counts what the stories named, as in ``ImportRun``. ``passed_over`` are files that are no text.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    waiting: int = 0
    refused: int = 0
    seconds: float = 0.0
    run: int | None = None
    rejects: int = 0
    met: dict[str, int] = field(default_factory=dict)
    passed_over: list[str] = field(default_factory=list)
    mappings: dict[str, str] = field(default_factory=dict)
    refusals: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def summary(self) -> dict[str, object]:
        """Return the figures alone; ``codes`` counts the reasons of the first thousand refusals that have one."""
        excluded = "refusals", "notes", "passed_over", "mappings"
        figures = {key: value for key, value in asdict(self).items() if key not in excluded}
        codes = Counter(row["code"] for row in self.refusals if "code" in row)
        return figures | {"passed_over": len(self.passed_over), "codes": dict(codes)}


def add_arguments(parser: ArgumentParser) -> None:
    """Let ``parser`` understand what ``ImportOptions.from_arguments`` reads."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, archives, or -")
    parser.add_argument("--format", default="", help="reader to use; default: by content")
    parser.add_argument("--source", default="", help="default: the folder's name")
    parser.add_argument("--tag", action="append", default=[], metavar="T", help="tag all with it")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="what a column of a table means; --dry-run prints what is known",
    )
    parser.add_argument(
        "--rejects", type=Path, help="where refused records go; default: SOURCE.rejects, here"
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes; for PostgreSQL")
    switch = partial(parser.add_argument, action="store_true")
    switch("--publish", help="trust the source: publish what can be")
    switch("--no-suggest", help="look for no names and quotes in the text")
    switch("--fetch-images", help="get pictures from where the source keeps them")
    switch("--dry-run", help="do everything but keep it")
    switch("--json", help="print the figures as the last line of output")


def _column(pair: str) -> tuple[str, str]:
    """Return field and column of ``field=column``. Raises ReadError."""
    name, equals, column = pair.partition("=")
    if not equals or not name or not column:
        raise ReadError(
            Message(
                "--map %(pair)s is no FIELD=COLUMN, as in headline=Titel.",
                {"pair": repr(pair)},
                "option.map",
            )
        )
    return name.strip(), column.strip()
