"""What takes the batches of a run: read, clean, match, store; each batch is one transaction."""

from collections import Counter
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, OperationalError, transaction

from articles.extraction.known import Known
from articles.extraction.suggest import Find, find
from articles.models import ImportBatch, ImportedItem, ImportRun
from articles.text.html import plain_text

from . import runs
from .agent import user_agent
from .clean import clean
from .match import Taken, match, seen
from .names import Names
from .options import Options, Report
from .parsed import ParsedArticle, ReadError, Refused
from .records import Batch, Record, without_doubles
from .rejects import RejectsFile
from .remote_pictures import fetch_pictures, note_pictures
from .store import store
from .tally import Tally

Story = tuple[Record, ParsedArticle]
MOST_TOLD = 1000  # refusals and notes that a report holds


class Intake:
    """What takes the batches of one run, in one process."""

    def __init__(self, run: ImportRun, options: Options, report: Report) -> None:
        self.run, self.options, self.report = run, options, report
        self.names = Names(options.tags, run)
        self.rejects = RejectsFile(options.rejects)
        self.is_whole = False  # until every batch was taken
        done = ImportBatch.objects.filter(run=run).values_list("number", "digest", "refused")
        self.done = {number: (digest, refused) for number, digest, refused in done}

    def take(self, batch: Batch) -> None:
        """Store ``batch`` and what became of it in one transaction; nothing to do when that was done already."""
        digest, refused = self.done.get(batch.number, ("", 0))
        if digest == batch.digest:
            if refused:  # the file of rejects begins anew
                self._finished([*without_doubles(batch.records)])
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
        stories, notes = self._with_pictures(stories)
        met = Counter(f"format:{record.format}" for record in batch.records if record.format)
        self._store(batch, stories, Tally(0, 0, unchanged, 0, refused, met, notes))

    def close(self) -> None:
        """Close the file of rejects, and put what was refused into the row of the run."""
        self.rejects.close(is_whole=self.is_whole)
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

    def _with_pictures(self, stories: list[Story]) -> tuple[list[Story], list[str]]:
        """Fetch lead pictures where that is asked for, which a dry run never does; else note where they are."""
        parsed, notes = [one for _, one in stories], []
        if self.options.fetch_images and not self.options.dry_run:
            parsed, notes = fetch_pictures(parsed, agent=user_agent())
        else:
            parsed = note_pictures(parsed)
        return [(record, one) for (record, _), one in zip(stories, parsed, strict=True)], notes

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
                if ImportBatch.objects.filter(run=self.run, number=batch.number).exists():
                    return None  # the same command, in another process, was first
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
