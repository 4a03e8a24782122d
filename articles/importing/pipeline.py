"""FILE -> ARTICLE as one loop: find, read, clean, match, store; a batch of records is one transaction."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, OperationalError, transaction

from articles.extraction.known import Known
from articles.extraction.suggest import Find, find
from articles.models import ImportBatch, ImportedItem, ImportRun
from articles.text.fold import slugify
from articles.text.html import plain_text

from . import runs, sources
from .clean import clean
from .match import Taken, match, seen
from .names import Names
from .parsed import ParsedArticle, ReadError, Refused
from .records import Batch, Record, in_batches, read_all, reader_named, without_doubles
from .rejects import RejectsFile
from .store import store
from .tally import Tally

Story = tuple[Record, ParsedArticle]
MOST_TOLD = 1000  # refusals and notes that a report holds


@dataclass(frozen=True, slots=True)
class Options:
    """What the operator asked for. ``format`` is a reader's name, empty to find out; ``tags`` go to every story.

    ``suggest``: look for people and quotes in the texts, for an editor to decide about. ``fetch_images``: get lead
    pictures from where the source keeps them. ``rejects``: where records go that did not come in. ``jobs``: processes.
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

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Options":
        """Return what was asked for on a command line. Rejects go to ``SOURCE.rejects`` unless said otherwise."""
        names = ("format", "publish", "dry_run", "fetch_images", "jobs")
        source = given["source"] or sources.default_source(given["paths"])
        rejects = given["rejects"] or Path(f"{slugify(source, default='import')}.rejects")
        return cls(
            **{name: given[name] for name in names},
            source=source,
            tags=tuple(given["tag"]),
            suggest=not given["no_suggest"],
            rejects=None if given["dry_run"] and not given["rejects"] else rejects,
        )


@dataclass
class Report:
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
    refusals: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def summary(self) -> dict[str, object]:
        """Return the figures alone."""
        words = "refusals", "notes", "passed_over"
        figures = {key: value for key, value in asdict(self).items() if key not in words}
        return figures | {"passed_over": len(self.passed_over)}


def run_import(
    paths: Sequence[sources.Given],
    options: Options,
    *,
    on_record: Callable[[int], object] = lambda size: None,
) -> Report:
    """Import ``paths`` (files, folders, archives, ``-``) and report. ``on_record`` gets the bytes of each record.

    A bad record, and a file that nobody can read, cost only themselves. A run that was killed goes on where it was.
    Raises ReadError for a path that does not exist and for an unknown format, before anything is written, and when
    the database is gone.
    """
    began = time.monotonic()
    paths = [*_checked(paths)]
    if options.format:
        reader_named(options.format)
    source = options.source or sources.default_source(paths)
    asked = {"publish": options.publish, "tags": list(options.tags), "suggest": options.suggest}
    report = Report()
    if options.dry_run:
        with runs.rolled_back():
            run = runs.begin(source, options.format, paths, asked)
            _take_all(paths, run, options, report, on_record)
            runs.add_up(run)
    else:
        run = runs.begin(source, options.format, paths, asked)
        with runs.kept(run):
            _take_all(paths, run, options, report, on_record)
        report.run = run.pk
    for name in (*runs.COUNTS, "met"):
        setattr(report, name, getattr(run, name))
    report.notes = run.notes
    report.seconds = round(time.monotonic() - began, 3)
    return report


def _checked(paths: Sequence[sources.Given]) -> Iterator[sources.Given]:
    """Yield ``paths``. Raises ReadError for one that does not exist."""
    for path in paths:
        if isinstance(path, str) and path != sources.STDIN and not Path(path).exists():
            raise ReadError(f"{path} does not exist. Check the path.")
        yield path


def _take_all(
    paths: Sequence[sources.Given],
    run: ImportRun,
    options: Options,
    report: Report,
    on_record: Callable[[int], object],
) -> None:
    """Take every batch of ``paths``; several processes when that is asked for."""
    if options.jobs > 1 and not options.dry_run:
        from .parallel import take_in_parts

        take_in_parts(paths, run, options, report)
        return
    intake = Intake(run, options, report)
    try:
        for batch in in_batches(read_all(sources.find(paths), options.format, report.passed_over)):
            intake.take(batch)
            for record in batch.records:
                on_record(len(record.outcome.original))
    finally:
        intake.close()


