"""What the list of stories can be narrowed by, counted, in the newest stories that fit; nothing that is not public."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict

from articles.models import Edition, Tag
from articles.models import editions as editions_module
from articles.public.filters import EditionFilter, link_walk
from articles.public.filters.facets import Facets, count_stories, read_facets
from articles.publishing import publish
from tests.factories import (
    make_article,
    make_live,
    make_live_many,
    make_organization,
    make_person,
    make_section,
    make_tag,
    make_withdrawn,
)
from tests.public.views.articles.test_list import headlines

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 12, tzinfo=UTC)


def facets_of(query: str = "", most: int = 1000) -> Facets:
    filters = EditionFilter(QueryDict(query), queryset=Edition.objects.listed())
    assert filters.is_valid(), filters.form.errors
    return read_facets(filters, count_stories(filters, most))


def values_of(query: str = "", most: int = 1000) -> dict[str, list[tuple[str, int]]]:
    facets = facets_of(query, most).facets
    return {facet.name: [(value.name, value.count) for value in facet.values] for facet in facets}


@pytest.fixture
def stories():
    council, courts = make_section("Council"), make_section("Courts")
    harbour, fish = make_tag("Harbour"), make_tag("Fish")
    nerys, board = make_person("Nerys Callow"), make_organization("Harbour Board")
    make_live(tags=(council, harbour), people=(nerys,), published_at=AT)
    make_live(tags=(council, harbour, fish), organizations=(board,), published_at=AT)
    make_live(tags=(courts, fish), people=(nerys,), published_at=AT - timedelta(days=365))


def test_each_kind_is_counted_the_most_frequent_first(stories):
    assert values_of() == {
        "section": [("Council", 2), ("Courts", 1)],
        "tag": [("Harbour", 2), ("Fish", 2)],
        "person": [("Nerys Callow", 2)],
        "organization": [("Harbour Board", 1)],
        "year": [("2026", 2), ("2025", 1)],
    }


def test_what_all_stories_share_narrows_nothing_and_what_is_on_can_be_taken_away(stories):
    assert values_of("tag=harbour") == {
        "tag": [("Harbour", 0), ("Fish", 1)],
        "person": [("Nerys Callow", 1)],
        "organization": [("Harbour Board", 1)],
    }
    (tag, *_) = facets_of("tag=harbour&q=story").facets
    assert (tag.values[0].is_on, tag.values[0].query) == (True, "q=story")


@pytest.mark.parametrize(
    "query", ["", "q=story", "tag=fish", "q=story&tag=fish", "without=harbour"]
)
def test_every_link_of_a_facet_leads_to_as_many_stories_as_it_says(client, stories, query):
    make_live(tags=(Tag.objects.get(slug="fish"),), published_at=AT)
    address = f"/articles/?{query}"
    total = len(headlines(client.get(address)))
    links = 0
    for facet in facets_of(query).facets:
        for value in facet.values:
            links += 1
            matches = headlines(client.get(f"/articles/?{value.query}"))
            assert value.is_on or len(matches) == value.count, value
            if value.without_query:
                others = headlines(client.get(f"/articles/?{value.without_query}"))
                assert len(others) == total - value.count, value
    assert links > 2
    assert total


def test_the_page_has_the_links_and_a_way_to_leave_out(client, stories):
    html = unescape(client.get("/articles/?q=story").content.decode())
    assert '<a rel="nofollow" href="?q=story&tag=fish">Fish</a> <span class="facet-count">2' in html
    assert 'href="?q=story&without=fish"' in html
    assert "Leave out: Fish" in html
    assert "Counted in the newest" not in html


def test_counts_of_a_part_say_of_which(client, stories, monkeypatch):
    monkeypatch.setattr("articles.public.views.articles.list_facets.COUNT_CAP", 3)
    assert values_of(most=2)["section"] == [("Council", 2)]
    html = client.get("/articles/?before=2026-12-31").content.decode()
    assert "Counted in the newest story that fits" not in html
    make_live_many(21)
    html = client.get("/articles/?before=2026-12-31").content.decode()
    assert "Counted in the newest 2 stories that fit." in html


def test_years_that_are_not_counted_can_be_reached(client, stories):
    facet = facets_of(most=2).facets[-1]
    assert [(value.name, value.query) for value in facet.values] == [
        ("2026", "after=2026-01-01&before=2026-12-31")
    ]
    assert (facet.earlier_year, facet.earlier) == (2026, "before=2025-12-31")
    assert len(headlines(client.get(f"/articles/?{facet.earlier}"))) == 1
    assert [facet.name for facet in facets_of("after=2026-01-01", most=1).facets] == [
        *("section", "tag", "organization")
    ]


def test_a_year_that_is_on_is_taken_away_whole(stories):
    facet = facets_of("tag=fish&after=2025-01-01&before=2025-12-31").facets[-1]
    assert [(value.name, value.query) for value in facet.values] == [("2025", "tag=fish")]


def test_a_year_ends_where_the_paper_is(settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    make_live(published_at=datetime(2025, 12, 31, 12, tzinfo=UTC))
    make_live(published_at=datetime(2025, 12, 31, 10, tzinfo=UTC))
    assert values_of() == {"year": [("2026", 1), ("2025", 1)]}


def test_one_section_at_a_time_and_five_tags_at_most(stories):
    assert "Courts" not in str(values_of("section=council"))
    tags = [make_tag(f"T{n}") for n in range(5)]
    make_live(tags=(*tags, make_tag("More")))
    make_live(tags=tags)
    query = "&".join(f"tag=t{n}" for n in range(5))
    assert values_of(query) == {"tag": [(f"T{n}", 0) for n in range(5)]}


def test_nothing_is_counted_that_readers_do_not_have(client):
    secret: dict[str, Any]
    secret = {"tags": (make_tag("Leaktag"),), "people": (make_person("Leak Person"),)}
    secret |= {"organizations": (make_organization("Leakbody"),)}
    shared = make_tag("Harbour")
    make_live(tags=(shared, make_tag("Other")), headline="Harbour news")
    make_live(headline="Harbour news again")
    make_article(headline="Harbour secret", **secret | {"tags": (*secret["tags"], shared)})
    make_withdrawn(**secret | {"tags": (*secret["tags"], shared)})
    old = make_article(tags=(make_tag("Formertag"),), headline="Harbour then")
    publish(old, by=None)
    old.tags.set([shared])
    publish(old, by=None)
    for query in ("", "q=harbour", "sort=oldest"):
        values = values_of(query)
        assert "Leak" not in str(values), query
        assert "Formertag" not in str(values), query
        assert values["tag"][0] == ("Harbour", 2), query


def test_a_tag_in_the_trash_is_not_named(stories):
    Tag.objects.filter(slug="fish").update(trashed_at=AT)
    assert "Fish" not in str(values_of())


def test_a_renamed_tag_is_called_what_it_is_called_now(stories):
    Tag.objects.filter(slug="fish").update(name="Fisheries")
    assert ("Fisheries", 2) in values_of()["tag"]


def test_facets_of_words_are_those_of_all_hits(client, django_assert_num_queries):
    harbour, fish = make_tag("Harbour"), make_tag("Fish")
    make_live_many(15, headline="Seal on slipway", tags=(harbour,))
    make_live_many(10, headline="Seal on slipway", tags=(fish,))
    make_live(tags=(fish,))
    assert values_of("q=seal")["tag"] == [("Harbour", 15), ("Fish", 10)]
    client.get("/articles/")
    walks = 2 if is_sqlite() else 9  # through the index: by the whole word, and by its beginning
    with django_assert_num_queries(walks + 3):  # the hits, the page, what it links
        html = client.get("/articles/?q=seal").content.decode()
    assert "25 stories" in html


def is_sqlite() -> bool:
    from django.db import connection

    return connection.vendor == "sqlite"


def test_a_list_with_less_than_all_looked_at_says_so(monkeypatch):
    for module in (link_walk, editions_module):
        monkeypatch.setattr(module, "DEEPEST_LINKS", 3)
    harbour, fish = make_tag("Harbour"), make_tag("Fish")
    make_live_many(3, tags=(harbour,))
    make_live_many(2, tags=(fish,))
    facets = facets_of("without=fish")
    assert not facets.is_complete
    assert facets.counted < 3
    assert facets_of("").is_complete


def test_facets_do_not_shrink_with_the_page(client, stories):
    make_live_many(25, tags=(Tag.objects.get(slug="fish"),))
    first = client.get("/articles/").content.decode()
    older = re.search(r'<a rel="next" href="([^"]+)"', first)[1]
    count = '>Fish</a> <span class="facet-count">27'
    assert count in first
    assert count in client.get(f"/articles/{older}").content.decode()
