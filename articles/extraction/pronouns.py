"""Whom "he" and "she" mean. Sex comes from what is printed (Ms, spokesman, an earlier pronoun), never from a name."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from operator import attrgetter

from articles.extraction.people import LIKELY, ROLE_NOUNS, SURE, Person
from articles.extraction.reading import Reading
from articles.extraction.roles import find_roles
from articles.extraction.words import FEMALE, FEMALE_NOUNS, MALE, MALE_NOUNS, PREPOSITIONS

# Points for and against a candidate, tried out on development texts; small changes change nothing.
_SENTENCE, _PARAGRAPH, _OBJECT = 10.0, 2.0, 7.0  # for each one back; after a preposition
_FIRST, _SPOKE, _SEX_KNOWN = 5.0, 14.0, 3.0  # first in its sentence; spoke last
_LOOKS_BACK, _ROLES_BACK = 16, 64  # mentions; roles
_NO_TITLES: set[str] = set()
_DEFINITE = {"the", "this", "that"}
_OBJECT_OF = PREPOSITIONS | {"tell", "told", "asked"}
_PRONOUN_SEX = {
    "he": "m",
    "his": "m",
    "him": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}


class Antecedents:
    """The people of a text in the order they are mentioned outside quotes, and who spoke last."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._lows = [sentence.low for sentence in reading.sentences]
        self._mentions: list[tuple[int, Person]] = [
            (run.first, person)
            for run, person in zip(reading.runs, reading.people.of_run, strict=True)
            if person and run.quote < 0
        ]
        self._places = [at for at, _ in self._mentions]
        self._first_in: dict[int, int] = {}  # sentence -> its first mention
        for at, _ in self._mentions:
            self._first_in.setdefault(self.sentence(at), at)
        self._sex = self._learn()
        self.spoke: list[Person] = []
        self.roles = find_roles(reading)

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that token ``at`` stands in."""
        return bisect_right(self._lows, at) - 1

    def find(self, sex: str, at: int) -> Person | None:
        """Return whom a pronoun of ``sex`` (m, f, p for plural) at token ``at`` means, or None."""
        if sex == "p":
            return self.spoke[-1] if self.spoke else None
        if sex not in "mf":
            return None
        best, best_score = None, float("-inf")
        here = self.sentence(at)
        index = bisect_left(self._places, at)
        for place, person in self._mentions[max(0, index - _LOOKS_BACK) : index]:
            if person.score < LIKELY or self._sex.get(person, sex) != sex:
                continue
            if self._is_addressed(place, at):
                continue
            score = self._score(place, person, here)
            if score >= best_score:
                best, best_score = person, score
        if best is None:
            recent = reversed(self.spoke[-_LOOKS_BACK:])
            best = next((p for p in recent if self._sex.get(p, sex) == sex), None)
        if best is not None:
            self._sex.setdefault(best, sex)
        return best

    def holder(self, role: Sequence[str], at: int) -> Person | None:
        """Return who holds ``role`` ("the", "prime", "minister") at token ``at``: all words printed with one person."""
        if role[0] not in _DEFINITE or role[-1] not in ROLE_NOUNS:
            return None
        wanted = {word for word in role[1:] if word in ROLE_NOUNS or word == "prime"}
        index = bisect_left(self.roles, at, key=attrgetter("at"))
        near = [
            *reversed(self.roles[max(0, index - _ROLES_BACK) : index]),
            *self.roles[index : index + 1],
        ]
        return next((held.person for held in near if wanted <= held.words), None)

    def _is_addressed(self, place: int, at: int) -> bool:
        """Tell whether only a comma parts the mention from the pronoun: "Okafor, he said, …" is not about him."""
        run = self._reading.run_of(place)
        return bool(run and run.last == at - 2 and self._reading.tokens.words[at - 1] == ",")

    def _score(self, place: int, person: Person, here: int) -> float:
        sentences = self._reading.sentences
        there = self.sentence(place)
        score = -_SENTENCE * (here - there)
        score -= _PARAGRAPH * (sentences[here].paragraph - sentences[there].paragraph)
        score += _FIRST * (self._first_in[there] == place)
        score += _SPOKE * bool(self.spoke and self.spoke[-1] is person)
        score += 3 * (person.score >= SURE) + (len(person.places) > 1)
        score += _SEX_KNOWN if person in self._sex else 0
        if place and self._reading.tokens.lower[place - 1] in _OBJECT_OF:
            score -= _OBJECT
        return score

    def _learn(self) -> dict[Person, str]:
        """Return who is printed as he or she: by honorific, by noun, by pronouns in sentences with nobody else."""
        votes: dict[Person, Counter[str]] = defaultdict(Counter)
        tokens = self._reading.tokens
        for run, person in zip(self._reading.runs, self._reading.people.of_run, strict=True):
            if not person:
                continue
            nouns = set(tokens.lower[max(0, run.first - 2) : run.first])
            titles = {title.rstrip(".") for title in run.titles} if run.titles else _NO_TITLES
            if titles:
                nouns.update(map(str.lower, titles))
            if titles & MALE or nouns & MALE_NOUNS:
                votes[person]["m"] += 20
            if titles & FEMALE or nouns & FEMALE_NOUNS:
                votes[person]["f"] += 20
        for at in [at for at, word in enumerate(tokens.lower) if word in _PRONOUN_SEX]:
            person = self._only_one(at) if tokens.quote[at] < 0 else None
            if person:
                votes[person][_PRONOUN_SEX[tokens.lower[at]]] += 1
        return {
            person: sexes.most_common(1)[0][0]
            for person, sexes in votes.items()
            if _is_clear(sexes)
        }

    def _only_one(self, at: int) -> Person | None:
        """Return the only person mentioned before token ``at`` in its sentence and the one before."""
        here = self.sentence(at)
        low = self._lows[here]
        index = bisect_left(self._places, at)
        found = {p for place, p in self._mentions[max(0, index - 4) : index] if place >= low}
        if not found and here:
            low = self._lows[here - 1]
            found = {p for place, p in self._mentions[max(0, index - 4) : index] if place >= low}
        return found.pop() if len(found) == 1 else None


def _is_clear(sexes: Counter[str]) -> bool:
    (_, most), *rest = sexes.most_common(2)
    return not rest or most > 2 * rest[0][1]
