"""Actions at the form of a story: each says what it did, or why it cannot."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Correction, Edition
from articles.roles import make_roles
from tests.admin.forms import fields_of, form_of, messages_of, send, texts_of
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_publish_now_saves_and_publishes_in_one_go(chief_client, chief):
    article = make_article()
    response = send(chief_client, article, button="_publish", headline="New words")
    edition = Edition.objects.live().get(article=article)
    assert (edition.headline, edition.by, edition.revision_number) == ("New words", chief, 2)
    assert "Published: readers have it since" in messages_of(response)
    assert edition.get_absolute_url() in response.content.decode()


def test_a_refused_publication_is_saved_and_gives_every_reason(chief_client):
    article = make_article(source="wire", lead_image=make_image(alt=""))
    response = send(chief_client, article, button="_publish", headline="Kept all the same")
    article.refresh_from_db()
    assert article.headline == "Kept all the same"
    text = messages_of(response)
    assert "Saved, not published" in text
    assert "Its source gave no date" in text
    assert "no alternative text" in text
    assert not Edition.objects.exists()


def test_publishing_what_readers_have_already_makes_no_edition(chief_client):
    article = make_live().article
    response = send(chief_client, article, button="_publish")
    assert "Nothing to publish" in messages_of(response)
    assert Edition.objects.count() == 1


def test_a_minor_fix_keeps_the_time_of_the_last_update(chief_client):
    first = make_live()
    send(chief_client, first.article, button="_publish", headline="A comma", is_minor="on")
    edition = Edition.objects.live().get()
    assert (edition.kind, edition.modified_at) == ("minor", first.modified_at)


def test_a_story_is_scheduled_and_the_schedule_cancelled(chief_client, settings):
    settings.TIME_ZONE = "UTC"
    article = make_article()
    at = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    response = send(chief_client, article, button="_schedule", schedule_at=f"{at:%Y-%m-%dT%H:%M}")
    assert Edition.objects.coming().get().starts_at == at
    assert "Scheduled" in messages_of(response)
    assert "scheduled for" in " ".join(texts_of(response, "state-line"))
    address = reverse("admin:articles_article_cancel_schedule", args=[article.pk])
    response = chief_client.post(address, follow=True)
    assert "is cancelled" in messages_of(response)
    assert not Edition.objects.exists()


def test_scheduling_without_a_time_saves_and_asks_for_it(chief_client):
    article = make_article()
    response = send(chief_client, article, button="_schedule", headline="Kept")
    assert "say when" in messages_of(response)
    assert Article.objects.get().headline == "Kept"


def test_a_correction_tells_what_was_wrong_and_what_is_right(chief_client):
    article = make_live().article
    response = send(chief_client, article, button="_correct", body_html="<p>Right.</p>")
    address = reverse("admin:articles_article_correct", args=[article.pk])
    assert response.redirect_chain[-1][0] == address
    response = chief_client.post(address, {"wrong": "Two.", "right": "", "weight": "correction"})
    assert response.status_code == 400
    assert not Correction.objects.exists()
    response = chief_client.post(
        address, {"wrong": "Two.", "right": "Three.", "weight": "serious"}, follow=True
    )
    assert "Corrected" in messages_of(response)
    edition = Edition.objects.live().get()
    assert (edition.kind, edition.correction.right) == ("correction", "Three.")
    assert "Right." in edition.body_html


def test_a_withdrawal_asks_for_its_public_reason(chief_client):
    article = make_live().article
    address = reverse("admin:articles_article_withdraw", args=[article.pk])
    assert chief_client.post(address, {"reason": " "}).status_code == 400
    assert Edition.objects.listed().exists()
    response = chief_client.post(address, {"reason": "It named the wrong man."}, follow=True)
    assert "Withdrawn" in messages_of(response)
    state = " ".join(texts_of(response, "state-line"))
    assert "Withdrawn on" in state
    assert "It named the wrong man." in state
    assert not Edition.objects.listed().exists()


def test_a_hold_takes_a_live_story_away_and_says_so(chief_client):
    article = make_live().article
    response = send(chief_client, article, is_on_hold="on")
    assert "withdrawn from readers for the time" in messages_of(response)
    assert not Edition.objects.listed().exists()
    assert "It is on hold" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "disabled"),
    [("reporter", {"_publish", "_schedule", "_correct"}), ("editor", set()), ("chief", set())],
)
def test_what_a_role_may_not_do_is_shown_disabled_with_its_reason(client, role, disabled):
    make_roles()
    client.force_login(make_user(groups=(role,)))
    article = make_live().article
    page = client.get(form_of(article)).content.decode()
    for button in ("_publish", "_schedule", "_correct"):
        tag = page[page.index(f'name="{button}"') :].partition(">")[0]
        assert ("disabled" in tag) == (button in disabled)
        assert ("aria-describedby" in tag) == (button in disabled)
    assert ("Your role may not publish." in page) == bool(disabled)
    assert ("Your role may not withdraw." in page) == (role != "chief")


def test_a_reporters_new_story_offers_no_publication(client):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    page = client.get(form_of(None)).content.decode()
    for button in ("_publish", "_schedule"):
        tag = page[page.index(f'name="{button}"') :].partition(">")[0]
        assert 'disabled aria-describedby="why-publish"' in tag
    assert 'id="why-publish"' in page


@pytest.mark.parametrize("button", ["_publish", "_schedule"])
def test_a_button_that_was_forged_does_nothing(client, button):
    make_roles()
    client.force_login(make_user(groups=("reporter",)))
    article = make_article()
    response = send(client, article, button=button, headline="Forged", follow=False)
    assert response.status_code == 403
    assert not Edition.objects.exists()
    article.refresh_from_db()
    assert article.headline != "Forged"


def test_a_stale_publication_publishes_nothing(chief_client):
    article = make_article()
    page = chief_client.get(form_of(article))
    mine = fields_of(page, "article_form") | {"headline": "Mine", "_publish": "1"}
    send(chief_client, article, headline="Theirs")
    assert chief_client.post(form_of(article), mine).status_code == 409
    assert not Edition.objects.exists()


def test_a_slow_clock_cancels_nothing_that_readers_had(chief_client, monkeypatch):
    edition = make_live()
    article, slow = edition.article, timezone.now() - timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: slow)
    page = chief_client.get(form_of(article))
    assert "the clock has gone back" in " ".join(texts_of(page, "state-line"))
    address = reverse("admin:articles_article_cancel_schedule", args=[article.pk])
    text = messages_of(chief_client.post(address, follow=True))
    assert "Nothing was cancelled" in text
    assert "Edition 1 of it began" in text
    assert "clock has gone back" in messages_of(
        send(chief_client, article, button="_publish", dek="More")
    )
    assert [row.number for row in article.editions.order_by("starts_at")] == [1, 2]
    assert article.editions.first() == edition
