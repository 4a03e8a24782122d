import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import Tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def vocabulary(tmp_path):
    concepts = [{"qcode": "medtop:29000001", "prefLabel": {"en-GB": "boats"}}]
    path = tmp_path / "topics.json"
    path.write_text(json.dumps({"conceptSet": concepts}), encoding="utf-8")
    return path


def test_figures_are_in_words_and_in_json(vocabulary, capsys):
    call_command("import_topics", str(vocabulary), "--json")
    lines = capsys.readouterr().out.strip().splitlines()
    assert lines[0].startswith("1 created, 0 adopted")
    assert json.loads(lines[-1])["created"] == 1
    assert Tag.objects.get().qcode == "medtop:29000001"


def test_a_dry_run_says_so_and_keeps_nothing(vocabulary, capsys):
    call_command("import_topics", str(vocabulary), "--dry-run")
    assert "Nothing was kept (dry run)" in capsys.readouterr().out
    assert Tag.objects.count() == 0


def test_a_bad_concept_makes_the_exit_status_1(vocabulary, capsys):
    vocabulary.write_text('{"conceptSet": [3]}')
    with pytest.raises(SystemExit) as stop:
        call_command("import_topics", str(vocabulary))
    assert stop.value.code == 1
    assert "concept 1" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, "[]", "no json"])
def test_what_cannot_be_read_is_an_error_without_a_traceback(vocabulary, content):
    vocabulary.write_text(content) if content else vocabulary.unlink()
    with pytest.raises(CommandError, match="topics.json"):
        call_command("import_topics", str(vocabulary))
