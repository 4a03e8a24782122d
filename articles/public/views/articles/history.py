"""The public history of a story: its editions, and what changed from one to the next."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.composed import Composed, Link
from articles.composed_diff import COMPARED, FieldChange, diff_composed
from articles.models.editions import Edition, EditionQuerySet
from articles.models.page_urls import numbered_address
from articles.public.http_cache import conditional_page, permanent_redirect, take_window
from articles.public.views.withdrawn import withdrawn_response
from articles.text.numbers import parse_number

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
# Who said what is told on the quotes' own pages, corrections and dates stand by each edition.
NOT_COMPARED = {"quotes", "corrections", "published_at", "date_precision", "slug", "language"}
PRINTED = tuple(name for name in COMPARED if name not in NOT_COMPARED)


@dataclass(frozen=True, slots=True)
class EditionChange:
    """An edition in the history; ``fields`` are its changes, empty where nothing is compared.

    ``removed_names`` counts the people and organizations that the one before was filed under and it is not.
    """

    edition: Edition
    fields: list[FieldChange]
    removed_names: int = 0


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
        return permanent_redirect(numbered_address("article_history", pk, live.slug))
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
    stories = _stories({*pks, *(before[pk] for pk in pks)})
    return [
        _change(edition, stories[before[edition.pk]], stories[edition.pk])
        if edition.pk in before
        else EditionChange(edition, [])
        for edition in reversed(page)
    ]


def _stories(pks: set[int]) -> dict[int, Composed]:
    """Read the words of editions, in one query."""
    editions = Edition.objects.filter(pk__in=pks).defer("card_html", "page_html")
    return {edition.pk: edition.composed for edition in editions}


def _change(edition: Edition, old: Composed, new: Composed) -> EditionChange:
    """Compare what readers had with what they got.

    Whom a story names no more is counted, not named: it may be a source who is not to be named since. Roles are left
    out, which may have become private.
    """
    people, organizations = (
        _staying(old.people, new.people),
        _staying(old.organizations, new.organizations),
    )
    removed = len(old.people) + len(old.organizations) - len(people) - len(organizations)
    earlier = replace(old, people=people, organizations=organizations)
    changes = diff_composed(_without_secrets(earlier), _without_secrets(new), PRINTED)
    return EditionChange(edition, changes, removed)


def _staying(old: tuple[Link, ...], new: tuple[Link, ...]) -> tuple[Link, ...]:
    ids = {link.id for link in new}
    return tuple(link for link in old if link.id in ids)


def _without_secrets(story: Composed) -> Composed:
    """Return ``story`` without the roles of people, and without what names the files of its picture."""
    picture = story.picture and replace(story.picture, token="", width=0, height=0, widths=())
    people = tuple(replace(person, role="") for person in story.people)
    return replace(story, people=people, picture=picture)
