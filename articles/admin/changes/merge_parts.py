"""Two versions of a story in words: what comes in without a question, and each part that a person chooses."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext

from articles.models.snapshot_merges import Snapshot, choose_sides, merge_snapshots
from articles.text.html.plain import plain_text
from articles.text.merge3 import (
    ConflictPart,
    MergeChoice,
    apply_choices,
    find_choices,
    list_parts,
)

from .snapshot_diff import diff_values, display_value, field_label

MAX_CONTEXT_WORDS = 12
PART_PREFIX = "part-"  # part-headline=theirs, part-body_html.2=mine


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One part to choose: ``key`` names its buttons, ``legend`` says where it is, ``side`` is the one chosen.

    ``base``, ``mine`` and ``theirs`` are HTML; both sides are marked against the base where that is known.
    """

    key: str
    legend: str
    base: SafeString
    mine: SafeString
    theirs: SafeString
    side: str

    @property
    def element_id(self) -> str:
        """Name its elements on the page."""
        return self.key.replace(".", "-")


@dataclass(frozen=True, slots=True)
class FieldDisplay:
    """How fields are shown: what each is called, a value of it as text, two values with what changed marked."""

    label: Callable[[str], str]
    text: Callable[[str, Any], str]
    marked: Callable[[str, Any, Any], SafeString]


STORY_DISPLAY = FieldDisplay(field_label, display_value, partial(diff_values, context=None))


def show_parts(
    merged: Snapshot,
    sides: Mapping[str, str],
    names: Mapping[str, str] | None = None,
    *,
    display: FieldDisplay = STORY_DISPLAY,
) -> list[ShownPart]:
    """Return the parts of ``merged`` that an editor chooses, with ``sides`` already chosen, by key; mine else.

    ``names`` (``name_parts``) are what the page calls them instead of their keys.
    """
    return [
        ShownPart(
            (names or {}).get(part.key, part.key),
            _legend(part, display),
            *_sides_html(part.field, part.choice, display),
            side=sides.get(part.key, "mine"),
        )
        for part in list_parts(merged)
    ]


def name_parts(merged: Snapshot) -> dict[str, str]:
    """Return a name for each part of ``merged``, by key, made of what it says: ``body_html.1f0c9a22b7d4``.

    A choice under such a name is never taken for one about other words, whatever was written between page and answer.
    """
    names: dict[str, str] = {}
    equals: Counter[str] = Counter()
    for part in list_parts(merged):
        choice = part.choice
        content = json.dumps([part.field, choice.base, choice.mine, choice.theirs])
        equals[content] += 1
        digest = sha256(f"{equals[content]} {content}".encode()).hexdigest()
        names[part.key] = f"{part.field}.{digest[:12]}"
    return names


def take_sides(
    base: Snapshot, mine: Snapshot, theirs: Snapshot, chosen: Collection[str]
) -> tuple[dict[str, Any], set[str]]:
    """Return ``mine`` with the other side of the parts named ``chosen`` (``name_parts``), and the fields missed.

    Missed is a choice about words that are no longer there, or that met others written since: mine stays there.
    """
    merged = merge_snapshots(base, mine, theirs)
    keys = {name: key for key, name in name_parts(merged).items()}
    sides = dict.fromkeys((keys[name] for name in chosen if name in keys), "theirs")
    before = choose_sides(merged, {}, mine=mine, theirs=theirs)
    after = choose_sides(merged, sides, mine=mine, theirs=theirs)
    taken = merge_snapshots(before, mine, after)
    missed = {name.partition(".")[0] for name in chosen if name not in keys}
    return apply_choices(taken, {}), missed | find_choices(taken).keys()


def chosen_sides(data: QueryDict) -> dict[str, str]:
    """Return what a form chose, by key of the part."""
    names = [name for name in data if name.startswith(PART_PREFIX)]
    return {name.removeprefix(PART_PREFIX): data.get(name, "") for name in names}


def _legend(part: ConflictPart, display: FieldDisplay) -> str:
    label = display.label(part.field).capitalize()
    if part.count > 1:
        place = {"field": label, "number": part.number, "count": part.count}
        label = gettext("%(field)s, place %(number)s of %(count)s") % place
    before = Truncator(plain_text(part.follows)).words(MAX_CONTEXT_WORDS)
    if not before:
        return label
    return gettext("%(place)s, after “%(words)s”") % {"place": label, "words": before}


def _sides_html(
    name: str, choice: MergeChoice, display: FieldDisplay
) -> tuple[SafeString, SafeString, SafeString]:
    base, mine, theirs = choice.base, choice.mine, choice.theirs
    if base is None:
        unknown = _remark(gettext("The version before is not known."))
        return unknown, _value_html(name, mine, display), _value_html(name, theirs, display)
    before = _value_html(name, base, display)
    side_html = partial(_side_html, name, base, display=display)
    return before, side_html(mine), side_html(theirs)


def _side_html(name: str, base: Any, value: Any, display: FieldDisplay) -> SafeString:
    """Return what a side made of ``base``: all of it taken out is said in words, too."""
    if value == base:
        return _value_html(name, value, display)
    marked = display.marked(name, base, value)
    if display.text(name, value):
        return marked
    return format_html("{}{}", _remark(gettext("Taken out.")), marked)


def _value_html(name: str, value: Any, display: FieldDisplay) -> SafeString:
    if not display.text(name, value):
        return _remark(gettext("Nothing."))
    return display.marked(name, value, value)


def _remark(sentence: str) -> SafeString:
    return format_html('<p class="help">{}</p>', sentence)
