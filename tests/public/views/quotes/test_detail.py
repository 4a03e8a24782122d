"""/quotes/<key>/: one quote alone."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from articles.models import Article, Edition, EditionQuote, Quote
from articles.public import site_context
from articles.publishing import correct, publish, withdraw
from tests.factories import make_live_quote, make_organization, make_person
from tests.public.views.quotes.test_list import WORDS, key_of, words

pytestmark = pytest.mark.django_db


def page_of(client, edition: Edition) -> str:
    return client.get(f"/quotes/{key_of(edition)}/").content.decode()


def test_a_quote_stands_alone_with_who_how_when_and_its_sentence(client):
    fields = {"headline": "Mud is voted on", "published_at": datetime(2024, 5, 4, 12, tzinfo=UTC)}
    person = make_person("Nerys Callow")
    story = make_live_quote(
        "We pay.", person=person, role="deputy leader", said_how="interview", fields=fields
    )
    html = page_of(client, story)
    assert re.search(
        r'<blockquote class="wall-words is-short is-marked"[^>]*><p>“We pay.”</p>', html
    )
    assert f'<a href="{person.get_absolute_url()}">Nerys Callow</a>' in html
    assert "Deputy leader" in html
    assert 'In an interview, <time datetime="2024-05-04">4 May 2024</time>' in html
    assert "“<mark>We pay.</mark>”" in html
    assert f'href="{story.get_absolute_url()}#quote-{key_of(story)}"' in html


@pytest.mark.parametrize(("role", "is_named"), [("clerk", True), ("clerk, Salt Board", False)])
def test_who_it_was_said_for_is_named_unless_the_role_does(client, role, is_named):
    organization = make_organization("Salt Board")
    html = page_of(
        client,
        make_live_quote("We pay.", person=make_person(), on_behalf_of=organization, role=role),
    )
    assert (f'For <a href="{organization.get_absolute_url()}">Salt Board</a>' in html) is is_named


def test_a_quote_says_how_to_cite_it(client, settings):
    settings.SITE_URL = "https://courier.example"
    settings.PAPER_NAME = "The Courier"
    fields = {"headline": "Mud", "published_at": datetime(2024, 5, 4, 12, tzinfo=UTC)}
    story = make_live_quote("We pay,", unnamed="a senior officer", fields=fields)
    html = page_of(client, story)
    url = f"https://courier.example/quotes/{key_of(story)}/"
    assert f">“We pay” a senior officer, in “Mud”, The Courier, 4 May 2024, {url}</p>" in html
    assert f'<link rel="canonical" href="{url}">' in html
    assert f'<meta property="og:url" content="{url}">' in html


def test_a_quote_is_described_to_machines(client):
    person = make_person("Nerys Callow")
    story = make_live_quote("We pay.", person=person, role="deputy leader")
    html = page_of(client, story)
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script', html)[1])
    assert (data["@type"], data["text"]) == ("Quotation", "We pay.")
    assert data["spokenByCharacter"]["jobTitle"] == "deputy leader"
    assert data["creator"] == data["spokenByCharacter"]
    assert data["isPartOf"]["url"] == f"http://testserver{story.get_absolute_url()}"
    assert data["isPartOf"]["datePublished"] == story.published_at.isoformat()
    assert not {"isBasedOn", "dateCreated", "creditText"} & data.keys()


@pytest.mark.parametrize("fields", [{"kind": "indirect"}, {"is_translated": True}])
def test_words_of_a_reporter_or_a_translator_are_not_the_speaker_s_creation(client, fields):
    html = page_of(client, make_live_quote("We pay.", person=make_person(), **fields))
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script', html)[1])
    assert "creator" not in data
    assert data["spokenByCharacter"]


def test_a_quote_says_how_where_and_at_which_place_of_the_recording(client):
    place: dict[str, Any] = {
        "said_how": "interview",
        "said_where": "in Sund harbour",
        "locator": "00:14:05",
    }
    story = make_live_quote(
        "We pay.", source_url="https://a.example/x", is_translated=True, **place
    )
    html = page_of(client, story)
    assert "In an interview, in Sund harbour, <time" in html
    assert "recording or document</a>, 00:14:05</p>" in html
    assert "these are not the speaker’s own words" in html


def test_a_place_alone_begins_the_line(client):
    assert "In Sund harbour, <time" in page_of(
        client, make_live_quote("Oh.", said_where="in Sund harbour")
    )


def test_a_quote_costs_four_queries_and_shows_more_of_the_speaker(
    client, django_assert_num_queries
):
    person = make_person("Nerys Callow")
    stories = [make_live_quote(f"We shall pay {n} times.", person=person) for n in range(5)]
    site_context.current()
    with django_assert_num_queries(
        4
    ):  # the story, the speaker, the links, the same words elsewhere
        html = page_of(client, stories[0])
    assert WORDS.findall(html) == [f"“We shall pay {n} times.”" for n in (4, 3, 2)]
    assert f'href="/quotes/?person={person.pk}"' in html


def test_two_sources_who_are_not_named_have_nothing_in_common(client):
    stories = [make_live_quote(f"Number {n}.", unnamed="a senior officer") for n in range(2)]
    assert "Number 1" not in page_of(client, stories[0])


def test_a_corrected_story_s_correction_stands_on_its_quotes(client):
    story = make_live_quote("We pay.")
    correct(story.article, by=None, wrong="Not a mayor.", right="A reeve.", weight="correction")
    html = page_of(client, story)
    assert "Not a mayor." in html
    assert "A reeve." in html


def test_a_quote_of_a_withdrawn_story_is_gone_with_the_reason(client):
    story = make_live_quote("We pay.", fields={"headline": "Mud is voted on"})
    withdraw(story.article, by=None, reason="It named the wrong man.")
    response = client.get(f"/quotes/{key_of(story)}/")
    assert response.status_code == 410
    assert "It named the wrong man." in response.content.decode()
    assert "We pay" not in response.content.decode()


def test_a_quote_that_the_story_no_longer_has_is_not_found(client):
    story = make_live_quote("We pay.")
    Quote.objects.all().delete()
    Article.objects.update(body_html="<p>Nothing was said.</p>")
    publish(story.article, by=None)
    assert client.get(f"/quotes/{key_of(story)}/").status_code == 404
    assert words(client.get("/quotes/")) == []


def test_a_quote_keeps_its_address_and_the_role_of_then_from_edition_to_edition(client):
    story = make_live_quote("We pay.", person=make_person("Ann Webb"), role="reeve")
    old = key_of(story)
    Article.objects.update(headline="Another headline")
    publish(story.article, by=None)
    html = client.get(f"/quotes/{old}/").content.decode()
    assert "Another headline" in html
    assert "Reeve" in html
    assert EditionQuote.objects.filter(quote_key=old).count() == 2


@pytest.mark.parametrize(
    "key", ["aaaaaaaaaa", "%00", "a" * 21, "a" * 5000, "A", "é", "x'--", "1" * 20]
)
def test_a_key_that_is_none_is_not_found(client, key):
    make_live_quote("We pay.")
    assert client.get(f"/quotes/{key}/").status_code == 404


@pytest.mark.parametrize(
    ("text", "size"),
    [("We pay.", "short"), ("We pay. " * 20, "middling"), ("We pay. " * 50, "long")],
)
def test_the_longer_the_words_the_smaller_they_are_set(client, text, size):
    assert f"wall-words is-{size}" in page_of(client, make_live_quote(text.strip()))


@pytest.mark.parametrize(("url", "leads"), [("https://a.example/x", True), ("javascript:x", False)])
def test_only_an_address_of_the_web_leads_to_the_recording(client, monkeypatch, url, leads):
    """Another one is refused where the quote is stored; editions from before that was asked are on record."""
    monkeypatch.setattr("articles.publishing.checks.quote_blockers", lambda *_: [])
    html = page_of(client, make_live_quote("We pay.", source_url=url))
    assert (f'href="{url}"' in html) is leads
