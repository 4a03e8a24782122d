"""/search/: who and what fits the words, paged, and clear answers to whatever is asked."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection

from articles.models import OtherName, first_matches
from articles.public import site_context
from articles.public.search import stories as stories_module
from articles.public.views import pagination
from articles.public.views.search import form, page, results
from tests.factories import (
    make_live,
    make_live_many,
    make_live_quote,
    make_membership,
    make_organization,
    make_person,
    make_tag,
)

from .pages import cards, hint, marked, next_address, search, statements, stories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_a_card_says_who_it_is_now_and_how_much_there_is(client):
    person, board = make_person("Nerys Callow"), make_organization("Harbour Board", kind="agency")
    make_membership(person, board, "chair", start_date="2020")
    make_membership(person, board, "clerk", end_date="2019")
    OtherName.objects.create(person=person, name="Mia Brandt", visibility="public")
    make_live_quote("We pay.", person=person, on_behalf_of=board)
    make_live_quote("We stay.", organization=board)
    make_live(people=(person,))
    html = search(client, "brandt").content.decode()
    assert f'<h3><a href="{person.get_absolute_url()}">Nerys Callow</a></h3>' in html
    assert "Chair, Harbour Board" in html
    assert "also Mia Brandt" in html
    assert "2 stories · 1 quote" in html
    assert "News agency" in (html := search(client, "harbour board").content.decode())
    assert "2 stories · 2 quotes" in html


def test_counts_on_a_card_stop_at_a_cap(client, monkeypatch):
    person = make_person("Nerys Callow")
    make_live_many(4, people=(person,))
    for module in ("name_cards", "results"):
        monkeypatch.setattr(f"articles.public.views.search.{module}.COUNT_CAP", 3, raising=False)
    monkeypatch.setattr("articles.public.views.pagination.COUNT_CAP", 3)
    assert "more than 2 stories" in search(client, "callow").content.decode()


def test_what_somebody_said_stands_with_the_day_and_the_role_then(client):
    person = make_person("Nerys Callow")
    fields = {"headline": "Mud is voted on", "published_at": AT}
    make_live_quote("Dredging is dear.", person=person, role="deputy leader", fields=fields)
    make_live_quote("We shall pay.", person=person, fields={"headline": "Dredging begins"})
    make_live_quote("It rains.", person=person, fields={"headline": "Weather"})
    make_live_quote("Dredging is cheap.", person=make_person("Ann Webb"))
    response = search(client, "callow dredging")
    assert statements(response) == ["“Dredging is dear.”", "“We shall pay.”"]
    html = response.content.decode()
    assert "What Nerys Callow said on “dredging”" in html
    assert "Nerys Callow</a>, deputy leader" in html
    assert '<time datetime="2026-03-01">' in html
    assert f"/quotes/?q=dredging&amp;person={person.pk}" in html
    assert set(marked(response)) == {"Dredging", "Callow"}


def test_a_person_who_said_nothing_of_it_is_no_card(client):
    make_live_quote("It rains.", person=make_person("Grace Webb"))
    make_live(headline="Days of grace for the dredging")
    assert cards(search(client, "grace dredging")) == []
    assert cards(search(client, "grace webb dredging")) == ["Grace Webb"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"headline": "Lantern lit"}, "Lantern"),
        ({"dek": "A lantern."}, "lantern"),
        ({"body_html": "<p>One.</p><p>A lantern.</p>"}, "lantern"),
        ({"kicker": "Lanterns"}, "Lanterns"),
    ],
)
def test_the_words_are_marked_where_they_stand(client, fields, words):
    make_live(**fields)
    assert marked(search(client, "lantern")) == [words]


def test_a_tag_and_a_name_are_context_too(client):
    make_live(tags=(make_tag("Lantern walk"),), people=(make_person("Ann Lantern"),))
    assert marked(search(client, "lantern walk")) == ["Lantern", "Lantern", "walk"]


def test_what_is_written_into_a_story_is_escaped(client):
    make_live(headline="Lantern <b>bold</b>", dek='<script>"lantern"</script>')
    html = search(client, "lantern").content.decode()
    assert "<mark>Lantern</mark> &lt;b&gt;bold" in html
    assert "<script>&quot;" not in html


def test_the_best_are_paged_and_each_stands_once(client, monkeypatch):
    monkeypatch.setattr(results, "SIZE", 2)
    make_live_many(5, dek="A lantern.")
    make_live(headline="Lantern lit", published_at=AT)
    seen, response = [], search(client, "lantern")
    assert stories(response)[0] == "Lantern lit"
    while True:
        seen += stories(response)
        if not (address := next_address(response)):
            break
        response = client.get(address)
        assert 'rel="prev"' in response.content.decode()
    assert len(seen) == len(set(seen)) == 6


def test_the_newest_are_paged_by_key_even_where_times_are_equal(client, monkeypatch):
    monkeypatch.setattr(results, "SIZE", 2)
    at = [make_live(dek="A lantern.", published_at=AT) for _ in range(3)]
    late = make_live(headline="Late", dek="lantern", published_at=AT + timedelta(days=1))
    early = make_live(headline="Lantern lit", published_at=AT - timedelta(microseconds=1))
    seen, response = [], search(client, "lantern", sort="newest")
    while True:
        seen += stories(response)
        if not (address := next_address(response)):
            break
        response = client.get(address)
    assert seen == [edition.headline for edition in (late, *reversed(at), early)]


def test_it_is_said_that_only_so_many_are_ranked(client, monkeypatch):
    assert form.LAST_PAGE * pagination.SIZE == stories_module.RANKED
    monkeypatch.setattr(page, "RANKED", 2)
    make_live_many(3, dek="A lantern.")
    html = search(client, "lantern").content.decode()
    assert "The newest 2 of them stand here in the order in which they fit" in html
    assert '<a href="?q=lantern&amp;sort=newest">See all by date</a>' in html


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/search/", 200, "Names, words"),
        ("/search/?q=", 200, "Newest stories"),
        ("/search/?q=!!!", 200, "There is no word in this to look for"),
        ("/search/?q=-mud", 200, "There is no word in this to look for"),
        ("/search/?q=mud&sort=oldest", 400, "Stories are in no such order."),
        (f"/search/?q={'a' * 201}", 400, "Look for at most 200 letters at once."),
        ("/search/?q=a+b+c+d+e+f+g+h+i+j", 200, "Left out: i j"),
        ("/search/?q=mud&page=0", 404, ""),
        ("/search/?q=mud&page=11", 404, ""),
        ("/search/?q=mud&page=10", 200, "There are no further stories."),
        ("/search/?q=mud&page=%D9%A1", 404, ""),
        ("/search/?q=mud&sort=newest&from=x", 404, ""),
        ("/search/?q=mud&sort=newest&from=-99999999999999999-1", 404, ""),
        ("/search/?q=mud&sort=newest&from=1000000000000-1", 200, "There are no further stories."),
        ("/search/?q=%00%01", 200, "Newest stories"),
        ("/search/?q=%FF%FE", 200, ""),
        ("/search/?q[]=mud&page=2", 200, ""),
    ],
)
def test_whatever_is_asked_is_answered_clearly(client, address, status, words):
    make_live(headline="Mud")
    response = client.get(address)
    assert response.status_code == status
    assert words in response.content.decode()


def test_robots_keep_out_of_results_alone(client):
    assert 'content="noindex"' not in client.get("/search/").content.decode()
    html = search(client, "mud").content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert '<link rel="canonical" href="http://testserver/search/">' in html


def test_nothing_that_is_found_still_leads_on(client):
    tag, person = make_tag("Harbour"), make_person("Ann Webb")
    edition = make_live(tags=(tag,), people=(person,))
    for response in (search(client, "xyzzyx"), client.get("/search/")):
        html = response.content.decode()
        assert stories(response) == []
        for row in (tag, person, edition):
            assert f'href="{row.get_absolute_url()}"' in html


def test_an_empty_paper_has_a_page(client):
    assert "There are no stories yet." in client.get("/search/").content.decode()
    assert "There are no stories yet." in search(client, "mud").content.decode()


def test_a_hint_leads_to_what_was_meant(client):
    make_live(headline="Dredging begins", body_html="<p>Mud.</p>")
    response = search(client, "dregding mud -herring")
    assert hint(response) == "Dredging mud -herring"
    assert 'href="?q=Dredging+mud+-herring"' in response.content.decode()


def test_a_word_that_is_found_is_not_corrected(client):
    make_live_many(3, headline="Dredging begins")
    make_live(body_html="<p>It was dragging on.</p>")
    assert hint(search(client, "dragging")) == "Dredging"  # it leads to more stories than one
    make_live_many(3, body_html="<p>It was dragging on.</p>")
    assert hint(search(client, "dragging")) == ""


def test_queries_are_few_and_the_same_however_much_is_found(client, django_assert_num_queries):
    person = make_person("Nerys Callow")
    for number in range(3):
        make_live_quote(f"Dredging, number {number}.", person=person)
    make_live_many(25, dek="Dredging at low tide.", people=(person,))
    site_context.current()
    # A walk through the index by the whole words and one with the prefix, and the rows that are listed. PostgreSQL has
    # the two ends of the index, two queries a walk, and around them two of the transaction and two of its setting.
    hits = 10 if connection.vendor == "postgresql" else 3
    with django_assert_num_queries(5 + hits):  # names 2, rank and rows, tags
        search(client, "tide dredging")
    with django_assert_num_queries(11 + hits):  # names 4, rank and rows, cards 2, words 2, tags
        search(client, "callow dredging")
    with django_assert_num_queries(3 + hits):  # name 1, rank and rows
        search(client, "dredging", page="2")
    with django_assert_num_queries(3):
        client.get("/search/")


def test_a_phrase_of_frequent_words_says_how_far_it_was_looked_for(client, monkeypatch):
    monkeypatch.setattr(first_matches, "MOST_CANDIDATES", 3)
    make_live(body_html="<p>The tide turns.</p>", headline="Old", published_at=AT)
    for day in (2, 3, 4):
        make_live(body_html="<p>It turns the tide.</p>", published_at=AT + timedelta(days=day))
    text = search(client, '"tide turns"').content.decode()
    assert "No story has these words" not in text
    further = re.search(r'href="(\?[^"]*from=[^"]*)">Look further back', text)
    assert further, text
    response = client.get("/search/" + unescape(further[1]))
    assert "Old" in response.content.decode()
    assert "Look further back" not in response.content.decode()
    response = client.get("/articles/", {"q": '"tide turns"'})
    assert "Look further back" in response.content.decode()
