"""Segments -> who said them: one pass over the sentences, with the running speaker carried along."""

from collections import defaultdict
from dataclasses import dataclass, replace

from articles.extraction.clarity import (
    is_clear_after,
    is_clear_before,
    is_clear_next,
    is_plain,
)
from articles.extraction.cue_words import cue_span
from articles.extraction.cues import NOUN, STRONG, WEAK, Cue
from articles.extraction.found import Span
from articles.extraction.kinds import is_bare_term, is_standing, is_term, kind_of
from articles.extraction.phrases import is_nominal, main_subject
from articles.extraction.pronouns import Antecedents
from articles.extraction.quoted import Quoted, choose_cue, is_listed, look_at
from articles.extraction.reading import Phrase, Reading
from articles.extraction.sentences import Sentence
from articles.extraction.signatures import signature_of
from articles.extraction.speakers import NOBODY, Speaker, speaker_of
from articles.extraction.subjects import subject_of

_NO_VOICE = WEAK | {NOUN}  # cues that let nobody speak on in the next sentence
_REMEMBERED = 6  # paragraphs for which a speaker is carried on
_GAP = 12  # characters between a quote without speaker and the next one, which lends it its own


@dataclass(frozen=True, slots=True)
class Attribution:
    """What was found about segment ``number``. ``kind``: direct, partial or term; ``is_clear``: see ``clarity``."""

    number: int
    kind: str
    speaker: Speaker
    cue: Span | None
    pattern: str
    is_clear: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """Who spoke last, by what cue, in which sentence and paragraph; ``is_tied``: by a plain cue after a quote."""

    speaker: Speaker
    cue: Span | None
    sentence: int
    paragraph: int
    is_tied: bool = False


