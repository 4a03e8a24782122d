import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Edition

pytestmark = pytest.mark.django_db

STORY = "Id: gale\nHeadline: Gale\nDate: 2026-03-04\n\nSKERRY – It blew from the west all night.\n"


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "gale.txt"
    path.write_text(STORY, encoding="utf-8")
    return str(path)


def test_json_is_the_last_line_of_standard_output(story, capsys):
    call_command("import_articles", story, "--json")
    last = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert last.keys() == {
        *("created", "updated", "unchanged", "waiting", "refused", "seconds", "run"),
        *("met", "passed_over", "rejects", "codes"),
    }
    assert (last["created"], last["refused"]) == (1, 0)


def test_a_summary_is_in_words(story, capsys):
    call_command("import_articles", story)
    assert "1 created, 0 updated, 0 unchanged, 0 waiting, 0 refused" in capsys.readouterr().out


def test_a_refusal_names_everything_and_makes_the_exit_status_1(tmp_path, story, capsys):
    (tmp_path / "bad.txt").write_bytes(b"")
    with pytest.raises(SystemExit) as stop:
        call_command("import_articles", str(tmp_path), "--json")
    assert stop.value.code == 1
    out, err = capsys.readouterr()
    assert "bad.txt, record 1" in err
    figures = json.loads(out.strip().splitlines()[-1])
    assert (figures["created"], figures["refused"]) == (1, 1)
    assert Article.objects.count() == 1


def test_a_missing_path_is_an_error_without_a_traceback():
    with pytest.raises(CommandError, match="does not exist"):
        call_command("import_articles", "no/such/file")


def test_standard_input_is_read(monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(STORY.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    call_command("import_articles", "-", "--publish", "--source", "desk")
    assert Edition.objects.listed().get().headline == "Gale"
    assert Article.objects.get().source == "desk"


def test_a_dry_run_says_so(story, capsys):
    call_command("import_articles", story, "--dry-run", "--json")
    out = capsys.readouterr().out
    assert "Nothing was kept (dry run)" in out
    assert json.loads(out.strip().splitlines()[-1])["run"] is None
    assert not Article.objects.exists()
