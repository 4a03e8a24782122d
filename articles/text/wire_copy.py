"""What wires glue to a story: date and promo lines, dateline, credit, crossheads. All take one line; linear, pure."""

import re

from articles.text.names.agencies import find_agency

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_HEAD = re.compile(
    rf"""(?P<place>[^\W\d_][^\d():;,–—]*(?:,\s[^\W\d_][^\d():;,–—]*?)??)
    (?P<date>,?\s(?:{_MONTH}\s?\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?)?
    (?:\s*\((?P<signature>[^()]{{2,40}})\)|,?\s(?P<bare>[\w-]{{2,12}}))?""",
    re.VERBOSE,
)
_MARK = re.compile(r"\s+(?:--|[-–—_])\s*|\s*(?:--|[–—_:])\s+|(?<=\))\s+")
_SMALL = {
    *("de", "del", "della", "di", "do", "dos", "du", "da", "des", "la", "le", "les", "el", "al")
}
_SMALL |= {
    *("am", "an", "der", "den", "im", "in", "of", "on", "upon", "sur", "the", "and", "au", "aux")
}
_NO_PLACES = {
    *("analysis", "breaking", "comment", "exclusive", "explainer", "factbox", "interview", "live"),
    *("note", "opinion", "quotes", "review", "summary", "timeline", "update", "updated", "video"),
    *("watch", "warning", "nato", "asean", "opec", "unesco", "unicef", "nasa", "fifa", "uefa"),
    *("mr", "mrs", "ms", "dr", "sir", "dame", "lord"),
}
_CLOSERS = re.compile(r"[.!?…”\"’'»)\]]|\A")
_INITIAL = re.compile(r"(?:\A|[\s.])[A-Z]\.\Z")
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ&.]+(?:[ /-][A-ZÀ-ÖØ-Þ&.]+){0,3}")
_TRAILING = " \t\r\n" + "".join(map(chr, range(32)))
_ENDS = {"more", "ends", "end", "endit", "endall", "30", "xxx"}
_REPORTING = re.compile(r"\(?(?:additional )?(?:reporting|writing|editing) by\b.*\)?", re.I | re.S)
_PROMO = re.compile(
    r"""(?:sign\sup\s(?:now|here|for|to)\b|subscribe\s(?:to|now|for|here)\b
    |get\s.{0,60}\b(?:newsletters?|briefing)\b|follow\s(?:us|our)\b|join\s(?:us\son|our\s(?:channel|group))\b
    |download\s(?:the|our)\sapp\b|click\shere\b|share\sthis\s(?:article|story)\b|advertisement\Z
    |(?:read\s(?:more|also|next)|also\sread|related(?:\sstor(?:y|ies))?|see\salso|more\son\sthis)\s*(?::|\Z))""",
    re.IGNORECASE | re.VERBOSE,
)
_DATE_LINE = re.compile(
    r"\s*date:?\s+(?P<date>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)(?P<rest>(?:\s.*)?)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"\s*by\s+([^\W\d_][^\d.:;!?“”\"]{2,100})", re.IGNORECASE)


def parse_date_line(line: str) -> tuple[str, str] | None:
    """Return the date and the promo glued to it of a line as ``date 2026-02-12 Sign up now``; None for any other."""
    match = _DATE_LINE.fullmatch(line)
    return (match["date"], " ".join(match["rest"].split())) if match else None


def is_promo(line: str) -> bool:
    """Tell whether a whole paragraph sells something to the reader instead of telling."""
    return len(line) <= 200 and bool(_PROMO.match(line.strip()))


def is_reporting_note(line: str) -> bool:
    """Tell whether a whole paragraph says only who reported and edited."""
    return len(line) <= 500 and bool(_REPORTING.fullmatch(line.strip(_TRAILING)))


def parse_byline(line: str) -> list[str]:
    """Return the names of a line as ``By Ana Rua and Lev Orlov``; none for any other."""
    match = _BYLINE.fullmatch(line.strip()) if len(line) <= 120 else None
    names = re.split(r",\s*(?:and\s+)?|\s+and\s+", match[1]) if match else []
    names = [name.title() if name.isupper() else name for name in map(str.strip, names) if name]
    return names if all(name[0].isupper() and len(name.split()) <= 5 for name in names) else []


def parse_dateline(line: str) -> tuple[int, str, str] | None:
    """Return where the story begins behind its dateline, the place in proper case, and the agency signed there.

    Knows ``BRUSSELS –``, ``TULSA, Okla. (AP) —``, ``Tokyo, April 12 Kyodo -``, ``Paris (ats afp)``; None when ``line``
    begins with none.
    """
    for mark in _MARK.finditer(line[:130]):
        head = _HEAD.fullmatch(line[: mark.start()].strip())
        if not head or not line[mark.end() :].strip():
            continue
        agency_name = find_agency(head["signature"] or head["bare"] or "")
        if head["bare"] and not agency_name:
            head = re.fullmatch(r"(?P<place>.*)", line[: mark.start()].strip())
        if head and _is_place(head.groupdict(), agency_name, mark[0].strip(), line[mark.end() :]):
            return mark.end(), proper_case(head["place"].strip(" ,")), agency_name
    return None


def _is_place(head: dict[str, str | None], agency_name: str, mark: str, rest: str) -> bool:
    """Judge the words before a mark: capitals, a signature or a date make a dateline; else only a place alone does."""
    place = (head["place"] or "").strip(" ,")
    words = re.split(r"[\s/]+", place)
    if len(words) > 7 or words[0].casefold() in _NO_PLACES or place.casefold() in _NO_PLACES:
        return False
    if any(word[0].islower() and word.casefold() not in _SMALL for word in words if word):
        return False
    if not mark:
        return bool(agency_name)
    if agency_name or head.get("signature") or head.get("date"):
        return True
    if place.partition(",")[0].isupper():
        return sum(letter.isalpha() for letter in place) > 3 and rest[:1] not in ",;"
    if mark == ":" or len(words) > 2:
        return False
    sentence = re.split(r"[.!?]\s", rest, maxsplit=1)[0]
    return not rest[0].islower() and f" {mark} " not in sentence


def proper_case(words: str) -> str:
    """Return words printed in capitals as names are written: ``RIO DE JANEIRO`` becomes Rio de Janeiro."""
    parts = re.split(r"([\s/-]+)", words)
    return "".join(_proper(part, is_first=not at) for at, part in enumerate(parts))


def _proper(word: str, *, is_first: bool) -> str:
    if not word.isupper() or re.fullmatch(r"(?:\w\.){2,}", word):
        return word
    if word.casefold() in _SMALL and not is_first:
        return word.lower()
    if re.match(r"[DLO][’']\w", word):
        return word[:2] + word[2:].capitalize()
    return word.capitalize()


def parse_credit(line: str) -> tuple[int, str] | None:
    """Return where a credit at the end of ``line`` begins, and its printed name; the name of an end mark is empty.

    Knows ``…” REUTERS``, ``. – AFP``, ``. (AP)``, ``. REUTER...``, a credit on a line of its own, and ``. MORE``.
    """
    line = line.rstrip(_TRAILING)
    begin = max(0, len(line) - 60)
    for closer in _CLOSERS.finditer(line, begin):
        tail = line[closer.end() :]
        is_glued = closer[0] == "." and tail[:1].isalnum()
        if is_glued or not tail or (begin and not closer[0]):
            continue
        is_sure = bool(closer[0]) and not _INITIAL.search(
            line[max(0, closer.end() - 3) : closer.end()]
        )
        name = _signature(tail, takes_unknown=is_sure)
        if name is not None:
            return closer.end(), name
    return None


def _signature(tail: str, *, takes_unknown: bool) -> str | None:
    """Return the agency that ``tail`` names, empty for an end mark, None for anything else."""
    bare = tail.strip(" \t\xa0–—-_([*#")
    is_marked = bare != tail.strip()
    bare = bare.rstrip(" \t\xa0)].…*#-–—")
    if not bare:
        return "" if is_marked else None
    if bare.casefold() in _ENDS and (is_marked or bare[0].isupper()):
        return ""
    if (is_marked or bare[0].isupper()) and (agency_name := find_agency(bare)):
        return agency_name
    if takes_unknown and _CAPITALS.fullmatch(bare) and sum(map(str.isalpha, bare)) > 3:
        return proper_case(bare)
    return None


def is_crosshead(line: str) -> bool:
    """Tell whether a paragraph looks like a heading: short, no end punctuation; it may stand in quotation marks."""
    words = line.strip()
    bare = words.strip("“”‘’\"'«»„‚ ")
    if len(words) > 80 or len(words.split()) > 12 or not re.search(r"[^\W\d_]", bare):
        return False
    return bare[0].isalnum() and not bare[0].islower() and bare[-1] not in ".!?:;,…–—-"
