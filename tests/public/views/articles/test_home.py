"""/: the front page."""

import re
from datetime import UTC, datetime

import pytest

from articles.public import site_context
from articles.publishing import publish, withdraw
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_live_many,
    make_live_quote,
    make_organization,
    make_person,
    make_quote,
    make_section,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
LARGE = "Forty letters are enough to be set large in print."


def page_part(html: str, name: str) -> str:
    """Give the part of the page that has this class."""
    return re.search(rf'<(section|ol) class="{name}.*?</\1>', html, re.DOTALL)[0]


def test_the_front_page_costs_two_queries(client, django_assert_num_queries):
    make_live_many(30, tags=(make_section("Council"),))
    for _ in range(5):
        make_live_quote(LARGE, person=make_person())
    site_context.current()
    with django_assert_num_queries(2):  # stories, quotes
        client.get("/")


def test_the_lead_is_the_newest_story_with_a_picture_among_the_newest_ten(client):
    stories = make_live_many(3)
    pictured = make_live(published_at=stories[2].published_at, lead_image=make_image())
    html = client.get("/").content.decode()
    assert pictured.headline in page_part(html, "lead")
    assert stories[0].headline in page_part(html, "rail")


def test_an_old_picture_does_not_make_a_lead(client):
    stories = make_live_many(11)
    make_live(published_at=stories[-1].published_at, lead_image=make_image())
    assert stories[0].headline in page_part(client.get("/").content.decode(), "lead")


def test_sections_stand_in_the_order_of_the_paper(client):
    sport = make_section("Sport", position=2)
    council = make_section("Council", position=1)
    for tag in (council, sport):
        make_live(published_at=datetime(2020, 1, 1, tzinfo=UTC), tags=(tag,))
    make_live_many(4)
    html = client.get("/").content.decode()
    assert html.index('id="section-council"') < html.index('id="section-sport"')


@pytest.mark.parametrize(
    ("at", "precision", "pattern"),
    [
        (datetime(1998, 1, 4, tzinfo=UTC), "day", '<time datetime="1998-01-04">1998</time>'),
        (None, "minute", r'<time datetime="[^"]{22}">\d\d:\d\d</time>'),
    ],
)
def test_the_most_recent_stories_bear_their_hour_or_their_day(client, at, precision, pattern):
    for _ in range(5):
        make_live(published_at=at, date_precision=precision)
    assert re.search(pattern, client.get("/").content.decode().split("Most recent")[1])


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
    withdrawn = make_withdrawn(headline="Mayor named wrongly")
    assert f"/articles/{withdrawn.article_id}/" not in client.get("/").content.decode()


def large_quotes(client) -> list[str]:
    """Give the words that are set large."""
    html = client.get("/").content.decode()
    return re.findall(r'<blockquote class="words[^>]*><p><a [^>]*>“([^<]+)”</a>', html)


def test_three_different_people_are_quoted_the_newest_first(client):
    people = [make_person() for _ in range(4)]
    for number, person in enumerate([*people, people[3]]):
        make_live_quote(f"{LARGE} {number}", person=person)
    assert large_quotes(client) == [f"{LARGE} {number}" for number in (4, 2, 1)]


def test_other_stories_are_quoted_before_the_same_one_again(client):
    for number in range(2):
        make_live_quote(f"{LARGE} {number}", person=make_person())
    article = make_article(body_html=f"<p>“{LARGE} a” “{LARGE} b” “{LARGE} c”</p>")
    for letter in "abc":
        make_quote(article, f"{LARGE} {letter}", person=make_person())
    publish(article, by=None)
    assert large_quotes(client) == [f"{LARGE} {mark}" for mark in ("a", 1, 0)]


def test_one_story_alone_may_be_quoted_three_times(client):
    article = make_article(body_html=f"<p>“{LARGE} a” “{LARGE} b” “{LARGE} c”</p>")
    for letter in "abc":
        make_quote(article, f"{LARGE} {letter}", person=make_person())
    publish(article, by=None)
    assert large_quotes(client) == [f"{LARGE} {letter}" for letter in "abc"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Too short.", {}),
        (LARGE * 5, {}),
        (LARGE, {"kind": "partial"}),
        (LARGE, {"kind": "indirect"}),
        (LARGE, {"unnamed": "a senior officer", "person": None}),
        (LARGE, {"organization": True, "person": None}),
    ],
)
def test_only_whole_sentences_of_named_people_that_fit_are_set_large(client, text, speaker):
    if speaker.get("organization"):
        speaker = speaker | {"organization": make_organization()}
    make_live_quote(text, **{"person": make_person()} | speaker)
    assert large_quotes(client) == []
    assert "In their words" not in client.get("/").content.decode()


def test_who_speaks_on_the_front_page_has_a_role_and_a_page(client):
    person = make_person("Nerys Callow")
    make_live_quote(LARGE, person=person, role="deputy leader")
    html = client.get("/").content.decode()
    assert f'<a href="{person.get_absolute_url()}">Nerys Callow</a>, deputy leader' in html


def test_a_withdrawn_story_is_not_quoted(client):
    story = make_live_quote(LARGE, person=make_person())
    withdraw(story.article, by=None, reason="It named the wrong man.")
    make_live()
    assert large_quotes(client) == []
