"""What a person decided is known as such, also when the account is gone; what the wire did itself is not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Edition
from articles.publishing import (
    ScheduleDecision,
    correct,
    decisions_by_hand,
    enforce_hold,
    publish,
    publish_batch,
    schedule,
    withdraw,
)
from articles.publishing.bring_back import NO_REASON_GIVEN
from articles.publishing.editor_decisions import CORRECTED
from tests.factories import make_live, make_user, scheduled_of

pytestmark = pytest.mark.django_db


def kinds(*articles: Article) -> list[str]:
    decisions = decisions_by_hand([article.pk for article in articles])
    return [decisions[article.pk].kind if article.pk in decisions else "" for article in articles]


def corrected(article: Article, *, by, wrong: str, decision=None) -> Article:
    correct(article, by=by, wrong=wrong, right="Two.", weight="correction", decision=decision)
    return article


def test_only_what_a_person_decided_counts():
    plain, live, withdrawn, killed, theirs = (make_live().article for _ in range(5))
    withdraw(withdrawn, by=make_user(), reason="A court has ordered it.")
    killed.pub_status = "canceled"
    killed.save()
    enforce_hold(killed, by=None)
    publish(live, by=make_user())
    corrected(theirs, by=None, wrong=CORRECTED)
    assert kinds(plain, live, withdrawn, killed, theirs) == ["", "", "withdrawn", "", ""]


def test_the_weightiest_decision_is_returned():
    person = make_user()
    article = make_live().article
    article.headline = "As an editor wrote it"
    article.save()
    article.create_revision(person)
    assert kinds(article) == ["edited"]
    article.is_on_hold = True
    article.save()
    assert kinds(article) == ["held"]
    article.is_on_hold = False
    article.save()
    schedule(article, by=person, at=timezone.now() + timedelta(hours=1))
    assert kinds(article) == ["scheduled"]
    corrected(article, by=person, wrong="One.", decision=ScheduleDecision(scheduled_of(article).pk))
    assert kinds(article) == ["corrected"]
    withdraw(article, by=person, reason="A court has ordered it.")
    assert kinds(article) == ["withdrawn"]
    publish(article, by=make_user(is_superuser=True), reason=NO_REASON_GIVEN)
    assert kinds(article) == ["corrected"]


def test_a_decision_outlives_the_account_of_who_took_it():
    person = make_user()
    withdrawn, fixed, coming = (make_live().article for _ in range(3))
    withdraw(withdrawn, by=person, reason="A court has ordered it.")
    corrected(fixed, by=person, wrong="One.")
    schedule(coming, by=person, at=timezone.now() + timedelta(hours=1))
    person.delete()
    assert kinds(withdrawn, fixed, coming) == ["withdrawn", "corrected", "scheduled"]


def test_nobody_publishes_many_stories_over_a_withdrawal():
    person = make_user()
    article = make_live().article
    withdraw(article, by=person, reason="A court has ordered it.")
    read = list(Article.objects.with_everything().filter(pk=article.pk))
    assert "withdrawn" in publish_batch(read)[article.pk][0]
    assert not Edition.objects.listed().exists()
    assert "ask a chief" in publish_batch(read, by=person)[article.pk][0]
    assert not Edition.objects.listed().exists()
