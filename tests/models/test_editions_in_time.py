"""What is public, begun, coming or over at a given moment: to the microsecond, for each kind of row."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Edition, Image, Organization, Person, Tag
from articles.models.visibility import FOREVER
from articles.publishing import publish, schedule, withdraw
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_organization,
    make_person,
    make_tag,
)

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("model", "make", "field"),
    [
        (Tag, make_tag, "tags"),
        (Person, make_person, "people"),
        (Organization, make_organization, "organizations"),
        (Image, make_image, "lead_image"),
    ],
)
def test_what_an_edition_shows_is_public_from_its_start_to_its_end(model, make, field):
    row = make()
    row_shown: dict[str, Any] = {field: row if field == "lead_image" else (row,)}
    live = make_live(**row_shown)
    public = model.objects.public
    assert public().get() == public(live.starts_at).get() == row
    assert not public(live.starts_at - INSTANT).exists()
    withdrawal = withdraw(live.article, by=None, reason="Checking.")
    assert public(withdrawal.starts_at - INSTANT).get() == row
    assert not public(withdrawal.starts_at).exists()


def test_editions_have_started_from_their_first_instant_and_go_on_having_started():
    first = make_live()
    second = publish(first.article, by=None)
    schedule(first.article, by=None, at=timezone.now() + timedelta(hours=1))
    assert list(Edition.objects.started()) == [first, second]
    assert list(Edition.objects.started(second.starts_at)) == [first, second]
    assert list(Edition.objects.started(second.starts_at - INSTANT)) == [first]
    assert not Edition.objects.started(first.starts_at - INSTANT).exists()


def test_what_is_scheduled_comes_until_it_begins_the_next_one_first():
    at = timezone.now() + timedelta(hours=1)
    later = schedule(make_article(), by=None, at=at + INSTANT)
    sooner = schedule(make_article(), by=None, at=at)
    make_live()
    assert list(Edition.objects.coming()) == [sooner, later]
    assert list(Edition.objects.coming(at)) == [later]


def test_what_a_clock_that_was_ahead_published_at_once_is_not_coming():
    live = make_live()
    scheduled = schedule(make_article(), by=None, at=timezone.now() + timedelta(hours=1))
    before = live.starts_at - INSTANT
    assert list(Edition.objects.coming(before)) == [scheduled]
    assert list(Edition.objects.unreached(before)) == [live]
    assert not Edition.objects.unreached(live.starts_at).exists()
    assert not Edition.objects.unreached().exists()


def test_an_edition_is_closed_and_opened_again():
    live = make_live()
    end = live.starts_at + timedelta(hours=1)
    edition = Edition.objects.filter(pk=live.pk)
    assert edition.close(end) == 1
    assert edition.get().ends_at == end
    assert edition.reopen() == 1
    assert edition.get().ends_at == FOREVER


def test_an_edition_is_hidden_for_a_stated_reason():
    live = make_live()
    assert live.is_hidden is False
    assert Edition.objects.filter(pk=live.pk).hide("It named a child.") == 1
    live.refresh_from_db()
    assert (live.is_hidden, live.hidden_reason) == (True, "It named a child.")


def test_only_a_withdrawal_is_one():
    live = make_live()
    assert live.is_withdrawal is False
    assert withdraw(live.article, by=None, reason="Checking.").is_withdrawal is True


def test_the_start_before_and_after_a_moment_is_read_along():
    first = make_live()
    at = timezone.now() + timedelta(hours=1)
    schedule(make_article(), by=None, at=at)
    names = ("last_start", "next_start")
    row = Edition.objects.with_starts().values(*names).filter(pk=first.pk).get()
    assert row == {"last_start": first.starts_at, "next_start": at}
    row = Edition.objects.with_starts(at).values(*names).filter(pk=first.pk).get()
    assert row == {"last_start": at, "next_start": None}


def test_several_targets_are_bounded_by_publication_too():
    tags, now = (make_tag(), make_tag()), timezone.now()
    days = [now - timedelta(days=number) for number in (1, 2, 3)]
    newest, middle, oldest = [make_live(published_at=day, tags=tags) for day in days]
    listed = Edition.objects.listed()
    assert list(listed.linked_to(*tags)) == [newest, middle, oldest]
    assert list(listed.linked_to(*tags, since=days[1])) == [newest, middle]
    assert list(listed.linked_to(*tags, until=days[1])) == [oldest]
    assert list(listed.linked_to(*tags, since=days[1], until=days[0])) == [middle]
    assert list(listed.linked_to(tags[0], since=days[1], until=days[0])) == [middle]


def test_fragments_are_rendered_anew_and_links_led_elsewhere_but_no_word_changes():
    person = make_person("Ada Lund")
    edition, other = make_live(people=(person,)), make_live()
    rows = Edition.objects.filter(pk=edition.pk)
    assert rows.replace_fragments("<li>card</li>", "<main>page</main>", "hash") == 1
    stored = rows.get()
    assert (stored.card_html, stored.page_html) == ("<li>card</li>", "<main>page</main>")
    assert stored.rendered_with == "hash"
    stored.headline = "Other words"
    stored.people = [{**link, "id": 7} for link in stored.people]
    assert rows.relink(stored) == 1
    moved = rows.get()
    assert [link["id"] for link in moved.people] == [7]
    assert (moved.headline, moved.rendered_with) == (edition.headline, "")
    unchanged = Edition.objects.get(pk=other.pk)
    assert (unchanged.page_html, unchanged.people) == (other.page_html, other.people)
    assert Edition.objects.none().relink(stored) == 0


def test_an_edition_is_named_by_its_headline_and_number():
    first = make_live(headline="Quay shut")
    assert str(publish(first.article, by=None)) == "Quay shut (edition 2)"
