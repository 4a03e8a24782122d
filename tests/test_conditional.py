"""What caches are told: nothing is kept longer than it holds, and nobody is sent twice what they have."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import frame
from articles.conditional import Clock
from articles.models import Tag
from articles.publishing import correct, publish, schedule
from tests.factories import (
    make_article,
    make_live,
    make_organization,
    make_person,
    make_section,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def doors() -> list[str]:
    """Give a public address of each kind."""
    links = {"tags": (make_section("Council"),), "people": (make_person(),)}
    story = make_live(organizations=(make_organization(),), **links)
    story = correct(story.article, by=None, wrong="No.", right="Yes.", weight="correction")
    person, body = links["people"][0], story.article.organizations.get()
    return [
        *("/", "/articles/", "/articles/?tag=council&q=story", story.get_absolute_url()),
        *(f"{story.get_absolute_url()}changes/", "/tags/", "/tags/council/", "/people/"),
        *(person.get_absolute_url(), "/organizations/", body.get_absolute_url()),
        *("/corrections/", "/feed/", "/tags/council/feed/", f"{body.get_absolute_url()}feed/"),
    ]


def test_who_has_a_page_is_answered_304(client, doors):
    for door in doors:
        first = client.get(door)
        assert first.status_code == 200, door
        again = client.get(door, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304, door
        assert again.content == b""


def test_who_has_a_page_since_is_answered_304(client, doors):
    for door in ("/", doors[3], "/feed/"):
        first = client.get(door)
        again = client.get(door, headers={"If-Modified-Since": first["Last-Modified"]})
        assert again.status_code == 304, door


def test_no_page_sets_or_varies_on_a_cookie(client, doors):
    client.force_login(make_user())
    for door in [*doors, "/robots.txt", "/sitemap.xml", "/paper.css", "/favicon.svg", "/nope"]:
        response = client.get(door)
        assert not response.cookies, door
        assert "cookie" not in response.get("Vary", "").lower(), door


def test_a_page_is_the_same_for_who_is_signed_in(client, doors):
    before = {door: client.get(door).content for door in doors}
    client.force_login(make_user(is_superuser=True))
    assert {door: client.get(door).content for door in doors} == before


def test_every_page_can_be_kept_by_caches_for_a_minute_at_most(client, doors):
    for door in doors:
        control = client.get(door)["Cache-Control"]
        assert control.startswith("public, max-age=")
        assert int(control.partition("=")[2]) <= 60


@pytest.mark.parametrize("door", ["/", "/articles/", "/feed/", "story"])
def test_a_new_edition_changes_what_was_kept(client, door):
    story = make_live(tags=(make_section("Council"),))
    address = story.get_absolute_url() if door == "story" else door
    first = client.get(address)
    publish(story.article, by=None)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


def test_a_new_section_changes_every_page(client):
    first = client.get("/corrections/")
    make_live(tags=(make_section("Weather"),))
    frame.reset()
    again = client.get("/corrections/", headers={"If-None-Match": first["ETag"]})
    assert "Weather" in again.content.decode()


def test_the_date_in_the_header_is_part_of_the_page(client, monkeypatch):
    make_live()
    first = client.get("/")
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *args: tomorrow)
    again = client.get("/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


def test_nothing_is_kept_past_the_next_edition(client):
    make_live()
    schedule(make_article(), by=None, at=timezone.now() + timedelta(seconds=20))
    for door in ("/", "/articles/", "/feed/"):
        age = int(client.get(door)["Cache-Control"].partition("max-age=")[2])
        assert age <= 20


@pytest.mark.parametrize(
    ("seconds", "age"), [(0.4, 0), (1, 1), (59.9, 59), (60, 60), (3600, 60), (-5, 0)]
)
def test_an_answer_holds_until_the_next_start(seconds, age):
    now = timezone.now()
    assert Clock(now, now + timedelta(seconds=seconds)).max_age(now) == age


def test_a_page_of_no_story_is_not_kept():
    assert Clock().max_age(timezone.now()) == 0


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_only_read(client, doors, method):
    for door in doors:
        assert getattr(client, method)(door).status_code == 405


def test_head_has_the_headers_and_no_body(client, doors):
    for door in doors:
        response = client.head(door)
        assert response.status_code == 200
        assert response.content == b""
        assert response["ETag"]


def test_strange_request_headers_are_no_fault_of_ours(client, doors):
    strange = {
        "If-None-Match": 'W/"' + "x" * 5000,
        "If-Modified-Since": "never",
        "Accept": "," * 10_000,
        "Range": "bytes=-1",
        "Accept-Language": "*" * 300,
    }
    for door in doors:
        assert client.get(door, headers=strange).status_code in {200, 304}


def test_with_debug_nothing_is_answered_304(client, settings):
    make_live()
    first = client.get("/")
    settings.DEBUG = True
    again = client.get("/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


def test_the_sections_are_read_once_a_minute(client, django_assert_num_queries):
    make_live(tags=(make_section("Council"),))
    with django_assert_num_queries(3):  # the stories, the quotes, and the sections for the frame
        client.get("/")
    Tag.objects.update(name="Renamed")
    with django_assert_num_queries(1):
        assert "Renamed" not in client.get("/corrections/").content.decode()
