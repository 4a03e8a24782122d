"""One text as the rules see it: tokens, sentences, names and people side by side."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter

from articles.extraction.reading.boilerplate import blank_boilerplate
from articles.extraction.reading.cues import Cue, find_cues
from articles.extraction.reading.function_words import PREPOSITIONS
from articles.extraction.reading.gazetteer import find_gazetteer_matches
from articles.extraction.reading.name_runs import ORGANIZATION_WORDS, NameRun, find_runs
from articles.extraction.reading.people import MentionedPerson, People
from articles.extraction.reading.segments import Segment, find_segments
from articles.extraction.reading.sentences import Sentence, split_sentences
from articles.extraction.reading.tokens import Tokens, tokenize

_MAX_QUOTES = 3_000  # quotes that are looked at in one text

Phrase = tuple[int, int]  # tokens, both ends inclusive


@dataclass(frozen=True, slots=True)
class Reading:
    """All columns of one text. ``run_at``: the run that a token belongs to (its titles included), or -1.

    ``organization_names``: the organizations on record.
    """

    tokens: Tokens
    segments: list[Segment]
    sentences: list[Sentence]
    runs: list[NameRun]
    run_at: list[int]
    people: People
    cues: dict[int, Cue]  # by token
    organization_names: frozenset[str]
    subjects: dict[int, Phrase | None] = field(default_factory=dict)  # by cue, as far as asked for

    def span(self, phrase: Phrase) -> tuple[int, int]:
        """Return the offsets of ``phrase`` in the text."""
        return self.tokens.starts[phrase[0]], self.tokens.ends[phrase[1]]

    def sentence_at(self, at: int) -> int:
        """Return the number of the sentence that token ``at`` stands in."""
        return bisect_right(self.sentences, at, key=attrgetter("low")) - 1

    def sentence_of(self, at: int) -> Sentence:
        """Return the sentence that token ``at`` stands in."""
        return self.sentences[self.sentence_at(at)]

    def run_of(self, at: int) -> NameRun | None:
        """Return the run that token ``at`` belongs to."""
        number = self.run_at[at]
        return self.runs[number] if number >= 0 else None

    def person_of(self, run: NameRun) -> MentionedPerson | None:
        """Return the person that ``run`` names."""
        return self.people.of_run[self.run_at[run.last]]

    def name_in(self, phrase: Phrase) -> NameRun | None:
        """Return the run that heads ``phrase``: the one that ends it, or that ends before its first preposition."""
        first, last = phrase
        lower, words = self.tokens.lower, self.tokens.words
        for at in range(first + 1, last + 1):
            is_inside = lower[at] in ("of", "for") and words[at - 1] in ORGANIZATION_WORDS
            if lower[at] in PREPOSITIONS and self.run_at[at] < 0 and not is_inside:
                last = at - 1
                break
        run = self.run_of(last)
        return run if run and run.last == last and run.first >= first and run.quote < 0 else None


def read(
    text: str, known_people: Sequence[str] = (), known_organizations: Sequence[str] = ()
) -> Reading:
    """Read ``text``; offsets are those of ``text`` though frame lines are passed over."""
    text = blank_boilerplate(text)
    segments = list(islice(find_segments(text), _MAX_QUOTES))
    tokens = tokenize(text, segments)
    matches = find_gazetteer_matches(tokens, known_people, known_organizations)
    runs = find_runs(tokens, matches)
    run_at = [-1] * len(tokens.words)
    for number, run in enumerate(runs):
        run_at[run.first : run.last + 1] = [number] * (run.last + 1 - run.first)
    people = People(tokens, runs, known_people)
    cues = {cue.at: cue for cue in find_cues(tokens)}
    sentences = split_sentences(tokens, segments)
    organization_names = frozenset(known_organizations)
    return Reading(tokens, segments, sentences, runs, run_at, people, cues, organization_names)
