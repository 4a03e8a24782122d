"""Words that look like a misspelled one: a letter or two away."""

from collections.abc import Iterable

SHORTEST = 4  # letters: of a shorter word everything is a letter or two away
LONG = 8  # letters from which on two of them may be wrong


def closest_words(word: str, candidates: Iterable[str]) -> list[str]:
    """Return those of ``candidates`` (folded) that ``word`` may have been meant for, the nearest first.

    Candidates of one distance stay in their order; ``word`` itself is none of them.
    """
    most = _most_edits(word)
    if not most:
        return []
    distances = {
        candidate: count_edits(word, candidate, most)
        for candidate in dict.fromkeys(candidates)
        if abs(len(candidate) - len(word)) <= most and candidate != word
    }
    near = [candidate for candidate, distance in distances.items() if distance <= most]
    return sorted(near, key=distances.__getitem__)


def count_edits(word: str, other: str, most: int) -> int:
    """Return how many letters are to be changed, left out, added or changed round to make ``other`` of ``word``.

    More than ``most`` is ``most + 1``. Time goes with the product of both lengths (optimal string alignment).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(word):
        before, row, previous = row, [at + 1], before
        for place, other_letter in enumerate(other):
            cost = min(
                row[place] + 1, before[place + 1] + 1, before[place] + (letter != other_letter)
            )
            if at and place and letter == other[place - 1] and word[at - 1] == other_letter:
                cost = min(cost, previous[place - 1] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _most_edits(word: str) -> int:
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 2 if len(word) >= LONG else 1