class Attributor:
    """One pass: who spoke last, and which quotes still wait for the next speaker."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.antecedents = Antecedents(reading)
        self.cues: dict[int, list[Cue]] = defaultdict(list)  # by sentence
        for cue in reading.cues.values():
            self.cues[self.antecedents.sentence(cue.at)].append(cue)
        self._running: Running | None = None
        self._found: dict[int, Attribution] = {}
        self._waiting: list[int] = []

    def run(self) -> list[Attribution]:
        """Return what was found, in text order."""
        inside: dict[int, list[int]] = defaultdict(list)
        for number, (first, end) in enumerate(self.reading.tokens.spans):
            if first < end:
                inside[self.antecedents.sentence(first)].append(number)
        for at in sorted(inside.keys() | self.cues.keys()):
            if at not in inside:
                self._listen(at)
                continue
            for number in inside[at]:
                self._attribute(at, number)
        return [self._found[number] for number in sorted(self._found)]

    def _listen(self, at: int) -> None:
        """Let reported speech without marks keep the speaker alive; before a colon its last cue counts."""
        sentence = self.reading.sentences[at]
        leads_on = self.reading.tokens.words[sentence.high - 1] == ":"
        cues = [cue for cue in self.cues[at] if leads_on or cue.base not in _NO_VOICE]
        if not cues:
            return
        cue = cues[-1] if leads_on else cues[0]
        phrase = subject_of(self.reading, cue, sentence)
        if phrase:
            speaker = speaker_of(self.reading, phrase, self.antecedents)
            self._remember(speaker, cue_span(self.reading, cue), at)

    def _attribute(self, at: int, number: int) -> None:
        sentence = self.reading.sentences[at]
        quoted = look_at(self.reading, sentence, number)
        cue, pattern = choose_cue(self.reading, quoted, self.cues.get(at, ()))
        if cue is None:
            found = self._without_cue(at, sentence, quoted)
        elif is_term(quoted, cue, pattern):
            found = _term(quoted)
        else:
            found = self._with_cue(at, sentence, quoted, cue, pattern)
        before = self._found.get(number - 1)
        if (
            found.kind == "term"
            and before
            and before.kind != "term"
            and is_listed(self.reading, number)
        ):
            found = replace(before, number=number, kind="partial")
        self._found[number] = found
        if found.kind != "term" and found.speaker.span:
            is_tied = self._is_tied(at, cue, pattern)
            self._remember(found.speaker, found.cue, at, is_tied=is_tied)
            self._lend(found)

    def _is_tied(self, at: int, cue: Cue | None, pattern: str) -> bool:
        """Tell whether a plain cue closes this quote, or the one before it that it follows in its paragraph."""
        if cue is not None:
            return pattern == "after" and is_plain(cue)
        return self._follows(at)

    def _follows(self, at: int) -> bool:
        """Tell whether a quote in sentence ``at`` comes next in the paragraph after one that a cue has closed."""
        running = self._running
        if running is None or not running.is_tied or running.sentence != at - 1:
            return False
        return running.paragraph == self.reading.sentences[at].paragraph

    def _with_cue(
        self, at: int, sentence: Sentence, quoted: Quoted, cue: Cue, pattern: str
    ) -> Attribution:
        cue, phrase = self._subject(at, sentence, quoted, cue)
        speaker = (
            speaker_of(self.reading, phrase, self.antecedents)
            if phrase
            else self._same_speaker(at, cue)
        )
        span = cue_span(self.reading, cue, is_whole=pattern == "before")
        if pattern == "after" and not quoted.opens:
            pattern = "after-within"
        if pattern == "before" and self._is_next_part(quoted, cue):
            pattern = "floating-on"
        kind = kind_of(quoted, pattern)
        is_clear = self._is_clear(at, quoted, cue, pattern, speaker)
        return Attribution(quoted.number, kind, speaker, span, pattern, is_clear)

    def _is_clear(self, at: int, quoted: Quoted, cue: Cue, pattern: str, speaker: Speaker) -> bool:
        if pattern in ("after", "floating-on"):
            return is_clear_after(quoted, cue, speaker)
        before = sum(other.at < quoted.first for other in self.cues[at])
        return pattern == "before" and is_clear_before(quoted, cue, speaker, before)

    def _is_next_part(self, quoted: Quoted, cue: Cue) -> bool:
        """Tell whether the quote goes on with what the cue before it has closed: “…,” said Okafor, “but …”."""
        before = self._found.get(quoted.number - 1)
        return (
            before is not None
            and before.pattern == "after"
            and before.cue == cue_span(self.reading, cue)
            and quoted.before[-1:] == (",",)
        )

    def _subject(
        self, at: int, sentence: Sentence, quoted: Quoted, cue: Cue
    ) -> tuple[Cue, Phrase | None]:
        """Return ``cue`` and its subject, or a plainer cue before it when that is no noun phrase."""
        phrase = subject_of(self.reading, cue, sentence)
        if cue.at > quoted.first:
            return cue, phrase
        if phrase is None and quoted.before[-1:] == (":",):
            return cue, main_subject(self.reading, quoted.first, sentence.low)
        if phrase is None or is_nominal(self.reading, phrase):
            return cue, phrase
        for earlier in self.cues[at]:
            if earlier.at < cue.at and earlier.base in STRONG:
                other = subject_of(self.reading, earlier, sentence)
                if other and is_nominal(self.reading, other):
                    return earlier, other
        return cue, phrase

    def _same_speaker(self, at: int, cue: Cue) -> Speaker:
        """Return who goes on by a participle without a subject: "…," adding, "…"."""
        if not self._running or not self.reading.tokens.lower[cue.at].endswith("ing"):
            return NOBODY
        return self._running.speaker if self._running.sentence >= at - 1 else NOBODY

    def _without_cue(self, at: int, sentence: Sentence, quoted: Quoted) -> Attribution:
        """Attribute a quote by its signature, a colon, the running speaker, or the sentence's subject."""
        signature = signature_of(self.reading, quoted)
        if signature:
            speaker = speaker_of(self.reading, signature, self.antecedents)
            return Attribution(quoted.number, "direct", speaker, None, "signed")
        if quoted.before[-1:] == (":",):
            found = self._by_subject(sentence, quoted, "colon")
            if found:
                return found
        if is_standing(quoted):
            return self._carried(at, quoted)
        if is_bare_term(quoted):
            return _term(quoted)
        return self._by_subject(sentence, quoted, "subject") or self._carried(at, quoted)

    def _by_subject(self, sentence: Sentence, quoted: Quoted, pattern: str) -> Attribution | None:
        phrase = main_subject(self.reading, quoted.first, sentence.low)
        if phrase is None:
            return None
        speaker = speaker_of(self.reading, phrase, self.antecedents)
        return Attribution(quoted.number, kind_of(quoted, pattern), speaker, None, pattern)

    def _carried(self, at: int, quoted: Quoted) -> Attribution:
        """Attribute a quote to the running speaker, or let it wait for the next."""
        running, paragraph = self._running, self.reading.sentences[at].paragraph
        kind = kind_of(quoted, "floating" if is_standing(quoted) else "")
        is_near = running and (
            running.sentence == at - 1 or running.paragraph >= paragraph - _REMEMBERED
        )
        if not quoted.is_closed or not is_near:
            self._waiting.append(quoted.number)
        if running and is_near:
            is_clear = self._follows(at) and is_clear_next(quoted, running.speaker)
            return Attribution(
                quoted.number, kind, running.speaker, running.cue, "floating", is_clear
            )
        return Attribution(quoted.number, kind, NOBODY, None, "none")

    def _remember(
        self, speaker: Speaker, cue: Span | None, at: int, *, is_tied: bool = False
    ) -> None:
        paragraph = self.reading.sentences[at].paragraph
        self._running = Running(speaker, cue, at, paragraph, is_tied)
        if speaker.person:
            self.antecedents.spoke.append(speaker.person)
        elif speaker.name:
            self.antecedents.bodies.spoke.append(speaker.name)

    def _lend(self, found: Attribution) -> None:
        """Give this speaker to the quotes right before that have none, or that were never closed."""
        segments = self.reading.segments
        start = segments[found.number].first
        while self._waiting and not found.pattern.startswith("floating"):
            number = self._waiting.pop()
            if start - segments[number].last >= _GAP:
                break
            start = segments[number].first
            self._found[number] = replace(
                found,
                number=number,
                kind=self._found[number].kind,
                pattern="floating-backward",
                is_clear=False,
            )


def _term(quoted: Quoted) -> Attribution:
    return Attribution(quoted.number, "term", NOBODY, None, "term")
