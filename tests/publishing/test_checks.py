"""What speaks against publishing, to the second, and what an editor is only warned of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Suggestion
from articles.publishing import NotPublishable, publish_blockers, publish_warnings
from articles.publishing.checks import detached_quotes
from articles.text.html.plain import plain_text
from tests.factories import make_article, make_image, make_person, make_quote, make_tag

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def in_an_hour():
    return timezone.now() + timedelta(hours=1)


def blockers(article: Article, at=None) -> str:
    return " ".join(publish_blockers(article, at or timezone.now()))


def test_nothing_speaks_against_a_whole_story():
    assert blockers(make_article()) == ""
    assert blockers(make_article(source="wire", published_at=timezone.now() - SECOND)) == ""
    assert blockers(make_article(lead_image=make_image())) == ""


def test_an_embargo_is_over_at_its_end_not_before():
    end = in_an_hour()
    article = make_article(embargoed_until=end)
    assert "under embargo until" in blockers(article, end - SECOND)
    assert blockers(article, end) == ""


def test_a_story_does_not_go_out_before_its_own_date():
    date = in_an_hour()
    article = make_article(published_at=date)
    assert "is later than its publication" in blockers(article, date - SECOND)
    assert blockers(article, date) == ""


def test_a_refusal_holds_every_reason_and_says_them_all():
    refusal = NotPublishable(["No.", "Never."])
    assert (refusal.reasons, str(refusal)) == (["No.", "Never."], "No. Never.")


def test_words_that_are_no_longer_in_the_text_speak_against_it():
    article = make_article(body_html="<p>“It holds,” said Ada. “For now.”</p>")
    standing_quote = make_quote(article, "It holds,", person=make_person("Ada Lund"))
    lost_quote = make_quote(article, "For now.", person=make_person("Nils Berg"))
    text = plain_text(article.body_html)
    assert detached_quotes(article, text) == []
    assert detached_quotes(article, text.replace("now", "you")) == [lost_quote]
    article.body_html = article.body_html.replace("now", "you")
    assert "A quote of Nils Berg is on record whose words are no longer" in blockers(article)
    standing_quote.state = standing_quote.State.DETACHED
    standing_quote.save()
    assert detached_quotes(article, text) == [standing_quote]


def make_whole(**fields) -> Article:
    return make_article(tags=(make_tag(),), **fields)


def make_suggestion(article: Article) -> None:
    Suggestion.objects.create(
        article=article,
        kind=Suggestion.Kind.QUOTE,
        fingerprint=f"{article.suggestions.count()}",
        confidence=1,
        start=0,
        end=5,
        found={},
    )


def test_an_editor_is_warned_of_what_is_missing():
    assert publish_warnings(make_whole(lead_image=make_image(credit="Ada Lund"))) == []
    assert "first sentence" in publish_warnings(make_whole(is_headline_derived=True))[0]
    assert "no tags" in publish_warnings(make_article())[0]
    assert "no credit" in publish_warnings(make_whole(lead_image=make_image()))[0]


def test_an_editor_is_told_how_many_quotes_wait():
    article = make_whole()
    make_suggestion(article)
    assert publish_warnings(article)[0].startswith("1 of its quotes waits for a decision: ")
    make_suggestion(article)
    assert publish_warnings(article)[0].startswith("2 of its quotes wait for a decision: ")
