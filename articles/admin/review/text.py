"""The stored text of a story with its finds and quotes marked; offsets are code points of the plain body."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .cards import Card


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """A run of the text. ``marks`` are classes, empty for plain text; ``begins`` are the finds that begin with it."""

    text: str
    marks: str
    begins: list[Card]


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph that begins at ``start``; its runs joined are its text, letter by letter."""

    start: int
    runs: list[MarkedRun]


def mark_paragraphs(body_text: str, cards: Iterable[Card]) -> list[MarkedParagraph]:
    """Return ``body_text`` with the words of each of ``cards`` told apart, also where they overlap."""
    opens, closes = defaultdict(list), defaultdict(list)
    for card in cards:
        for start, end in card_spans(card):
            opens[start].append(card)
            closes[end].append(card)
    cuts, texts, at = sorted({*opens, *closes}), [], 0
    sweep = _Sweep(opens, closes)
    for text in body_text.split("\n\n"):
        stop = at + len(text)
        inner = cuts[bisect_right(cuts, at) : bisect_left(cuts, stop)]
        runs = [
            MarkedRun(body_text[start:end], *sweep.at(start))
            for start, end in pairwise([at, *inner, stop])
        ]
        texts.append(MarkedParagraph(at, runs))
        at = stop + 2
    return texts


def card_spans(card: Card) -> Sequence[Sequence[int]]:
    """Return where the words of ``card`` stand: as kept for what is on record, as found for what waits."""
    item = card.review_item
    if item.quote:
        return [(part.start, part.end) for part in item.quote.parts.all()]
    if card.mention:
        return card.mention.spans
    if not item.is_open:
        return []
    return card.suggestion.found.get("parts") or card.suggestion.found["spans"]


class _Sweep:
    """Walks the text once and knows which finds it is in."""

    def __init__(self, opens: dict[int, list[Card]], closes: dict[int, list[Card]]) -> None:
        self.opens, self.closes = opens, closes
        self.cuts = sorted({*opens, *closes})
        self.next = 0
        self.active: Counter[str] = Counter()
        self.seen: set[str] = set()

    def at(self, start: int) -> tuple[str, list[Card]]:
        """Return the classes of the run at ``start``, and the cards whose first words begin there."""
        begins = []
        while self.next < len(self.cuts) and self.cuts[self.next] <= start:
            cut = self.cuts[self.next]
            self.active.subtract(_mark(card) for card in self.closes[cut])
            self.active.update(_mark(card) for card in self.opens[cut])
            begins += [card for card in self.opens[cut] if card.key not in self.seen]
            self.seen.update(card.key for card in begins)
            self.next += 1
        return " ".join(sorted(mark for mark, count in self.active.items() if count > 0)), begins


def _mark(card: Card) -> str:
    kind = "said" if card.is_quote else "named"
    return f"{kind}-open" if card.is_open else f"{kind}-kept"
