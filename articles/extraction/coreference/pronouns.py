"""Whom "he" and "she" mean. Sex comes from what is printed (Ms, spokesman, an earlier pronoun), never from a name."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import compress, count
from operator import attrgetter, itemgetter

from articles.extraction.coreference.organizations import OrganizationAntecedents
from articles.extraction.coreference.role_mentions import find_role_mentions
from articles.extraction.coreference.roles import find_roles
from articles.extraction.reading.document import Reading
from articles.extraction.reading.function_words import (
    FEMALE,
    FEMALE_NOUNS,
    MALE,
    MALE_NOUNS,
    POSSESSIVE_ENDINGS,
    PREPOSITIONS,
)
from articles.extraction.reading.people import LIKELY, ROLE_NOUNS, SURE, MentionedPerson

# Points for and against a candidate, tried out on development texts; small changes change nothing.
_SENTENCE, _PARAGRAPH, _OBJECT = 10.0, 2.0, 7.0  # for each one back; after a preposition
_FIRST, _SPOKE, _SEX_KNOWN = 5.0, 14.0, 3.0  # first in its sentence; spoke last
_SUBJECTS = {0: 9.0, 1: 4.0}  # first in this sentence, in the one before
_LOOKS_BACK, _ROLES_BACK = 16, 64  # mentions; roles
_NOUNS = MALE_NOUNS | FEMALE_NOUNS
_POSSESSIVE = [[ending] for ending in POSSESSIVE_ENDINGS]
_NO_TITLES: list[str] = []
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
        self._mentions: list[tuple[int, MentionedPerson]] = [
            (run.first, person)
            for run, person in zip(reading.runs, reading.people.of_run, strict=True)
            if person and run.quote < 0
        ]
        self.roles = find_roles(reading)
        self._strangers: dict[MentionedPerson, str] = {}  # who is named by a role only -> its noun
        self._role_ends: dict[
            int, int
        ] = {}  # first token of a role that stands for somebody -> its last
        self._add_roles()
        self._places = [at for at, _ in self._mentions]
        self._first_in: dict[int, int] = {}  # sentence -> its first mention
        number = -1
        for at, _ in self._mentions:
            while number + 1 < len(self._lows) and self._lows[number + 1] <= at:
                number += 1
            self._first_in.setdefault(number, at)
        self._sex = self._learn_sex()
        self.past_speakers: list[MentionedPerson] = []
        self.organizations = OrganizationAntecedents(reading)

    def _add_roles(self) -> None:
        """Take in who is mentioned by a role: "The mayor" is whoever holds it, else somebody without a name."""
        lower = self._reading.tokens.lower
        for role in find_role_mentions(self._reading):
            person = self.holder(lower[role.first : role.last + 1], role.first)
            if person is None:
                person = MentionedPerson("", (), SURE, (role.first,))
                self._strangers[person] = lower[role.last]
            self._role_ends[role.first] = role.last
            self._mentions.append((role.first, person))
        self._mentions.sort(key=itemgetter(0))

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that token ``at`` stands in."""
        return bisect_right(self._lows, at) - 1

    def find(self, sex: str, at: int) -> MentionedPerson | None:
        """Return whom a pronoun of ``sex`` (m, f, p for plural) at token ``at`` means, or None."""
        if sex == "p":
            return self.past_speakers[-1] if self.past_speakers else None
        if sex not in "mf":
            return None
        best, best_score = None, float("-inf")
        sentence = self.sentence(at)
        index = bisect_left(self._places, at)
        for place, person in self._mentions[max(0, index - _LOOKS_BACK) : index]:
            if person.score < LIKELY or self._sex.get(person, sex) != sex:
                continue
            if self._is_addressed(place, at):
                continue
            score = self._score(place, person, sentence)
            if score >= best_score:
                best, best_score = person, score
        if best is None:
            recent = reversed(self.past_speakers[-_LOOKS_BACK:])
            best = next((p for p in recent if self._sex.get(p, sex) == sex), None)
        if best is None or best in self._strangers:
            return None
        self._sex.setdefault(best, sex)
        return best

    def holder(self, role: Sequence[str], at: int) -> MentionedPerson | None:
        """Return who holds ``role`` ("the", "prime", "minister") at token ``at``: all words printed with one person."""
        if role[0] not in _DEFINITE or role[-1] not in ROLE_NOUNS:
            return None
        role_words = {word for word in role[1:] if word in ROLE_NOUNS or word == "prime"}
        index = bisect_left(self.roles, at, key=attrgetter("at"))
        near = [
            *reversed(self.roles[max(0, index - _ROLES_BACK) : index]),
            *self.roles[index : index + 1],
        ]
        return next(
            (printed_role.person for printed_role in near if role_words <= printed_role.words), None
        )

    def _is_addressed(self, place: int, at: int) -> bool:
        """Tell whether only a comma parts the mention from the pronoun: "Okafor, he said, …" is not about him."""
        run = self._reading.run_of(place)
        last = run.last if run else self._role_ends.get(place)
        return last == at - 2 and self._reading.tokens.words[at - 1] == ","

    def _score(self, place: int, person: MentionedPerson, sentence: int) -> float:
        sentences = self._reading.sentences
        mention_sentence = self.sentence(place)
        score = -_SENTENCE * (sentence - mention_sentence)
        score -= _PARAGRAPH * (
            sentences[sentence].paragraph - sentences[mention_sentence].paragraph
        )
        score += _FIRST * (self._first_in[mention_sentence] == place)
        score += _SPOKE * bool(self.past_speakers and self.past_speakers[-1] is person)
        score += 3 * (person.score >= SURE) + (len(person.places) > 1)
        score += _SEX_KNOWN if person in self._sex else 0
        if self._is_object(place):
            return score - _OBJECT
        if self._first_in[mention_sentence] == place:
            score += _SUBJECTS.get(sentence - mention_sentence, 0.0)
        return score

    def _is_object(self, place: int) -> bool:
        """Tell whether the name stands behind a preposition, or before "’s": less likely what a sentence is about."""
        tokens, run = self._reading.tokens, self._reading.run_of(place)
        if place and tokens.lower[place - 1] in _OBJECT_OF:
            return True
        return run is not None and tokens.lower[run.last + 1 : run.last + 2] in _POSSESSIVE

    def _learn_sex(self) -> dict[MentionedPerson, str]:
        """Return who is printed as he or she: by honorific, by noun, by pronouns in sentences with nobody else."""
        votes: dict[MentionedPerson, Counter[str]] = defaultdict(Counter)
        tokens = self._reading.tokens
        for run, person in zip(self._reading.runs, self._reading.people.of_run, strict=True):
            if not person:
                continue
            nouns = tokens.lower[max(0, run.first - 2) : run.name]
            if not run.titles and _NOUNS.isdisjoint(nouns):
                continue
            titles = [title.rstrip(".") for title in run.titles] if run.titles else _NO_TITLES
            if not (MALE.isdisjoint(titles) and MALE_NOUNS.isdisjoint(nouns)):
                votes[person]["m"] += 20
            if not (FEMALE.isdisjoint(titles) and FEMALE_NOUNS.isdisjoint(nouns)):
                votes[person]["f"] += 20
        for stranger, noun in self._strangers.items():
            votes[stranger]["m"] += 20 * (noun in MALE_NOUNS)
            votes[stranger]["f"] += 20 * (noun in FEMALE_NOUNS)
        for at in compress(count(), map(_PRONOUN_SEX.__contains__, tokens.lower)):
            person = self._only_person_before(at) if tokens.quote[at] < 0 else None
            if person:
                votes[person][_PRONOUN_SEX[tokens.lower[at]]] += 1
        return {
            person: sexes.most_common(1)[0][0]
            for person, sexes in votes.items()
            if +sexes and _is_clear(+sexes)
        }

    def _only_person_before(self, at: int) -> MentionedPerson | None:
        """Return the only person mentioned before token ``at`` in its sentence and the one before."""
        sentence = self.sentence(at)
        low = self._lows[sentence]
        index = bisect_left(self._places, at)
        people = {p for place, p in self._mentions[max(0, index - 4) : index] if place >= low}
        if not people and sentence:
            low = self._lows[sentence - 1]
            before = self._mentions[max(0, index - 4) : index]
            if any(place >= low and self._is_aside(place) for place, _ in before):
                return None
            people = {p for place, p in before if place >= low}
        return people.pop() if len(people) == 1 else None

    def _is_aside(self, place: int) -> bool:
        """Tell whether the sentence is about others and only its end says who told it."""
        tokens = self._reading.tokens
        run = self._reading.run_of(place)
        if run is None or tokens.words[run.first - 1] != "," or tokens.quote[run.first - 1] >= 0:
            return False
        return run.last + 1 in self._reading.cues


def _is_clear(sexes: Counter[str]) -> bool:
    (_, most), *rest = sexes.most_common(2)
    return not rest or most > 2 * rest[0][1]
