import re
from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles import clock
from articles.models import Edition, Image, Organization, Person, Tag
from articles.models.editions import DEEPEST_LINKS
from articles.models.visibility import FOREVER
from articles.publishing import publish, schedule, withdraw
from tests.conftest import ROOT
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_live_many,
    make_organization,
    make_person,
    make_tag,
    make_user,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def make_row(article, starts_at, ends_at=FOREVER, published_at=None) -> Edition:
    return Edition.objects.create(
        article=article,
        number=1,
        starts_at=starts_at,
        ends_at=ends_at,
        published_at=published_at or starts_at,
        modified_at=starts_at,
        headline="h",
        slug="h",
        language="en",
    )


def day(number: int) -> datetime:
    return datetime(2026, 1, number, tzinfo=UTC)


def assert_refused(*args, **fields) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_row(*args, **fields)


def test_an_article_has_one_open_edition_at_most():
    article = make_article()
    make_row(article, day(1))
    assert_refused(article, day(2))


def test_an_edition_ends_after_it_starts_and_starts_after_first_publication():
    article = make_article()
    assert_refused(article, day(2), day(2))
    assert_refused(article, day(2), day(1))
    assert_refused(article, day(2), published_at=day(3))


def test_editions_of_an_article_do_not_overlap(postgres):
    article = make_article()
    make_row(article, day(1), day(5))
    assert_refused(article, day(4), day(6))
    make_row(article, day(5), day(6))


def test_live_is_from_the_start_up_to_not_including_the_end():
    edition = make_row(make_article(), day(1), day(5))
    assert Edition.objects.live(day(1)).get() == edition
    assert not Edition.objects.live(day(1) - timedelta(microseconds=1)).exists()
    assert Edition.objects.live(day(5) - timedelta(microseconds=1)).exists()
    assert not Edition.objects.live(day(5)).exists()


def test_lists_leave_withdrawals_out():
    withdrawn = make_withdrawn()
    assert Edition.objects.live().get() == withdrawn
    assert not Edition.objects.listed().exists()


def test_one_sees_what_readers_saw_on_any_day():
    first = make_live(headline="First")
    between = timezone.now()
    publish(first.article, by=None)
    assert Edition.objects.live(between).get() == first


@pytest.mark.parametrize(
    ("model", "make", "field"),
    [
        (Tag, make_tag, "tags"),
        (Person, make_person, "people"),
        (Organization, make_organization, "organizations"),
    ],
)
def test_what_no_listed_edition_links_is_not_public(model, make, field):
    linked, _unlinked = make(), make()
    links: dict[str, Any] = {field: (linked,)}
    live = make_live(**links)
    links = {field: (make(),)}
    make_article(**links)
    assert model.objects.public().get() == linked
    withdraw(live.article, by=None, reason="x")
    assert not model.objects.public().exists()


def test_a_picture_is_public_only_while_a_listed_edition_shows_it():
    image = make_image()
    live = make_live(lead_image=image)
    assert Image.objects.public().get() == image
    live.article.lead_image = None
    live.article.save()
    publish(live.article, by=None)
    assert not Image.objects.public().exists()


def test_keyset_paging_visits_every_story_once():
    published_at = day(1)
    for _ in range(7):
        make_live(published_at=published_at, source="x")
    seen, cursor = [], None
    while True:
        newest = Edition.objects.listed().newest()
        page = list((newest.before(*cursor) if cursor else newest)[:3])
        if not page:
            break
        seen += [edition.pk for edition in page]
        cursor = page[-1].published_at, page[-1].pk
    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen, reverse=True)


def test_linked_to_needs_every_target():
    tag, other, person = make_tag(), make_tag(), make_person()
    both = make_live(tags=(tag, other), people=(person,))
    make_live(tags=(tag,))
    assert Edition.objects.listed().linked_to(tag).count() == 2
    assert Edition.objects.listed().linked_to(tag, other).get() == both
    assert Edition.objects.listed().linked_to(person, tag).get() == both
    assert not Edition.objects.listed().linked_to(make_tag(), tag).exists()


def test_linked_to_is_bounded_by_publication_and_newest_first():
    tag = make_tag()
    editions = make_live_many(4, tags=(tag,))
    listed = Edition.objects.listed()
    assert list(listed.linked_to(tag)) == editions
    newer, older = editions[1].published_at, editions[2].published_at
    assert list(listed.linked_to(tag, since=older, until=newer)) == [editions[2]]
    other = make_tag()
    assert list(listed.linked_to(tag, other, since=older, until=newer)) == []
    assert DEEPEST_LINKS == 2000


def test_the_far_end_survives_every_zone():
    edition = make_live()
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        with timezone.override(zone):
            assert Edition.objects.get(pk=edition.pk).ends_at == FOREVER
            assert timezone.localtime(FOREVER).year in (9998, 9999)


def test_of_old_rows_only_what_is_certainly_scheduled_can_still_be_cancelled():
    by, at = make_user(), timezone.now().replace(microsecond=0) + timedelta(days=2)
    by_hand = schedule(make_article(), by=by, at=at)
    unclear = schedule(make_article(), by=by, at=at + timedelta(microseconds=7))
    imported = schedule(make_article(), by=None, at=at)
    live = make_live()
    Edition.objects.update(has_set_start=False, created_at=None)
    file = next((ROOT / "articles/migrations").glob("*_editions_say_how_they_were_made.py"))
    migration = import_module(f"articles.migrations.{file.stem}")
    migration.know_what_is_scheduled(apps, SimpleNamespace(connection=connection))
    marked = Edition.objects.filter(has_set_start=True, created_at__isnull=False)
    assert set(marked) == {by_hand}
    assert set(Edition.objects.exclude(pk=by_hand.pk)) == {unclear, imported, live}


def test_the_bound_of_a_page_stands_before_that_of_what_is_live():
    """Of two upper bounds SQLite walks from the one that stands first: from now, through all that is newer."""
    past = clock.now() - timedelta(days=400)
    story, _ = make_live(published_at=past - timedelta(days=1)), make_live()
    rows = Edition.objects.listed().before(past, 1)
    assert list(rows) == [story]
    bounds = re.findall(r'"published_at" <=? (\S+)', str(rows.query))
    assert bounds[0] == str(past.date())
