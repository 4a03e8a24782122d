"""Paragraphs of two versions -> passages: words that came and went, words that are set otherwise, other shapes."""

import re
from collections.abc import Iterator, Sequence

from articles.text.html.blocks import PLAIN, Style

from .align import Budget, align, pair_rewordings, split_words
from .passages import DiffParagraph, DiffPiece, Op, Passage

_LETTER = re.compile(r"\w")


def diff_paragraphs(old: Sequence[DiffParagraph], new: Sequence[DiffParagraph]) -> list[Passage]:
    """Return all paragraphs of both, in reading order, as passages."""
    budget = Budget()
    passages: list[Passage] = []
    for is_equal, before, after in align(old, new, budget, lambda part: part.text.isspace()):
        if is_equal:
            passages += (Passage(_whole("equal", part), shape=part.shape) for part in before)
            continue
        for old_part, new_part in pair_rewordings(before, after, lambda part: part.text):
            passages.append(_passage(old_part, new_part, budget))
    return passages


def collapse(passages: Sequence[Passage], context: int) -> list[Passage]:
    """Return ``passages`` with ``context`` unchanged ones around each change, the others counted; none without any."""
    near: set[int] = set()
    for at, passage in enumerate(passages):
        if passage.is_changed:
            near.update(range(at - context, at + context + 1))
    shortened: list[Passage] = []
    skipped = 0
    for at, passage in enumerate(passages if near else ()):
        if at not in near:
            skipped += 1
            continue
        if skipped:
            shortened.append(Passage(skipped=skipped))
            skipped = 0
        shortened.append(passage)
    if skipped:
        shortened.append(Passage(skipped=skipped))
    return shortened


def _passage(old: DiffParagraph | None, new: DiffParagraph | None, budget: Budget) -> Passage:
    if old is None or new is None:
        part = new or old or DiffParagraph("")
        return Passage(_whole("insert" if old is None else "delete", part), shape=part.shape)
    old_shape = old.shape if old.shape != new.shape else None
    return Passage(tuple(_diff_words(old, new, budget)), shape=new.shape, old_shape=old_shape)


def _whole(op: Op, part: DiffParagraph) -> tuple[DiffPiece, ...]:
    """Return all words of ``part``; of an empty one a piece without words, so that it counts."""
    return tuple(_pieces(op, part, 0, len(part.text))) or (DiffPiece(op, part.text),)


def _pieces(op: Op, part: DiffParagraph, start: int, end: int) -> Iterator[DiffPiece]:
    """Yield ``part.text[start:end]``, a piece for each style."""
    for begin, until, style in _runs(part, start, end):
        yield DiffPiece(op, part.text[begin:until], style)


def _runs(part: DiffParagraph, start: int, end: int) -> Iterator[tuple[int, int, Style]]:
    """Yield the styles of ``part.text[start:end]`` as (start, end, style), in order."""
    at = start
    for until, style in part.runs or ((len(part.text), PLAIN),):
        if until > at and at < end:
            yield at, min(until, end), style
            at = min(until, end)


def _diff_words(old: DiffParagraph, new: DiffParagraph, budget: Budget) -> Iterator[DiffPiece]:
    """Yield the pieces of a reworded paragraph; a space or comma between two changes goes with them."""
    parts = list(align(split_words(old.text), split_words(new.text), budget, str.isspace))
    old_start = new_start = old_at = new_at = 0
    for at, (is_equal, before, after) in enumerate(parts):
        old_end, new_end = old_at + sum(map(len, before)), new_at + sum(map(len, after))
        is_inner = 0 < at < len(parts) - 1 and not any(map(_LETTER.search, before))
        if is_equal and not is_inner:
            yield from _pieces("delete", old, old_start, old_at)
            yield from _pieces("insert", new, new_start, new_at)
            yield from _compare_styles(old, new, (old_at, old_end), new_at)
            old_start, new_start = old_end, new_end
        old_at, new_at = old_end, new_end
    yield from _pieces("delete", old, old_start, old_at)
    yield from _pieces("insert", new, new_start, new_at)


def _compare_styles(
    old: DiffParagraph, new: DiffParagraph, span: tuple[int, int], new_start: int
) -> Iterator[DiffPiece]:
    """Yield the words of ``old.text[start:end]``, which stand in ``new`` from ``new_start``, by how both set them."""
    start, end = span
    shift = new_start - start
    new_runs = list(_runs(new, new_start, end + shift))
    for begin, until, old_style in _runs(old, start, end):
        for new_begin, new_until, style in new_runs:
            first, last = max(begin, new_begin - shift), min(until, new_until - shift)
            if first >= last:
                continue
            text = old.text[first:last]
            if style == old_style:
                yield DiffPiece("equal", text, style)
            else:
                yield DiffPiece("restyle", text, style, old_style)
