"""manage.py extract_quotes: JSON lines in, JSON lines out, a bad line costs only itself."""

import io
import json
import sys
from typing import Any

import pytest
from django.core.management import call_command

GOOD = {"id": "a", "text": "“We dredge at dawn,” harbour chief Ada Okafor said."}


def _run(monkeypatch, *lines: bytes) -> tuple[list[dict], str, int]:
    """Give the command ``lines``; return its answers, what it said on stderr, and its exit status."""
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(lines))))
    status: Any = 0
    try:
        call_command("extract_quotes", stdout=out, stderr=err)
    except SystemExit as stop:
        status = stop.code
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), status


def test_an_article_becomes_one_line(monkeypatch):
    answers, errors, status = _run(monkeypatch, json.dumps(GOOD).encode())
    assert (errors, status) == ("", 0)
    (answer,) = answers
    (quote,) = answer["quotes"]
    assert answer["id"] == "a"
    assert quote | {"confidence": None} == {
        "start": 1,
        "end": 19,
        "text": "We dredge at dawn,",
        "kind": "direct",
        "speaker": "Ada Okafor",
        "speaker_type": "person",
        "mention": {"start": 21, "end": 45, "text": "harbour chief Ada Okafor"},
        "cue": {"start": 46, "end": 50, "text": "said"},
        "confidence": None,
        "pattern": "after",
        "utterance": 1,
    }
    assert answer["people"] == [
        {"name": "Ada Okafor", "role": "harbour chief", "mentions": [[35, 45]]}
    ]
    assert answer["organizations"] == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"text": "x"}', '"id"'),
        (b'{"id": "b", "text": 1}', '"text"'),
        (b'{"id": "b", "text": "x", "known_people": "Ada"}', '"known_people"'),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(monkeypatch, line, reason):
    good = json.dumps(GOOD).encode()
    answers, errors, status = _run(monkeypatch, good, b"", line, good)
    assert len(answers) == 2
    assert status == 1
    assert "line 3" in errors
    assert reason in errors


def test_names_on_record_are_used(monkeypatch):
    line = {"id": "a", "text": "A statue of Zug Zwang.", "known_people": ["Zug Zwang"]}
    answers, *_ = _run(monkeypatch, json.dumps(line).encode())
    assert answers[0]["people"] == [{"name": "Zug Zwang", "role": None, "mentions": [[12, 21]]}]


def test_half_a_character_does_not_stop_the_others(monkeypatch):
    line = b'{"id": "a", "text": "\\ud800 said \\u201cno\\u201d"}'
    answers, errors, status = _run(monkeypatch, line)
    assert (len(answers), errors, status) == (1, "", 0)
