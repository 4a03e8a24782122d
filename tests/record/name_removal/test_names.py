"""Names are found as whole words, in whatever case, marks, markup or encoding; what is no name stays."""

import json
import zlib

import pytest

from articles.record.name_removal.names import REMOVED, NamePattern, words_of

NAMES = NamePattern(["Harriet Óllerby", "Ollerby", "王小明"])


@pytest.mark.parametrize(
    "text",
    [
        "Harriet Óllerby",
        "HARRIET OLLERBY",
        "Ms Ollerby’s boat",
        "O\u0301llerby",  # the accent as a letter of its own
        "harriet-ollerby",
        "harriet_ollerby.txt",
        "<p>Harriet <em>Óller</em>by</p>",
        "<p>Harriet &Oacute;llerby</p>",
        '<a href="/people/1/harriet-ollerby/">her</a>',
        "王小明说过",
        '[{"changed": {"object": "\\u00d3llerby"}}]',
        "(Ollerby)",
    ],
)
def test_a_name_is_found(text):
    assert NAMES.is_in(text)


@pytest.mark.parametrize("text", ["", "Ollerbyshire", "Harriet", "Mollerby", "王小", "{broken"])
def test_what_is_not_the_whole_name_is_not(text):
    assert not NAMES.is_in(text)


@pytest.mark.parametrize(
    "content",
    [
        "By Harriet Óllerby".encode(),
        "By Harriet Óllerby".encode("utf-16"),
        "By Harriet Óllerby".encode("latin-1"),
        zlib.compress("By Harriet Óllerby".encode()),
    ],
)
def test_a_source_file_is_read_as_far_as_it_can_be(content):
    assert NAMES.is_in_value(content)
    assert not NAMES.is_in_value(b"\xff\x00By somebody")


@pytest.mark.parametrize(
    ("value", "redacted"),
    [
        ("It was Harriet Óllerby’s.", f"It was {REMOVED}’s."),
        ("Ollerby, OLLERBY", f"{REMOVED}, {REMOVED}"),
        ({"a": ["Ollerby", 3, None]}, {"a": [REMOVED, 3, None]}),
        ("H&aacute;rriet", "H&aacute;rriet"),
        ("Harriet &Oacute;llerby", REMOVED),
        ('["\\u00d3llerby"]', json.dumps([REMOVED])),
        ('["nobody"]', '["nobody"]'),
        ("Nobody", "Nobody"),
        (7, 7),
    ],
)
def test_each_name_is_replaced_and_nothing_else(value, redacted):
    assert NAMES.redact(value) == redacted
    assert not NAMES.is_in_value(NAMES.redact(value))


def test_a_long_text_takes_no_long_time():
    assert not NAMES.is_in("harriet " * 200_000)


def test_words_are_folded():
    assert words_of("Ó Briain-Lund’s") == ("o", "briain", "lund", "s")
