"""What a publication would change: the live edition beside the working copy, each change with its editors."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext

from articles.composed import Composed
from articles.composed_diff import COMPARED, FieldChange, diff_composed
from articles.models import Article, Edition, User
from articles.models.snapshots import fill_defaults
from articles.publishing import compose
from articles.record.proposals import proposer_name
from articles.text.diff import Passage

from .unseen import (
    ChangeStep,
    editor_name,
    last_public_edition,
    published_snapshot,
    steps_of_others,
)

PICTURE_FIELDS = {"picture", "picture_alt", "picture_caption", "picture_credit"}
NAME_FIELDS = {"bylines", "people", "organizations"}
# Corrections that readers have are no part of the working copy: its next edition takes them along.
OUTGOING = tuple(name for name in COMPARED if name != "corrections")
_NAME_WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class OutgoingChange:
    """A field that readers would get changed, and who changed it; nobody where the record or a picture's row did."""

    field: FieldChange
    editors: Sequence[str]


@dataclass(frozen=True, slots=True)
class OutgoingChanges:
    """All that would go out with a publication of a story that is live.

    ``others`` is what others than the editor changed, in turns. ``minor_warning`` says what of it a minor fix would
    not tell readers of, empty for nothing.
    """

    changes: Sequence[OutgoingChange]
    others: Sequence[ChangeStep]
    minor_warning: str


def find_outgoing_changes(article: Article, user: User) -> OutgoingChanges | None:
    """Return what goes out with the next publication of ``article`` as it is stored.

    ``article`` as ``get_article_with_state`` reads it. None for a story that is not live: all of it is new.
    """
    edition = last_public_edition(article)
    if edition is None or article.live_kind in (None, Edition.Kind.WITHDRAWAL):
        return None
    old, new = edition.composed, _next_story(article, edition)
    fields = diff_composed(_without_places(old), _without_places(new), OUTGOING)
    editors = _editors_by_field(article, edition)
    changes = [
        OutgoingChange(field, editors.get(_snapshot_name(field.name), ())) for field in fields
    ]
    return OutgoingChanges(
        changes, steps_of_others(article, user), _minor_warning(fields, old, new)
    )


def _next_story(article: Article, edition: Edition) -> Composed:
    """Compose ``article`` as its next publication would, but for the corrections that readers have."""
    return compose(
        article,
        published_at=article.published_at or edition.published_at,
        modified_at=edition.modified_at,
        slug=edition.slug,
    )


def _without_places(story: Composed) -> Composed:
    """Leave out where the quotes stand: a word before them moves them all."""
    return replace(story, quotes=tuple(replace(quote, parts=()) for quote in story.quotes))


def _snapshot_name(name: str) -> str:
    return "lead_image" if name in PICTURE_FIELDS else name


def _editors_by_field(article: Article, edition: Edition) -> dict[str, Sequence[str]]:
    """Return who changed each field since ``edition``, in the order of their first change."""
    revisions = article.revisions.filter(number__gt=edition.revision_number)
    editors: dict[str, dict[str, None]] = defaultdict(dict)
    snapshots: list[tuple[Mapping[str, Any], str]] = [(published_snapshot(article, edition), "")]
    proposals = article.proposals.filter(revision_number__gt=edition.revision_number)
    proposers = {p.revision_number: proposer_name(p) for p in proposals.select_related("by")}
    for revision in revisions.select_related("by").reverse():
        snapshot = fill_defaults(Article, revision.snapshot)
        editor = editor_name(article, revision.by)
        if name := proposers.get(revision.number):
            names = {"editor": editor, "name": name}
            editor = gettext("%(editor)s, from the proposal of %(name)s") % names
        snapshots.append((snapshot, editor))
    for (before, _), (after, editor) in pairwise(snapshots):
        for name, value in after.items():
            if name in before and before[name] != value:
                editors[name][editor] = None
    return {name: list(names) for name, names in editors.items()}


def _minor_warning(fields: Sequence[FieldChange], old: Composed, new: Composed) -> str:
    """Say what of ``fields`` readers should be told of: a headline, a name, a number, a quote."""
    kinds = list(_telling_kinds(fields, old, new))
    if not kinds:
        return ""
    return gettext("It changes %(what)s: readers of a minor fix see no new time.") % {
        "what": get_text_list(kinds, gettext("and"))
    }


def _telling_kinds(fields: Sequence[FieldChange], old: Composed, new: Composed) -> Iterator[str]:
    names = {field.name for field in fields}
    words = " ".join(_changed_words(field.passages) for field in fields)
    if "headline" in names:
        yield gettext("the headline")
    if names & NAME_FIELDS or _name_words(old, new).intersection(_NAME_WORD.findall(words)):
        yield gettext("a name")
    if any(letter.isdigit() for letter in words):
        yield gettext("a number")
    if "quotes" in names:
        yield gettext("a quote")


def _changed_words(passages: Iterable[Passage]) -> str:
    pieces = (piece for passage in passages for piece in passage.pieces)
    return " ".join(piece.text for piece in pieces if piece.op in ("insert", "delete"))


def _name_words(*stories: Composed) -> set[str]:
    """Return the words of the names of all whom ``stories`` name, but for the shortest."""
    rows = (link for story in stories for link in (*story.people, *story.organizations))
    return {word for row in rows for word in _NAME_WORD.findall(row.name)}
