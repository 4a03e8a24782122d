"""What a list leaves out: tags, sections, people, organizations; bounded like everything else."""

from datetime import UTC, datetime

import pytest

from articles.models import FormerTagName
from articles.models import editions as editions_module
from articles.public.filters import link_walk
from tests.factories import (
    make_live,
    make_live_many,
    make_organization,
    make_person,
    make_section,
    make_tag,
)

from .test_list import headlines

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["", "&q=news"])
def test_each_kind_is_left_out(client, words):
    tag, section = make_tag("Harbour"), make_section("Council")
    person, organization = make_person(), make_organization()
    make_live(headline="Tag news", tags=(tag,))
    make_live(headline="Section news", tags=(section,))
    make_live(headline="Person news", people=(person,))
    make_live(headline="Organization news", organizations=(organization,))
    unwanted = ["harbour", "council"]
    for query, missing in (
        ("without=harbour", {"Tag news"}),
        ("&".join(f"without={slug}" for slug in unwanted), {"Tag news", "Section news"}),
        (f"without_person={person.pk}", {"Person news"}),
        (f"without_organization={organization.pk}", {"Organization news"}),
    ):
        everything = {"Tag news", "Section news", "Person news", "Organization news"}
        assert set(headlines(client.get(f"/articles/?{query}{words}"))) == everything - missing, (
            query
        )


def test_what_is_wanted_and_what_is_not_narrow_together(client):
    harbour, fish, person = make_tag("Harbour"), make_tag("Fish"), make_person()
    match = make_live(tags=(harbour,), people=(person,))
    make_live(tags=(harbour, fish), people=(person,))
    make_live(tags=(harbour,))
    query = f"tag=harbour&person={person.pk}&without=fish"
    assert headlines(client.get(f"/articles/?{query}")) == [match.headline]


def test_two_people_are_wanted_both(client):
    first, second = make_person("Ann Lee"), make_person("Bo Lund")
    both = make_live(people=(first, second))
    make_live(people=(first,))
    response = client.get(f"/articles/?person={first.pk}&person={second.pk}")
    assert headlines(response) == [both.headline]
    html = response.content.decode()
    assert f'href="?person={second.pk}"' in html
    assert f'href="?person={first.pk}"' in html


def test_a_chip_says_not_and_can_be_taken_away(client):
    make_live(tags=(make_tag("Harbour"),), headline="Dredging")
    html = client.get("/articles/?q=dredging&without=harbour").content.decode()
    assert "not Harbour <span" in html
    assert 'href="?q=dredging">not Harbour' in html
    assert '<input type="hidden" name="without" value="harbour">' in html


def test_a_former_name_is_left_out_as_the_present_one(client):
    tag = make_tag("Fishing")
    FormerTagName.objects.create(tag=tag, name="Fisheries", slug="fisheries")
    make_live(tags=(tag,))
    other = make_live()
    assert headlines(client.get("/articles/?without=fisheries")) == [other.headline]


def test_what_is_left_out_everywhere_is_looked_for_in_the_newest_only(client, monkeypatch):
    for module in (link_walk, editions_module):
        monkeypatch.setattr(module, "DEEPEST_LINKS", 3)
    tag = make_tag("Harbour")
    old = make_live(published_at=datetime(2020, 1, 1, tzinfo=UTC))
    make_live_many(4, tags=(tag,))
    response = client.get("/articles/?without=harbour")
    assert headlines(response) == []
    html = response.content.decode()
    further = html.split('">Look further back')[0].rpartition('href="')[2].replace("&amp;", "&")
    response = client.get(f"/articles/{further}")
    assert headlines(response) == [old.headline]
    newer = response.content.decode().split('<a rel="prev" href="')[1].split('"')[0]
    assert headlines(client.get(f"/articles/{newer.replace('&amp;', '&')}")) == []


def test_leaving_out_costs_a_few_queries(client, django_assert_num_queries):
    tag, person = make_tag("Harbour"), make_person()
    make_live(tags=(tag,), people=(person,))
    make_live_many(25)
    client.get("/articles/")
    with django_assert_num_queries(
        6
    ):  # tag, person, how deep, the page, what is counted, what it links
        client.get(f"/articles/?without=harbour&without_person={person.pk}")


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("without=no-such-tag", "This paper has no such tag."),
        ("without_person=77", "This paper has no such person."),
        ("without_organization=x", "A number in this address cannot be read."),
        ("tag=a&without=a", "A story cannot be about something and not about it."),
        ("section=s&without=s", "A story cannot be about something and not about it."),
        ("&".join(f"without=t{n}" for n in range(6)), "at most 5 tags"),
        ("&".join(f"without_person={n}" for n in range(1, 6)), "at most 3 people"),
        ("&".join(f"person={n}" for n in range(1, 6)), "at most 3 people"),
        ("sort=author__password", "A list cannot be sorted like that."),
        ("without=%00", "cannot be read"),
    ],
)
def test_what_cannot_be_left_out_is_refused_with_the_reason(client, query, reason):
    make_live(tags=(make_tag("A", slug="a"), make_section("S", slug="s")))
    for address in ("/articles/", "/articles/feed/"):
        response = client.get(f"{address}?{query}")
        assert response.status_code == 400
        assert reason in response.content.decode()
