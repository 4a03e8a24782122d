"""What a merge could not decide: a value that holds both sides, so that nothing of either is lost."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class MergeChoice:
    """Both sides of what two people wrote at one place, and what stood there ``base``; a person chooses.

    Of a field they are its values, of a body the HTML of the blocks concerned, empty where a side has none.
    """

    base: Any
    mine: Any
    theirs: Any


def find_choices(merged: Mapping[str, Any]) -> dict[str, list[MergeChoice]]:
    """Return the choices in what ``merge3`` returned, by the name of their field; empty when all was merged."""
    choices = {name: list(_choices_of(value)) for name, value in merged.items()}
    return {name: group for name, group in choices.items() if group}


def join_parts(
    parts: tuple[str | MergeChoice, ...], texts_of: Callable[[MergeChoice], list[str]]
) -> str:
    """Return the parts of a text as one, with ``texts_of`` each choice in its place; an empty side leaves no line."""
    texts: list[str] = []
    for part in parts:
        texts += [part] if isinstance(part, str) else filter(None, texts_of(part))
    return "\n".join(texts)


def _choices_of(value: Any) -> Iterator[MergeChoice]:
    if isinstance(value, MergeChoice):
        yield value
    elif isinstance(value, tuple):  # the parts of a text; no plain JSON value is a tuple
        yield from (part for part in value if isinstance(part, MergeChoice))
