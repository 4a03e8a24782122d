"""What the page of an import says: facts, counts, what waits for a decision, what was refused. All is plain values.

Every list has an end, every count that is not kept has one too: a run may have 200,000 stories.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from articles.admin.base import datetime_or_dash
from articles.admin.choices import stories_of_run
from articles.importing.pipeline.runs import run_row
from articles.importing.pipeline.runs.counts import AMBIGUOUS
from articles.importing.pipeline.runs.refusals import SENTENCES, in_words
from articles.importing.pipeline.runs.report import CONTENT_LABELS
from articles.models import Article, Edition, ImportRun, User, WaitingChange

MAX_SHOWN = 200  # rows of the table of refusals, notes
MAX_REASONS = 30
MAX_EXAMPLES = 5  # of one reason
MAX_FILES = 20
MAX_KEYS_LISTED = 200  # rows that one address may list by their keys
MAX_COUNTED = 1000
KINDS = ("tag", "author", "person", "organization")


class Figure(NamedTuple):
    """A count in words, and the address of the list of what it counts; empty where there is none."""

    text: str
    address: str = ""


class CappedList(NamedTuple):
    """The beginning of a list, and how many more there are."""

    rows: Sequence[Any]
    more: int


class RefusalGroup(NamedTuple):
    """Why records were refused, how many, and the first of them; ``remedy`` where all have the same."""

    reason: str
    remedy: str
    count: int  # type: ignore[assignment]  # of refusals, where a tuple has a method
    examples: CappedList


def report_context(run: ImportRun, user: User) -> dict[str, Any]:
    """Return all that the page of ``run`` shows to ``user``: the same number of queries whatever the run's size."""
    if run.state == ImportRun.State.RUNNING:
        run_row.sum_batches(run)  # its row is written at its end
    notes = [note for note in run.notes if not note.endswith(AMBIGUOUS)]
    ambiguous_names = [
        note.removesuffix(AMBIGUOUS) for note in run.notes if note.endswith(AMBIGUOUS)
    ]
    is_undone = run.state == ImportRun.State.UNDONE
    return {
        "facts": run_facts(run),
        "files": cap_list(run.paths, MAX_FILES),
        "counts": result_figures(run, is_undone),
        "contents": content_figures(run, user, is_undone),
        "pending": [] if is_undone else pending_figures(run, user, len(ambiguous_names)),
        "ambiguous_names": cap_list(ambiguous_names, MAX_SHOWN),
        "reasons": cap_list(group_refusals(run.refusals), MAX_REASONS),
        "refusals": cap_list([_translated(row) for row in run.refusals], MAX_SHOWN),
        "unlisted_count": max(0, run.refused - len(run.refusals)),
        "notes": cap_list(notes, MAX_SHOWN),
        "undone_at": datetime_or_dash(run.undone_at) if is_undone else "",
    }


def cap_list(rows: Sequence[Any], limit: int) -> CappedList:
    """Return the first ``limit`` of ``rows``."""
    return CappedList(rows[:limit], max(0, len(rows) - limit))


def run_facts(run: ImportRun) -> list[tuple[str, str]]:
    """Return what the run was, as terms and their values."""
    tags = ", ".join(map(str, run.options.get("tags") or ()))
    request_text = "publish at once" if run.options.get("publish") else "keep as drafts"
    formats = sorted(name.partition(":")[2] for name in run.met if name.startswith("format:"))
    rows = [
        ("Source", run.source or "–"),
        ("Read as", ", ".join(formats) or run.format or "nothing that any reader knows"),
        ("State", run.get_state_display()),
        ("Asked to", f"{request_text}; tag with {tags}" if tags else request_text),
        ("Began", datetime_or_dash(run.started_at)),
        ("Ended", datetime_or_dash(run.finished_at)),
    ]
    if run.finished_at:
        seconds = (run.finished_at - run.started_at).total_seconds()
        total = sum(getattr(run, name) for name in run_row.COUNTS)
        pace = f", {total / seconds:,.0f} stories a second" if seconds > 0.1 and total else ""
        rows.append(("Took", f"{format_duration(seconds)}{pace}"))
    return rows


def format_duration(seconds: float) -> str:
    """Return a time in words: ``0.4 s``, ``12 min 5 s``, ``3 h 20 min``."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, remaining = divmod(round(seconds), 60)
    return (
        f"{minutes} min {remaining} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
    )


def result_figures(run: ImportRun, is_undone: bool) -> list[Figure]:
    """Return what became of the stories."""
    addresses = {name: run_stories_address(run, name) for name in ("created", "updated", "waiting")}
    addresses["refused"] = "#refused"
    figures = []
    for name in run_row.COUNTS:
        count = getattr(run, name)
        has_no_link = not count or (is_undone and name != "refused")
        figures.append(Figure(f"{count:,} {name}", "" if has_no_link else addresses.get(name, "")))
    return figures


def run_stories_address(run: ImportRun, subset: str = "", **filters: str) -> str:
    """Return the address of the list of the run's stories."""
    query = {"run": f"{run.pk}-{subset}" if subset else str(run.pk)} | filters
    return reverse("admin:articles_article_changelist") + "?" + urlencode(query)


