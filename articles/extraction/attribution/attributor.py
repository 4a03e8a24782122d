"""Segments -> who said them: one pass over the sentences, with the running speaker carried along."""

from collections import defaultdict
from dataclasses import dataclass, replace

from articles.extraction.attribution.certainty import (
    is_clear_after,
    is_clear_before,
    is_clear_next,
    is_plain,
)
from articles.extraction.attribution.cue_span import cue_span
from articles.extraction.attribution.noun_phrases import is_nominal, main_subject
from articles.extraction.attribution.quote_context import (
    QuoteContext,
    choose_cue,
    is_in_list,
    read_context,
)
from articles.extraction.attribution.quote_kinds import (
    is_bare_term,
    is_standalone,
    is_term,
    kind_of,
)
from articles.extraction.attribution.signatures import signature_of
from articles.extraction.attribution.speakers import NOBODY, AttributedSpeaker, speaker_of
from articles.extraction.attribution.subjects import subject_of
from articles.extraction.coreference.pronouns import Antecedents
from articles.extraction.reading.cues import NOUN, STRONG, WEAK, Cue
from articles.extraction.reading.document import Phrase, Reading
from articles.extraction.reading.sentences import Sentence
from articles.extraction.types import Span

_NO_VOICE = WEAK | {NOUN}  # cues that let nobody speak on in the next sentence
_MAX_PARAGRAPHS_BACK = 6  # paragraphs for which a speaker is carried on
_MAX_GAP = 12  # characters between a quote without speaker and the next one, which lends it its own


@dataclass(frozen=True, slots=True)
class Attribution:
    """What was found about segment ``number``. ``kind``: direct, partial or term; ``is_clear``: see ``clarity``."""

    number: int
    kind: str
    speaker: AttributedSpeaker
    cue: Span | None
    pattern: str
    is_clear: bool = False


