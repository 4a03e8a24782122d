"""The role that is printed after a full name, between commas: by its noun, by its shape, by the verb beside it."""

import pytest

from articles.extraction.extract import extract


def _roles(text: str) -> dict[str, str | None]:
    return {person.name: person.role for person in extract(text).people}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ada Okafor, coxswain of the lifeboat, said it held.", "coxswain of the lifeboat"),
        ("Ada Okafor, the deputy headteacher, said it held.", "deputy headteacher"),
        ("“It held,” Ada Okafor, the goalkeeper, said.", "goalkeeper"),
        ("“It held,” said Ada Okafor, a retired lighthouse keeper.", "retired lighthouse keeper"),
        ("Ada Okafor, midwife and poet, left.", "midwife"),
        ("Ada Okafor, the town’s only gravedigger, left.", "town’s only gravedigger"),
        ("Ada Okafor, a bell ringer from Northtown, left.", "bell ringer from Northtown"),
        ("Ada Okafor, the odd job hand of the quay, said it held.", "odd job hand of the quay"),
        ("“It held,” said Ada Okafor, the odd job hand.", "odd job hand"),
        ("“It held,” said returning officer Ada Okafor.", "returning officer"),
        ("Skipper Ada Okafor left.", "Skipper"),
    ],
)
def test_the_role_is_printed_without_its_article(text, role):
    assert _roles(text) == {"Ada Okafor": role}


@pytest.mark.parametrize(
    "text",
    [
        "Ada Okafor, the same day, said it held.",
        "Ada Okafor, the town believes, said it held.",
        "Ada Okafor, that summer, left.",
        "Ada Okafor, a year later, said it held.",
        "Ada Okafor, in a letter, said it held.",
        "Ada Okafor, Ines Vahtra and Per Lind left.",
        "Ada Okafor, the council, the club and the harbour left.",
        "Ada Okafor, a 43-year-old man, left.",
    ],
)
def test_other_words_between_commas_are_no_role(text):
    assert _roles(text)["Ada Okafor"] is None
