"""What takes the batches of a run: read, clean, match, store; each batch is one transaction."""

from collections import Counter
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, OperationalError, transaction
from django.utils.translation import gettext

from articles import clock
from articles.extraction.entity_lookup import EntityLookup
from articles.extraction.suggest import Detection, detect
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.importing.images.download import fetch_pictures, note_pictures
from articles.importing.user_agent import user_agent
from articles.models import ImportBatch, ImportedItem, ImportRun
from articles.text.html.plain import plain_text
from articles.text.messages import Message

from .options import ImportOptions, ImportReport
from .reading.holds import apply_holds
from .reading.normalize import clean
from .reading.records import Batch, Record, dedupe_records
from .runs import run_row
from .runs.counts import BatchCounts
from .runs.refusals import as_row
from .runs.rejects import RejectsFile
from .storing.entities import EntityResolver
from .storing.match import IncomingItem, find_seen_hashes, match
from .storing.store import store_matches

Story = tuple[Record, ParsedArticle]
MAX_REPORTED = 1000  # refusals and notes that a report holds


class BatchImporter:
    """What takes the batches of one run, in one process."""

    def __init__(self, run: ImportRun, options: ImportOptions, report: ImportReport) -> None:
        self.run, self.options, self.report = run, options, report
        self.entities = EntityResolver(options.tags, run)
        self.rejects = RejectsFile(options.rejects)
        self.is_whole = False  # until every batch was taken
        done = ImportBatch.objects.filter(run=run).values_list("number", "digest", "refused")
        self.done = {number: (digest, refused) for number, digest, refused in done}

    def import_batch(self, batch: Batch) -> None:
        """Store ``batch`` and what became of it in one transaction; nothing to do when that was done already."""
        digest, refused = self.done.get(batch.number, ("", 0))
        if digest == batch.digest:
            if refused:  # the file of rejects begins anew
                self._read_and_clean([*dedupe_records(batch.records)])
            return
        if digest:
            raise ReadError(
                Message(
                    "Run %(run)s broke off, and its input is another one now. It is closed; run the command again.",
                    {"run": self.run.pk},
                    "run.other_input",
                )
            )
        seen_hashes = find_seen_hashes([record.hash for record in batch.records], self.run.source)
        new_records = [
            record for record in dedupe_records(batch.records) if record.hash not in seen_hashes
        ]
        stories = self._read_and_clean(new_records)
        refused = len(new_records) - len(stories)
        unchanged = len(batch.records) - len(new_records)
        stories, notes = self._with_pictures(stories)
        formats = Counter(f"format:{record.format}" for record in batch.records if record.format)
        self._store(batch, stories, BatchCounts(0, 0, unchanged, 0, refused, formats, notes))

    def close(self) -> None:
        """Close the file of rejects, and put what was refused into the row of the run."""
        self.rejects.close(is_whole=self.is_whole)
        self.report.rejects = self.rejects.count
        self.run.refusals = self.report.refusals[: run_row.MAX_STORED]

    def _read_and_clean(self, records: Sequence[Record]) -> list[Story]:
        """Read and clean ``records``; refused ones are told and left out."""
        stories = []
        for record in records:
            outcome = record.finish()
            if isinstance(outcome, ParsedArticle):
                zone = ZoneInfo(settings.TIME_ZONE)
                outcome = clean(outcome, zone=zone, language=settings.LANGUAGE_CODE)
            if isinstance(outcome, RejectedRecord):
                self._refuse(record, outcome)
            else:
                stories.append((record, apply_holds(outcome, clock.now())))
        return stories

    def _with_pictures(self, stories: list[Story]) -> tuple[list[Story], list[str]]:
        """Fetch lead pictures where that is asked for, which a dry run never does; else note where they are."""
        articles = [parsed for _, parsed in stories]
        notes: list[str] = []
        if self.options.fetch_images and not self.options.dry_run:
            articles, notes = fetch_pictures(articles, agent=user_agent())
        else:
            articles = note_pictures(articles)
        return [
            (record, parsed) for (record, _), parsed in zip(stories, articles, strict=True)
        ], notes

    def _refuse(self, record: Record, refused: RejectedRecord) -> None:
        self.rejects.add(record, refused)
        if len(self.report.refusals) < MAX_REPORTED:
            self.report.refusals.append(as_row(record.label, refused))

    def _store(self, batch: Batch, stories: list[Story], counts: BatchCounts) -> None:
        """Store ``stories`` at once; what the database refuses is looked up anew and tried again, then one by one.

        Another importer may have stored the same meanwhile. Raises ReadError when the database is gone or full.
        """
        for attempt in range(2):
            try:
                return self._store_at_once(batch, stories, counts.copy())
            except OperationalError as error:
                if attempt:
                    remedy = "Run the same command again: it goes on where it was."
                    raise ReadError(
                        Message(
                            "The database gave up: %(error)s. %(remedy)s",
                            {"error": str(error), "remedy": remedy},
                            "database.error",
                        )
                    ) from error
            except DatabaseError:
                if ImportBatch.objects.filter(run=self.run, number=batch.number).exists():
                    return None  # the same command, in another process, was first
            self.entities.reset()
        return self._store_one_by_one(batch, stories, counts.copy())

    def _store_at_once(self, batch: Batch, stories: list[Story], counts: BatchCounts) -> None:
        items = [IncomingItem(parsed, record.hash, record.position) for record, parsed in stories]
        self.entities.resolve([parsed for _, parsed in stories])
        detections = self._detect(items)
        with transaction.atomic():
            row = self._insert_batch_row(batch)
            for record, parsed in stories:
                self._note_unclear_tags(record, parsed, counts)
            self._store_items(items, counts, detections)
            counts.write_to(row, self.entities.pop_ambiguous(), self.entities.pop_in_trash())

    def _store_one_by_one(self, batch: Batch, stories: list[Story], counts: BatchCounts) -> None:
        """Store each story for itself; one that the database refuses costs only itself."""
        with transaction.atomic():
            row = self._insert_batch_row(batch)
            for record, parsed in stories:
                items = [IncomingItem(parsed, record.hash, record.position)]
                try:
                    with transaction.atomic():
                        self.entities.resolve([parsed])
                        self._store_items(items, counts, self._detect(items))
                        self._note_unclear_tags(record, parsed, counts)
                except DatabaseError as error:
                    self.entities.reset()
                    self._refuse(record, _refused_by_database(parsed, error))
                    counts.refused += 1
            counts.write_to(row, self.entities.pop_ambiguous(), self.entities.pop_in_trash())

    def _note_unclear_tags(
        self, record: Record, parsed: ParsedArticle, counts: BatchCounts
    ) -> None:
        """Note which tags of a story may mean several of ours; each is told once, with the first story that has it."""
        for tag, tag_match in self.entities.pop_unclear_tags(parsed):
            counts.met["unclear_tags"] += 1
            sentence = gettext(
                "%(file)s, record %(record)s, tags: “%(tag)s” may mean any of %(names)s. None was linked or "
                "made: tag the story by hand, and rename all of these but one for what comes next."
            )
            names = ", ".join(map(str, tag_match.names))
            words = {"file": record.label, "record": parsed.record, "tag": tag, "names": names}
            counts.notes.append(sentence % words)

    def _insert_batch_row(self, batch: Batch) -> ImportBatch:
        """Insert the row of ``batch``, which nobody can do twice."""
        row = ImportBatch(run=self.run, number=batch.number, digest=batch.digest)
        row.save(force_insert=True)
        return row

    def _detect(self, incoming: Sequence[IncomingItem]) -> dict[str, list[Detection]] | None:
        """Find people and quotes in the stories that are new, by ref, before the transaction opens."""
        if not self.options.suggest:
            return None
        refs = [item.ref for item in incoming]
        imported = ImportedItem.objects.filter(source=self.run.source, ref__in=refs)
        known_refs = set(imported.values_list("ref", flat=True))
        texts = {
            item.ref: plain_text(item.parsed.body_html)
            for item in incoming
            if item.ref not in known_refs
        }
        lookup = EntityLookup(texts.values())
        return {ref: detect(text, lookup) for ref, text in texts.items()}

    def _store_items(
        self,
        items: Sequence[IncomingItem],
        counts: BatchCounts,
        detections: dict[str, list[Detection]] | None,
    ) -> None:
        """Store stories, no ref twice at a time, so that a newer version meets the older one stored."""
        remaining = list(items)
        while remaining:
            refs: set[str] = set()
            group = []
            while remaining and remaining[0].ref not in refs:
                refs.add(remaining[0].ref)
                group.append(remaining.pop(0))
            matches = match(group, self.run)
            store_matches(
                matches,
                self.run,
                self.entities,
                counts,
                publish=self.options.publish,
                detections=detections,
            )


def _refused_by_database(parsed: ParsedArticle, error: DatabaseError) -> RejectedRecord:
    reason = Message(
        "The database refused it: %(error)s", {"error": str(error).strip()}, "database.refused"
    )
    return RejectedRecord(parsed.record, "story", reason, "Report the story.", parsed.original)
