"""Names of people."""

_PARTICLES = {
    *("de", "da", "das", "del", "della", "der", "den", "di", "do", "dos", "du", "la", "le", "los"),
    *("van", "von", "zu", "zum", "zur", "af", "av", "bin", "bint", "ibn", "el", "al", "ten", "ter"),
    *("te", "’t", "'t", "y", "e", "i"),
}
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


def sort_name(name: str) -> str:
    """Return ``name`` with the family name first: "de la Cruz, Ana". An editor can say better.

    Particles written small stay with the family name; a suffix (Jr, III) follows the given names.
    """
    words = name.split()
    suffix = [words.pop()] if len(words) > 2 and words[-1].strip(".").lower() in _SUFFIXES else []
    if len(words) < 2:
        return name.strip()
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    given_names = " ".join([*words[:start], *suffix])
    return f"{' '.join(words[start:])}, {given_names}"
