"""Who else has a story open is told by name, and who saved it meanwhile; it costs a handful of queries a minute."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import clock, dates
from articles.models import Article, Presence
from articles.models.presences import MOST_NAMED
from articles.roles import make_roles
from tests.admin.forms import form_of, texts_of
from tests.factories import make_article, make_user

from .forms import signed_in

pytestmark = pytest.mark.django_db
# Session, account, its permissions, its groups', the story, the row of who asks, the others; after a save the revision.
QUERIES, AFTER_SAVE = 7, 1


@pytest.fixture
def article(db: None) -> Article:
    make_roles()
    return make_article()


@pytest.fixture
def nia(article: Article) -> Any:
    return make_user(username="nia", first_name="Nia", last_name="Vale", groups=("editor",))


@pytest.fixture
def tom(article: Article) -> Any:
    return make_user(username="tom", groups=("reporter",))


def send_presence(client: Client, article: Article, **data: Any) -> dict[str, str]:
    answer = client.post(reverse("admin:articles_article_presence", args=[article.pk]), data)
    assert answer.status_code == 200
    return dict(answer.json())


def test_the_page_of_a_story_says_who_has_it_open(article, nia, tom):
    page = signed_in(nia).get(form_of(article))
    assert "has this story open" not in page.content.decode()
    text = " ".join(texts_of(signed_in(tom).get(form_of(article)), "draft-line"))
    opened = dates.format_compact(Presence.objects.get(user=nia).opened_at)
    assert f"Nia Vale has this story open since {opened}." in text


def test_who_types_is_told_with_the_time(article, nia, tom):
    send_presence(signed_in(tom), article, typed="1")
    row = Presence.objects.get()
    assert row.typed_at
    opened, typed = dates.format_compact(row.opened_at), dates.format_compact(row.typed_at)
    others = send_presence(signed_in(nia), article)["others"]
    assert others == f"tom has this story open since {opened}, typed last at {typed}."


def test_who_is_alone_is_told_nothing(article, nia):
    client = signed_in(nia)
    client.get(form_of(article))
    send_presence(signed_in(nia), make_article(), typed="1")
    assert send_presence(client, article, seen="1") == {"others": "", "saved": ""}


def test_a_save_is_announced_to_who_has_not_seen_it(article, nia, tom):
    article.create_revision(tom)
    article.create_revision(nia)
    at = dates.format_compact(article.revisions.first().at)
    assert (
        send_presence(signed_in(tom), article, seen="1")["saved"]
        == f"Nia Vale saved revision 3 at {at}:"
    )
    assert send_presence(signed_in(tom), article, seen="3")["saved"] == ""
    own = send_presence(signed_in(nia), article, seen="2")["saved"]
    assert own == f"You saved revision 3 at {at}, in another window:"
    article.create_revision(None)
    assert send_presence(signed_in(nia), article, seen="3")["saved"].startswith(
        "An import saved revision 4"
    )


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "ä"])
def test_what_is_no_number_counts_as_nothing_seen(article, nia, seen):
    assert send_presence(signed_in(nia), article, seen=seen)["saved"]


def test_a_name_is_text(article, nia, tom):
    tom.first_name = "<b>Tom</b>"
    tom.save()
    send_presence(signed_in(tom), article)
    page = signed_in(nia).get(form_of(article)).content.decode()
    assert "&lt;b&gt;Tom&lt;/b&gt; has this story open" in page


def test_only_who_may_see_stories_is_told(article, nia, tom):
    client, address = signed_in(tom), reverse("admin:articles_article_presence", args=[article.pk])
    tom.groups.clear()
    assert client.post(address).status_code == 403
    assert signed_in(nia).get(address).status_code == 405
    assert Client().post(address).status_code == 302
    missing = reverse("admin:articles_article_presence", args=[999_999])
    assert signed_in(nia).post(missing).status_code == 404
    assert not Presence.objects.exists()


def test_it_costs_a_handful_of_queries_however_many_are_there(
    article, nia, django_assert_max_num_queries
):
    for number in range(12):
        send_presence(
            signed_in(make_user(username=f"u{number}", groups=("reporter",))), article, typed="1"
        )
    client = signed_in(nia)
    send_presence(client, article)
    with django_assert_max_num_queries(QUERIES):
        named = send_presence(client, article, seen="1", typed="1")["others"].count(
            "has this story"
        )
    assert named == MOST_NAMED
    with django_assert_max_num_queries(QUERIES + AFTER_SAVE):
        assert send_presence(client, article, seen="0")["saved"]


def test_a_time_of_another_day_has_its_date(article, nia, tom):
    now = clock.now()
    Presence.objects.create(
        user=tom, article=article, opened_at=datetime(2020, 5, 4, 12, tzinfo=UTC), seen_at=now
    )
    assert "4 May 2020" in send_presence(signed_in(nia), article)["others"]
