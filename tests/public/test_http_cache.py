"""What caches are told: nothing is kept longer than it holds, and nobody is sent twice what they have."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import http_date

from articles.models import Tag
from articles.public import site_context
from articles.public.http_cache import CacheWindow, conditional_response, permanent_redirect
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
def endpoints() -> list[str]:
    """Give a public address of each kind."""
    links: dict[str, Any] = {"tags": (make_section("Council"),), "people": (make_person(),)}
    story = make_live(organizations=(make_organization(),), **links)
    story = correct(story.article, by=None, wrong="No.", right="Yes.", weight="correction")
    person, organization = links["people"][0], story.article.organizations.get()
    return [
        *("/", "/articles/", "/articles/?tag=council&q=story", story.get_absolute_url()),
        *(f"{story.get_absolute_url()}changes/", "/tags/", "/tags/council/", "/people/"),
        *(person.get_absolute_url(), "/organizations/", organization.get_absolute_url()),
        *(
            "/corrections/",
            "/feed/",
            "/tags/council/feed/",
            f"{organization.get_absolute_url()}feed/",
        ),
    ]


def test_who_has_a_page_is_answered_304(client, endpoints):
    for endpoint in endpoints:
        first = client.get(endpoint)
        assert first.status_code == 200, endpoint
        again = client.get(endpoint, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304, endpoint
        assert again.content == b""


def test_who_has_a_page_since_is_answered_304(client, endpoints):
    for endpoint in ("/", endpoints[3], "/feed/"):
        first = client.get(endpoint)
        again = client.get(endpoint, headers={"If-Modified-Since": first["Last-Modified"]})
        assert again.status_code == 304, endpoint


def test_no_page_sets_or_varies_on_a_cookie(client, endpoints):
    client.force_login(make_user())
    for endpoint in [
        *endpoints,
        "/robots.txt",
        "/sitemap.xml",
        "/paper.css",
        "/favicon.svg",
        "/nope",
    ]:
        response = client.get(endpoint)
        assert not response.cookies, endpoint
        assert "cookie" not in response.get("Vary", "").lower(), endpoint


def test_a_page_is_the_same_for_who_is_signed_in(client, endpoints):
    before = {endpoint: client.get(endpoint).content for endpoint in endpoints}
    client.force_login(make_user(is_superuser=True))
    assert {endpoint: client.get(endpoint).content for endpoint in endpoints} == before


def test_every_page_can_be_kept_by_caches_for_a_minute_at_most(client, endpoints):
    for endpoint in endpoints:
        control = client.get(endpoint)["Cache-Control"]
        assert control.startswith("public, max-age=")
        assert int(control.partition("=")[2]) <= 60


@pytest.mark.parametrize("endpoint", ["/", "/articles/", "/feed/", "story"])
def test_a_new_edition_changes_what_was_kept(client, endpoint):
    story = make_live(tags=(make_section("Council"),))
    address = story.get_absolute_url() if endpoint == "story" else endpoint
    first = client.get(address)
    publish(story.article, by=None)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


def test_a_new_section_changes_every_page(client):
    first = client.get("/corrections/")
    make_live(tags=(make_section("Weather"),))
    site_context.reset()
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
    for endpoint in ("/", "/articles/", "/feed/"):
        age = int(client.get(endpoint)["Cache-Control"].partition("max-age=")[2])
        assert age <= 20


@pytest.mark.parametrize(
    ("seconds", "age"), [(0.4, 0), (1, 1), (59.9, 59), (60, 60), (3600, 60), (-5, 0)]
)
def test_an_answer_holds_until_the_next_start(seconds, age):
    now = timezone.now()
    assert CacheWindow(now, now + timedelta(seconds=seconds)).max_age(now) == age


def test_a_page_of_no_story_is_not_kept():
    assert CacheWindow().max_age(timezone.now()) == 0


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_only_read(client, endpoints, method):
    for endpoint in endpoints:
        assert getattr(client, method)(endpoint).status_code == 405


def test_head_has_the_headers_and_no_body(client, endpoints):
    for endpoint in endpoints:
        response = client.head(endpoint)
        assert response.status_code == 200
        assert response.content == b""
        assert response["ETag"]


def test_strange_request_headers_are_no_fault_of_ours(client, endpoints):
    strange = {
        "If-None-Match": 'W/"' + "x" * 5000,
        "If-Modified-Since": "never",
        "Accept": "," * 10_000,
        "Range": "bytes=-1",
        "Accept-Language": "*" * 300,
    }
    for endpoint in endpoints:
        assert client.get(endpoint, headers=strange).status_code in {200, 304}


def test_with_debug_nothing_is_answered_304(client, settings):
    make_live()
    first = client.get("/")
    settings.DEBUG = True
    again = client.get("/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


def test_the_sections_are_read_once_a_minute(client, django_assert_num_queries):
    make_live(tags=(make_section("Council"),))
    with django_assert_num_queries(4):  # stories, quotes; sections and clock for the frame
        client.get("/")
    Tag.objects.update(name="Renamed")
    with django_assert_num_queries(1):
        assert "Renamed" not in client.get("/corrections/").content.decode()


NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 4, tzinfo=UTC)


def make_empty_answer() -> HttpResponse:
    return HttpResponse()


@pytest.fixture
def answer_at_noon(rf, monkeypatch, settings):
    """Answer at noon in London, from editions and a frame that changed at the times given; 304 is an empty answer."""
    settings.TIME_ZONE = "Europe/London"
    monkeypatch.setattr(timezone, "now", lambda: NOON)

    def answer(last_start, frame_changed_at=datetime(2026, 1, 1, tzinfo=UTC), **options):
        site = SimpleNamespace(version="1", changed_at=frame_changed_at)
        monkeypatch.setattr(site_context, "current", lambda: site)
        window = CacheWindow(last_start)
        return conditional_response(rf.get("/"), make_empty_answer, {}, window=window, **options)

    return answer


@pytest.mark.parametrize(
    ("last_start", "frame_changed_at", "expected"),
    [
        (NOON - timedelta(hours=1), NOON - timedelta(hours=2), NOON - timedelta(hours=1)),
        (NOON - timedelta(hours=2), NOON - timedelta(hours=1), NOON - timedelta(hours=1)),
        (NOON - timedelta(days=9), NOON - timedelta(days=8), MIDNIGHT),
    ],
    ids=["an edition began", "the frame changed", "the date in the header changed"],
)
def test_an_answer_is_as_new_as_the_latest_of_its_parts(
    answer_at_noon, last_start, frame_changed_at, expected
):
    response = answer_at_noon(last_start, frame_changed_at)
    assert response["Last-Modified"] == http_date(expected.timestamp())


def test_a_page_that_shows_more_than_editions_bears_no_date(answer_at_noon):
    response = answer_at_noon(NOON - timedelta(hours=1), is_dated=False)
    assert "Last-Modified" not in response
    assert response["ETag"]


def test_a_page_of_no_known_edition_bears_no_date(answer_at_noon):
    assert "Last-Modified" not in answer_at_noon(None)


def test_an_etag_is_a_weak_one_of_128_bits(client):
    make_live()
    assert re.fullmatch(r'W/"[0-9a-f]{32}"', client.get("/")["ETag"])


def test_a_permanent_redirect_is_kept_no_longer_than_a_page():
    response = permanent_redirect("/tags/council/")
    assert (response.status_code, response["Location"]) == (301, "/tags/council/")
    assert response["Cache-Control"] == "public, max-age=60"
