"""Three versions of the fields of a story -> one: each field by what it holds."""

from collections.abc import Mapping
from typing import Any, Final

from .blocks import join_blocks, merge_block, split_blocks
from .choices import MergeChoice, join_parts
from .sequence import merge_sequence

Merged = str | tuple[str | MergeChoice, ...]
_ABSENT: Final = object()


def merge3(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    kinds: Mapping[str, str],
    *,
    choose_all: bool = False,
) -> dict[str, Any]:
    """Return the fields of ``mine`` and ``theirs``, both made from ``base``, as one version; no Django, never raises.

    A field that one side left as it was takes the other's value. Where both changed it, ``kinds`` says what it holds:
    "html" is merged by blocks and sentences, "text" by lines, "rows" (keys of other rows) as a set. All else is one
    whole, and what cannot be merged a ``MergeChoice``: of html and text the tuple of its parts, strings and choices.
    An empty ``base`` says that nothing is known of it: whatever differs is a choice.

    With ``choose_all`` everything that theirs changes is a choice, also where mine is as the base was: a person takes
    or leaves each field, paragraph and line of it. Theirs is there what a merge would make of both.
    """
    merged = {}
    for name in dict.fromkeys((*mine, *theirs)):
        values = [side.get(name, _ABSENT) for side in (base, mine, theirs)]
        value = _merge_value(*values, kind=kinds.get(name, ""), choose_all=choose_all)
        if value is not _ABSENT:
            merged[name] = value
    return merged


def merge_body(base: str, mine: str, theirs: str, *, choose_all: bool = False) -> Merged:
    """Return three versions of a body (HTML as ``sanitise`` writes it) as one, or the parts of one with choices.

    Blocks first, then the sentences of a paragraph that both reworded. One choice of the whole where the blocks can be
    paired in more than one way, as equal ones can: what came out, with mine at each choice, would not stay as it is
    when merged again, and what theirs has would be neither in it nor offered. ``choose_all`` as ``merge3`` has it.
    """
    merged = _merge_blocks(base, mine, theirs, choose_all)
    if choose_all:
        return merged
    if not isinstance(merged, str):
        with_mine = join_parts(merged, lambda choice: [choice.mine])
        is_stable = _merge_blocks(base, with_mine, theirs) == merged
        return merged if is_stable else (MergeChoice(base, mine, theirs),)
    is_stable = _merge_blocks(base, merged, theirs) == merged == _merge_blocks(base, mine, merged)
    return merged if is_stable else (MergeChoice(base, mine, theirs),)


def _merge_blocks(base: str, mine: str, theirs: str, choose_all: bool = False) -> Merged:
    if theirs in (base, mine):
        return mine
    if mine == base and not choose_all:
        return theirs
    texts = (base, mine, theirs)
    sides = [split_blocks(html) for html in texts]
    if [join_blocks(blocks) for blocks in sides] != [*texts]:
        return (MergeChoice(*texts),)
    return _as_text(merge_sequence(*sides, merge_item=merge_block, choose_all=choose_all))


def _merge_value(base: Any, mine: Any, theirs: Any, *, kind: str, choose_all: bool) -> Any:
    if theirs in (base, mine):
        return mine
    if mine == base and not choose_all:
        return theirs
    values = (base, mine, theirs)
    if kind in ("html", "text") and all(isinstance(value, str) for value in values):
        merge_text = merge_body if kind == "html" else _merge_lines
        return merge_text(*values, choose_all=choose_all)
    if kind == "rows" and all(isinstance(value, list) for value in values):
        rows = _merge_rows(*values)
        return MergeChoice(base, mine, rows) if choose_all and rows != mine else rows
    return MergeChoice(*(None if value is _ABSENT else value for value in values))


def _merge_lines(base: str, mine: str, theirs: str, *, choose_all: bool) -> Merged:
    sides = [text.split("\n") if text else [] for text in (base, mine, theirs)]
    return _as_text(merge_sequence(*sides, merge_item=lambda *_: None, choose_all=choose_all))


def _merge_rows(base: list[int], mine: list[int], theirs: list[int]) -> list[int]:
    """Return the keys of either side, without those that one of them took out."""
    removed = {*base} - ({*mine} & {*theirs})
    return sorted(({*mine} | {*theirs}) - removed)


def _as_text(parts: list[str | MergeChoice]) -> Merged:
    """Return ``parts`` as one text; with choices among them as the texts between those, and the choices."""
    if not any(isinstance(part, MergeChoice) for part in parts):
        return "\n".join(str(part) for part in parts)
    return tuple(
        MergeChoice(*("\n".join(side) for side in (part.base, part.mine, part.theirs)))
        if isinstance(part, MergeChoice)
        else part
        for part in parts
    )
