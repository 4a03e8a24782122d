from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Author, Byline
from articles.publishing import cancel_schedule, publish, schedule, withdraw
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_membership,
    make_organization,
    make_person,
    make_quote,
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


def test_a_byline_goes_without_an_author_in_the_trash_and_says_so():
    article = make_article(bylines=("Ann Author",))
    for name in ("Bo Teal", "Cy Dace"):
        Author.objects.create(name=name, trashed_at=timezone.now())
    lines = [["Cy Dace", ""], ["Ann Author", "words"], ["Bo Teal", ""], ["New Name", "pictures"]]
    notes = article.apply_snapshot({"bylines": lines})
    assert notes == [
        f"The author “{name}” is in the trash: the byline goes without that name."
        for name in ("Bo Teal", "Cy Dace")
    ]
    assert [str(line) for line in article.bylines.all()] == [
        "Ann Author (words)",
        "New Name (pictures)",
    ]
    assert Author.objects.filter(name="New Name").count() == 1


def test_part_of_a_snapshot_changes_that_part_alone():
    article = make_article(
        bylines=("Ann Author",), tags=(make_tag("Boats"),), kicker="Kicker", dek="Dek"
    )
    assert article.apply_snapshot({"dek": "Other"}) == []
    stored = Article.objects.get()
    assert (stored.kicker, stored.dek) == ("Kicker", "Other")
    assert stored.tags.count() == stored.bylines.count() == 1


def test_a_revision_says_what_it_came_from():
    article, first = make_article(), make_user()
    article.create_revision(first, restored_from=1, note="Restored.")
    revision = article.revisions.first()
    assert (revision.number, revision.restored_from, revision.note) == (2, 1, "Restored.")
    assert (revision.run, revision.at) == (None, article.updated_at)
    assert str(revision) == f"Revision 2 of {article.pk}"


def test_everything_of_a_story_is_read_in_as_many_queries_for_many_as_for_few():
    def read() -> int:
        with CaptureQueriesContext(connection) as context:
            for article in Article.objects.with_everything():
                article.snapshot()
                [line.author.name for line in article.bylines.all()]
                [person.role_on(timezone.now().date()) for person in article.people.all()]
                [(quote.speaker, list(quote.parts.all())) for quote in article.quotes.all()]
        return len(context)

    def make() -> None:
        person = make_person()
        make_membership(person, make_organization(), "clerk")
        article = make_article(
            body_html="<p>“It holds,” she said.</p>",
            bylines=(f"Ann {person.pk}",),
            tags=(make_tag(),),
            people=(person,),
            lead_image=make_image(),
        )
        make_quote(article, "It holds,", person=person)

    make()
    few = read()
    make()
    assert read() == few


def test_the_start_that_a_clock_ahead_has_reached_is_the_latest_one():
    live = make_live()
    at = live.starts_at
    second = publish(live.article, by=None)
    before = at - timedelta(seconds=1)
    assert Article.objects.with_state(before).get().unreached_start == second.starts_at
    assert Article.objects.with_state(at).get().unreached_start == second.starts_at
    assert Article.objects.with_state(second.starts_at).get().unreached_start is None
    assert Article.objects.with_state(before).get().live_kind is None


def test_a_story_without_a_headline_is_named_nevertheless():
    assert str(Article(headline="Fish")) == "Fish"
    assert str(Article()) == "(no headline)"


def test_the_story_changed_last_stands_first():
    articles = [make_article(), make_article()]
    assert list(Article.objects.all()) == articles[::-1]


def test_a_name_stands_once_in_a_role_and_in_the_order_of_the_byline():
    article = make_article(bylines=("Bo Teal", "Ann Author"))
    assert [str(line) for line in article.bylines.all()] == ["Bo Teal", "Ann Author"]
    author = Author.objects.get(name="Bo Teal")
    Byline.objects.create(article=article, author=author, role="pictures", order=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Byline.objects.create(article=article, author=author, role="pictures", order=3)
    assert [author.name for author in Author.objects.all()] == ["Ann Author", "Bo Teal"]
