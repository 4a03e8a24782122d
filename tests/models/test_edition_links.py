"""Links of editions: those that readers see, and those that they will see."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Author, EditionTag
from articles.publishing import publish, schedule, withdraw
from tests.factories import make_article, make_live, make_live_many, make_tag

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def test_a_link_is_listed_from_the_start_of_its_edition_to_its_end():
    tag = make_tag()
    first = make_live(tags=(tag,))
    second = publish(first.article, by=None)
    links = EditionTag.objects.all()
    assert [link.edition for link in links.listed()] == [second]
    assert [link.edition for link in links.listed(first.starts_at)] == [first]
    assert not links.listed(first.starts_at - INSTANT).exists()
    withdraw(first.article, by=None, reason="Checking.")
    assert not links.listed().exists()


def test_a_link_lasts_from_before_its_edition_begins_until_it_ends():
    tag, at = make_tag(), timezone.now() + timedelta(hours=1)
    live = make_live(tags=(tag,))
    coming = schedule(make_article(tags=(tag,)), by=None, at=at)
    links = EditionTag.objects.all()
    assert {link.edition for link in links.lasting()} == {live, coming}
    following = publish(live.article, by=None)
    assert {link.edition for link in links.lasting()} == {following, coming}
    assert {link.edition for link in links.lasting(following.starts_at - INSTANT)} == {
        live,
        following,
        coming,
    }
    assert {link.edition for link in links.lasting(following.starts_at)} == {following, coming}
    withdraw(live.article, by=None, reason="Checking.")
    assert [link.edition for link in links.lasting()] == [coming]


def test_links_lead_to_the_newest_story_first_and_of_two_of_one_date_to_the_later_row():
    tag, day = make_tag(), datetime(2026, 1, 1, tzinfo=UTC)
    newer = make_live_many(2, tags=(tag,))
    older = [make_live(published_at=day, tags=(tag,)) for _ in range(2)]
    assert [link.edition for link in EditionTag.objects.newest()] == [*newer, *reversed(older)]


def test_links_are_moved_to_another_row():
    tag, other = make_tag(), make_tag()
    make_live(tags=(tag,))
    assert EditionTag.objects.filter(tag=tag).repoint("tag", other.pk) == 1
    assert EditionTag.objects.get().tag == other
    assert str(EditionTag.objects.get()).startswith("EditionTag of edition ")


def test_an_author_is_public_while_a_listed_edition_bears_the_name():
    live = make_live(bylines=("Ann Author",))
    make_article(bylines=("Bo Teal",))
    author = Author.objects.get(name="Ann Author")
    assert Author.objects.public().get() == author
    assert not Author.objects.public(live.starts_at - INSTANT).exists()
    withdraw(live.article, by=None, reason="Checking.")
    assert not Author.objects.public().exists()
    assert author.get_absolute_url() == f"/authors/{author.pk}/ann-author/"
