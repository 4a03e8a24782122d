"""Quotes that keep a story from readers: off the record, under embargo, a source whom nobody approved."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import printed
from articles.models import Article, Edition, Quote
from articles.publishing import (
    NotPublishable,
    correct,
    publish,
    publish_batch,
    reasons_against,
    schedule,
    settle_quotes,
    warnings_about,
)
from tests.factories import make_article, make_organization, make_person, make_quote, make_user

pytestmark = pytest.mark.django_db
SAID = "We looked at every pile of it."


def story(**fields) -> Article:
    """Return a story with one quote; what is not of the quote is of the story."""
    article = make_article(body_html=f"<p>“{SAID}” she said.</p>")
    if not {"unnamed", "organization"} & fields.keys():
        fields["person"] = make_person("Ada Lund")
    make_quote(article, SAID, **fields)
    return article


def reasons(article: Article, at=None) -> str:
    stored = Article.objects.with_everything().get(pk=article.pk)
    return " ".join(reasons_against(stored, at or timezone.now()))


def in_hours(hours: int):
    return timezone.now() + timedelta(hours=hours)


def test_words_off_the_record_keep_the_story_from_readers():
    article = story(is_off_record=True)
    with pytest.raises(NotPublishable, match="A quote of Ada Lund is off the record: “We looked"):
        publish(article, by=None)
    with pytest.raises(NotPublishable, match="off the record"):
        schedule(article, by=None, at=in_hours(1))
    assert not Edition.objects.exists()


def test_words_off_the_record_are_not_corrected_into_a_live_story():
    article = story()
    publish(article, by=None)
    article.quotes.update(is_off_record=True)
    with pytest.raises(NotPublishable, match="off the record"):
        correct(article, by=None, wrong="Two.", right="Three.", weight="correction")


def test_words_under_embargo_go_out_when_it_ends_not_before():
    until = in_hours(5)
    article = story(embargoed_until=until)
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=None)
    (reason,) = refused.value.reasons
    assert f"may not go out before {printed.moment(until)}" in reason
    with pytest.raises(NotPublishable):
        schedule(article, by=None, at=until - timedelta(seconds=1))
    assert schedule(article, by=None, at=until).starts_at == until


def test_an_embargo_that_is_over_speaks_against_nothing_whatever_date_the_story_has():
    article = story(embargoed_until=in_hours(-1))
    article.published_at = in_hours(-48)
    article.save()
    assert reasons(article, article.published_at) == ""


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"unnamed_reason": " "}, "Nobody has said why a diver is not named"),
        ({"approved_at": None}, "Nobody has approved that a diver is not named"),
        ({"unnamed": " "}, "has nobody who said it"),
    ],
)
def test_an_unnamed_source_needs_description_reason_and_approver(fields, said):
    article = story(**{"unnamed": "a diver"} | fields)
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=None)
    (reason,) = refused.value.reasons
    assert said in reason


def test_an_approval_outlives_the_account_of_the_approver():
    user = make_user()
    article = story(unnamed="a diver", approved_by=user)
    user.delete()
    assert publish(article, by=None).number == 1


def test_a_named_speaker_needs_no_approval():
    assert reasons(story()) == ""
    assert reasons(story(organization=make_organization("Port of Sund"))) == ""


def test_a_detached_quote_is_told_as_that_only():
    article = story(is_off_record=True)
    article.quotes.update(state=Quote.State.DETACHED)
    assert "no longer in the text" in reasons(article)
    assert "off the record" not in reasons(article)


def test_all_is_said_at_once():
    article = story(
        unnamed="a diver",
        unnamed_reason="",
        approved_at=None,
        is_off_record=True,
        embargoed_until=in_hours(1),
    )
    said = reasons(article)
    for words in ("off the record", "may not go out before", "said why", "approved"):
        assert words in said


@pytest.mark.parametrize(
    "fields",
    [
        {"is_off_record": True},
        {"embargoed_until": "later"},
        {"unnamed": "a diver", "approved_at": None},
        {"unnamed": "a diver", "unnamed_reason": ""},
    ],
)
def test_an_import_publishes_no_such_story(fields):
    later = {"embargoed_until": in_hours(1)} if "embargoed_until" in fields else {}
    article = story(**fields | later)
    article.published_at = in_hours(-48)
    article.save()
    refused = publish_batch(list(Article.objects.with_everything()))
    assert list(refused) == [article.pk]
    assert not Edition.objects.exists()


def test_checking_the_quotes_takes_no_query_of_its_own(django_assert_num_queries):
    body = "".join(f"<p>“Number {number} holds.” they said.</p>" for number in range(12))
    article = make_article(body_html=body)
    for number in range(12):
        make_quote(
            article, f"Number {number} holds.", person=make_person(), is_off_record=number % 2 == 0
        )
    stored = Article.objects.with_everything().get(pk=article.pk)
    with django_assert_num_queries(0):
        assert len(reasons_against(stored, timezone.now())) == 6


def test_a_scheduled_story_does_not_go_out_once_its_words_are_off_the_record():
    article = story()
    schedule(article, by=None, at=in_hours(2))
    assert settle_quotes(article, by=None) == []
    article.quotes.update(is_off_record=True)
    said = " ".join(settle_quotes(article, by=None))
    assert "is cancelled" in said
    assert "off the record" in said
    assert not Edition.objects.exists()
    assert settle_quotes(article, by=None) == [], "nothing is scheduled any more"


def test_a_schedule_after_the_embargo_of_a_quote_stands():
    article = story()
    schedule(article, by=None, at=in_hours(2))
    article.quotes.update(embargoed_until=in_hours(1))
    assert settle_quotes(article, by=None) == []
    article.quotes.update(embargoed_until=in_hours(3))
    assert "is cancelled" in settle_quotes(article, by=None)[0]


def test_an_awaited_answer_is_a_warning_until_somebody_notes_it():
    article = story()
    until = in_hours(3)
    asked = article.replies.create(name="Tomas Reve", deadline_at=until)

    def warned() -> str:
        return " ".join(warnings_about(article))

    assert f"Tomas Reve was asked for an answer until {printed.moment(until)}." in warned()
    article.replies.update(deadline_at=in_hours(-1), asked_at=in_hours(-5))
    assert "Note what came of it." in warned()
    article.replies.update(deadline_at=None)
    assert "no answer is noted yet" in warned()
    asked.refresh_from_db()
    asked.outcome = "replied"
    asked.save()
    assert "Tomas Reve" not in warned()


def test_the_answers_take_one_query_however_many_are_awaited():
    def cost(article: Article) -> int:
        with CaptureQueriesContext(connection) as captured:
            warnings_about(article)
        return len(captured)

    few = cost(article := story())
    for number in range(6):
        article.replies.create(person=make_person(), deadline_at=in_hours(number + 1))
    assert cost(article) == few
