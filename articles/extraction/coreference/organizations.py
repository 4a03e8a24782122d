"""What "it" and "the company" mean when they speak: an organization named shortly before."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter

from articles.extraction.reading.document import Reading
from articles.extraction.reading.function_words import word_set
from articles.extraction.reading.lexicon import word_list
from articles.extraction.reading.name_runs import NameRun

_ACRONYMS = word_list("acronyms")
_NOT_ORGANIZATIONS = word_list("not_people") - _ACRONYMS  # countries, peoples, officials
_DEFINITE = {"the", "this", "that"}
_ANY = word_set(
    "company firm group team organization organisation agency club network newspaper charity airline"
    " union bank retailer maker manufacturer startup carrier"
)
_ITS_OWN = word_set(
    "ministry department party council board university school association authority committee"
    " commission church court institute foundation society federation trust hospital police"
)
_SENTENCES, _LOOKS_BACK = 4, 24  # how far back who spoke last may stand; names that are looked at


class OrganizationAntecedents:
    """The organizations of a text in the order they are mentioned outside quotes, and who of them spoke."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.past_speakers: list[str] = []

    @cached_property
    def _runs(self) -> list[NameRun]:
        people = self._reading.people.of_run
        return [
            run
            for run, person in zip(self._reading.runs, people, strict=True)
            if person is None and run.quote < 0 and run.words[-1] not in _NOT_ORGANIZATIONS
        ]

    def find(self, phrase: Sequence[str], at: int) -> str | None:
        """Return the name of the organization that ``phrase`` ("it", "the company") at token ``at`` means, or None."""
        noun = phrase[-1]
        is_organization = len(phrase) == 2 and phrase[0] in _DEFINITE and noun in _ANY | _ITS_OWN
        if list(phrase) != ["it"] and not is_organization:
            return None
        sentence = self._reading.sentence_at(at)
        index = bisect_left(self._runs, at, key=attrgetter("first"))
        for run in reversed(self._runs[max(0, index - _LOOKS_BACK) : index]):
            name = " ".join(run.words)
            if self._is_kind(run, name, noun) and self._may_go_on(run, name, sentence):
                return name
        return None

    def _is_kind(self, run: NameRun, name: str, noun: str) -> bool:
        if noun in _ITS_OWN:
            return noun.capitalize() in run.words
        return run.is_organization or name in _ACRONYMS or name in self.past_speakers

    def _may_go_on(self, run: NameRun, name: str, sentence: int) -> bool:
        """Tell whether the organization spoke last, not long ago, or begins this sentence or the one before."""
        mention_sentence = self._reading.sentence_at(run.first)
        if self.past_speakers[-1:] == [name]:
            return sentence - mention_sentence <= _SENTENCES
        is_first = run.first <= self._reading.sentences[mention_sentence].low + 1
        return is_first and sentence - mention_sentence <= 1
