"""The quotes of a text found again after an edit: each where its own surroundings are, or not at all."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .alignment import Alignment
from .context_similarity import FLOOR, Surroundings, context_similarity
from .text_quote import CONTEXT, Anchor, anchor, clash, find_all

MAX_PAIRS = 2_500  # of old and new places of the same words that are compared

Key = tuple[int, int]  # of a quote and its part, by their places in what was asked for


@dataclass(frozen=True, slots=True)
class _Claim:
    """Words that stood somewhere and want their place: of a quote, or (``key`` is None) of nobody on record.

    ``stood`` says that it was in the text before this edit: of others only what was kept of what stood around is known.
    """

    key: Key | None
    was: Anchor
    stood: bool


@dataclass(frozen=True, slots=True)
class _Match:
    """Where a claim stands now; ``is_fresh`` is that nothing stood there before with the same surroundings."""

    at: int
    is_fresh: bool = True


def find_anchors(anchors: Sequence[Anchor], body_text: str) -> list[Anchor] | None:
    """Return where ``anchors`` (the parts of one quote, in order) stand in ``body_text`` now, None if one is gone."""
    return find_all_anchors([anchors], body_text)[0]


def find_all_anchors(
    quotes: Sequence[Sequence[Anchor]],
    body_text: str,
    *,
    before: str = "",
    detached: Collection[int] = (),
) -> list[list[Anchor] | None]:
    """Return where each of ``quotes`` (its parts, in order) stands in ``body_text`` now, None for one that is gone.

    The words must be there letter by letter, in their order, in quotation marks where they stood in such, and with
    what stood around them: ``FLOOR`` says how much of it. No two quotes get one place. ``before`` is the text in which
    they stood, empty where it is not known: with it the same words elsewhere, of nobody on record, keep their places
    too. Of the ``detached`` ones, by their number, the words were gone then: they come back only where they were not.
    """
    search = _Search(body_text, before)
    claims: dict[str, list[_Claim]] = {}
    for number, anchors in enumerate(quotes):
        for index, part in enumerate(anchors):
            claims.setdefault(part.text, []).append(
                _Claim((number, index), part, number not in detached and part.stands_in(before))
            )
    matches: dict[Key, _Match] = {}
    for words, several in claims.items():
        matches |= search.assign(words, several, detached)
    whole = [
        _whole_quote(
            body_text, anchors, [matches.get((number, index)) for index in range(len(anchors))]
        )
        for number, anchors in enumerate(quotes)
    ]
    return _without_clashes(whole, detached, body_text)


class _Search:
    """The places of quoted words in one text, given to those that stood in another."""

    def __init__(self, body_text: str, before: str) -> None:
        self.body_text, self.before = body_text, before
        self.alignment = Alignment(before, body_text)

    def assign(
        self, words: str, claims: Sequence[_Claim], detached: Collection[int]
    ) -> dict[Key, _Match]:
        """Return the places of ``claims``, all of the same ``words``: first of those that stood, then of the loose."""
        attached_claims = [claim for claim in claims if claim.key and claim.key[0] not in detached]
        detached_claims = [claim for claim in claims if claim.key and claim.key[0] in detached]
        free = _FreePlaces(words, self.body_text)
        attached_claims += self._unquoted_claims(words, attached_claims)
        placements = list(self._unmoved(attached_claims, free))
        placed = {id(claim) for claim, _ in placements}
        placements += self._by_similarity(
            [claim for claim in attached_claims if id(claim) not in placed], free
        )
        others = {at: claim for claim, at in placements if claim.key is None}
        for at in others:
            free.give_back(at)
        matches = {claim.key: _Match(at) for claim, at in placements if claim.key}
        for claim, at in self._by_similarity(detached_claims, free):
            other = others.get(at)
            if claim.key:
                matches[claim.key] = _Match(at, not other or self._is_back(claim, other, at))
        return matches

    def _unquoted_claims(self, words: str, claims: Sequence[_Claim]) -> list[_Claim]:
        """Return claims for where ``words`` stood that are of no quote which stands."""
        spans = [claim.was.span for claim in claims]
        starts = [at for at in find_all(words, self.before) if (at, at + len(words)) not in spans]
        return [_Claim(None, anchor(self.before, at, at + len(words)), True) for at in starts]

    def _unmoved(
        self, claims: Sequence[_Claim], free: "_FreePlaces"
    ) -> Iterator[tuple[_Claim, int]]:
        """Yield who stands in an unchanged sentence; of two on one place neither, for nobody knows whose it is."""
        for has_moved in (False, True):
            claims_by_place: dict[int, list[_Claim]] = {}
            for claim in claims:
                at = self._aligned(claim, has_moved=has_moved)
                if at is not None and at in free:
                    claims_by_place.setdefault(at, []).append(claim)
            for at, several in claims_by_place.items():
                free.take(at)
                if len(several) == 1:
                    yield several[0], at

    def _aligned(self, claim: _Claim, *, has_moved: bool) -> int | None:
        """Return where the unchanged sentence of ``claim`` stands now; a moved one has to tell something of its own."""
        span = claim.was.span
        if not claim.stood or (has_moved and not Surroundings.of(self.before, *span).nearest):
            return None
        return self.alignment.place(*span, has_moved=has_moved)

    def _by_similarity(
        self, claims: Sequence[_Claim], free: "_FreePlaces"
    ) -> Iterator[tuple[_Claim, int]]:
        """Yield who gets which place: the likest surroundings first, then the nearest place."""
        pairs = []
        for number, claim in enumerate(claims[: MAX_PAIRS // (len(free.starts) or 1)]):
            for at in free.starts:
                if claim.key is None or claim.was.keeps_marks(self.body_text, at):
                    similarity = self._similarity(claim, at)
                    letters = claim.was.letters_alike(self.body_text, at) / (2 * CONTEXT)
                    distance = abs(at - self.alignment.near(claim.was.start))
                    if similarity >= FLOOR:
                        pairs.append((-similarity - letters, distance, at, number))
        placed: set[int] = set()
        for _, _, at, number in sorted(pairs):
            if number not in placed and at in free:
                placed.add(number)
                free.take(at)
                yield claims[number], at

    def _similarity(self, claim: _Claim, at: int) -> float:
        was = claim.was
        end = at + len(was.text)
        if claim.stood:
            old = Surroundings.of(self.before, *was.span)
            return context_similarity(old, Surroundings.of(self.body_text, at, end))
        text, start = was.prefix + was.text + was.suffix, len(was.prefix)
        reach = 32 if max(len(was.prefix), len(was.suffix)) == 32 else CONTEXT
        old = Surroundings.of(text, start, start + len(was.text), reach)
        return context_similarity(old, Surroundings.of(self.body_text, at, end, reach))

    def _is_back(self, claim: _Claim, other: _Claim, at: int) -> bool:
        """Tell whether what stood around the words of ``claim`` is there again and was not in the text before."""
        is_there = claim.was.is_surrounded_as(self.body_text, at)
        return is_there and not claim.was.is_surrounded_as(self.before, other.was.start)


class _FreePlaces:
    """The places of words that nobody has yet. They may overlap: a place that is taken takes those with it."""

    def __init__(self, words: str, body_text: str) -> None:
        self.length = len(words)
        self._all = find_all(words, body_text)
        self._free = set(self._all)

    @property
    def starts(self) -> list[int]:
        """Where words begin that are free, in order."""
        return sorted(self._free)

    def __contains__(self, at: int) -> bool:
        return at in self._free

    def take(self, at: int) -> None:
        self._free.difference_update(self._over(at))

    def give_back(self, at: int) -> None:
        self._free.add(at)

    def _over(self, at: int) -> list[int]:
        first = bisect_right(self._all, at - self.length)
        return self._all[first : bisect_left(self._all, at + self.length)]


def _whole_quote(
    body_text: str, anchors: Sequence[Anchor], matches: Sequence[_Match | None]
) -> list[Anchor] | None:
    """Return the parts of one quote where they stand now: all of them, in order, at least one where it was not."""
    placed = [match for match in matches if match]
    if not placed or len(placed) < len(matches) or not any(match.is_fresh for match in placed):
        return None
    new_anchors = [
        anchor(body_text, match.at, match.at + len(was.text))
        for was, match in zip(anchors, placed, strict=True)
    ]
    in_order = all(earlier.end <= later.start for earlier, later in pairwise(new_anchors))
    return new_anchors if in_order else None


def _without_clashes(
    anchored: Sequence[list[Anchor] | None], detached: Collection[int], body_text: str
) -> list[list[Anchor] | None]:
    """Return ``anchored`` without those that clash with another, the loose ones first."""
    result: list[list[Anchor] | None] = [None] * len(anchored)
    spans: list[tuple[int, int]] = []
    for number in sorted(range(len(anchored)), key=lambda number: number in detached):
        own = [candidate.span for candidate in anchored[number] or ()]
        if not any(clash(candidate, other, body_text) for candidate in own for other in spans):
            result[number] = anchored[number]
            spans += own
    return result
