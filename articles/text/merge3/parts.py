"""The parts of a merge that a person has to choose: each with a key, and the choices made -> one version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from articles.text.messages import Message

from .blocks import split_blocks
from .choices import MergeChoice, find_choices, join_parts

Side = Literal["mine", "theirs"]
SIDES: tuple[Side, ...] = get_args(Side)


class ChoiceError(Exception):
    """What was chosen is no part of this merge, or none of its sides: ``message`` says which, and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class ConflictPart:
    """One place at which both sides changed ``field``. ``key`` names it: ``headline``, or ``body_html.2`` of a text.

    ``number`` of ``count`` counts the places of one field from 1. ``follows`` is the block or line that stands before
    it in the merged text, empty where none does.
    """

    key: str
    field: str
    choice: MergeChoice
    number: int = 1
    count: int = 1
    follows: str = ""


def list_parts(merged: Mapping[str, Any]) -> list[ConflictPart]:
    """Return what a person has to choose in ``merged``, as ``merge3`` returned it, in its order."""
    return [
        part
        for name, choices in find_choices(merged).items()
        for part in _parts_of(name, merged[name], len(choices))
    ]


def apply_choices(merged: Mapping[str, Any], sides: Mapping[str, str]) -> dict[str, Any]:
    """Return ``merged`` without choices: of each part the side that ``sides`` names by its key, else "mine".

    Raises ChoiceError for a key that no part has, and for a side that is not in ``SIDES``.
    """
    parts = {part.key: part for part in list_parts(merged)}
    for key, side in sides.items():
        _check_choice(key, side, parts)
    values = dict(merged)
    for name in {part.field: None for part in parts.values()}:
        chosen = [sides.get(key, "mine") for key, part in parts.items() if part.field == name]
        values[name] = _with_sides(merged[name], iter(chosen))
    return values


def keep_both_sides(parts: tuple[str | MergeChoice, ...]) -> str:
    """Return a text of which both sides stay, ours first."""
    return join_parts(parts, lambda choice: [choice.mine, choice.theirs])


def _parts_of(name: str, value: Any, count: int) -> Iterator[ConflictPart]:
    if isinstance(value, MergeChoice):
        yield ConflictPart(name, name, value)
        return
    number, before = 0, ""
    for part in value:
        if isinstance(part, MergeChoice):
            number += 1
            yield ConflictPart(f"{name}.{number}", name, part, number, count, before)
        before = part if isinstance(part, str) else part.mine
        before = (split_blocks(before) or [""])[-1]


def _with_sides(value: Any, sides: Iterator[str]) -> Any:
    if isinstance(value, MergeChoice):
        return getattr(value, next(sides))
    return join_parts(value, lambda choice: [getattr(choice, next(sides))])


def _check_choice(key: str, side: str, parts: Mapping[str, ConflictPart]) -> None:
    if key not in parts:
        message = Message(
            "There is no part “%(part)s” to choose in this version. Open it again and choose anew.",
            {"part": key[:80]},
            code="merge.unknown_part",
        )
        raise ChoiceError(message)
    if side not in SIDES:
        message = Message(
            "“%(side)s” is no side of the part “%(part)s”: choose ours or theirs.",
            {"side": side[:80], "part": key},
            code="merge.unknown_side",
        )
        raise ChoiceError(message)
