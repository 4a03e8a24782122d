from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from articles import clock
from articles.models import Article, Correction, Edition, Tag
from articles.models.visibility import FOREVER
from articles.publishing import (
    NotPublishable,
    ScheduleDecision,
    cancel_schedule,
    correct,
    publish,
    schedule,
    withdraw,
)
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_person,
    make_tag,
    make_user,
    scheduled_of,
)

pytestmark = pytest.mark.django_db


def chain(article: Article) -> list[tuple[datetime, datetime]]:
    return list(article.editions.order_by("starts_at").values_list("starts_at", "ends_at"))


def in_an_hour() -> datetime:
    return timezone.now() + timedelta(hours=1)


def test_publishing_closes_the_edition_before_at_the_same_instant():
    first = make_live()
    second = publish(first.article, by=None)
    assert chain(first.article) == [
        (first.starts_at, second.starts_at),
        (second.starts_at, FOREVER),
    ]
    assert second.number == 2


def test_a_story_written_here_gets_the_time_of_its_first_publication():
    edition = make_live()
    assert edition.published_at == edition.starts_at == edition.modified_at
    assert publish(edition.article, by=None).published_at == edition.published_at


def test_a_story_with_a_date_keeps_it():
    date = timezone.now() - timedelta(days=400)
    edition = make_live(published_at=date, source="archive")
    assert edition.published_at == date
    assert edition.starts_at > date


def test_a_minor_fix_leaves_the_date_of_the_last_change():
    first = make_live()
    minor = publish(first.article, by=None, kind=Edition.Kind.MINOR)
    assert minor.modified_at == first.modified_at
    assert publish(first.article, by=None).modified_at > first.modified_at


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"is_on_hold": True}, "on hold"),
        ({"pub_status": "canceled"}, "canceled"),
        ({"pub_status": "withheld"}, "withheld"),
        ({"headline": " "}, "no headline"),
        ({"body_html": "<p> </p>"}, "no text"),
        ({"source": "wire"}, "no date"),
    ],
)
def test_what_speaks_against_publishing_is_said(fields, words):
    with pytest.raises(NotPublishable, match=words):
        publish(make_article(**fields), by=None)
    assert not Edition.objects.exists()


def test_every_reason_is_named_at_once():
    article = make_article(headline="", is_on_hold=True, embargoed_until=in_an_hour())
    with pytest.raises(NotPublishable) as refusal:
        publish(article, by=None)
    assert len(refusal.value.reasons) == 3


def test_a_picture_without_alternative_text_blocks():
    with pytest.raises(NotPublishable, match="alternative text"):
        publish(make_article(lead_image=make_image(alt="")), by=None)
    assert make_live(lead_image=make_image(alt="", is_decorative=True)).picture["alt"] == ""


def test_an_embargoed_story_can_be_scheduled_for_its_end():
    end = in_an_hour()
    article = make_article(embargoed_until=end)
    with pytest.raises(NotPublishable, match="embargo"):
        schedule(article, by=None, at=end - timedelta(seconds=1))
    assert schedule(article, by=None, at=end).starts_at == end


def test_a_scheduled_edition_goes_live_by_the_clock_alone():
    at = in_an_hour()
    edition = schedule(make_article(), by=None, at=at)
    assert not Edition.objects.live().exists()
    assert not Edition.objects.live(at - timedelta(microseconds=1)).exists()
    assert Edition.objects.live(at).get() == edition


def test_a_schedule_in_the_past_is_refused():
    with pytest.raises(NotPublishable, match="not in the future"):
        schedule(make_article(), by=None, at=timezone.now() - timedelta(seconds=1))


def test_cancelling_reopens_the_edition_before():
    live = make_live()
    schedule(live.article, by=None, at=in_an_hour())
    assert cancel_schedule(live.article, by=None) is not None
    assert chain(live.article) == [(live.starts_at, FOREVER)]
    assert cancel_schedule(live.article, by=None) is None


def test_scheduling_again_composes_anew():
    live = make_live()
    schedule(live.article, by=None, at=in_an_hour())
    Article.objects.update(headline="Better")
    later = in_an_hour() + timedelta(hours=1)
    edition = schedule(
        live.article, by=None, at=later, decision=ScheduleDecision(scheduled_of(live.article).pk)
    )
    assert chain(live.article) == [(live.starts_at, later), (later, FOREVER)]
    assert edition.headline == "Better"


def test_publishing_now_is_refused_while_the_first_publication_is_scheduled():
    article = make_article()
    schedule(article, by=None, at=in_an_hour())
    with pytest.raises(NotPublishable, match="Cancel the schedule first"):
        publish(article, by=None)


def test_a_correction_says_what_was_wrong_in_this_and_all_later_editions():
    live = make_live()
    by = make_user()
    edition = correct(live.article, by=by, wrong="12 boats", right="21 boats", weight="correction")
    assert Correction.objects.get().edition == edition
    later = publish(live.article, by=None).composed
    assert [(note.wrong, note.right) for note in later.corrections] == [("12 boats", "21 boats")]
    assert later.corrections[0].at.replace(microsecond=0) == edition.starts_at.replace(
        microsecond=0
    )


def test_only_a_live_story_can_be_corrected_or_withdrawn():
    article = make_article()
    with pytest.raises(NotPublishable, match="not live"):
        correct(article, by=None, wrong="a", right="b", weight="correction")
    with pytest.raises(NotPublishable, match="not live"):
        withdraw(article, by=None, reason="x")


def test_a_withdrawal_holds_no_word_of_the_story_and_no_link():
    live = make_live(tags=(make_tag(),), people=(make_person(),), lead_image=make_image())
    schedule(live.article, by=None, at=in_an_hour())
    withdrawal = withdraw(live.article, by=None, reason="Wrong man.")
    assert Edition.objects.live().get() == withdrawal
    assert not Edition.objects.listed().exists()
    assert (
        withdrawal.body_html,
        withdrawal.dek,
        withdrawal.tags,
        withdrawal.picture,
        withdrawal.reason,
    ) == (
        "",
        "",
        [],
        None,
        "Wrong man.",
    )
    assert not withdrawal.tag_links.exists()
    assert not Edition.objects.coming().exists()
    assert live.headline not in withdrawal.card_html + withdrawal.page_html


def test_a_withdrawn_story_can_come_back():
    live = make_live()
    withdraw(live.article, by=None, reason="Checking.")
    back = publish(live.article, by=make_user(is_superuser=True), reason="All was right.")
    assert Edition.objects.listed().get() == back
    assert back.number == 3
    assert back.published_at == live.published_at


def test_links_carry_the_sort_key_and_are_counted():
    tag = make_tag()
    edition = make_live(tags=(tag,), published_at=timezone.now() - timedelta(days=3))
    assert edition.tag_links.get().published_at == edition.published_at
    assert Tag.objects.get().link_count == 1


def test_the_words_of_an_edition_never_change():
    edition = make_live()
    edition.headline = "Something else"
    with pytest.raises(TypeError, match="never saved again"):
        edition.save()


def test_publishing_composes_what_is_stored_not_a_stale_instance():
    stale = make_article()
    Article.objects.filter(pk=stale.pk).update(headline="As stored")
    assert publish(stale, by=None).headline == "As stored"


def test_a_clock_that_went_back_still_gives_a_chain(monkeypatch):
    live = make_live()
    earlier = live.starts_at
    monkeypatch.setattr(timezone, "now", lambda: earlier)
    clock.forget_latest()
    second = publish(live.article, by=None)
    assert second.starts_at == earlier + timedelta(microseconds=1)
