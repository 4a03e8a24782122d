"""A refusal keeps a code beside its words, and is told in the language of whoever reads it."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override

from articles.importing.formats.types import RejectedRecord
from articles.importing.pipeline.runs.refusals import as_row, in_words
from articles.models import ImportRun
from articles.text.messages import Message, untranslated
from tests.factories import make_user

MARKED = RejectedRecord(
    "3",
    "file",
    Message("it is not JSON: %(error)s", {"error": "line 1"}, "json.invalid"),
    "Mend it.",
)
BAD = '[{"uri": "x:1", "type": "text", "body_text": 5}, {"uri": "x:2", "pubstatus": "odd"}]'


def test_row_is_what_it_was_with_new_keys_beside() -> None:
    row = as_row("a.json", MARKED)
    assert {name: row[name] for name in ("file", "record", "field", "reason", "remedy")} == {
        "file": "a.json",
        "record": "3",
        "field": "file",
        "reason": "it is not JSON: line 1",
        "remedy": "Mend it.",
    }
    assert row["code"] == "json.invalid"
    assert json.loads(json.dumps(row)) == row


def test_what_a_library_said_is_told_as_it_stands(pseudo_locale: str) -> None:
    reason = untranslated("100 % damaged", "picture.damaged")
    row = as_row("a.txt", RejectedRecord("1", "file", reason, "Fill it."))
    assert (row["code"], row["reason"]) == ("picture.damaged", "100 % damaged")
    with override(pseudo_locale):
        assert in_words(row, "reason") == "100 % damaged"


def test_kept_row_is_told_in_any_language(pseudo_locale: str) -> None:
    row = json.loads(json.dumps(as_row("a.json", MARKED)))
    assert in_words(row, "reason") == "it is not JSON: line 1"
    with override(pseudo_locale):
        assert in_words(row, "reason") == "ííţ ííš ñóóţ ĴŠÓóÑ: line 1"
        assert in_words(row, "remedy") == "Mend it."


def test_row_of_an_older_run_is_told_as_it_stands() -> None:
    assert in_words({"reason": "it is empty", "remedy": "Fill it."}, "reason") == "it is empty"
    assert in_words({}, "remedy") == ""


@pytest.fixture
def refused(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    """Import two items that are refused; give the file of rejects and what the command printed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wire.json").write_text(BAD)
    out, rejects = StringIO(), tmp_path / "wire.rejects"
    with pytest.raises((SystemExit, CommandError)):
        call_command(
            "import_articles",
            "wire.json",
            "--json",
            source="wire",
            rejects=rejects,
            stdout=out,
            stderr=StringIO(),
        )
    return rejects, out.getvalue()


def test_codes_stand_in_the_file_of_rejects_and_in_json(refused: tuple[Path, str]) -> None:
    rejects, printed = refused
    codes = re.findall(r'^Code: "(.*)"$', rejects.read_text(), re.MULTILINE)
    assert sorted(codes) == ["ninjs.pubstatus", "ninjs.type"]
    assert json.loads(printed.splitlines()[-1])["codes"] == dict.fromkeys(codes, 1)


@pytest.mark.parametrize("has_code", [True, False])
def test_file_of_rejects_is_read_with_codes_and_as_it_was_without(
    refused: tuple[Path, str], has_code: bool
) -> None:
    rejects, _ = refused
    text = rejects.read_text().replace('"body_text": 5', '"body_text": "The tide was high."')
    if not has_code:
        text = re.sub(r"^Code: .*\n", "", text, flags=re.MULTILINE)
    rejects.write_text(text.replace('"odd"', '"withheld"'))
    out = StringIO()
    call_command("import_articles", str(rejects), "--json", source="wire", stdout=out)
    summary = json.loads(out.getvalue().splitlines()[-1])
    assert (summary["created"], summary["refused"], summary["codes"]) == (2, 0, {})


def test_desk_tells_a_refusal_in_its_users_language(
    refused: tuple[Path, str], client: Client, pseudo_locale: str
) -> None:
    client.force_login(make_user(is_superuser=True, language=pseudo_locale))
    run = ImportRun.objects.get()
    page = client.get(f"/admin/articles/importrun/{run.pk}/change/").content.decode()
    assert page.count("ííţ ííš ñóóţ ţééẋţ") == 2
    assert "it is not text" not in page
