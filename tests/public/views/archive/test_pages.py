"""/archive/: years, months, days; where the paper is, with kept counts, and nothing that is not listed."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from articles import clock
from articles.models import Edition
from articles.public import site_context
from articles.publishing import schedule, withdraw
from tests.factories import make_article, make_live, make_withdrawn
from tests.public.views.articles.test_list import OLDER, headlines

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def text_of(client, address: str) -> str:
    """Give the text of the main part of a page, one space between words."""
    response = client.get(address)
    assert response.status_code == 200, address
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def links_of(client, address: str) -> list[str]:
    """Give the addresses within the archive that the main part of a page leads to."""
    main = client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]
    return re.findall(r'href="(/archive/[^"]*)"', main)


def test_from_the_archive_each_story_is_reached_by_year_month_and_day(client):
    story = make_live(published_at=NOON)
    assert "/archive/2026/" in links_of(client, "/archive/")
    assert "/archive/2026/03/" in links_of(client, "/archive/2026/")
    assert "/archive/2026/03/14/" in links_of(client, "/archive/2026/03/")
    assert headlines(client.get("/archive/2026/03/14/")) == [story.headline]


def test_each_page_says_how_many_stories_there_are(client):
    for minutes in range(3):
        make_live(published_at=NOON + timedelta(minutes=minutes))
    make_live(published_at=NOON.replace(month=5))
    assert "2026 4 stories" in text_of(client, "/archive/")
    assert "March 3 stories" in text_of(client, "/archive/2026/")
    assert "May 1 story" in text_of(client, "/archive/2026/")
    assert "14 : 3 stories" in text_of(client, "/archive/2026/03/")
    assert "Saturday 14 March 2026 3 stories" in text_of(client, "/archive/2026/03/14/")


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Auckland", "15"), ("UTC", "14"), ("America/New_York", "14")]
)
def test_a_story_stands_on_its_day_where_the_paper_is(client, settings, zone, day):
    settings.TIME_ZONE = zone
    story = make_live(published_at=datetime(2026, 3, 14, 23, 30, tzinfo=UTC))
    assert links_of(client, "/archive/2026/03/").count(f"/archive/2026/03/{day}/") == 1
    assert headlines(client.get(f"/archive/2026/03/{day}/")) == [story.headline]
    other = {"14": "15", "15": "14"}[day]
    assert headlines(client.get(f"/archive/2026/03/{other}/")) == []


def test_what_is_known_by_its_month_stands_in_the_month_and_on_no_day(client):
    first = datetime(2012, 3, 1, tzinfo=UTC)
    story = make_live(published_at=first, date_precision="month")
    make_live(published_at=first, date_precision="day")
    assert story.headline in headlines(client.get("/archive/2012/03/"))
    assert story.headline not in headlines(client.get("/archive/2012/03/01/"))
    text = text_of(client, "/archive/2012/03/")
    assert "1 : 1 story" in text
    assert "Day not known: 1 story." in text


def test_what_is_known_by_its_year_stands_in_the_year_and_in_no_month(client):
    first = datetime(2012, 1, 1, tzinfo=UTC)
    story = make_live(published_at=first, date_precision="year")
    make_live(published_at=first, date_precision="month")
    assert headlines(client.get("/archive/2012/")) == [story.headline]
    assert story.headline not in headlines(client.get("/archive/2012/01/"))
    assert story.headline not in headlines(client.get("/archive/2012/01/01/"))
    assert "January 1 story" in text_of(client, "/archive/2012/")
    assert "2012 2 stories" in text_of(client, "/archive/2012/")


@pytest.mark.parametrize("place", ["2026/", "2026/03/", "2026/03/14/"])
def test_pages_are_paged_by_key_and_each_is_its_own_canonical(client, place):
    for number in range(23):
        precision = "year" if place == "2026/" else "minute"
        at = NOON.replace(month=1, day=1) if precision == "year" else NOON
        make_live(published_at=at, date_precision=precision, headline=f"Story {number:02}")
    first = client.get(f"/archive/{place}")
    assert f'<link rel="canonical" href="http://testserver/archive/{place}">' in str(first.content)
    older = OLDER.search(first.content.decode())[1]
    second = client.get(f"/archive/{place}{older}")
    assert f'href="http://testserver/archive/{place}{older}"' in str(second.content)
    assert '<link rel="prev" href="./">' in second.content.decode()
    assert headlines(first) + headlines(second) == [f"Story {n:02}" for n in reversed(range(23))]


def test_earlier_and_later_lead_past_what_is_empty(client):
    for month, day in ((2, 3), (3, 14), (6, 1)):
        make_live(published_at=datetime(2026, month, day, 12, tzinfo=UTC))
    make_live(published_at=datetime(2019, 6, 1, 12, tzinfo=UTC))
    make_withdrawn(published_at=NOON + timedelta(days=1))
    assert links_of(client, "/archive/2026/03/14/")[-2:] == [
        "/archive/2026/02/03/",
        "/archive/2026/06/01/",
    ]
    assert links_of(client, "/archive/2026/03/")[-2:] == ["/archive/2026/02/", "/archive/2026/06/"]
    assert links_of(client, "/archive/2026/")[-1:] == ["/archive/2019/"]
    assert links_of(client, "/archive/2022/")[-2:] == ["/archive/2019/", "/archive/2026/"]


@pytest.mark.parametrize(
    "place", ["2026/02/30", "2026/13", "2026/00", "2026/03/00", "0999", "3000"]
)
def test_a_day_that_no_calendar_has_is_not_found(client, place):
    assert client.get(f"/archive/{place}/").status_code == 404


def test_the_future_is_not_found_and_today_is(client, settings, monkeypatch):
    settings.TIME_ZONE = "Pacific/Auckland"
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 30, 12, tzinfo=UTC))
    assert client.get("/archive/2026/12/31/").status_code == 200  # it is that day in Auckland
    for place in ("2027/01/01", "2027/01", "2027"):
        assert client.get(f"/archive/{place}/").status_code == 404


def test_an_empty_day_says_so_leads_on_and_is_not_indexed(client):
    make_live(published_at=NOON)
    response = client.get("/archive/2026/03/13/")
    assert response.status_code == 200
    assert b'<meta name="robots" content="noindex">' in response.content
    assert "No story of this time stands in the archive." in response.content.decode()
    assert links_of(client, "/archive/2026/03/13/")[-1] == "/archive/2026/03/14/"
    assert b"noindex" not in client.get("/archive/2026/03/14/").content


def test_a_month_has_one_address(client):
    for place in ("2026/3/", "2026/3/4/", "2026/03/4/"):
        response = client.get(f"/archive/{place}")
        assert response.status_code == 301
        assert re.fullmatch(r"/archive/2026/03/(04/)?", response["Location"])


@pytest.mark.parametrize("place", ["", "2026/", "2026/03/", "2026/03/14/"])
def test_unlisted_stories_change_nothing(client, place):
    make_live(published_at=NOON)
    address = f"/archive/{place}"
    before = client.get(address)
    make_article(published_at=NOON)
    make_withdrawn(published_at=NOON)
    schedule(make_article(published_at=NOON), by=None, at=clock.now() + timedelta(hours=2))
    after = client.get(address)
    assert after.content == before.content
    assert after["ETag"] == before["ETag"]


def test_a_withdrawn_story_leaves_no_trace(client):
    edition = make_live(published_at=NOON)
    empty = client.get("/archive/2025/")
    withdraw(edition.article, by=None, reason="It named the wrong man.")
    assert links_of(client, "/archive/") == []
    assert client.get("/archive/2025/").status_code == empty.status_code
    assert "No story of this time" in text_of(client, "/archive/2026/03/14/")


def test_a_scheduled_story_shows_from_its_instant_on(client, monkeypatch):
    at = clock.now() + timedelta(minutes=5)
    schedule(make_article(published_at=NOON), by=None, at=at)
    assert links_of(client, "/archive/") == []
    monkeypatch.setattr(clock, "now", lambda: at)
    assert links_of(client, "/archive/") == ["/archive/2026/"]
    assert "1 story" in text_of(client, "/archive/2026/03/14/")


@pytest.mark.parametrize(
    ("place", "queries"), [("", 1), ("2026/", 4), ("2026/03/", 5), ("2026/03/14/", 4)]
)
def test_a_page_costs_as_many_queries_however_many_stories(
    client, django_assert_num_queries, place, queries
):
    make_live(published_at=NOON)
    for number in range(2):
        site_context.current()
        with django_assert_num_queries(queries):
            client.get(f"/archive/{place}")
        for _ in range(23 * (1 - number)):
            make_live(published_at=NOON)


def test_whoever_has_a_page_is_answered_304(client):
    make_live(published_at=NOON)
    for place in ("", "2026/", "2026/03/", "2026/03/14/"):
        tag = client.get(f"/archive/{place}")["ETag"]
        response = client.get(f"/archive/{place}", headers={"If-None-Match": tag})
        assert response.status_code == 304
    make_live(published_at=NOON)
    assert client.get("/archive/", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("key", ["x", "12", "1-2-3"])
def test_a_key_that_cannot_be_read_is_not_found(client, key):
    make_live(published_at=NOON)
    assert client.get(f"/archive/2026/03/?from={key}").status_code == 404


def test_the_list_of_all_stories_and_every_foot_lead_here(client):
    assert client.get("/articles/").content.count(b'href="/archive/"') == 2
    assert client.get("/people/").content.count(b'href="/archive/"') == 1


def test_an_empty_paper_has_an_archive(client):
    assert not Edition.objects.exists()
    assert "No story has been published yet." in text_of(client, "/archive/")
