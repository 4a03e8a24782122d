"""What a quoted run is: a whole sentence, words inside the reporter's sentence, or no quote at all."""

from articles.extraction.cues import STRONG, Cue
from articles.extraction.quoted import Quoted
from articles.extraction.words import words

_WORKS = words(
    "titled entitled headlined book film movie song album show series program programme novel ’s"
    " 's on of"
)
_NICKNAMES = words("so-called nicknamed dubbed titled entitled slogan named")
_NAMING = words("call brand label dub describe refer")
_UTTERING = STRONG | words("shout chant yell cry mutter whisper bellow holler exclaim")
_SHORT, _LONG = 3, 7  # words: at most, to be no quote when nobody speaks, or to be a title


def is_term(quoted: Quoted, cue: Cue, pattern: str) -> bool:
    """Tell whether quoted words that ``cue`` goes with name something rather than say it."""
    last = set(quoted.before[-3:])
    if quoted.size <= 2 and pattern == "loose-after" and not quoted.leads_to(cue.at):
        return True
    if quoted.size <= _SHORT + 1 and last & _NICKNAMES:
        return True
    if quoted.size > _LONG or not quoted.is_title or quoted.has_question:
        return False
    if last & _WORKS:
        return True
    far = quoted.first - cue.at
    is_object = pattern == "before" and (
        (far <= 2 and cue.base in _UTTERING) or (2 <= far <= 12 and cue.base in _NAMING)
    )
    return not (quoted.has_stop or pattern == "after" or is_object)


def is_bare_term(quoted: Quoted) -> bool:
    """Tell whether quoted words with no cue in their sentence are a title or a scare quote."""
    return quoted.is_title or quoted.size <= _SHORT


def is_standing(quoted: Quoted) -> bool:
    """Tell whether the quote stands on its own, so that its speaker may be carried over."""
    is_set_off = quoted.opens or quoted.has_stop or quoted.has_comma
    return quoted.is_whole or (quoted.size >= 2 * _SHORT and is_set_off)


def kind_of(quoted: Quoted, pattern: str) -> str:
    """Return ``direct`` for a quote that is a sentence, ``partial`` for words inside the reporter's."""
    is_set_off = quoted.before[-1:] in ((":",), (",",)) or (
        quoted.before[-1:] == ("and",) and quoted.has_question and not quoted.is_title
    )
    is_long = quoted.size > _SHORT or quoted.has_question
    is_sentence = (
        quoted.is_whole
        or pattern == "floating"
        or (pattern == "after" and quoted.opens)
        or (is_set_off and is_long and quoted.text[:1].isupper())
    )
    return "direct" if is_sentence else "partial"
