"""The public history of a story: its editions, and what changed from one to the next."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.models.editions import Edition, EditionQuerySet
from articles.public.http_cache import conditional_page, permanent_redirect, take_window
from articles.text.diff import Passage, diff
from articles.text.numbers import parse_number

from .detail import withdrawn_response

SIZE = 20
SKELETON_COLUMNS = (
    "number",
    "kind",
    "starts_at",
    "slug",
    "headline",
    "reason",
    "is_hidden",
    "hidden_reason",
)
TEXT_COLUMNS = ("headline", "dek", "body_text")


@dataclass(frozen=True, slots=True)
class EditionChange:
    """An edition in the history; ``passages`` are its changes, empty where nothing is compared."""

    edition: Edition
    passages: list[Passage]


@require_safe
def article_history(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show the editions of a live story, the newest first: two queries, the second for the words of one page."""
    editions = list(_skeletons(pk))
    if not editions:
        raise Http404("No such story.")
    live = editions[-1]
    if live.is_withdrawal:
        return withdrawn_response(request, live)
    if live.slug != slug:
        return permanent_redirect(f"{live.get_absolute_url()}changes/")
    started = [edition for edition in editions if edition.number < _before(request, live)]
    if not started:
        raise Http404("No edition that early.")
    page = started[-SIZE:]
    window = [take_window([vars(edition)]) for edition in editions][-1]
    context = {
        "story": live,
        "editions": editions,
        "page": page,
        "earlier": page[0].number if len(started) > SIZE else None,
    }
    return conditional_page(
        request,
        "articles/article_history.html",
        context,
        complete=_compare_editions,
        window=window,
        is_dated=False,
    )


def _skeletons(pk: int) -> EditionQuerySet:
    """Read all that began, oldest first, without their words."""
    started = Edition.objects.filter(article_id=pk).started().with_starts()
    return started.select_related("correction").only(*SKELETON_COLUMNS, "article_id", "correction")


def _before(request: HttpRequest, live: Edition) -> int:
    """Return the number in ``?before=`` from which on to look back. Raises Http404."""
    text = request.GET.get("before", "")
    if not text:
        return live.number + 1
    number = parse_number(text, default=-1)
    if number < 0:
        raise Http404("No such edition.")
    return number


def _compare_editions(editions: list[Edition], page: list[Edition], **_: object) -> dict[str, Any]:
    """Return the changes of ``page``, at the price of a query for words, which never change once readers got them."""
    return {"edition_changes": edition_changes(editions, page)}


def edition_changes(editions: list[Edition], page: list[Edition]) -> list[EditionChange]:
    """Return the changes of ``page`` (of ``editions``, oldest first), newest first.

    Each is compared with the one before that readers may still read: what only a hidden edition said shows nowhere.
    """
    readable = [e for e in editions if not e.is_hidden and not e.is_withdrawal]
    before = {later.pk: earlier.pk for earlier, later in pairwise(readable)}
    pks = [edition.pk for edition in page if edition.pk in before]
    keys = {*pks, *(before[pk] for pk in pks)}
    words = {
        row["pk"]: _text(row)
        for row in Edition.objects.filter(pk__in=keys).values("pk", *TEXT_COLUMNS)
    }
    return [
        EditionChange(
            edition,
            diff(words[before[edition.pk]], words[edition.pk]) if edition.pk in before else [],
        )
        for edition in reversed(page)
    ]


def _text(row: dict[str, str]) -> str:
    """Return headline, dek and body as one plain text, a blank line between paragraphs."""
    return "\n\n".join(filter(None, (row[name] for name in TEXT_COLUMNS)))
