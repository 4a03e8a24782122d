"""/quotes/: who said what, narrowed by the address."""

import re
from datetime import UTC, date, datetime

import pytest

from articles.models import Edition
from articles.public import site_context
from articles.public.search import stories
from articles.publishing import publish
from tests.factories import (
    make_article,
    make_live,
    make_live_quote,
    make_organization,
    make_person,
    make_quote,
    make_tag,
)
from tests.public.views.articles.test_list import HOSTILE, OLDER

pytestmark = pytest.mark.django_db
WORDS = re.compile(r'<blockquote class="words[^>]*><p><a href="[^"]+">([^<]+)</a>')
NASTY = '"><img src=x onerror=alert(1)></q><script>alert(1)</script>'


def words(response) -> list[str]:
    """Give the words of the quotes of a page, in their order."""
    return WORDS.findall(response.content.decode())


def key_of(edition: Edition) -> str:
    return edition.quotes[0]["key"]


def test_the_list_shows_the_newest_story_first_and_its_quotes_in_reading_order(client):
    make_live_quote("Long ago.", fields={"published_at": datetime(2020, 1, 1, tzinfo=UTC)})
    article = make_article(body_html="<p>“One.” “Two.” “Three.”</p>")
    for text in ("Three.", "One.", "Two."):
        make_quote(article, text)
    publish(article, by=None)
    assert words(client.get("/quotes/")) == ["“One.”", "“Two.”", "“Three.”", "“Long ago.”"]


def test_a_line_says_who_in_what_role_when_and_where_and_leads_to_each(client):
    person = make_person("Nerys Callow")
    fields = {"headline": "Mud is voted on", "published_at": datetime(2024, 5, 4, 12, tzinfo=UTC)}
    story = make_live_quote("We pay.", person=person, role="deputy leader", fields=fields)
    html = client.get("/quotes/").content.decode()
    assert f'<a href="{person.get_absolute_url()}">Nerys Callow</a>, deputy leader' in html
    assert '<time datetime="2024-05-04">4 May 2024</time>' in html
    assert f'<a href="{story.get_absolute_url()}" lang="en-gb">Mud is voted on</a>' in html
    assert f'href="/quotes/{key_of(story)}/"' in html


def test_the_day_on_which_it_was_said_goes_before_the_day_of_the_story(client):
    make_live_quote("We pay.", said_on=date(2019, 2, 3))
    assert "3 February 2019" in client.get("/quotes/").content.decode()


def test_a_source_that_is_not_named_is_described_and_leads_nowhere(client):
    make_live_quote("We pay.", unnamed="a senior officer")
    assert "<b>a senior officer</b>" in client.get("/quotes/").content.decode()


def test_the_reporter_s_words_stand_without_marks(client):
    make_live_quote("the town would pay", kind="indirect")
    response = client.get("/quotes/")
    assert words(response) == ["the town would pay"]
    assert "in the reporter’s words" in response.content.decode()


def test_parts_are_joined_visibly_and_a_comma_before_a_mark_is_dropped(client):
    article = make_article(body_html="<p>“We pay,” she said. “We stay,” she went on.</p>")
    make_quote(article, "We pay, … We stay,")
    publish(article, by=None)
    assert words(client.get("/quotes/")) == ["“We pay … We stay”"]


def test_the_list_costs_one_query_and_a_narrowed_one_three_at_most(
    client, django_assert_num_queries
):
    person = make_person()
    for number in range(22):
        make_live_quote(f"Number {number}.", person=person)
    site_context.current()
    with django_assert_num_queries(1):
        client.get("/quotes/")
    with django_assert_num_queries(3):  # who it is, how many, the page
        client.get(f"/quotes/?person={person.pk}")


def test_paging_shows_every_quote_once_even_where_times_are_equal(client):
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    for story in range(9):
        article = make_article(
            published_at=at, body_html="".join(f"<p>“{story}-{n}”</p>" for n in range(5))
        )
        for n in range(5):
            make_quote(article, f"{story}-{n}")
        publish(article, by=None)
    seen, address = [], "/quotes/"
    while address:
        response = client.get(address)
        seen += words(response)
        older = OLDER.search(response.content.decode())
        address = "/quotes/" + older[1].replace("&amp;", "&") if older else ""
    assert seen == [f"“{story}-{n}”" for story in reversed(range(9)) for n in range(5)]


def test_every_filter_narrows_together_with_the_others(client):
    person, organization, tag = make_person(), make_organization(), make_tag("Harbour")
    at = datetime(2026, 5, 4, 12, tzinfo=UTC)
    fields = {"published_at": at, "tags": (tag,)}
    speaker = {"person": person, "on_behalf_of": organization}
    make_live_quote("The dredging waits.", fields=fields, **speaker)
    make_live_quote("The herring waits.", fields=fields, **speaker)
    make_live_quote("No dredging.", fields=fields, person=person)
    make_live_quote("All dredging.", fields=fields, organization=organization)
    make_live_quote("Dredging now.", fields=fields | {"tags": ()}, **speaker)
    make_live_quote(
        "Dredging then.", fields={"published_at": datetime(2025, 5, 4, tzinfo=UTC)}, **speaker
    )
    address = f"/quotes/?q=dredging&tag=harbour&person={person.pk}&organization={organization.pk}"
    address += "&after=2026-05-04&before=2026-05-04"
    assert words(client.get(address)) == ["“The dredging waits.”"]


