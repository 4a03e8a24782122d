"""What was taken back is found no more, by any of its words."""

import pytest

from articles.importing.pipeline.run import ImportOptions, run_import
from articles.importing.pipeline.runs.undo import undo
from articles.models import ArticleSearch, DeskNameWord, EditionSearch, ImportRun
from articles.models.search import check_words_table
from tests.factories import make_user
from tests.importing.pipeline.intakes import story, write

pytestmark = pytest.mark.django_db


def test_no_words_of_what_was_taken_back_are_found(tmp_path):
    path = write(tmp_path / "in.jsonl", [story(1), story(2)])
    report = run_import([str(path)], ImportOptions(source="x", publish=True))
    assert EditionSearch.objects.count() == ArticleSearch.objects.count() == 2
    assert DeskNameWord.objects.exists()
    undo(ImportRun.objects.get(pk=report.run or 0), by=make_user())
    assert not EditionSearch.objects.exists()
    assert not ArticleSearch.objects.exists()
    assert not DeskNameWord.objects.exists()
    assert check_words_table()
    assert ArticleSearch.objects.holds_together()
