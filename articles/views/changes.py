"""The public history of a story: its editions, and what changed from one to the next."""

from dataclasses import dataclass
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.conditional import answer, clock_of, moved
from articles.models.editions import Edition, EditionQuerySet
from articles.text.diff import Passage, diff

from .article import gone

SIZE = 20
SKELETON = (
    "number",
    "kind",
    "starts_at",
    "slug",
    "headline",
    "reason",
    "is_hidden",
    "hidden_reason",
)
WORDS = ("headline", "dek", "body_text")


@dataclass(frozen=True, slots=True)
class Step:
    """An edition in the history; ``passages`` are its changes, empty where nothing is compared."""

    edition: Edition
    passages: list[Passage]


@require_safe
def changes(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show the editions of a live story, the newest first: two queries, the second for the words of one page."""
    editions = list(_skeletons(pk))
    if not editions:
        raise Http404("No such story.")
    live = editions[-1]
    if live.is_withdrawal:
        return gone(request, live)
    if live.slug != slug:
        return moved(f"{live.get_absolute_url()}changes/")
    shown = [edition for edition in editions if edition.number < _before(request, live)]
    if not shown:
        raise Http404("No edition that early.")
    page = shown[-SIZE:]
    context = {
        "story": live,
        "steps": lambda: steps(editions, page),
        "earlier": page[0].number if len(shown) > SIZE else None,
    }
    made_of = [(edition.pk, edition.is_hidden, edition.hidden_reason) for edition in editions]
    return answer(
        request,
        lambda: render(request, "articles/changes.html", context),
        made_of=[*made_of, request.GET.get("before")],
        clock=clock_of([vars(live)]),
        is_dated=False,
    )


def _skeletons(pk: int) -> EditionQuerySet:
    """Read all that began, oldest first, without their words."""
    started = Edition.objects.filter(article_id=pk).started().with_starts()
    return started.select_related("correction").only(*SKELETON, "article_id", "correction")


def _before(request: HttpRequest, live: Edition) -> int:
    """Return the number in ``?before=`` from which on to look back. Raises Http404."""
    text = request.GET.get("before", "")
    if not text:
        return live.number + 1
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404("No such edition.")
    return int(text)


def steps(editions: list[Edition], page: list[Edition]) -> list[Step]:
    """Return the steps of ``page`` (of ``editions``, oldest first), newest first.

    Each is compared with the one before that readers may still read: what only a hidden edition said shows nowhere.
    """
    readable = [e for e in editions if not e.is_hidden and not e.is_withdrawal]
    before = {later.pk: earlier.pk for earlier, later in pairwise(readable)}
    wanted = [edition.pk for edition in page if edition.pk in before]
    keys = {*wanted, *(before[pk] for pk in wanted)}
    words = {
        row["pk"]: _text(row) for row in Edition.objects.filter(pk__in=keys).values("pk", *WORDS)
    }
    return [
        Step(
            edition,
            diff(words[before[edition.pk]], words[edition.pk]) if edition.pk in before else [],
        )
        for edition in reversed(page)
    ]


def _text(row: dict[str, str]) -> str:
    """Return headline, dek and body as one plain text, a blank line between paragraphs."""
    return "\n\n".join(filter(None, (row[name] for name in WORDS)))