class Intake:
    """What takes the batches of one run, in one process."""

    def __init__(self, run: ImportRun, options: Options, report: Report) -> None:
        self.run, self.options, self.report = run, options, report
        self.names = Names(options.tags)
        self.rejects = RejectsFile(options.rejects)
        done = ImportBatch.objects.filter(run=run).values_list("number", "digest", "refused")
        self.done = {number: (digest, refused) for number, digest, refused in done}

    def take(self, batch: Batch) -> None:
        """Store ``batch`` and what became of it in one transaction; nothing to do when that was done already."""
        digest, refused = self.done.get(batch.number, ("", 0))
        if digest == batch.digest:
            if refused:
                self._finished(batch.records)  # for the file of rejects, which begins anew
            return
        if digest:
            raise ReadError(
                f"Run {self.run.pk} broke off, and its input is another one now. It is closed; run the command again."
            )
        known = seen([record.hash for record in batch.records], self.run.source)
        fresh = [record for record in without_doubles(batch.records) if record.hash not in known]
        stories = self._finished(fresh)
        refused = len(fresh) - len(stories)
        unchanged = len(batch.records) - len(fresh)
        self._store(batch, stories, Tally(unchanged=unchanged, refused=refused))

    def close(self) -> None:
        """Close the file of rejects, and put what was refused into the row of the run."""
        self.rejects.close()
        self.report.rejects = self.rejects.count
        self.run.refusals = self.report.refusals[: runs.KEPT]

    def _finished(self, records: Sequence[Record]) -> list[Story]:
        """Read and clean ``records``; refused ones are told and left out."""
        stories = []
        for record in records:
            outcome = record.finish()
            if isinstance(outcome, ParsedArticle):
                zone = ZoneInfo(settings.TIME_ZONE)
                outcome = clean(outcome, zone=zone, language=settings.LANGUAGE_CODE)
            if isinstance(outcome, Refused):
                self._refuse(record, outcome)
            else:
                stories.append((record, outcome))
        return stories

    def _refuse(self, record: Record, refused: Refused) -> None:
        self.rejects.add(record, refused)
        if len(self.report.refusals) < MOST_TOLD:
            told = {
                name: getattr(refused, name) for name in ("record", "field", "reason", "remedy")
            }
            self.report.refusals.append({"file": record.label} | told)

    def _store(self, batch: Batch, stories: list[Story], tally: Tally) -> None:
        """Store ``stories`` at once; what the database refuses is looked up anew and tried again, then one by one.

        Another importer may have stored the same meanwhile. Raises ReadError when the database is gone or full.
        """
        for attempt in range(2):
            try:
                return self._store_at_once(batch, stories, tally.copy())
            except OperationalError as error:
                if attempt:
                    remedy = "Run the same command again: it goes on where it was."
                    raise ReadError(f"The database gave up: {error}. {remedy}") from error
            except DatabaseError:
                pass
            self.names.forget()
        return self._store_one_by_one(batch, stories, tally.copy())

    def _store_at_once(self, batch: Batch, stories: list[Story], tally: Tally) -> None:
        taken = [Taken(parsed, record.hash, record.position) for record, parsed in stories]
        self.names.learn([parsed for _, parsed in stories])
        finds = self._look_into(taken)
        with transaction.atomic():
            row = self._row_of(batch)
            self._store_part(taken, tally, finds)
            tally.write_to(row, self.names)

    def _store_one_by_one(self, batch: Batch, stories: list[Story], tally: Tally) -> None:
        """Store each story for itself; one that the database refuses costs only itself."""
        with transaction.atomic():
            row = self._row_of(batch)
            for record, parsed in stories:
                taken = [Taken(parsed, record.hash, record.position)]
                try:
                    with transaction.atomic():
                        self.names.learn([parsed])
                        self._store_part(taken, tally, self._look_into(taken))
                except DatabaseError as error:
                    self.names.forget()
                    self._refuse(record, _refused_by_database(parsed, error))
                    tally.refused += 1
            tally.write_to(row, self.names)

    def _row_of(self, batch: Batch) -> ImportBatch:
        """Insert the row of ``batch``, which nobody can do twice."""
        row = ImportBatch(run=self.run, number=batch.number, digest=batch.digest)
        row.save(force_insert=True)
        return row

    def _look_into(self, stories: Sequence[Taken]) -> dict[str, list[Find]] | None:
        """Find people and quotes in the stories that are new, by ref, before the transaction opens."""
        if not self.options.suggest:
            return None
        refs = [taken.ref for taken in stories]
        items = ImportedItem.objects.filter(source=self.run.source, ref__in=refs)
        known_refs = set(items.values_list("ref", flat=True))
        texts = {
            taken.ref: plain_text(taken.parsed.body_html)
            for taken in stories
            if taken.ref not in known_refs
        }
        known = Known(texts.values())
        return {ref: find(text, known) for ref, text in texts.items()}

    def _store_part(
        self, part: Sequence[Taken], tally: Tally, finds: dict[str, list[Find]] | None
    ) -> None:
        """Store stories, no ref twice at a time, so that a newer version meets the older one stored."""
        waiting = list(part)
        while waiting:
            refs: set[str] = set()
            now = []
            while waiting and waiting[0].ref not in refs:
                refs.add(waiting[0].ref)
                now.append(waiting.pop(0))
            matches = match(now, self.run)
            store(matches, self.run, self.names, tally, publish=self.options.publish, finds=finds)


def _refused_by_database(parsed: ParsedArticle, error: DatabaseError) -> Refused:
    reason = f"The database refused it: {error}".strip()
    return Refused(parsed.record, "story", reason, "Report the story.", parsed.original)
