"""Sources that are not named: who may let them, when it is asked anew."""

from typing import Any

import pytest

from articles.models import Quote
from articles.publishing import NotPublishable, publish
from articles.record import (
    DecisionError,
    SpeakerChoice,
    accept_suggestion,
    add_quote_by_hand,
    approve_unnamed_source,
)
from articles.record.quotes.source_approval import update_approval
from articles.roles import make_roles
from tests.factories import make_article, make_person, make_quote, make_user

pytestmark = pytest.mark.django_db
UNNAMED = SpeakerChoice("unnamed", name="a senior official", reason="Fears for the job.")


@pytest.fixture
def chief():
    make_roles()
    return make_user(groups=("chief",))


@pytest.fixture
def reporter(chief):
    return make_user(groups=("reporter",))


def test_a_source_accepted_by_somebody_who_may_approve_is_approved(story, find_suggestion, chief):
    quote: Any = accept_suggestion(find_suggestion("It was always"), by=chief, choice=UNNAMED)
    assert (quote.approved_by, quote.approved_at is not None) == (chief, True)
    assert publish(story, by=None).number == 1


def test_a_source_accepted_by_others_waits_and_keeps_the_story(
    story, find_suggestion, reporter, chief
):
    quote: Any = accept_suggestion(find_suggestion("It was always"), by=reporter, choice=UNNAMED)
    assert (quote.approved_by, quote.approved_at) == (None, None)
    with pytest.raises(NotPublishable, match="Nobody has approved that a senior official"):
        publish(story, by=None)
    approve_unnamed_source(quote, by=chief)
    quote.refresh_from_db()
    assert quote.approved_by == chief
    assert publish(story, by=None).number == 1


def test_a_source_put_on_record_by_hand_is_treated_alike(chief, reporter):
    article = make_article(body_html="<p>“It holds,” a diver said. “It does not,” he said.</p>")
    quotes = [
        add_quote_by_hand(article, [span], UNNAMED, kind="direct", role="", by=by)
        for by, span in ((chief, (1, 10)), (reporter, (27, 38)))
    ]
    assert [quote.text for quote in quotes] == ["It holds,", "It does not"]
    assert [quote.approved_at is not None for quote in quotes] == [True, False]


def test_a_named_speaker_is_not_approved(story, find_suggestion, chief):
    quote: Any = accept_suggestion(
        find_suggestion("I would not"),
        by=chief,
        choice=SpeakerChoice("new-person", name="Tomas Reve"),
    )
    assert quote.approved_at is None
    with pytest.raises(DecisionError, match="Tomas Reve is named"):
        approve_unnamed_source(quote, by=chief)


def quote_of(**fields) -> Quote:
    article = make_article(body_html="<p>“It holds,” a diver said.</p>")
    return make_quote(article, "It holds", unnamed="a diver", **{"approved_at": None} | fields)


def test_approving_needs_a_reason_and_the_permission(chief, reporter):
    quote = quote_of(unnamed_reason="")
    with pytest.raises(DecisionError, match="why it is not named"):
        approve_unnamed_source(quote, by=chief)
    quote.unnamed_reason = "Fears for the job."
    quote.save()
    with pytest.raises(DecisionError, match="Your role may not"):
        approve_unnamed_source(quote, by=reporter)
    approve_unnamed_source(quote, by=chief)
    with pytest.raises(DecisionError, match="approved already"):
        approve_unnamed_source(quote, by=chief)
    quote.delete()
    with pytest.raises(DecisionError, match="no longer on record"):
        approve_unnamed_source(Quote(pk=quote.pk or 1, article=quote.article), by=chief)


def test_another_description_or_reason_takes_the_approval_back(chief, reporter):
    quote = quote_of()
    approve_unnamed_source(quote, by=chief)
    quote.refresh_from_db()
    update_approval(quote, by=reporter, is_changed=False)
    assert quote.approved_by == chief
    update_approval(quote, by=reporter, is_changed=True)
    assert (quote.approved_by, quote.approved_at) == (None, None)
    update_approval(quote, by=chief, is_changed=True)
    assert (quote.approved_by, quote.approved_at is not None) == (chief, True)
    quote.unnamed, quote.person = "", make_person()
    update_approval(quote, by=chief, is_changed=True)
    assert (quote.approved_by, quote.approved_at) == (None, None)


def test_the_history_of_a_quote_keeps_who_approved(chief):
    quote = quote_of()
    approve_unnamed_source(quote, by=chief)
    newest, first = quote.history.all()
    assert (newest.approved_by, first.approved_by) == (chief, None)
