"""The file of a NewsCodes vocabulary (JSON, as IPTC serves it) -> its concepts.

Sources: https://cv.iptc.org/newscodes/mediatopic/, https://www.iptc.org/std/NewsCodes/guidelines/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from articles.text.chars import printable

from .iptc import iptc_code
from .json_text import load
from .parsed import ReadError, Refused
from .unfit import Unfit

LIMIT = 50_000_000  # bytes; all languages of Media Topics have 10 MB
LONGEST_LABEL, LONGEST_TEXT = 120, 300  # letters
_REMEDY = "Fetch the vocabulary anew from IPTC."


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept. ``broader`` are qcodes, ``same`` those of older vocabularies; ``label`` is in one language."""

    qcode: str
    label: str
    description: str
    broader: tuple[str, ...]
    same: tuple[str, ...]
    is_retired: bool


def read(stream: BinaryIO, language: str) -> Iterator[Concept | Refused]:
    """Yield one outcome a concept of ``stream``, its words in ``language``, else in English, else in any.

    Raises ReadError when the file is no such vocabulary.
    """
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ReadError(f"It has more than {LIMIT // 1_000_000} MB.")
    try:
        value = load(data.removeprefix(b"\xef\xbb\xbf"))
    except Unfit as error:
        raise ReadError(f"{str(error).capitalize()}. {_REMEDY}") from error
    found = _concepts(value)
    if not isinstance(found, list) or not found:
        raise ReadError(f"It has no conceptSet, as a vocabulary of IPTC does. {_REMEDY}")
    for number, one in enumerate(found, 1):
        try:
            yield _concept(one, language)
        except Unfit as error:
            yield Refused(str(number), error.field, str(error), error.remedy)


def _concepts(value: Any) -> Any:
    if isinstance(value, dict):
        return value.get("conceptSet") or value.get("@graph")
    return value


def _concept(value: Any, language: str) -> Concept:
    if not isinstance(value, dict):
        raise Unfit("concept", "it is no object", _REMEDY)
    qcode = _code(value.get("qcode")) or _code(value.get("uri")) or _code(value.get("@id"))
    if not qcode:
        raise Unfit("qcode", "there is none with eight digits", _REMEDY)
    label = _words(value.get("prefLabel"), language)
    if not label:
        raise Unfit("prefLabel", "the concept has none", _REMEDY)
    if len(label) > LONGEST_LABEL:
        raise Unfit("prefLabel", f"{len(label)} letters, {LONGEST_LABEL} fit", "Shorten it.")
    return Concept(
        qcode=qcode,
        label=label,
        description=_opening(_words(value.get("definition"), language)),
        broader=tuple(_codes(value.get("broader"))),
        same=tuple(code for code in _codes(value.get("exactMatch")) if code.startswith("subj:")),
        is_retired=bool(value.get("retired")),
    )


def _codes(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if code := _code(one):
            yield code


def _code(value: Any) -> str:
    """Return the qcode of a qcode, an address, or an object with one."""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("uri") or value.get("qcode")
    is_told = isinstance(value, str) and not value.isdigit()
    return iptc_code(value) if is_told else ""


def _words(value: Any, language: str) -> str:
    """Return a text in ``language``, else in its main language, else in English, else in any."""
    if isinstance(value, list):  # as JSON-LD spells several: {"@language": …, "@value": …}
        pairs = [one for one in value if isinstance(one, dict)]
        value = {str(one.get("@language", "")): one.get("@value") for one in pairs}
    if isinstance(value, dict) and "@value" in value:
        value = {str(value.get("@language", "")): value["@value"]}
    if isinstance(value, str):
        value = {language: value}
    if not isinstance(value, dict):
        return ""
    texts = {str(name).casefold(): one for name, one in value.items() if isinstance(one, str)}
    wanted = language.casefold()
    main = [name for name in texts if name.partition("-")[0] == wanted.partition("-")[0]]
    for name in (wanted, wanted.partition("-")[0], *main, "en-gb", "en", "en-us", *texts):
        if text := " ".join(printable(texts.get(name, "")).split()):
            return text
    return ""


def _opening(text: str) -> str:
    """Return the first sentences of ``text``, as many as readers want; a single long one ends at a word."""
    if len(text) <= LONGEST_TEXT:
        return text
    kept = ""
    for sentence in re.split(r"(?<=[.!?;]) ", text):
        if len(f"{kept} {sentence}") > LONGEST_TEXT:
            break
        kept = f"{kept} {sentence}".strip()
    return kept.rstrip(";") or text[:LONGEST_TEXT].rpartition(" ")[0] + " …"