@dataclass(frozen=True, slots=True)
class RunningSpeaker:
    """Who spoke last, by what cue, in which sentence and paragraph; ``is_tied``: by a plain cue after a quote."""

    speaker: AttributedSpeaker
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
        self._running: RunningSpeaker | None = None
        self._attributions: dict[int, Attribution] = {}
        self._waiting: list[int] = []

    def run(self) -> list[Attribution]:
        """Return what was found, in text order."""
        numbers_by_sentence: dict[int, list[int]] = defaultdict(list)
        for number, (first, end) in enumerate(self.reading.tokens.spans):
            if first < end:
                numbers_by_sentence[self.antecedents.sentence(first)].append(number)
        for at in sorted(numbers_by_sentence.keys() | self.cues.keys()):
            if at not in numbers_by_sentence:
                self._track_reported_speech(at)
                continue
            for number in numbers_by_sentence[at]:
                self._attribute(at, number)
        return [self._attributions[number] for number in sorted(self._attributions)]

    def _track_reported_speech(self, at: int) -> None:
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
        context = read_context(self.reading, sentence, number)
        cue, pattern = choose_cue(self.reading, context, self.cues.get(at, ()))
        if cue is None:
            attribution = self._without_cue(at, sentence, context)
        elif is_term(context, cue, pattern):
            attribution = _term(context)
        else:
            attribution = self._with_cue(at, sentence, context, cue, pattern)
        before = self._attributions.get(number - 1)
        if (
            attribution.kind == "term"
            and before
            and before.kind != "term"
            and is_in_list(self.reading, number)
        ):
            attribution = replace(before, number=number, kind="partial")
        self._attributions[number] = attribution
        if attribution.kind != "term" and attribution.speaker.span:
            is_tied = self._is_tied(at, cue, pattern)
            self._remember(attribution.speaker, attribution.cue, at, is_tied=is_tied)
            self._attribute_waiting(attribution)

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
        self, at: int, sentence: Sentence, context: QuoteContext, cue: Cue, pattern: str
    ) -> Attribution:
        cue, phrase = self._subject(at, sentence, context, cue)
        speaker = (
            speaker_of(self.reading, phrase, self.antecedents)
            if phrase
            else self._same_speaker(at, cue)
        )
        span = cue_span(self.reading, cue, is_whole=pattern == "before")
        if pattern == "after" and not context.opens:
            pattern = "after-within"
        if pattern == "before" and self._is_next_part(context, cue):
            pattern = "floating-on"
        kind = kind_of(context, pattern)
        is_clear = self._is_clear(at, context, cue, pattern, speaker)
        return Attribution(context.number, kind, speaker, span, pattern, is_clear)

    def _is_clear(
        self, at: int, context: QuoteContext, cue: Cue, pattern: str, speaker: AttributedSpeaker
    ) -> bool:
        if pattern in ("after", "floating-on"):
            return is_clear_after(context, cue, speaker)
        before = sum(other.at < context.first for other in self.cues[at])
        return pattern == "before" and is_clear_before(context, cue, speaker, before)

    def _is_next_part(self, context: QuoteContext, cue: Cue) -> bool:
        """Tell whether the quote goes on with what the cue before it has closed: “…,” said Okafor, “but …”."""
        before = self._attributions.get(context.number - 1)
        return (
            before is not None
            and before.pattern == "after"
            and before.cue == cue_span(self.reading, cue)
            and context.before[-1:] == (",",)
        )

    def _subject(
        self, at: int, sentence: Sentence, context: QuoteContext, cue: Cue
    ) -> tuple[Cue, Phrase | None]:
        """Return ``cue`` and its subject, or a plainer cue before it when that is no noun phrase."""
        phrase = subject_of(self.reading, cue, sentence)
        if cue.at > context.first:
            return cue, phrase
        if phrase is None and context.before[-1:] == (":",):
            return cue, main_subject(self.reading, context.first, sentence.low)
        if phrase is None or is_nominal(self.reading, phrase):
            return cue, phrase
        for earlier in self.cues[at]:
            if earlier.at < cue.at and earlier.base in STRONG:
                other = subject_of(self.reading, earlier, sentence)
                if other and is_nominal(self.reading, other):
                    return earlier, other
        return cue, phrase

    def _same_speaker(self, at: int, cue: Cue) -> AttributedSpeaker:
        """Return who goes on by a participle without a subject: "…," adding, "…"."""
        if not self._running or not self.reading.tokens.lower[cue.at].endswith("ing"):
            return NOBODY
        return self._running.speaker if self._running.sentence >= at - 1 else NOBODY

    def _without_cue(self, at: int, sentence: Sentence, context: QuoteContext) -> Attribution:
        """Attribute a quote by its signature, a colon, the running speaker, or the sentence's subject."""
        signature = signature_of(self.reading, context)
        if signature:
            speaker = speaker_of(self.reading, signature, self.antecedents)
            return Attribution(context.number, "direct", speaker, None, "signed")
        if context.before[-1:] == (":",):
            attribution = self._by_subject(sentence, context, "colon")
            if attribution:
                return attribution
        if is_standalone(context):
            return self._by_running_speaker(at, context)
        if is_bare_term(context):
            return _term(context)
        return self._by_subject(sentence, context, "subject") or self._by_running_speaker(
            at, context
        )

    def _by_subject(
        self, sentence: Sentence, context: QuoteContext, pattern: str
    ) -> Attribution | None:
        phrase = main_subject(self.reading, context.first, sentence.low)
        if phrase is None:
            return None
        speaker = speaker_of(self.reading, phrase, self.antecedents)
        return Attribution(context.number, kind_of(context, pattern), speaker, None, pattern)

    def _by_running_speaker(self, at: int, context: QuoteContext) -> Attribution:
        """Attribute a quote to the running speaker, or let it wait for the next."""
        running, paragraph = self._running, self.reading.sentences[at].paragraph
        kind = kind_of(context, "floating" if is_standalone(context) else "")
        is_near = running and (
            running.sentence == at - 1 or running.paragraph >= paragraph - _MAX_PARAGRAPHS_BACK
        )
        if not context.is_closed or not is_near:
            self._waiting.append(context.number)
        if running and is_near:
            is_clear = self._follows(at) and is_clear_next(context, running.speaker)
            return Attribution(
                context.number, kind, running.speaker, running.cue, "floating", is_clear
            )
        return Attribution(context.number, kind, NOBODY, None, "none")

    def _remember(
        self, speaker: AttributedSpeaker, cue: Span | None, at: int, *, is_tied: bool = False
    ) -> None:
        paragraph = self.reading.sentences[at].paragraph
        self._running = RunningSpeaker(speaker, cue, at, paragraph, is_tied)
        if speaker.person:
            self.antecedents.past_speakers.append(speaker.person)
        elif speaker.name:
            self.antecedents.organizations.past_speakers.append(speaker.name)

    def _attribute_waiting(self, attribution: Attribution) -> None:
        """Give this speaker to the quotes right before that have none, or that were never closed."""
        segments = self.reading.segments
        start = segments[attribution.number].first
        while self._waiting and not attribution.pattern.startswith("floating"):
            number = self._waiting.pop()
            if start - segments[number].last >= _MAX_GAP:
                break
            start = segments[number].first
            self._attributions[number] = replace(
                attribution,
                number=number,
                kind=self._attributions[number].kind,
                pattern="floating-backward",
                is_clear=False,
            )


def _term(context: QuoteContext) -> Attribution:
    return Attribution(context.number, "term", NOBODY, None, "term")
