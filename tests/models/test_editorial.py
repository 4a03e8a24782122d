"""What an editor did about a story before it went out."""

import pytest
from django.db import IntegrityError, transaction

from articles.models import CorrectionDraft, RightOfReply, WavedOff
from tests.factories import make_article, make_organization, make_person

pytestmark = pytest.mark.django_db


def test_a_request_waits_until_something_came_of_it():
    article = make_article()
    rows = {
        outcome: RightOfReply.objects.create(article=article, name="Mr Berg", outcome=outcome)
        for outcome in RightOfReply.Outcome.values
    }
    assert RightOfReply.objects.waiting().get() == rows["waiting"]


def test_a_request_names_whom_was_asked():
    person, organization = make_person("Ada Lund"), make_organization("Port of Sund")
    assert RightOfReply(person=person).addressee == "Ada Lund"
    assert RightOfReply(organization=organization).addressee == "Port of Sund"
    assert str(RightOfReply(name="Mr Berg")) == "Mr Berg: no answer yet"


def test_a_draft_of_a_correction_is_named_by_its_beginning():
    assert str(CorrectionDraft(right="a" * 70)) == "a" * 60


def test_a_warning_is_dismissed_once_and_the_newest_stands_first():
    article = make_article()
    rows = [
        WavedOff.objects.create(
            article=article, check_name="names", fingerprint=f, reason="Checked."
        )
        for f in ("a", "b")
    ]
    assert list(article.waved_off.all()) == rows[::-1]
    with pytest.raises(IntegrityError), transaction.atomic():
        WavedOff.objects.create(article=article, fingerprint="a")
    assert str(rows[0]) == "names: Checked."


def test_requests_stand_in_the_order_in_which_they_were_made():
    article = make_article()
    rows = [RightOfReply.objects.create(article=article, name=name) for name in "ba"]
    assert list(article.replies.all()) == rows
