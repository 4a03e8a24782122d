"""/: the front page."""

import re
from datetime import UTC, datetime

import pytest

from articles import frame
from tests.factories import make_image, make_live, make_live_many, make_section, make_withdrawn

pytestmark = pytest.mark.django_db


def part(html: str, name: str) -> str:
    """Give the part of the page that has this class."""
    return re.search(rf'<(section|ol) class="{name}.*?</\1>', html, re.DOTALL)[0]


def test_the_front_page_costs_one_query(client, django_assert_num_queries):
    make_live_many(30, tags=(make_section("Council"),))
    frame.current()
    with django_assert_num_queries(1):
        client.get("/")


def test_the_lead_is_the_newest_story_with_a_picture_among_the_newest_ten(client):
    stories = make_live_many(3)
    pictured = make_live(published_at=stories[2].published_at, lead_image=make_image())
    html = client.get("/").content.decode()
    assert pictured.headline in part(html, "lead")
    assert stories[0].headline in part(html, "rail")


def test_an_old_picture_does_not_make_a_lead(client):
    stories = make_live_many(11)
    make_live(published_at=stories[-1].published_at, lead_image=make_image())
    assert stories[0].headline in part(client.get("/").content.decode(), "lead")


def test_sections_stand_in_the_order_of_the_paper(client):
    sport = make_section("Sport", position=2)
    council = make_section("Council", position=1)
    for tag in (council, sport):
        make_live(published_at=datetime(2020, 1, 1, tzinfo=UTC), tags=(tag,))
    make_live_many(4)
    html = client.get("/").content.decode()
    assert html.index('id="section-council"') < html.index('id="section-sport"')


@pytest.mark.parametrize(
    ("at", "precision", "printed"),
    [
        (datetime(1998, 1, 4, tzinfo=UTC), "day", '<time datetime="1998-01-04">1998</time>'),
        (None, "minute", r'<time datetime="[^"]{22}">\d\d:\d\d</time>'),
    ],
)
def test_the_most_recent_stories_bear_their_hour_or_their_day(client, at, precision, printed):
    for _ in range(5):
        make_live(published_at=at, date_precision=precision)
    assert re.search(printed, client.get("/").content.decode().split("Most recent")[1])


def test_a_section_without_a_story_is_not_named(client):
    make_section("Weather")
    make_live()
    assert "Weather" not in client.get("/").content.decode()


def test_an_empty_paper_tells_an_editor_how_to_begin(client):
    response = client.get("/")
    assert response.status_code == 200
    assert "Publish now" in response.content.decode()
    assert "max-age=0" in response["Cache-Control"]


def test_a_withdrawn_story_is_not_on_the_front_page(client):
    make_live()
    gone = make_withdrawn(headline="Mayor named wrongly")
    assert f"/articles/{gone.article_id}/" not in client.get("/").content.decode()
