"""What the page of an import says: facts, counts, what waits for a decision, what was refused. All is plain values.

Every list has an end, every count that is not kept has one too: a run may have 200,000 stories.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from articles.importing import runs
from articles.importing.report import MET
from articles.importing.tally import AMBIGUOUS
from articles.models import Article, Edition, ImportRun, User, WaitingChange

from .article_filters import stories_of
from .base import when

MOST_SHOWN = 200  # rows of the table of refusals, notes
MOST_REASONS = 30
MOST_EXAMPLES = 5  # of one reason
MOST_FILES = 20
MOST_NAMES = 200  # rows that one address may list by their keys
MOST_COUNTED = 1000
KINDS = ("tag", "author", "person", "organization")


class Figure(NamedTuple):
    """A count in words, and the address of the list of what it counts; empty where there is none."""

    words: str
    address: str = ""


class Capped(NamedTuple):
    """The beginning of a list, and how many more there are."""

    rows: Sequence[Any]
    more: int


class Reason(NamedTuple):
    """Why records were refused, how many, and the first of them; ``remedy`` where all have the same."""

    reason: str
    remedy: str
    count: int
    examples: Capped


def report_of(run: ImportRun, user: User) -> dict[str, Any]:
    """Return all that the page of ``run`` shows to ``user``: the same number of queries whatever the run's size."""
    if run.state == ImportRun.State.RUNNING:
        runs.add_up(run)  # its row is written at its end
    notes = [note for note in run.notes if not note.endswith(AMBIGUOUS)]
    several = [note.removesuffix(AMBIGUOUS) for note in run.notes if note.endswith(AMBIGUOUS)]
    is_gone = run.state == ImportRun.State.UNDONE
    return {
        "facts": facts(run),
        "files": capped(run.paths, MOST_FILES),
        "counts": counts(run, is_gone),
        "met": met(run, user, is_gone),
        "waits": [] if is_gone else waits(run, user, len(several)),
        "several": capped(several, MOST_SHOWN),
        "reasons": capped(reasons(run.refusals), MOST_REASONS),
        "refusals": capped(run.refusals, MOST_SHOWN),
        "untold": max(0, run.refused - len(run.refusals)),
        "notes": capped(notes, MOST_SHOWN),
        "undone_at": when(run.undone_at) if is_gone else "",
    }


def capped(rows: Sequence[Any], most: int) -> Capped:
    """Return the first ``most`` of ``rows``."""
    return Capped(rows[:most], max(0, len(rows) - most))


def facts(run: ImportRun) -> list[tuple[str, str]]:
    """Return what the run was, as terms and their values."""
    tags = ", ".join(map(str, run.options.get("tags") or ()))
    asked = "publish at once" if run.options.get("publish") else "keep as drafts"
    formats = sorted(name.partition(":")[2] for name in run.met if name.startswith("format:"))
    told = [
        ("Source", run.source or "–"),
        ("Read as", ", ".join(formats) or run.format or "nothing that any reader knows"),
        ("State", run.get_state_display()),
        ("Asked to", f"{asked}; tag with {tags}" if tags else asked),
        ("Began", when(run.started_at)),
        ("Ended", when(run.finished_at)),
    ]
    if run.finished_at:
        seconds = (run.finished_at - run.started_at).total_seconds()
        total = sum(getattr(run, name) for name in runs.COUNTS)
        pace = f", {total / seconds:,.0f} stories a second" if seconds > 0.1 and total else ""
        told.append(("Took", f"{duration(seconds)}{pace}"))
    return told


def duration(seconds: float) -> str:
    """Return a time in words: ``0.4 s``, ``12 min 5 s``, ``3 h 20 min``."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, left = divmod(round(seconds), 60)
    return f"{minutes} min {left} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def counts(run: ImportRun, is_gone: bool) -> list[Figure]:
    """Return what became of the stories."""
    lists = {name: stories(run, name) for name in ("created", "updated", "waiting")}
    lists["refused"] = "#refused"
    found = []
    for name in runs.COUNTS:
        count = getattr(run, name)
        hides = not count or (is_gone and name != "refused")
        found.append(Figure(f"{count:,} {name}", "" if hides else lists.get(name, "")))
    return found


def stories(run: ImportRun, which: str = "", **more: str) -> str:
    """Return the address of the list of the run's stories."""
    asked = {"run": f"{run.pk}-{which}" if which else str(run.pk)} | more
    return reverse("admin:articles_article_changelist") + "?" + urlencode(asked)