def test_an_organization_speaks_itself_and_through_who_speaks_for_it(client):
    organization = make_organization("Harbour Authority")
    make_live_quote("By it.", organization=organization)
    make_live_quote("For it.", person=make_person(), on_behalf_of=organization)
    make_live_quote("Elsewhere.", organization=make_organization())
    response = client.get(f"/quotes/?organization={organization.pk}")
    assert words(response) == ["“For it.”", "“By it.”"]
    assert "2 quotes" in response.content.decode()
    assert "Harbour Authority <span" in response.content.decode()


def test_the_list_offers_who_speaks_most(client):
    often, once = make_person("Ann Often"), make_person("Bo Once")
    for person in (often, often, once):
        make_live_quote("We pay.", person=person)
    html = client.get("/quotes/?q=pay").content.decode()
    assert f'<a href="?q=pay&amp;person={often.pk}">Ann Often</a>' in html
    assert html.index("Ann Often</a></li>") < html.index("Bo Once</a></li>")


def test_each_filter_can_be_taken_away_alone(client):
    person = make_person("Nerys Callow")
    make_live_quote("We pay.", person=person)
    html = client.get(f"/quotes/?q=pay&person={person.pk}").content.decode()
    assert f'href="?person={person.pk}"' in html
    assert 'href="?q=pay"' in html
    assert f'<input type="hidden" name="person" value="{person.pk}">' in html
    assert "Clear all" in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Nobody has been quoted yet."),
        ("?q=zebra", "Nobody said anything that fits this."),
        ("?q=zebra&after=2026-01-01", "anything that fits all of this at once"),
        ("?from=1-1", "There are no older quotes."),
    ],
)
def test_nothing_found_is_said_in_words_with_a_way_on(client, query, sentence):
    make_live()
    response = client.get(f"/quotes/{query}")
    assert response.status_code == 200
    assert sentence in response.content.decode()


@pytest.mark.parametrize("query", [*HOSTILE, "tag=a&q=%00", "person=1e20&organization=%2F"])
def test_no_query_string_is_a_fault_of_ours(client, query):
    make_live_quote("We pay.", fields={"tags": (make_tag("A", slug="a"),)})
    response = client.get(f"/quotes/?{query}")
    assert response.status_code in {200, 400, 404}
    assert "<img src=x" not in response.content.decode()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("person=77", "This paper has no such person."),
        (f"organization={10**20}", "Ensure this value is less than or equal to"),
        ("organization=x", "A number in this address cannot be read."),
        ("tag=no-such-tag", "This paper has no such tag."),
        ("after=soon", "Write a day as 2026-11-23."),
    ],
)
def test_a_filter_that_cannot_be_used_is_refused_with_the_reason(client, query, reason):
    make_live_quote("We pay.")
    response = client.get(f"/quotes/?{query}")
    assert response.status_code == 400
    assert reason in response.content.decode()
    assert words(response) == []


def test_hostile_words_are_only_words(client):
    escaped = NASTY.replace("<", "&lt;").replace(">", "&gt;")
    article = make_article(body_html=f"<p>{escaped}</p>", headline=NASTY)
    make_quote(article, NASTY, person=make_person(NASTY), role=NASTY)
    story = publish(article, by=None)
    for address in ("/quotes/", f"/quotes/{key_of(story)}/", story.get_absolute_url(), "/"):
        html = client.get(address).content.decode()
        assert "<img src=x" not in html, address
        assert "<script>alert" not in html, address


def test_a_renamed_speaker_is_not_answered_304(client):
    person = make_person("Ann Webb")
    make_live_quote("We pay.", person=person)
    first = client.get("/quotes/")
    person.name = "Ann Sorrel"
    person.save()
    again = client.get("/quotes/", headers={"If-None-Match": first["ETag"]})
    assert "Ann Sorrel" in again.content.decode()


def test_words_are_looked_for_further_back_step_by_step(client, monkeypatch):
    monkeypatch.setattr(stories, "RANKED", 2)
    for day in range(5):
        fields = {"published_at": datetime(2026, 3, 1 + day, tzinfo=UTC)}
        make_live_quote(f"Dredging, day {day}.", fields=fields)
    seen, address = [], "/quotes/?q=dredging"
    while address:
        response = client.get(address)
        seen += words(response)
        further = re.search(r'<a href="(\?[^"]+)">Look further back', response.content.decode())
        address = "/quotes/" + further[1].replace("&amp;", "&") if further else ""
    assert seen == [f"“Dredging, day {day}.”" for day in reversed(range(5))]


def test_from_further_back_the_way_leads_to_every_quote_of_the_words(client, monkeypatch):
    monkeypatch.setattr(stories, "RANKED", 2)
    for day in range(5):
        fields = {"published_at": datetime(2026, 3, 1 + day, tzinfo=UTC)}
        make_live_quote(f"Dredging, day {day}.", fields=fields)
    before_all = int(datetime(2026, 2, 1, tzinfo=UTC).timestamp()) * 1_000_000
    seen, address = set(), f"/quotes/?q=dredging&from={before_all}-0"
    for _ in range(6):
        html = client.get(address).content.decode()
        seen |= set(re.findall(r"Dredging, day \d", html))
        newer = re.search(r'<a rel="prev" href="([^"]+)"', html)
        if not newer:
            break
        address = "/quotes/" + newer[1].replace("&amp;", "&")
    assert not newer
    assert seen == {f"Dredging, day {day}" for day in range(5)}
