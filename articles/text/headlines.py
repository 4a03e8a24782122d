"""A headline for a story that came without one: a stand-in until an editor writes a better one."""

import re

LIMIT = 90
_SHORTEST = 30

_SENTENCE_END = re.compile(
    r"(?<=[.!?])[”’\"')]*(?=\s+[“‘\"'(]?[A-ZÀ-ÖØ-Þ0-9])|(?<=[.!?])[”’\"')]*\Z"
)
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Jr|Sr|vs|v|Inc|Co|Corp|Ltd"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)|(?:\A|[\s.(“‘])[A-Z])\.\Z"
)
_WHEN = re.compile(
    r" on (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?"
    r"|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*)(?:,? \d{4})?\b"
)
_CLAUSE = re.compile(
    r"[,;:] | [–—-]+ | (?=(?:as|after|before|when|while|because|who|which|where|with|and|but|amid|despite"
    r"|following|ending|saying|leaving|making|according|although|though|until|since|in order|so) )"
)
_HANGING = {
    *(
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "our",
        "some",
    ),
    *(
        "of",
        "to",
        "for",
        "from",
        "on",
        "in",
        "at",
        "by",
        "with",
        "over",
        "into",
        "about",
        "as",
        "than",
    ),
    *(
        "and",
        "or",
        "but",
        "if",
        "who",
        "which",
        "when",
        "while",
        "after",
        "before",
        "because",
        "between",
    ),
    *(
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "will",
        "would",
        "not",
    ),
    *(
        "can",
        "could",
        "may",
        "might",
        "should",
        "must",
        "do",
        "does",
        "did",
        "more",
        "most",
        "very",
    ),
}
_ROLE = re.compile(  # "Harbour policy chief Ana Rua": the name alone is enough when room is short
    r"(?:[\w’'-]+ ){0,4}(?:chief|minister|president|secretary|leader|spokes(?:wo)?man|spokesperson|chair(?:wo)?man"
    r"|director|mayor|senator|governor|premier|chancellor|coach|captain|manager|executive|commander|ambassador"
    r"|envoy|judge|professor) (?=[A-ZÀ-ÖØ-Þ][\w.’'-]+ [A-ZÀ-ÖØ-Þ][\w.’'-]+ [a-z])"
)
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"))


def derive_headline(text: str, limit: int = LIMIT) -> str:
    """Return a headline of at most ``limit`` letters from the first sentence of ``text``; empty when it has no words.

    Cut at a clause, else behind a word that can end a line; without a closing mark, the day, or half a quotation.
    """
    sentence = _first_sentence(" ".join(text[:2000].split()))
    bare = _tidy(sentence)
    if len(bare) > limit:
        bare = _tidy(_WHEN.sub("", sentence))
    if len(bare) <= limit:
        return bare
    shorter = _ROLE.sub("", bare, count=1) if _ROLE.match(bare) else bare
    headline = _by_clauses(bare, limit) or _by_clauses(shorter, limit)
    return headline or _by_words(bare, limit)


def _by_clauses(text: str, limit: int) -> str:
    """Return as many clauses of ``text`` as fit; empty when not even the first does."""
    if len(text) <= limit:
        return text
    for match in reversed(list(_CLAUSE.finditer(text, _SHORTEST, limit + 2))):
        if match.start() <= limit and _is_whole(text[: match.start()]):
            return _tidy(text[: match.start()])
    return ""


def _first_sentence(text: str) -> str:
    for end in _SENTENCE_END.finditer(text):
        if not _NO_END.search(text[max(0, end.start() - 8) : end.start()]):
            return text[: end.end()]
    return text


def _by_words(text: str, limit: int) -> str:
    """Return as many words of ``text`` as fit and make sense as an end; the first letters of one endless word."""
    words = text[: limit + 1].split(" ")[:-1]
    while len(words) > 3 and (words[-1].casefold() in _HANGING or not _is_whole(" ".join(words))):
        words.pop()
    return _tidy(" ".join(words)) or text[:limit]


def _is_whole(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)


def _tidy(text: str) -> str:
    """Cut the closing marks, but for those of a quotation that opened here; begin with a capital."""
    text = text.strip(" .,;:–—-!…")
    while text[-1:] in ("”", "»", "’") and text[-2:-1] in (".", ",", ";", "!"):
        text = text[:-2] + text[-1]
    if text[:1] == "“" and text[-1:] == "”" and text.count("“") == 1:
        text = f"‘{text[1:-1]}’" if "‘" not in text and "’" not in text else text
    return text[:1].upper() + text[1:]
