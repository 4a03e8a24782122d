"""The command that takes an import back."""

import pytest
from django.core.management import CommandError, call_command

from articles.importing.pipeline.run import ImportOptions, run_import
from articles.models import Article, ImportRun
from tests.factories import make_user
from tests.importing.pipeline.intakes import story, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    path = write(tmp_path / "in.jsonl", [story(1), story(2)])
    return run_import([str(path)], ImportOptions(source="x", publish=True)).run


def test_it_says_what_would_go_and_deletes_nothing(run, capsys):
    call_command("undo_import", str(run))
    output = capsys.readouterr().out
    assert output.startswith("This would go: 2 stories, 2 published versions, 4 tags,")
    assert Article.objects.count() == 2


def test_with_yes_it_does_it(run, capsys):
    call_command("undo_import", str(run), "--yes")
    assert capsys.readouterr().out.startswith("Gone: 2 stories, 4 tags,")
    assert not Article.objects.exists()
    assert ImportRun.objects.get().state == "undone"


@pytest.mark.parametrize("flags", [[], ["--yes"]])
def test_what_cannot_be_undone_is_said_with_every_reason(run, flags):
    for article in Article.objects.all():
        article.create_revision(make_user())
    with pytest.raises(CommandError, match="2 stories were changed since"):
        call_command("undo_import", str(run), *flags)
    assert Article.objects.count() == 2


def test_a_run_that_is_none_is_said():
    with pytest.raises(CommandError, match="There is no import run 99"):
        call_command("undo_import", "99")
