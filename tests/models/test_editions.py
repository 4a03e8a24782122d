from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Edition, Image, Organization, Person, Tag
from articles.models.editions import DEEPEST_LINKS, FOREVER
from articles.publishing import publish, withdraw
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_live_many,
    make_organization,
    make_person,
    make_tag,
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


def refused(*args, **fields) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_row(*args, **fields)


def test_an_article_has_one_open_edition_at_most():
    article = make_article()
    make_row(article, day(1))
    refused(article, day(2))


def test_an_edition_ends_after_it_starts_and_starts_after_first_publication():
    article = make_article()
    refused(article, day(2), day(2))
    refused(article, day(2), day(1))
    refused(article, day(2), published_at=day(3))


def test_editions_of_an_article_do_not_overlap(postgres):
    article = make_article()
    make_row(article, day(1), day(5))
    refused(article, day(4), day(6))
    make_row(article, day(5), day(6))


def test_live_is_from_the_start_up_to_not_including_the_end():
    edition = make_row(make_article(), day(1), day(5))
    assert Edition.objects.live(day(1)).get() == edition
    assert not Edition.objects.live(day(1) - timedelta(microseconds=1)).exists()
    assert Edition.objects.live(day(5) - timedelta(microseconds=1)).exists()
    assert not Edition.objects.live(day(5)).exists()


def test_lists_leave_withdrawals_out():
    gone = make_withdrawn()
    assert Edition.objects.live().get() == gone
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
    live = make_live(**{field: (linked,)})
    make_article(**{field: (make(),)})
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
    moment = day(1)
    for _ in range(7):
        make_live(published_at=moment, source="x")
    seen, cursor = [], None
    while True:
        page = Edition.objects.listed().newest()
        page = list((page.before(*cursor) if cursor else page)[:3])
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
