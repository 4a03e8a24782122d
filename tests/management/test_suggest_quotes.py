import pytest
from django.core.management import call_command

from articles.models import Suggestion
from articles.record import follow, reject
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db
BODY = "<p>“The quay will hold,” said Ada Lund.</p>"


def suggest(capsys, *options: str) -> str:
    call_command("suggest_quotes", *options)
    return capsys.readouterr().out


def test_stories_without_suggestions_get_them_once(capsys):
    make_article(body_html=BODY)
    make_article(body_html="<p>Nobody says anything.</p>")
    assert "2 suggestions wait in 2 stories" in suggest(capsys)
    assert "0 suggestions wait in 1 stories" in suggest(capsys)
    assert Suggestion.objects.count() == 2


def test_what_was_decided_stays_decided(capsys):
    article = make_article(body_html=BODY)
    follow(article, by=None)
    reject(article.suggestions.quotes().get(), by=make_user())
    assert "0 suggestions wait in 0 stories" in suggest(capsys)
    assert "1 suggestions wait in 1 stories" in suggest(capsys, "--all")
    assert article.suggestions.quotes().get().state == "rejected"
