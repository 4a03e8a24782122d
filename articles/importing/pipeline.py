"""FILE -> ARTICLE as one loop: find, identify, read, clean, match, store."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import chain
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from articles.extraction.known import Known
from articles.extraction.suggest import Find, find
from articles.models import ImportRun
from articles.text.html import plain_text

from . import sources
from .clean import clean
from .identify import HEAD, identify
from .match import match, ref_of
from .names import Names
from .parsed import ParsedArticle, ReadError, Refused
from .readers import READERS
from .store import store

BATCH = 1000
KEPT_REFUSALS = 1000


@dataclass(frozen=True, slots=True)
class Options:
    """What the operator asked for. ``format`` is a reader's name, empty to find out; ``tags`` go to every story.

    ``suggest``: look for people and quotes in the texts, for an editor to decide about.
    """

    source: str = ""
    format: str = ""
    publish: bool = False
    dry_run: bool = False
    tags: tuple[str, ...] = ()
    suggest: bool = True


@dataclass
class Report:
    """What a run did. ``run`` is its key, None after a dry run; ``refusals`` are complete, unlike the row's.

    ``notes`` are sentences on what came in but wants an editor: why a story waits, which names are ambiguous.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    waiting: int = 0
    refused: int = 0
    seconds: float = 0.0
    run: int | None = None
    refusals: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def summary(self) -> dict[str, int | float | None]:
        """Return the figures alone."""
        words = "refusals", "notes"
        return {key: value for key, value in asdict(self).items() if key not in words}


class DryRunOver(Exception):
    """Rolls a dry run back."""


def run_import(
    paths: Sequence[str], options: Options, *, on_record: Callable[[], object] = lambda: None
) -> Report:
    """Import ``paths`` (files, folders, ``-``) and report. ``on_record`` is called once a record.

    A bad record, and a file that nobody can read, cost only themselves. Raises ReadError for a path that does not exist
    and for an unknown format, before anything is written.
    """
    began = time.monotonic()
    files = list(sources.find(paths))
    if options.format and options.format not in {reader.NAME for reader in READERS}:
        known = ", ".join(reader.NAME for reader in READERS)
        raise ReadError(f"There is no format {options.format!r}. Known: {known}.")
    report = Report()
    with _run_of(paths, options) as run:
        outcomes = chain.from_iterable(_outcomes(file, options) for file in files)
        for batch in _batches(_kept(outcomes, run, report, on_record)):
            _store(batch, run, options, report)
    for name in ("created", "updated", "unchanged", "waiting"):
        setattr(report, name, getattr(run, name))
    report.refused = len(report.refusals)
    report.run = None if options.dry_run else run.pk
    report.seconds = round(time.monotonic() - began, 3)
    return report


@contextmanager
def _run_of(paths: Sequence[str], options: Options) -> Iterator[ImportRun]:
    """Keep the row of this run: begun before the first story, closed after the last, also when the run breaks off."""
    run = ImportRun(
        source=options.source or sources.default_source(paths),
        format=options.format,
        paths=[str(path) for path in paths],
        options={"publish": options.publish, "tags": list(options.tags)},
    )
    if options.dry_run:
        try:
            with transaction.atomic():
                run.save()
                yield run
                raise DryRunOver
        except DryRunOver:
            return
    run.save()
    run.state = ImportRun.State.FAILED
    try:
        yield run
        run.state = ImportRun.State.DONE
    finally:
        run.finished_at = timezone.now()
        run.save()


def _outcomes(
    file: sources.Source, options: Options
) -> Iterator[tuple[str, ParsedArticle | Refused]]:
    """Yield the label of ``file`` with each record of it, cleaned; a file that cannot be read is one refusal."""
    try:
        with file.open() as stream:
            head = stream.read(HEAD)
            stream.seek(0)
            readers = [r for r in READERS if not options.format or options.format == r.NAME]
            reader = readers[0] if options.format else identify(head, file.label, readers)
            for parsed in reader.read(stream, file.name):
                yield file.label, _cleaned(parsed)
    except ReadError as error:
        yield file.label, Refused("1", "file", str(error), "Mend the file and import it again.")


def _cleaned(parsed: ParsedArticle | Refused) -> ParsedArticle | Refused:
    if isinstance(parsed, Refused):
        return parsed
    return clean(parsed, zone=ZoneInfo(settings.TIME_ZONE), language=settings.LANGUAGE_CODE)


def _kept(
    outcomes: Iterable[tuple[str, ParsedArticle | Refused]],
    run: ImportRun,
    report: Report,
    on_record: Callable[[], object],
) -> Iterator[tuple[str, ParsedArticle]]:
    """Pass on what can be stored; note what is refused."""
    for label, outcome in outcomes:
        on_record()
        if isinstance(outcome, Refused):
            _refuse(label, outcome, run, report)
        else:
            yield label, outcome


def _refuse(label: str, refused: Refused, run: ImportRun, report: Report) -> None:
    row = {
        "file": label,
        "record": refused.record,
        "field": refused.field,
        "reason": refused.reason,
        "remedy": refused.remedy,
    }
    report.refusals.append(row)
    run.refused = len(report.refusals)
    run.refusals = report.refusals[:KEPT_REFUSALS]


def _batches(
    records: Iterable[tuple[str, ParsedArticle]],
) -> Iterator[list[tuple[str, ParsedArticle]]]:
    """Gather records for one transaction; no ref twice in one, so that a newer version meets the older one stored."""
    batch: dict[str, tuple[str, ParsedArticle]] = {}
    for label, parsed in records:
        if len(batch) == BATCH or ref_of(parsed) in batch:
            yield list(batch.values())
            batch = {}
        batch[ref_of(parsed)] = (label, parsed)
    if batch:
        yield list(batch.values())


def _store(
    batch: list[tuple[str, ParsedArticle]], run: ImportRun, options: Options, report: Report
) -> None:
    """Store ``batch`` in one transaction; one that the database refuses is replayed story by story."""
    before = {name: getattr(run, name) for name in ("created", "updated", "unchanged", "waiting")}
    try:
        report.notes += _store_at_once([parsed for _, parsed in batch], run, options)
    except DatabaseError as error:
        for name, value in before.items():
            setattr(run, name, value)
        if len(batch) == 1:
            label, parsed = batch[0]
            refused = Refused(
                parsed.record,
                "story",
                f"The database refused it: {error}".strip(),
                "Report the story.",
            )
            _refuse(label, refused, run, report)
            return
        for one in batch:
            _store([one], run, options, report)


def _store_at_once(batch: list[ParsedArticle], run: ImportRun, options: Options) -> list[str]:
    finds = _look_into(batch, run.source) if options.suggest else None
    with transaction.atomic():
        matches = match(batch, run.source)
        wanted = [m.parsed for m in matches if m.verdict != "unchanged"]
        names = Names(wanted, options.tags)
        held = store(matches, run, names, publish=options.publish, finds=finds)
        unclear = [
            f"{name}: several of that name, none linked." for name in sorted(names.ambiguous)
        ]
        return held + unclear


def _look_into(batch: list[ParsedArticle], source: str) -> dict[str, list[Find]]:
    """Find people and quotes in the stories of ``batch`` that look new, by ref, before the transaction opens."""
    new = {
        m.ref: plain_text(m.parsed.body_html) for m in match(batch, source) if m.verdict == "new"
    }
    known = Known(new.values())
    return {ref: find(body_text, known) for ref, body_text in new.items()}
