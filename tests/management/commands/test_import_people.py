import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import Membership, Person

pytestmark = pytest.mark.django_db

TABLE = "name,organization,role\nAda Quince,Harbour Board,chair\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def test_json_is_the_last_line_of_standard_output(table, capsys):
    call_command("import_people", table, "--json", "--confirm")
    out, err = capsys.readouterr()
    last = json.loads(out.strip().splitlines()[-1])
    assert last.keys() == {"people", "organizations", "memberships", "refused", "seconds"}
    assert last["people"] == {"created": 1, "updated": 0, "unchanged": 0, "waiting": 0}
    assert "role: role" in err
    assert Membership.objects.get().is_public


def test_a_dry_run_says_so_and_keeps_nothing(table, capsys):
    call_command("import_people", table, "--dry-run")
    assert "Nothing was kept (dry run)" in capsys.readouterr().out
    assert Person.objects.count() == 0


def test_a_refusal_names_everything_and_makes_the_exit_status_1(tmp_path, capsys):
    path = tmp_path / "people.csv"
    path.write_text(TABLE + ",Harbour Board,clerk\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        call_command("import_people", str(path))
    assert stop.value.code == 1
    assert "record line 3, name: the person has none. Give" in capsys.readouterr().err


def test_a_missing_path_is_an_error_without_a_traceback():
    with pytest.raises(CommandError, match="does not exist"):
        call_command("import_people", "no/such/file")
