"""What a quoted run is: a whole sentence, words inside the reporter's sentence, or no quote at all."""

from articles.extraction.attribution.quote_context import QuoteContext
from articles.extraction.reading.cues import STRONG, Cue
from articles.extraction.reading.function_words import word_set

_WORKS = word_set(
    "titled entitled headlined book film movie song album show series program programme novel ’s"
    " 's on of"
)
_NICKNAMES = word_set("so-called nicknamed dubbed titled entitled slogan named")
_NAMING = word_set("call brand label dub describe refer")
_UTTERING = STRONG | word_set("shout chant yell cry mutter whisper bellow holler exclaim")
_SHORT, _LONG = 3, 7  # words: at most, to be no quote when nobody speaks, or to be a title


def is_term(context: QuoteContext, cue: Cue, pattern: str) -> bool:
    """Tell whether quoted words that ``cue`` goes with name something rather than say it."""
    last = set(context.before[-3:])
    if context.size <= 2 and pattern == "loose-after" and not context.leads_to(cue.at):
        return True
    if context.size <= _SHORT + 1 and last & _NICKNAMES:
        return True
    if context.size > _LONG or not context.is_title or context.has_question:
        return False
    if last & _WORKS:
        return True
    far = context.first - cue.at
    is_object = pattern == "before" and (
        (far <= 2 and cue.base in _UTTERING) or (2 <= far <= 12 and cue.base in _NAMING)
    )
    return not (context.has_stop or pattern == "after" or is_object)


def is_bare_term(context: QuoteContext) -> bool:
    """Tell whether quoted words with no cue in their sentence are a title or a scare quote."""
    return context.is_title or context.size <= _SHORT


def is_standalone(context: QuoteContext) -> bool:
    """Tell whether the quote stands on its own, so that its speaker may be carried over."""
    is_set_off = context.opens or context.has_stop or context.has_comma
    return context.is_whole or (context.size >= 2 * _SHORT and is_set_off)


def kind_of(context: QuoteContext, pattern: str) -> str:
    """Return ``direct`` for a quote that is a sentence, ``partial`` for words inside the reporter's."""
    is_set_off = context.before[-1:] in ((":",), (",",)) or (
        context.before[-1:] == ("and",) and context.has_question and not context.is_title
    )
    is_long = context.size > _SHORT or context.has_question
    is_sentence = (
        context.is_whole
        or pattern == "floating"
        or (pattern == "after" and context.opens)
        or (is_set_off and is_long and context.text[:1].isupper())
    )
    return "direct" if is_sentence else "partial"
