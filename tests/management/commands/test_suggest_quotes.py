import pytest
from django.core.management import call_command

from articles.models import Suggestion
from articles.record import reject_suggestion, sync_record
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db
BODY = "<p>“The quay will hold,” said Ada Lund.</p>"


def suggest(capsys, *options: str) -> str:
    call_command("suggest_quotes", *options)
    return capsys.readouterr().out


def test_stories_without_suggestions_get_them_once(capsys):
    make_article(body_html=BODY)
    make_article(body_html="<p>Nobody says anything.</p>")
    assert "into: 2. Suggestions that wait in them: 2." in suggest(capsys)
    assert "into: 1. Suggestions that wait in them: 0." in suggest(capsys)
    assert Suggestion.objects.count() == 2


def test_what_was_decided_stays_decided(capsys):
    article = make_article(body_html=BODY)
    sync_record(article, by=None)
    reject_suggestion(article.suggestions.quotes().get(), by=make_user())
    assert "into: 0. Suggestions that wait in them: 0." in suggest(capsys)
    assert "into: 1. Suggestions that wait in them: 1." in suggest(capsys, "--all")
    assert article.suggestions.quotes().get().state == "rejected"
