"""``manage.py empty_trash``: what it says, what it does, how it ends."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article, TrashEntry
from articles.record.trash.moves import move_to_trash
from tests.factories import make_article, make_withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_spike() -> Article:
    article = make_article()
    move_to_trash(article, by=None, reason="Overtaken.")
    TrashEntry.objects.update(at=timezone.now() - timedelta(days=31))
    return article


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("empty_trash", *arguments, stdout=out)
    return out.getvalue()


def test_without_yes_it_says_what_would_go_and_ends_with_1(old_spike):
    with pytest.raises(CommandError, match="This would go: 1 article. Add --yes.") as refusal:
        run()
    assert refusal.value.returncode == 1
    assert Article.all_objects.exists()


def test_with_yes_it_empties(old_spike):
    assert run("--yes") == "Gone: 1 article.\n"
    assert not Article.all_objects.exists()


def test_nothing_to_do_is_no_error():
    assert run() == "Nothing in the trash is due.\n"


def test_it_says_what_stays_and_why():
    move_to_trash(make_withdrawn().article, by=None, reason="Overtaken.")
    out = run("--days", "0", "--yes")
    assert out == "Stay in the trash for good: 1 (readers had it).\nNothing in the trash is due.\n"


@pytest.mark.parametrize("days", ["-1", "99999999999"])
def test_days_that_are_none_end_with_2(days):
    with pytest.raises(CommandError, match="--days") as refusal:
        run("--days", days)
    assert refusal.value.returncode == 2
