"""Word lists kept as plain files beside the code: one or more words a line, ``#`` begins a remark."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lists"


def read_word_list(name: str) -> list[list[str]]:
    """Return the lines of ``lists/<name>.txt`` as words, remarks and empty lines left out."""
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line.strip() and line[0] != "#"]


@cache
def word_list(name: str) -> frozenset[str]:
    """Return all words of ``lists/<name>.txt``."""
    return frozenset(word for line in read_word_list(name) for word in line)


def _verb_forms(verb: str) -> list[str]:
    """Return the forms of a regular verb."""
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith(("s", "sh", "ch", "x")):
        return [verb, verb + "es", verb + "ed", verb + "ing"]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    return [verb, verb + "s", verb + "ed", verb + "ing"]


@cache
def cue_verbs() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Return each form of a cue verb -> its base form, and the base forms by strength: strong, plain, weak."""
    bases: dict[str, str] = {}
    strength: dict[str, set[str]] = {"strong": set(), "plain": set(), "weak": set()}
    group = ""
    for verb, *irregular in read_word_list("cue_verbs"):
        if verb in strength:
            group = verb
            continue
        strength[group].add(verb)
        bases.update(dict.fromkeys([verb, *irregular] if irregular else _verb_forms(verb), verb))
    return bases, {name: frozenset(verbs) for name, verbs in strength.items()}
