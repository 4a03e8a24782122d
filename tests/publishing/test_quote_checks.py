"""Quotes that keep a story from readers: off the record, under embargo, a source whom nobody approved."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import dates
from articles.models import Article, Edition, Quote
from articles.publishing import (
    NotPublishable,
    cancel_if_blocked,
    correct,
    publish,
    publish_batch,
    publish_blockers,
    publish_warnings,
    schedule,
)
from tests.factories import make_article, make_organization, make_person, make_quote, make_user

pytestmark = pytest.mark.django_db
WORDS = "We looked at every pile of it."


def make_story(**fields) -> Article:
    """Return a story with one quote; what is not of the quote is of the story."""
    article = make_article(body_html=f"<p>“{WORDS}” she said.</p>")
    if not {"unnamed", "organization"} & fields.keys():
        fields["person"] = make_person("Ada Lund")
    make_quote(article, WORDS, **fields)
    return article


def reasons(article: Article, at=None) -> str:
    stored = Article.objects.with_everything().get(pk=article.pk)
    return " ".join(publish_blockers(stored, at or timezone.now()))


def in_hours(hours: int):
    return timezone.now() + timedelta(hours=hours)


def test_words_off_the_record_keep_the_story_from_readers():
    article = make_story(is_off_record=True)
    with pytest.raises(NotPublishable, match="A quote of Ada Lund is off the record: “We looked"):
        publish(article, by=None)
    with pytest.raises(NotPublishable, match="off the record"):
        schedule(article, by=None, at=in_hours(1))
    assert not Edition.objects.exists()


def test_words_off_the_record_are_not_corrected_into_a_live_story():
    article = make_story()
    publish(article, by=None)
    article.quotes.update(is_off_record=True)
    with pytest.raises(NotPublishable, match="off the record"):
        correct(article, by=None, wrong="Two.", right="Three.", weight="correction")


def test_words_under_embargo_go_out_when_it_ends_not_before():
    until = in_hours(5)
    article = make_story(embargoed_until=until)
    with pytest.raises(NotPublishable) as refusal:
        publish(article, by=None)
    (reason,) = refusal.value.reasons
    assert f"may not go out before {dates.format_datetime(until)}" in reason
    with pytest.raises(NotPublishable):
        schedule(article, by=None, at=until - timedelta(seconds=1))
    assert schedule(article, by=None, at=until).starts_at == until


def test_an_embargo_that_is_over_speaks_against_nothing_whatever_date_the_story_has():
    article = make_story(embargoed_until=in_hours(-1))
    article.published_at = in_hours(-48)
    article.save()
    assert reasons(article, article.published_at) == ""


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"unnamed_reason": " "}, "Say why the source is not named"),
        ({"approved_at": None}, "Nobody has approved that a diver is not named"),
        ({"unnamed": " "}, "Say who it was"),
    ],
)
def test_an_unnamed_source_needs_description_reason_and_approver(fields, expected):
    article = make_story(**{"unnamed": "a diver"} | fields)
    with pytest.raises(NotPublishable) as refusal:
        publish(article, by=None)
    (reason,) = refusal.value.reasons
    assert expected in reason


def test_an_approval_outlives_the_account_of_the_approver():
    user = make_user()
    article = make_story(unnamed="a diver", approved_by=user)
    user.delete()
    assert publish(article, by=None).number == 1


def test_a_named_speaker_needs_no_approval():
    assert reasons(make_story()) == ""
    assert reasons(make_story(organization=make_organization("Port of Sund"))) == ""


def test_a_detached_quote_is_named_as_that_only():
    article = make_story(is_off_record=True)
    article.quotes.update(state=Quote.State.DETACHED)
    assert "no longer in the text" in reasons(article)
    assert "off the record" not in reasons(article)


def test_every_reason_of_a_quote_is_named_at_once():
    article = make_story(
        unnamed="a diver",
        unnamed_reason="",
        approved_at=None,
        is_off_record=True,
        embargoed_until=in_hours(1),
    )
    blockers = reasons(article)
    for words in ("off the record", "may not go out before", "Say why", "approved"):
        assert words in blockers


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
    article = make_story(**fields | later)
    article.published_at = in_hours(-48)
    article.save()
    refusal = publish_batch(list(Article.objects.with_everything()))
    assert list(refusal) == [article.pk]
    assert not Edition.objects.exists()


def test_checking_the_quotes_takes_no_query_of_its_own(django_assert_num_queries):
    html = "".join(f"<p>“Number {number} holds.” they said.</p>" for number in range(12))
    article = make_article(body_html=html)
    for number in range(12):
        make_quote(
            article, f"Number {number} holds.", person=make_person(), is_off_record=number % 2 == 0
        )
    stored = Article.objects.with_everything().get(pk=article.pk)
    with django_assert_num_queries(0):
        assert len(publish_blockers(stored, timezone.now())) == 6


def test_a_scheduled_story_does_not_go_out_once_its_words_are_off_the_record():
    article = make_story()
    schedule(article, by=None, at=in_hours(2))
    assert cancel_if_blocked(article, by=None) == []
    article.quotes.update(is_off_record=True)
    messages = " ".join(cancel_if_blocked(article, by=None))
    assert "is cancelled" in messages
    assert "off the record" in messages
    assert not Edition.objects.exists()
    assert cancel_if_blocked(article, by=None) == [], "nothing is scheduled any more"


def test_a_schedule_after_the_embargo_of_a_quote_stands():
    article = make_story()
    schedule(article, by=None, at=in_hours(2))
    article.quotes.update(embargoed_until=in_hours(1))
    assert cancel_if_blocked(article, by=None) == []
    article.quotes.update(embargoed_until=in_hours(3))
    assert "is cancelled" in cancel_if_blocked(article, by=None)[0]


def test_an_awaited_answer_is_a_warning_until_somebody_notes_it():
    article = make_story()
    until = in_hours(3)
    request = article.replies.create(name="Tomas Reve", deadline_at=until)

    def warned() -> str:
        return " ".join(publish_warnings(article))

    assert f"Tomas Reve was asked for an answer until {dates.format_datetime(until)}." in warned()
    article.replies.update(deadline_at=in_hours(-1), asked_at=in_hours(-5))
    assert "Note what came of it." in warned()
    article.replies.update(deadline_at=None)
    assert "no answer is noted yet" in warned()
    request.refresh_from_db()
    request.outcome = "replied"
    request.save()
    assert "Tomas Reve" not in warned()


def test_the_answers_take_one_query_however_many_are_awaited():
    def cost(article: Article) -> int:
        with CaptureQueriesContext(connection) as captured:
            publish_warnings(article)
        return len(captured)

    few = cost(article := make_story())
    for number in range(6):
        article.replies.create(person=make_person(), deadline_at=in_hours(number + 1))
    assert cost(article) == few
