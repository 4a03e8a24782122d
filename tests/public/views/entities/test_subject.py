"""The first page of a tag: its lead, its subtopics, who speaks on it, what they said, what contradicts what."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Edition, Person, StatementLink, Tag
from articles.public import site_context
from articles.public.views.entities import subject
from articles.publishing import publish, schedule, withdraw
from articles.record.trash.moves import move_to_trash
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_live_many,
    make_live_quote,
    make_person,
    make_quote,
    make_section,
    make_tag,
)
from tests.public.views.articles.test_list import OLDER, headlines

pytestmark = pytest.mark.django_db
WORDS = "We shall pay for our own mud whatever it costs us"
DENIAL = "Nobody has ever said that we would pay for any mud"


def page_of(client, tag: Tag) -> str:
    return client.get(tag.get_absolute_url()).content.decode()


def part_of(html: str, heading: str) -> str:
    """Return the section or aside under the heading with the id ``heading``; empty for none."""
    match = re.search(
        rf'<(section|aside|nav)[^>]*aria-labelledby="{heading}">(.*?)</\1>\s*(?=<|$)', html, re.S
    )
    return match[2] if match else ""


def quote_key(edition: Edition) -> str:
    return str(edition.quotes[0]["key"])


def contradict(client, tag: Tag) -> tuple[Edition, Edition]:
    """Publish a statement and one on ``tag`` that an editor has marked as contradicting it."""
    fields = {"published_at": datetime(2021, 3, 4, tzinfo=UTC), "headline": "Before"}
    earlier = make_live_quote(WORDS, person=make_person("Nerys Callow"), fields=fields)
    later = make_live_quote(
        DENIAL, person=make_person("Ann Webb"), fields={"tags": (tag,), "headline": "After"}
    )
    StatementLink.objects.create(
        later=quote_key(later), earlier=quote_key(earlier), kind="contradicts"
    )
    return earlier, later


def test_a_full_page_costs_ten_queries(client, django_assert_num_queries):
    section = make_section("Harbour")
    topics = [make_tag(name, parent=section) for name in ("dredging", "fishing")]
    make_live_many(25, tags=(section, *topics))
    contradict(client, section)
    site_context.current()
    with django_assert_num_queries(
        10
    ):  # what, stories, count; below; blocks; newest, quotes, who; 2
        html = page_of(client, section)
    with django_assert_num_queries(3):  # what, the page, the way back
        client.get(section.get_absolute_url() + OLDER.search(html)[1])


def test_the_description_is_the_introduction_in_paragraphs(client):
    tag = make_tag("Harbour", description="Boats & mud.\n\nAnd dues.")
    make_live_many(21, tags=(tag,))
    html = page_of(client, tag)
    assert "<p>Boats &amp; mud.</p>\n\n<p>And dues.</p>" in html
    assert '<meta name="description" content="Boats &amp; mud.' in html
    further = client.get(tag.get_absolute_url() + OLDER.search(html)[1]).content.decode()
    assert "<p>Boats" not in further


def test_the_lead_is_the_newest_of_four_with_a_picture_and_no_story_stands_twice(client):
    tag = make_tag("Harbour")
    now = timezone.now()
    for number in range(8):
        make_live(
            headline=f"Story {number}",
            tags=(tag,),
            published_at=now - timedelta(hours=number + 1),
            lead_image=make_image() if number in (2, 4) else None,
        )
    response = client.get(tag.get_absolute_url())
    assert headlines(response) == [f"Story {n}" for n in (2, 0, 1, 3, 4, 5, 6, 7)]
    html = response.content.decode()
    assert "Story 2" in part_of(html, "lead-heading")


@pytest.mark.parametrize(("count", "has_lead"), [(2, False), (3, True)])
def test_one_story_or_two_are_a_list_without_a_lead(client, count, has_lead):
    tag = make_tag("Harbour")
    make_live_many(count, tags=(tag,))
    html = page_of(client, tag)
    assert ('id="lead-heading"' in html) is has_lead
    assert "no older stories" not in html


def test_subtopics_stand_in_the_editors_order_with_their_newest_stories(client):
    section = make_section("Harbour")
    late, early = (
        make_tag("Fishing", parent=section, position=2),
        make_tag("Dredging", parent=section, position=1),
    )
    make_live_many(3, tags=(section,))
    for tag in (late, early):
        for number in range(5):
            at = timezone.now() - timedelta(days=number + 1)
            make_live(headline=f"{tag.name} {number}", tags=(tag,), published_at=at)
    html = page_of(client, section)
    names = re.findall(r"<li><a [^>]+>([^<]+)", part_of(html, "subtopics-heading"))
    assert names == ["Dredging", "Fishing"]
    blocks = re.findall(r'class="section"[^>]*>(.*?)</section>', html, re.S)
    headlines = [re.findall(r">((?:Dredging|Fishing) \d)<", block) for block in blocks]
    assert headlines == [
        ["Dredging 0", "Dredging 1", "Dredging 2"],
        ["Fishing 0", "Fishing 1", "Fishing 2"],
    ]


def test_a_story_of_two_subtopics_stands_in_the_first_alone(client):
    section = make_section("Harbour")
    first = make_tag("Dredging", parent=section, position=1)
    second = make_tag("Fishing", parent=section, position=2)
    make_live_many(4, tags=(section,))
    make_live(
        headline="Both", tags=(first, second), published_at=timezone.now() - timedelta(days=9)
    )
    html = page_of(client, section)
    assert html.count(">Both</a>") == 1
    assert 'id="subtopic-fishing"' not in html


def test_a_subtopic_leads_to_the_tag_above_it(client):
    section = make_section("Harbour")
    topic = make_tag("Dredging", parent=section)
    make_live(tags=(section, topic))
    assert f'<p class="kicker"><a href="{section.get_absolute_url()}">Harbour</a>' in page_of(
        client, topic
    )


def test_what_has_no_page_is_not_named_above_or_below(client):
    """Retired, in the trash, of a draft, scheduled, withdrawn: no name, no block, no count."""
    retired = make_tag("Leakretired")
    middle = make_tag("Harbour", parent=retired)
    drafted, coming, withdrawn = (
        make_tag(name, parent=middle) for name in ("Leakdraft", "Leakcoming", "Leakgone")
    )
    trashed = make_tag("Leaktrash", parent=middle)
    make_live_many(3, tags=(middle,))
    make_article(tags=(drafted,))
    schedule(make_article(tags=(coming,)), by=None, at=timezone.now() + timedelta(hours=1))
    withdraw(make_live(tags=(withdrawn,)).article, by=None, reason="It was wrong.")
    move_to_trash(trashed, by=None, reason="")
    for address in (middle.get_absolute_url(), "/tags/"):
        assert "Leak" not in client.get(address).content.decode()


def test_who_speaks_is_counted_and_led_to(client):
    tag = make_tag("Harbour")
    often, once = make_person("Nerys Callow"), make_person("Ann Webb")
    for number in range(3):
        make_live_quote(f"Number {number} of it.", person=often, fields={"tags": (tag,)})
    make_live_quote("Said once.", person=once, fields={"tags": (tag,)})
    make_live_quote("On something else.", person=once)
    part = part_of(page_of(client, tag), "speakers-heading")
    names = re.findall(r'<li><a href="([^"]+)">', part)
    assert names == [often.get_absolute_url(), once.get_absolute_url()]
    assert f"?tag=harbour&amp;person={often.pk}" in part
    assert re.findall(r">(\d+ quotes?)<span", part) == ["3 quotes", "1 quote"]
    assert "Counted in" not in part


def test_of_a_large_tag_the_newest_stories_are_counted_and_the_page_says_so(client, monkeypatch):
    monkeypatch.setattr(subject, "STORIES", 22)
    monkeypatch.setattr("articles.public.views.entities.tags.STORIES", 22)
    tag, person = make_tag("Harbour"), make_person("Nerys Callow")
    make_live_many(21, tags=(tag,))
    old = {"tags": (tag,), "published_at": datetime(2001, 1, 1, tzinfo=UTC)}
    make_live_quote("Long ago.", person=person, fields=old)
    make_live_quote("Just now.", person=person, fields={"tags": (tag,)})
    html = page_of(client, tag)
    part = part_of(html, "speakers-heading")
    assert "1 quote<" in part
    assert "Counted in the newest 22 stories." in part
    assert "Long ago" not in html


def test_statements_stand_newest_first_with_date_and_role_of_then(client):
    tag, person = make_tag("Harbour"), make_person("Nerys Callow")
    for year, role in ((2019, "councillor"), (2024, "deputy leader")):
        fields = {"published_at": datetime(year, 5, 4, tzinfo=UTC), "tags": (tag,)}
        make_live_quote(f"Said in {year}.", person=person, role=role, fields=fields)
    part = page_of(client, tag).partition('id="said-heading"')[2]
    order = [part.index(text) for text in (">2024<", "“Said in 2024.”", "deputy leader<")]
    order += [part.index(text) for text in (">2019<", "“Said in 2019.”", "councillor<")]
    assert order == sorted(order)
    assert '<time datetime="2019-05-04">' in part
    assert 'href="/quotes/?tag=harbour"' in part


def test_a_contradiction_stands_where_the_later_statement_is_filed(client):
    tag = make_tag("Harbour")
    contradict(client, tag)
    part = part_of(page_of(client, tag), "contradictions-heading")
    assert part.index(WORDS) < part.index("Contradicts") < part.index(DENIAL)
    assert "Nerys Callow said on" in part


def test_a_contradiction_of_what_was_withdrawn_is_not_shown(client):
    tag = make_tag("Harbour")
    earlier, _ = contradict(client, tag)
    withdraw(earlier.article, by=None, reason="It was wrong.")
    html = page_of(client, tag)
    assert "contradictions-heading" not in html
    assert WORDS not in html


@pytest.mark.parametrize("kind", ["repeats", "clarifies", "withdraws"])
def test_other_links_are_no_contradictions(client, kind):
    tag = make_tag("Harbour")
    contradict(client, tag)
    StatementLink.objects.update(kind=kind)
    assert "contradictions-heading" not in page_of(client, tag)


def test_a_page_without_subtopics_and_quotes_has_no_empty_place(client):
    tag = make_tag("Harbour")
    make_live_many(4, tags=(tag,))
    html = page_of(client, tag)
    for place in ("subtopics", "said", "speakers", "contradictions", "subtopic-"):
        assert f'id="{place}' not in html


def test_no_word_of_a_draft_and_of_what_nobody_confirmed_is_counted_or_named(client):
    """A quote that only stands on the desk, one of a draft, one of an edition that is superseded."""
    tag = make_tag("Harbour")
    make_live_many(3, tags=(tag,))
    secret = make_person("Leakperson Hidden")
    body: dict[str, Any] = {"body_html": f"<p>“{WORDS}” he said.</p>", "tags": (tag,)}
    drafted = make_article(**body)
    make_quote(drafted, WORDS, person=secret)
    unconfirmed = make_live(**body).article
    make_quote(unconfirmed, WORDS, person=secret)
    superseded = make_article(**body)
    quote = make_quote(superseded, WORDS, person=secret)
    publish(superseded, by=None)
    quote.delete()
    publish(superseded, by=None)
    html = page_of(client, tag)
    assert "Leakperson" not in html
    assert "said-heading" not in html
    assert not Person.objects.public().exists()
