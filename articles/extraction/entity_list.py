"""The people and organizations of a text, each with all its places."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from articles.extraction.coreference.roles import Role
from articles.extraction.reading.document import Reading
from articles.extraction.reading.function_words import FEMALE, MALE
from articles.extraction.reading.lexicon import word_list
from articles.extraction.reading.name_runs import NameRun
from articles.extraction.reading.people import SURE
from articles.extraction.types import ExtractedEntity, Span

_HONORIFICS = MALE | FEMALE | {"Dr", "Mx", "Prof"}
_ACRONYMS = word_list("acronyms")
_NAMED_AFTER_PEOPLE = {"administration", "campaign", "government", "camp"}


def list_people(
    reading: Reading, roles: Iterable[Role], known_names: Iterable[str]
) -> Iterator[ExtractedEntity]:
    """Yield the people in order of appearance, each with the first role that is printed."""
    places: dict[str, list[Span]] = {}
    for run, person in zip(reading.runs, reading.people.of_run, strict=True):
        if person and person.score >= SURE and not _is_attribute(reading, run):
            places.setdefault(person.name, []).append(_mention(reading, run))
    role_by_name: dict[str, str] = {}
    for role in roles:
        role_by_name.setdefault(role.person.name, role.text)
    for name, spans in _with_known_names(reading, places, known_names, are_people=True):
        yield ExtractedEntity(name, role_by_name.get(name), spans)


def _is_attribute(reading: Reading, run: NameRun) -> bool:
    """Tell whether the name stands for what is named after the person: "the Okafor administration"."""
    after = reading.tokens.lower[run.last + 1 : run.last + 2]
    return run.first == run.name and bool(after) and after[0] in _NAMED_AFTER_PEOPLE


def _mention(reading: Reading, run: NameRun) -> Span:
    """Return the place of the name with its honorific: "Mr Okafor"."""
    tokens = reading.tokens
    first = run.name
    while first > run.first and tokens.words[first - 1].rstrip(".") in _HONORIFICS:
        first -= 1
    return tokens.starts[first], tokens.ends[run.last]


def list_organizations(reading: Reading, known_names: Iterable[str]) -> Iterator[ExtractedEntity]:
    """Yield the organizations: names with a word like Ministry, acronyms, and those on record.

    An acronym is one that needs no explanation (NATO), or is explained: "Northtown Harbour Authority (NHA)".
    """
    places: dict[str, list[Span]] = {}
    explained: dict[str, str] = {}
    for run, person in zip(reading.runs, reading.people.of_run, strict=True):
        if person:
            continue
        word = reading.tokens.words[run.first]
        if run.first == run.last and word not in _ACRONYMS and word not in explained:
            continue
        start, end = reading.tokens.starts[run.first], reading.tokens.ends[run.last]
        name = reading.tokens.text[start:end]
        if len(run.words) > 1 and run.is_organization:
            explained[_acronym(reading, run)] = name
        elif name not in _ACRONYMS and name not in explained:
            continue
        places.setdefault(explained.get(name, name), []).append((start, end))
    for name, spans in _with_known_names(reading, places, known_names, are_people=False):
        yield ExtractedEntity(name, None, spans)


def _acronym(reading: Reading, run: NameRun) -> str:
    """Return the acronym that follows the name in brackets, or ""."""
    after = reading.tokens.words[run.last + 1 : run.last + 4]
    is_acronym = len(after) == 3 and after[0] == "(" and after[2] == ")" and after[1].isupper()
    return after[1] if is_acronym else ""


def _with_known_names(
    reading: Reading,
    places: dict[str, list[Span]],
    known_names: Iterable[str],
    *,
    are_people: bool,
) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield each name with its places, the names on record added wherever they are printed as whole words.

    Not where they are part of another name: "Ada Okafor Foundation".
    """
    known_names = list(known_names)
    names = [reading.tokens.starts[run.name] for run in reading.runs] if known_names else []
    for name in known_names:
        spans = places.get(name, [])
        starts = {start for start, _ in spans} | {end for _, end in spans}
        extra = [
            span
            for span in _occurrences(reading.tokens.text, name)
            if starts.isdisjoint(span)
            and not _belongs_to_other(reading, names, span, name if are_people else None)
        ]
        if extra:
            places[name] = sorted([*spans, *extra])
    for name, spans in places.items():
        yield name, tuple(spans)


def _belongs_to_other(reading: Reading, names: Sequence[int], span: Span, name: str | None) -> bool:
    """Tell whether ``span`` names somebody other than ``name``, or lies within a longer name that is found.

    ``name`` is None for an organization's: then anybody is somebody else.
    """
    number = bisect_right(names, span[0]) - 1
    if number < 0:
        return False
    run, person = reading.runs[number], reading.people.of_run[number]
    end = reading.tokens.ends[run.last]
    if end < span[1]:
        return False
    if (names[number], end) == span:
        return person is not None and person.name != name
    return bool(run.on_record or run.is_organization or person)


def _occurrences(text: str, name: str) -> Iterator[Span]:
    """Yield the places of ``name`` as whole words."""
    if name.strip() and name in text:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield match.span()
