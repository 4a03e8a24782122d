"""What somebody else changed in a story and readers do not have: nobody sends it out without having read it.

Every button of the desk that publishes goes through ``publish_if_seen``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles import clock
from articles.models import Article, Edition, Revision, User
from articles.models.snapshots import fill_defaults
from articles.publishing import NotPublishable
from articles.story_fields import STORY_FIELDS

from .snapshot_diff import Difference, diff_snapshots

INTERNAL_FIELDS = {
    "stage",
    "is_on_hold",
    "pub_status",
    "embargoed_until",
    "ed_note",
    "is_headline_derived",
}
PUBLISHED_FIELDS = [field.name for field in STORY_FIELDS if field.is_printed]
MAX_STEPS = 20  # of more only the sum is shown


@dataclass(frozen=True, slots=True)
class ChangeStep:
    """What ``who`` changed up to ``at`` (aware), in one revision or in several on end."""

    who: str
    at: datetime
    numbers: str
    differences: list[Difference]


class UnseenChangesError(NotPublishable):
    """Raised instead of publishing: ``steps`` of somebody else are in the story, and this editor has not read them."""

    def __init__(self, steps: list[ChangeStep]) -> None:
        names = " and of ".join(dict.fromkeys(step.who for step in steps))
        super().__init__([f"Unpublished changes of {names} are in it. Read them first."])
        self.steps = steps


def publish_if_seen(
    article: Article, action: Callable[[], Edition], *, by: User, seen: int = 0
) -> Edition:
    """Publish ``article`` by ``action`` under its lock. Raises ``UnseenChangesError``, and what ``action`` raises.

    ``seen`` is the number of the revision that the editor has read, 0 for none: when it has another one by now she
    is asked anew.
    """
    with transaction.atomic():
        locked_article = get_object_or_404(Article.objects.locked(), pk=article.pk)
        steps = (
            steps_of_others(locked_article, by) if seen != locked_article.revision_number else []
        )
        if steps:
            raise UnseenChangesError(steps)
        return action()


def redirect_to_unseen_changes(
    article: Article, action: str, at: datetime | None = None
) -> HttpResponseRedirect:
    """Lead to the page that shows what is unread and asks once more for ``action`` (for ``at``, aware)."""
    query = {"action": action} | ({"at": at.isoformat()} if at else {})
    page = reverse("admin:articles_article_confirm_publish", args=[article.pk])
    return HttpResponseRedirect(f"{page}?{urlencode(query)}")


def steps_of_others(article: Article, user: User) -> list[ChangeStep]:
    """Return what others than ``user`` changed since readers got ``article``, oldest first; none of a new story.

    The wire counts as somebody. Fields that are now as readers have them are left out, and what is never printed.
    """
    edition = last_public_edition(article)
    if edition is None:
        return []
    newer = article.revisions.filter(number__gt=edition.revision_number)
    if not newer.exclude(by=user).exists():
        return []
    revisions = list(newer.select_related("by").reverse())
    base = published_snapshot(article, edition)
    last = fill_defaults(Article, revisions[-1].snapshot)
    names = {name for name in last if name not in INTERNAL_FIELDS and base.get(name) != last[name]}
    runs = [list(run) for _, run in groupby(revisions, key=lambda revision: revision.by)]
    ends = [base, *(fill_defaults(Article, run[-1].snapshot) for run in runs)]
    pairs = [(run, *pair) for run, pair in zip(runs, pairwise(ends), strict=True)]
    others = [_step(article, *pair, names) for pair in pairs if pair[0][0].by != user]
    steps = [step for step in others if step.differences]
    if len(steps) > MAX_STEPS:
        return [_combined_step(steps, _selected_fields(base, names), _selected_fields(last, names))]
    return steps


def last_public_edition(article: Article) -> Edition | None:
    """Return the edition that readers have of ``article``, or had before it was withdrawn; None when they had none."""
    started = Q(starts_at__lte=clock.now()) | Q(has_set_start=False)
    editions = Edition.objects.filter(started, article=article)
    return editions.exclude(kind=Edition.Kind.WITHDRAWAL).order_by("starts_at").last()


def published_snapshot(article: Article, edition: Edition) -> Mapping[str, Any]:
    """Return the snapshot that ``edition`` was made from; of one without, what it printed."""
    source = article.revisions.filter(number=edition.revision_number).first()
    if source:
        return fill_defaults(Article, source.snapshot)
    return {name: getattr(edition, name) for name in PUBLISHED_FIELDS}


def editor_name(article: Article, by: User | None) -> str:
    """Return who made a revision of ``article``, as the desk says it; nobody is the wire or a program."""
    if by:
        return by.display_name
    if article.source:
        return f"the wire, {article.source}"
    return "an import, or an account deleted since"


def _step(
    article: Article,
    run: list[Revision],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    names: Iterable[str],
) -> ChangeStep:
    first, last = run[0].number, run[-1].number
    return ChangeStep(
        who=editor_name(article, run[0].by),
        at=run[-1].at,
        numbers=f"revision {last}" if first == last else f"revisions {first} to {last}",
        differences=diff_snapshots(_selected_fields(before, names), _selected_fields(after, names)),
    )


def _combined_step(
    steps: list[ChangeStep], before: Mapping[str, Any], after: Mapping[str, Any]
) -> ChangeStep:
    """Return ``steps`` as one: everything that changed, whoever changed it."""
    editors = ", ".join(dict.fromkeys(step.who for step in steps))
    numbers = f"{len(steps)} turns, yours between them"
    return ChangeStep(editors, steps[-1].at, numbers, diff_snapshots(before, after))


def _selected_fields(snapshot: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: snapshot[name] for name in names if name in snapshot}
