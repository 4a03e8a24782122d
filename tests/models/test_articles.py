from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from articles.publishing import cancel_schedule, schedule, withdraw
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_organization,
    make_person,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_a_snapshot_brings_back_everything_that_an_editor_can_change():
    article = make_article(
        bylines=("Ann Author", "Bo Teal"),
        tags=(make_tag(), make_tag()),
        people=(make_person(),),
        organizations=(make_organization(),),
        lead_image=make_image(),
        embargoed_until=timezone.now(),
        published_at=timezone.now(),
        kicker="Kicker",
        ed_note="Call her first",
    )
    snapshot = article.revisions.get().snapshot
    article.tags.clear()
    article.bylines.all().delete()
    article.headline = "Other"
    article.save()
    article.apply_snapshot(snapshot)
    again = Article.objects.with_everything().get()
    assert again.snapshot() == snapshot


def test_revisions_count_from_one_and_say_who():
    user = make_user()
    article = make_article()
    article.create_revision(user)
    assert [(r.number, r.by) for r in article.revisions.all()] == [(2, user), (1, None)]
    assert article.revision_number == 2


def test_only_a_persons_save_makes_an_article_edited():
    imported, edited = make_article(), make_article(by=make_user())
    assert list(Article.objects.edited()) == [edited]
    assert imported.revisions.exists()


@pytest.mark.parametrize(
    ("fields", "is_edit"),
    [
        ({"headline": "Roof off"}, True),
        ({"body_html": "<p>Other words.</p>"}, True),
        ({"dek": "Boats stay in.", "stage": "ready"}, True),
        ({"published_at": datetime(2026, 3, 4, tzinfo=UTC)}, True),
        ({"stage": "ready", "ed_note": "Ask Ann.", "slug": "roof", "is_on_hold": True}, False),
        ({}, False),
    ],
)
def test_a_person_edits_what_the_source_owns_and_files_the_rest(fields, is_edit):
    article = make_article()
    Article.objects.filter(pk=article.pk).update(**fields)
    article.tags.add(make_tag())
    article.create_revision(make_user())
    assert article.revisions.first().is_edit is is_edit
    assert Article.objects.edited().exists() is is_edit
    article.create_revision(None)
    assert not article.revisions.first().is_edit


def test_a_byline_is_the_source_s_too_and_a_time_is_the_same_in_every_zone():
    article = make_article(published_at=datetime(2026, 3, 4, 10, tzinfo=UTC))
    first = article.revisions.get()
    first.snapshot["published_at"] = "2026-03-04T12:00:00+02:00"
    first.save()
    article.create_revision(make_user())
    assert not article.revisions.first().is_edit
    article.apply_snapshot({"bylines": [["Ann Marrow", ""]]})
    article.create_revision(make_user())
    assert article.revisions.first().is_edit


def test_the_state_is_a_question_to_the_clock():
    live = make_live()
    at = timezone.now() + timedelta(hours=1)
    schedule(live.article, by=None, at=at)
    state = Article.objects.with_state().get()
    assert (state.live_kind, state.live_since) == ("update", live.starts_at)
    assert (state.live_revision, state.scheduled_for) == (1, at)
    later = Article.objects.with_state(at).get()
    assert (later.live_since, later.scheduled_for) == (at, None)
    cancel_schedule(live.article, by=None)
    withdraw(live.article, by=None, reason="x")
    assert Article.objects.with_state().get().live_kind == "withdrawal"


def test_the_original_bytes_are_kept():
    article = make_article()
    assert article.original_bytes() == b""
    article.set_original(b"\x00raw\xff")
    article.save()
    assert Article.objects.get().original_bytes() == b"\x00raw\xff"