def met(run: ImportRun, user: User, is_gone: bool) -> list[Figure]:
    """Return what the stories brought, each with the way to it for those who may see it."""
    lists = {
        "missing_pictures": stories(run, "pictures"),
        "undated": stories(run, "undated"),
        "ambiguous_names": "#ambiguous",
    }
    made = _made(run)
    for kind, keys in made.items():
        if keys and user.has_perm(f"articles.view_{kind}"):
            lists[f"new_{kind}"] = names(kind, keys)
    found = []
    for name, words in MET.items():
        if count := run.met.get(name):
            address = "" if is_gone else lists.get(name, "")
            found.append(Figure(f"{count:,} {words[count != 1]}", address))
    return found


def names(kind: str, keys: list[int]) -> str:
    """Return the address of a list of these rows; of too many, of all that nobody has confirmed."""
    address = reverse(f"admin:articles_{kind}_changelist")
    if len(keys) <= MOST_NAMES:
        return f"{address}?id__in={','.join(map(str, keys))}"
    return f"{address}?is_confirmed__exact=0" if kind in ("person", "organization") else address


def _made(run: ImportRun) -> dict[str, list[int]]:
    """Return the keys of what the run brought into being beside its stories, by kind."""
    made: dict[str, list[int]] = defaultdict(list)
    for row in run.batches.values_list(*(f"made__{kind}" for kind in KINDS)):
        for kind, keys in zip(KINDS, row, strict=True):
            made[kind] += keys or []
    return made


def waits(run: ImportRun, user: User, several: int) -> list[Figure]:
    """Return what an editor has to decide about the stories of ``run``, as it stands now."""
    everything = Article.objects.all()
    out = Exists(Edition.objects.filter(article=OuterRef("pk")))
    changes = WaitingChange.objects.filter(run=run, state=WaitingChange.State.OPEN)
    found = [
        (stories_of(everything, run.pk, "undated"), "without a date", stories(run, "undated")),
        (
            stories_of(everything, run.pk, "waiting").filter(~out),
            "could not be published and stayed a draft",
            stories(run, "waiting", state="draft"),
        ),
        (changes, "with a newer version that waits for a decision", _changes(run, user)),
        (
            stories_of(everything, run.pk, "quotes"),
            "with quotes to check",
            stories(run, "quotes"),
        ),
        (
            stories_of(everything, run.pk, "names"),
            "with people and organizations to check",
            stories(run, "names"),
        ),
    ]
    told = [Figure(in_words(rows, words), address) for rows, words, address in found]
    if several:
        one_or_more = "name that several bear" if several == 1 else "names that several bear"
        told.append(Figure(f"{several:,} {one_or_more}", "#ambiguous"))
    return [figure for figure in told if figure.words]


def in_words(rows: QuerySet[Any], words: str) -> str:
    """Return how many stories there are of a kind, counted to the thousand; empty for none."""
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    if count > MOST_COUNTED:
        return f"more than {MOST_COUNTED:,} stories {words}"
    return f"{count:,} {'story' if count == 1 else 'stories'} {words}" if count else ""


def _changes(run: ImportRun, user: User) -> str:
    if not user.has_perm("articles.view_waitingchange"):
        return ""
    asked = urlencode({"run__id__exact": run.pk, "state__exact": "open"})
    return reverse("admin:articles_waitingchange_changelist") + "?" + asked


def reasons(refusals: Sequence[dict[str, Any]]) -> list[Reason]:
    """Return refusals grouped by their reason, the most frequent first, each with its first examples."""
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in refusals:
        grouped[str(row.get("reason", ""))].append(row)
    found = []
    for reason, rows in grouped.items():
        remedies = {str(row.get("remedy", "")) for row in rows}
        remedy = remedies.pop() if len(remedies) == 1 else ""
        found.append(Reason(reason, remedy, len(rows), capped(rows, MOST_EXAMPLES)))
    return sorted(found, key=lambda one: -one.count)
