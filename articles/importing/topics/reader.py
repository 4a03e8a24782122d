"""The file of a NewsCodes vocabulary (JSON, as IPTC serves it) -> its concepts.

Sources: https://cv.iptc.org/newscodes/mediatopic/, https://www.iptc.org/std/NewsCodes/guidelines/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from articles.importing.formats.common.iptc import iptc_code
from articles.importing.formats.common.json_records import load_json
from articles.importing.formats.types import ReadError, RecordError, RejectedRecord
from articles.text.characters import printable
from articles.text.messages import Message, untranslated

LIMIT = 50_000_000  # bytes; all languages of Media Topics have 10 MB
MAX_LABEL, MAX_DESCRIPTION = 120, 300  # letters
_REMEDY = "Fetch the vocabulary anew from IPTC."


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept. ``broader`` are qcodes, ``same_as`` those of older vocabularies; ``label`` is in one language."""

    qcode: str
    label: str
    description: str
    broader: tuple[str, ...]
    same_as: tuple[str, ...]
    is_retired: bool


def read(stream: BinaryIO, language: str) -> Iterator[Concept | RejectedRecord]:
    """Yield one outcome a concept of ``stream``, its words in ``language``, else in English, else in any.

    Raises ReadError when the file is no such vocabulary.
    """
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ReadError(
            Message("It has more than %(limit)s MB.", {"limit": LIMIT // 1000000}, "topics.size")
        )
    try:
        value = load_json(data.removeprefix(b"\xef\xbb\xbf"))
    except RecordError as error:
        raise ReadError(
            untranslated(f"{str(error).capitalize()}. {_REMEDY}", error.reason.code)
        ) from error
    concepts = _concepts(value)
    if not isinstance(concepts, list) or not concepts:
        raise ReadError(
            Message(
                "It has no conceptSet, as a vocabulary of IPTC does. %(remedy)s",
                {"remedy": _REMEDY},
                "topics.no_concepts",
            )
        )
    for number, item in enumerate(concepts, 1):
        try:
            yield _concept(item, language)
        except RecordError as error:
            yield RejectedRecord(str(number), error.field, error.reason, error.remedy)


def _concepts(value: Any) -> Any:
    if isinstance(value, dict):
        return value.get("conceptSet") or value.get("@graph")
    return value


def _concept(value: Any, language: str) -> Concept:
    if not isinstance(value, dict):
        raise RecordError("concept", Message("it is no object", code="topics.type"), _REMEDY)
    qcode = _code(value.get("qcode")) or _code(value.get("uri")) or _code(value.get("@id"))
    if not qcode:
        raise RecordError(
            "qcode", Message("there is none with eight digits", code="topics.no_code"), _REMEDY
        )
    label = _text_in(value.get("prefLabel"), language)
    if not label:
        raise RecordError(
            "prefLabel", Message("the concept has none", code="topics.no_name"), _REMEDY
        )
    if len(label) > MAX_LABEL:
        raise RecordError(
            "prefLabel",
            Message(
                "%(count)s letters, %(limit)s fit",
                {"count": len(label), "limit": MAX_LABEL},
                "topics.length",
            ),
            "Shorten it.",
        )
    return Concept(
        qcode=qcode,
        label=label,
        description=_first_sentences(_text_in(value.get("definition"), language)),
        broader=tuple(_codes(value.get("broader"))),
        same_as=tuple(code for code in _codes(value.get("exactMatch")) if code.startswith("subj:")),
        is_retired=bool(value.get("retired")),
    )


def _codes(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if code := _code(item):
            yield code


def _code(value: Any) -> str:
    """Return the qcode of a qcode, an address, or an object with one."""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("uri") or value.get("qcode")
    is_text = isinstance(value, str) and not value.isdigit()
    return iptc_code(value) if is_text else ""


def _text_in(value: Any, language: str) -> str:
    """Return a text in ``language``, else in its main language, else in English, else in any."""
    if isinstance(value, list):  # as JSON-LD spells several: {"@language": …, "@value": …}
        pairs = [item for item in value if isinstance(item, dict)]
        value = {str(item.get("@language", "")): item.get("@value") for item in pairs}
    if isinstance(value, dict) and "@value" in value:
        value = {str(value.get("@language", "")): value["@value"]}
    if isinstance(value, str):
        value = {language: value}
    if not isinstance(value, dict):
        return ""
    texts = {str(name).casefold(): item for name, item in value.items() if isinstance(item, str)}
    preferred = language.casefold()
    main = [name for name in texts if name.partition("-")[0] == preferred.partition("-")[0]]
    for name in (preferred, preferred.partition("-")[0], *main, "en-gb", "en", "en-us", *texts):
        if text := " ".join(printable(texts.get(name, "")).split()):
            return text
    return ""


def _first_sentences(text: str) -> str:
    """Return the first sentences of ``text``, as many as readers want; a single long one ends at a word."""
    if len(text) <= MAX_DESCRIPTION:
        return text
    summary = ""
    for sentence in re.split(r"(?<=[.!?;]) ", text):
        if len(f"{summary} {sentence}") > MAX_DESCRIPTION:
            break
        summary = f"{summary} {sentence}".strip()
    return summary.rstrip(";") or text[:MAX_DESCRIPTION].rpartition(" ")[0] + " …"
