"""What "it" and "the company" mean when they speak: an organization named shortly before."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter

from articles.extraction.lexicon import listed
from articles.extraction.names import Run
from articles.extraction.reading import Reading
from articles.extraction.words import words

_ACRONYMS = listed("acronyms")
_NO_BODIES = listed("not_people") - _ACRONYMS  # countries, peoples, officials
_DEFINITE = {"the", "this", "that"}
_ANY = words(
    "company firm group team organization organisation agency club network newspaper charity airline"
    " union bank retailer maker manufacturer startup carrier"
)
_ITS_OWN = words(
    "ministry department party council board university school association authority committee"
    " commission church court institute foundation society federation trust hospital police"
)
_SENTENCES, _LOOKS_BACK = 4, 24  # how far back who spoke last may stand; names that are looked at


class Bodies:
    """The organizations of a text in the order they are mentioned outside quotes, and who of them spoke."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.spoke: list[str] = []

    @cached_property
    def _runs(self) -> list[Run]:
        people = self._reading.people.of_run
        return [
            run
            for run, person in zip(self._reading.runs, people, strict=True)
            if person is None and run.quote < 0 and run.words[-1] not in _NO_BODIES
        ]

    def find(self, phrase: Sequence[str], at: int) -> str | None:
        """Return the name of the body that ``phrase`` ("it", "the company") at token ``at`` means, or None."""
        noun = phrase[-1]
        is_body = len(phrase) == 2 and phrase[0] in _DEFINITE and noun in _ANY | _ITS_OWN
        if list(phrase) != ["it"] and not is_body:
            return None
        here = self._reading.sentence_at(at)
        index = bisect_left(self._runs, at, key=attrgetter("first"))
        for run in reversed(self._runs[max(0, index - _LOOKS_BACK) : index]):
            name = " ".join(run.words)
            if self._is_kind(run, name, noun) and self._may_go_on(run, name, here):
                return name
        return None

    def _is_kind(self, run: Run, name: str, noun: str) -> bool:
        if noun in _ITS_OWN:
            return noun.capitalize() in run.words
        return run.is_organization or name in _ACRONYMS or name in self.spoke

    def _may_go_on(self, run: Run, name: str, here: int) -> bool:
        """Tell whether the body spoke last, not long ago, or begins this sentence or the one before."""
        there = self._reading.sentence_at(run.first)
        if self.spoke[-1:] == [name]:
            return here - there <= _SENTENCES
        is_first = run.first <= self._reading.sentences[there].low + 1
        return is_first and here - there <= 1
