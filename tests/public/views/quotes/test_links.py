"""One statement in several stories, and what takes it back, repeats it, contradicts it, makes it clear."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from articles.models import Edition, StatementLink
from articles.public import site_context
from articles.publishing import withdraw
from tests.factories import make_live_quote, make_person
from tests.public.views.quotes.test_list import key_of, words
from tests.secret import STATES

pytestmark = pytest.mark.django_db
SAME = "The harbour will not be sold to anybody."


def publish_quote(text: str, year: int = 2024, *, headline: str = "", **speaker) -> Edition:
    fields: dict[str, Any] = {"published_at": datetime(year, 5, 4, 12, tzinfo=UTC)}
    if headline:
        fields["headline"] = headline
    return make_live_quote(text, fields=fields, **speaker or {"person": make_person()})


def link_statements(later: Edition | str, kind: str, earlier: Edition | str) -> StatementLink:
    keys = [end if isinstance(end, str) else key_of(end) for end in (later, earlier)]
    return StatementLink.objects.create(later=keys[0], earlier=keys[1], kind=kind)


def page_of(client, edition: Edition) -> str:
    return client.get(f"/quotes/{key_of(edition)}/").content.decode()


def chain_of(html: str) -> list[str]:
    match = re.search(r'<ol class="sayings chain">(.*?)</ol>', html, re.DOTALL)
    return re.findall(r'<p><a href="[^"]+">([^<]+)</a></p></blockquote>', match[1]) if match else []


def test_a_chain_is_shown_in_the_order_of_time_from_each_of_its_ends(client):
    ann = make_person("Ann Webb")
    first = publish_quote("We shall sell.", 2019, person=ann)
    second = publish_quote("That is wrong.", 2021, person=make_person("Bo Sorrel"))
    third = publish_quote("We shall not sell.", 2024, person=ann)
    link_statements(third, "withdraws", first)
    link_statements(second, "contradicts", first)
    for story in (first, second, third):
        html = page_of(client, story)
        assert chain_of(html) == ["“We shall sell.”", "“That is wrong.”", "“We shall not sell.”"]
        assert html.count('aria-current="true"') == 1
        assert "<b>Takes back</b> what" in html
        assert "<b>Contradicts</b> what" in html
        assert f'<a href="/quotes/{key_of(first)}/">Ann Webb said on 4 May 2019</a>' in html


def test_what_was_taken_back_says_so_above_all_and_in_every_list(client):
    ann = make_person("Ann Webb")
    first, third = (
        publish_quote("We shall sell.", 2019, person=ann),
        publish_quote("Never.", 2024, person=ann),
    )
    link_statements(third, "withdraws", first)
    link = f'href="/quotes/{key_of(third)}/">'
    assert f"{link}Taken back on 4 May 2024</a>" in page_of(client, first)
    assert "Taken back on" not in page_of(client, third)
    for path in (ann.get_absolute_url(), "/quotes/"):
        html = client.get(path).content.decode()
        assert html.count("taken back on 4 May 2024") == 1
        assert f'class="taken-back" {link}' in html


@pytest.mark.parametrize("kind", ["repeats", "contradicts", "clarifies"])
def test_only_what_is_taken_back_is_marked_so(client, kind):
    first, later = publish_quote("We shall sell."), publish_quote("So be it.")
    link_statements(later, kind, first)
    assert "aken back" not in page_of(client, first) + client.get("/quotes/").content.decode()


def test_lists_cost_no_query_more_for_what_was_taken_back(client, django_assert_num_queries):
    for number in range(5):
        link_statements(
            publish_quote(f"Not {number}."), "withdraws", publish_quote(f"Number {number}.")
        )
    site_context.current()
    with django_assert_num_queries(1):
        assert client.get("/quotes/").content.decode().count("taken back on") == 5


def test_a_long_chain_is_followed_so_far_and_a_ring_ends(client, monkeypatch):
    stories = [publish_quote(f"Number {number}.", 2000 + number) for number in range(5)]
    for later, earlier in zip(stories[1:], stories[:-1], strict=True):
        link_statements(later, "repeats", earlier)
    link_statements(stories[0], "repeats", stories[-1])
    assert len(chain_of(page_of(client, stories[0]))) == 5
    monkeypatch.setattr("articles.public.views.quotes.links.MOST", 3)
    assert len(chain_of(page_of(client, stories[0]))) == 3


def test_a_chain_ends_where_a_story_is_withdrawn(client):
    first, hidden, last = (
        publish_quote("First words."),
        publish_quote("Leaky words."),
        publish_quote("Last words."),
    )
    link_statements(hidden, "withdraws", first)
    link_statements(last, "clarifies", hidden)
    assert len(chain_of(page_of(client, first))) == 3
    withdraw(hidden.article, by=None, reason="Wrong.")
    for story in (first, last):
        html = page_of(client, story)
        assert "Leaky" not in html
        assert chain_of(html) == []
        assert "aken back" not in html
    assert "aken back" not in client.get("/quotes/").content.decode()


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("kind", ["withdraws", "repeats"])
def test_a_link_to_what_is_not_live_shows_nothing_of_it(client, state, kind):
    secret = state()
    secret_quote = secret.quotes[0]
    live = publish_quote(secret_quote.text.replace("Tangerine", "Amber"))
    link_statements(secret_quote.quote_key, kind, live)
    site_context.reset()
    paths = [f"/quotes/{key_of(live)}/", "/quotes/", live.people[0]["slug"]]
    paths[2] = f"/people/{live.people[0]['id']}/{paths[2]}/"
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200
        html = response.content.decode()
        assert [word for word in secret.words if word in html] == []
        assert "aken back" not in html


def test_a_changed_chain_is_not_answered_304(client):
    first, second = publish_quote("We shall sell."), publish_quote("Never.")
    path = f"/quotes/{key_of(first)}/"
    before = client.get(path)
    link_statements(second, "withdraws", first)
    again = client.get(path, headers={"If-None-Match": before["ETag"]})
    assert "Taken back" in again.content.decode()


def test_other_stories_with_the_same_words_of_the_same_speaker_are_named(client):
    ann = make_person("Ann Webb")
    edition = publish_quote(SAME, headline="Own story", person=ann)
    publish_quote(SAME.upper(), headline="Wire story", person=ann)
    publish_quote(SAME, headline="Other voice", person=make_person())
    withdrawn = publish_quote(SAME, headline="Leaky story", person=ann)
    withdraw(withdrawn.article, by=None, reason="Wrong.")
    html = page_of(client, edition)
    assert "Also printed in" in html
    section = html[html.index("Also printed in") :].partition("</section>")[0]
    assert "Wire story" in section
    for headline in ("Own story", "Other voice", "Leaky story"):
        assert headline not in section


@pytest.mark.parametrize("speaker", [{"unnamed": "a senior officer"}, {}])
def test_the_same_words_are_not_one_statement_of_two_who_may_differ(client, speaker):
    text = SAME if speaker else "We pay."
    speaker = speaker or {"person": make_person()}
    stories = [publish_quote(text, headline=f"Story {n}", **speaker) for n in range(2)]
    assert "Also printed in" not in page_of(client, stories[0])
    assert len(words(client.get("/quotes/"))) == 2


def test_a_statement_stands_once_on_a_page_of_quotes_with_all_its_stories(client):
    ann = make_person("Ann Webb")
    for number in range(3):
        publish_quote(SAME, 2020 + number, headline=f"Story {number}", person=ann)
        publish_quote(f"Between, number {number} of many.", 2020 + number, person=ann)
    response = client.get("/quotes/")
    html = response.content.decode()
    assert words(response).count(f"“{SAME}”") == 1
    assert len(words(response)) == 4
    assert "<summary>In 3 stories</summary>" in html
    for number in range(3):
        assert f"Story {number}</a>" in html


def test_folding_loses_no_quote_from_page_to_page(client, monkeypatch):
    ann = make_person("Ann Webb")
    for number in range(50):
        text = SAME if number % 2 else f"Only number {number} of fifty."
        publish_quote(text, 1970 + number, headline=f"Story {number}.", person=ann)
    path, seen = "/quotes/", []
    while path:
        html = client.get(path).content.decode()
        seen += re.findall(r">(Story \d+\.)</a>", html)
        older = re.search(r'rel="next" href="([^"]+)"', html)
        path = "/quotes/" + older[1] if older else ""
    assert sorted(seen) == sorted(f"Story {number}." for number in range(50))