def content_figures(run: ImportRun, user: User, is_undone: bool) -> list[Figure]:
    """Return what the stories brought, each with the way to it for those who may see it."""
    addresses = {
        "missing_pictures": run_stories_address(run, "pictures"),
        "undated": run_stories_address(run, "undated"),
        "ambiguous_names": "#ambiguous",
    }
    created_keys = _created_keys(run)
    for kind, keys in created_keys.items():
        if keys and user.has_perm(f"articles.view_{kind}"):
            addresses[f"new_{kind}"] = rows_address(kind, keys)
    figures = []
    for name, singular_and_plural in CONTENT_LABELS.items():
        if count := run.met.get(name):
            address = "" if is_undone else addresses.get(name, "")
            figures.append(Figure(f"{count:,} {singular_and_plural[count != 1]}", address))
    return figures


def rows_address(kind: str, keys: list[int]) -> str:
    """Return the address of a list of these rows; of too many, of all that nobody has confirmed."""
    address = reverse(f"admin:articles_{kind}_changelist")
    if len(keys) <= MAX_KEYS_LISTED:
        return f"{address}?id__in={','.join(map(str, keys))}"
    return f"{address}?is_confirmed__exact=0" if kind in ("person", "organization") else address


def _created_keys(run: ImportRun) -> dict[str, list[int]]:
    """Return the keys of what the run brought into being beside its stories, by kind."""
    created: dict[str, list[int]] = defaultdict(list)
    for row in run.batches.values_list(*(f"made__{kind}" for kind in KINDS)):
        for kind, keys in zip(KINDS, row, strict=True):
            created[kind] += keys or []
    return created


def pending_figures(run: ImportRun, user: User, ambiguous_count: int) -> list[Figure]:
    """Return what an editor has to decide about the stories of ``run``, as it stands now."""
    articles = Article.objects.all()
    has_edition = Exists(Edition.objects.filter(article=OuterRef("pk")))
    changes = WaitingChange.objects.filter(run=run, state=WaitingChange.State.OPEN)
    querysets = [
        (
            stories_of_run(articles, run.pk, "undated"),
            "without a date",
            run_stories_address(run, "undated"),
        ),
        (
            stories_of_run(articles, run.pk, "waiting").filter(~has_edition),
            "could not be published and stayed a draft",
            run_stories_address(run, "waiting", state="draft"),
        ),
        (
            changes,
            "with a newer version that waits for a decision",
            _waiting_changes_address(run, user),
        ),
        (
            stories_of_run(articles, run.pk, "quotes"),
            "with quotes to check",
            run_stories_address(run, "quotes"),
        ),
        (
            stories_of_run(articles, run.pk, "names"),
            "with people and organizations to check",
            run_stories_address(run, "names"),
        ),
    ]
    figures = [
        Figure(story_count_text(rows, phrase), address) for rows, phrase, address in querysets
    ]
    if ambiguous_count:
        noun = "name that several bear" if ambiguous_count == 1 else "names that several bear"
        figures.append(Figure(f"{ambiguous_count:,} {noun}", "#ambiguous"))
    return [figure for figure in figures if figure.text]


def story_count_text(rows: QuerySet[Any], phrase: str) -> str:
    """Return how many stories there are of a kind, counted to the thousand; empty for none."""
    count = rows.order_by()[: MAX_COUNTED + 1].count()
    if count > MAX_COUNTED:
        return f"more than {MAX_COUNTED:,} stories {phrase}"
    return f"{count:,} {'story' if count == 1 else 'stories'} {phrase}" if count else ""


def _waiting_changes_address(run: ImportRun, user: User) -> str:
    if not user.has_perm("articles.view_waitingchange"):
        return ""
    query = urlencode({"run__id__exact": run.pk, "state__exact": "open"})
    return reverse("admin:articles_waitingchange_changelist") + "?" + query


def _translated(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: in_words(row, name) for name in SENTENCES}


def group_refusals(refusals: Sequence[dict[str, Any]]) -> list[RefusalGroup]:
    """Return refusals grouped by their reason, the most frequent first, each with its first examples."""
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in refusals:
        grouped[in_words(row, "reason")].append(row)
    groups = []
    for reason, rows in grouped.items():
        remedies = {in_words(row, "remedy") for row in rows}
        remedy = remedies.pop() if len(remedies) == 1 else ""
        groups.append(RefusalGroup(reason, remedy, len(rows), cap_list(rows, MAX_EXAMPLES)))
    return sorted(groups, key=lambda group: -group.count)
