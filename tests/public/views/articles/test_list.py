"""/articles/: all stories, narrowed by the address, paged by key."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from articles.models import FormerTagName
from articles.models import editions as editions_module
from articles.public import site_context
from articles.public.filters import link_walk as filters_module
from tests.factories import (
    make_live,
    make_live_many,
    make_organization,
    make_person,
    make_section,
    make_tag,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
HEADLINE = re.compile(r'<h3 class="card-headline"><a href="[^"]+">([^<]+)</a>')
OLDER = re.compile(r'<a rel="next" href="([^"]+)"')


def headlines(response) -> list[str]:
    """Give the headlines of the cards of a page, in their order."""
    return HEADLINE.findall(response.content.decode())


def test_the_list_shows_the_newest_story_first(client):
    stories = make_live_many(3)
    assert headlines(client.get("/articles/")) == [story.headline for story in stories]


def test_the_list_costs_one_query_once_its_facets_are_counted(client, django_assert_num_queries):
    make_live_many(22, tags=(make_section(),))
    site_context.current()
    with django_assert_num_queries(3):  # the page, which stories are counted, what they link
        client.get("/articles/")
    with django_assert_num_queries(1):
        client.get("/articles/")
    make_live()
    with django_assert_num_queries(3):
        client.get("/articles/")


def test_a_list_of_two_tags_costs_four_queries(client, django_assert_num_queries):
    tags = make_tag("Harbour"), make_tag("Fish")
    make_live_many(3, tags=tags)
    site_context.current()
    with django_assert_num_queries(3):  # the tags, the page, its facets: all that fit is known
        client.get("/articles/?tag=harbour&tag=fish")
    make_live_many(20, tags=tags)
    with django_assert_num_queries(4):
        client.get("/articles/?tag=harbour&tag=fish")


def test_paging_shows_every_story_once_even_where_times_are_equal(client):
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    stories = [make_live(published_at=at) for _ in range(45)]
    seen, address = [], "/articles/"
    while address:
        response = client.get(address)
        seen += headlines(response)
        older = OLDER.search(response.content.decode())
        address = "/articles/" + older[1].replace("&amp;", "&") if older else ""
    assert seen == [story.headline for story in reversed(stories)]


def test_paging_keeps_the_filters(client):
    tag, person = make_tag("Harbour"), make_person()
    make_live_many(25, tags=(tag,), people=(person,))
    make_live_many(25, tags=(tag,))
    response = client.get(f"/articles/?tag=harbour&person={person.pk}")
    older = OLDER.search(response.content.decode())[1].replace("&amp;", "&")
    assert "tag=harbour" in older
    assert f"person={person.pk}" in older
    assert len(headlines(client.get("/articles/" + older))) == 5


def test_stories_before_1970_are_paged(client):
    for day in range(25):
        make_live(published_at=datetime(1911, 1, 1 + day, tzinfo=UTC))
    older = OLDER.search(client.get("/articles/").content.decode())[1]
    assert len(headlines(client.get("/articles/" + older))) == 5


def test_tags_narrow(client):
    harbour, fish = make_tag("Harbour"), make_tag("Fish")
    both = make_live(tags=(harbour, fish))
    make_live(tags=(harbour,))
    make_live(tags=(fish,))
    assert headlines(client.get("/articles/?tag=harbour&tag=fish")) == [both.headline]


def test_every_filter_narrows_together_with_the_others(client):
    section, tag, person, organization = (
        make_section("Council"),
        make_tag(),
        make_person(),
        make_organization(),
    )
    links = {"tags": (section, tag), "people": (person,), "organizations": (organization,)}
    at = datetime(2026, 5, 4, 12, tzinfo=UTC)
    match = make_live(headline="Dredging begins", published_at=at, **links)
    make_live(headline="Dredging waits", published_at=at + timedelta(days=1), **links)
    make_live(headline="Herring", published_at=at, **links)
    make_live(headline="Dredging alone", published_at=at)
    address = f"/articles/?section=council&tag={tag.slug}&person={person.pk}&organization={organization.pk}"
    address += "&after=2026-05-04&before=2026-05-04&q=dredging"
    assert headlines(client.get(address)) == [match.headline]


@pytest.mark.parametrize(
    ("minute", "is_within"),
    [("2026-06-30T22:59", False), ("2026-06-30T23:00", True), ("2026-07-01T22:59", True)],
)
def test_a_day_is_the_day_where_the_paper_is(client, settings, minute, is_within):
    settings.TIME_ZONE = "Europe/London"  # in summer an hour ahead of UTC
    make_live(published_at=datetime.fromisoformat(f"{minute}+00:00"))
    matches = headlines(client.get("/articles/?after=2026-07-01&before=2026-07-01"))
    assert bool(matches) is is_within


def test_words_are_found_in_headline_and_body_whatever_their_case(client):
    story = make_live(headline="Seal on slipway", body_html="<p>It declined to Comment.</p>")
    make_live(headline="Seal elsewhere")
    assert headlines(client.get("/articles/?q=SEAL+comment")) == [story.headline]


def test_words_are_taken_as_they_are(client):
    make_live(headline="Budget rises", body_html="<p>By 5 per cent.</p>")
    for query in ("%25", "_", "%27", "(", "%5C", "-", "%22"):
        assert headlines(client.get(f"/articles/?q={query}")) == []
    assert headlines(client.get("/articles/?q=Budget+%25")) == ["Budget rises"]


def test_a_former_tag_name_narrows_as_the_present_one(client):
    tag = make_tag("Fishing")
    FormerTagName.objects.create(tag=tag, name="Fisheries", slug="fisheries")
    story = make_live(tags=(tag,))
    response = client.get("/articles/?tag=fisheries")
    assert headlines(response) == [story.headline]
    assert "Fishing <span" in response.content.decode()


def test_each_filter_can_be_taken_away_alone(client):
    tag = make_tag("Harbour")
    make_live(tags=(tag,), headline="Dredging")
    html = client.get("/articles/?tag=harbour&q=dredging&after=2020-02-01").content.decode()
    assert 'href="?tag=harbour&amp;after=2020-02-01"' in html
    assert 'href="?q=dredging&amp;after=2020-02-01"' in html
    assert "from 1 February 2020" in html
    assert "Clear all" in html


def test_a_person_in_the_filters_is_called_by_name(client):
    person = make_person("Nerys Callow")
    make_live(people=(person,))
    assert "Nerys Callow <span" in client.get(f"/articles/?person={person.pk}").content.decode()


def test_the_list_offers_subjects_that_narrow_it(client):
    harbour, fish = make_tag("Harbour"), make_tag("Fish")
    make_live(tags=(harbour, fish))
    make_live(tags=(harbour,))
    html = client.get("/articles/?tag=harbour").content.decode()
    assert 'href="?tag=harbour&amp;tag=fish"' in html


def test_nothing_found_is_said_kindly_with_a_way_on(client):
    make_live()
    response = client.get("/articles/?q=zebra")
    assert response.status_code == 200
    assert "No story fits" in response.content.decode()
    assert "see all stories" in response.content.decode()


def test_a_withdrawn_story_is_neither_listed_nor_counted(client):
    tag = make_tag("Harbour")
    make_live(tags=(tag,))
    make_withdrawn(tags=(tag,))
    html = client.get("/articles/?tag=harbour").content.decode()
    assert "1 story" in html
    assert "Withdrawn" not in html


def test_a_count_stops_at_a_thousand(client, monkeypatch):
    monkeypatch.setattr("articles.public.views.pagination.COUNT_CAP", 23)
    make_live_many(24, tags=(make_tag("Harbour"),))
    assert "More than 22 stories" in client.get("/articles/?tag=harbour").content.decode()


def test_two_tags_that_never_meet_nearby_offer_to_look_further_back(client, monkeypatch):
    for module in (filters_module, editions_module):
        monkeypatch.setattr(module, "DEEPEST_LINKS", 3)
    harbour, fish = make_tag("Harbour"), make_tag("Fish")
    old = make_live(published_at=datetime(2020, 1, 1, tzinfo=UTC), tags=(harbour, fish))
    make_live_many(4, tags=(harbour,))
    make_live_many(5, tags=(fish,))
    response = client.get("/articles/?tag=harbour&tag=fish")
    assert headlines(response) == []
    further = re.search(r'href="(\?[^"]+)">Look further back', response.content.decode())[1]
    response = client.get("/articles/" + further.replace("&amp;", "&"))
    assert headlines(response) == [old.headline]


HOSTILE = [
    "q=%00",
    "q=" + "a" * 60_000,
    "q=" + "+".join(["a"] * 1100),
    "q=%ff%fe",
    "q=%E2%80%AE%E2%80%8B",
    "q=%22%3E%3Cimg+src=x+onerror=alert(1)%3E",
    "tag=%00",
    "tag=" + "x" * 500,
    "tag=no-such-tag",
    "&".join(["tag=a"] * 1500),
    "&".join(f"tag=t{n}" for n in range(40)),
    "&".join(f"p{n}=1" for n in range(3000)),
    "tag[]=a",
    "section=no-such",
    "section=%00",
    "person=²",
    "person=-1",
    "person=0",
    "person=1e9",
    "person=" + "9" * 50,
    "person=%00",
    "organization=" + "9" * 20,
    "after=0000-00-00",
    "after=0001-01-01",
    "before=9999-12-31",
    "before=99999-01-01",
    "after=yesterday",
    "after=%00",
    "after=2026-12-01&before=2026-01-01",
    "from=1",
    "from=a-b",
    "from=99999999999999999-1",
    "from=-99999999999999999-1",
    "from=1-999999999999999999999",
    "from=²-1",
    "from=%00",
    "from[]=1-1",
    "sort=pk;x",
    "sort=author__password",
    "by__password__startswith=a",
    "page=-1",
    "year=0",
]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: query[:40])
def test_no_query_string_is_a_fault_of_ours(client, query):
    make_live(tags=(make_tag("A", slug="a"),))
    response = client.get(f"/articles/?{query}")
    assert response.status_code in {200, 400, 404}
    assert "<img src=x" not in response.content.decode()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("tag=no-such-tag", "This paper has no such tag."),
        ("section=a", "This paper has no such section."),
        ("person=77", "This paper has no such person."),
        ("after=soon", "Write a day as 2026-11-23."),
        ("after=2026-12-01&before=2026-01-01", "The last day is before the first."),
        ("&".join(f"tag=t{n}" for n in range(6)), "at most 5 tags"),
    ],
)
def test_a_filter_that_cannot_be_used_is_refused_with_the_reason(client, query, reason):
    make_live(tags=(make_tag("A", slug="a"),))
    response = client.get(f"/articles/?{query}")
    assert response.status_code == 400
    assert reason in response.content.decode()
    assert headlines(response) == []


def test_a_nul_does_not_match_every_story(client):
    story = make_live(headline="Seal on slipway")
    assert headlines(client.get("/articles/?q=se%00al")) == [story.headline]
    assert headlines(client.get("/articles/?q=x%00y")) == []
