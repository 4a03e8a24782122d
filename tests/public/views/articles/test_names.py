"""Filters chosen by name: completed for a script, listed without one; only what readers have is ever named."""

from datetime import UTC, datetime
from typing import Any

import pytest

from articles.models import FormerTagName, OtherName, Tag
from tests.factories import (
    make_article,
    make_live,
    make_organization,
    make_person,
    make_section,
    make_tag,
    make_withdrawn,
)

from .test_list import headlines

pytestmark = pytest.mark.django_db


@pytest.fixture
def subjects():
    maren = make_person("Maren Østvik")
    OtherName.objects.create(person=maren, name="Mia Brandt", visibility="public")
    OtherName.objects.create(person=maren, name="Maren Ostvick", visibility="redirect")
    OtherName.objects.create(person=maren, name="Secret Source", visibility="hidden")
    board, section = make_organization("Harbour Board"), make_section("Harbour news")
    fishing = make_tag("Fishing", kind=Tag.Kind.PLACE)
    FormerTagName.objects.create(tag=fishing, name="Fisheries", slug="fisheries")
    make_live(people=(maren,), organizations=(board,), tags=(section, fishing))
    make_live(headline="Elsewhere")
    return {"maren": maren, "board": board}


def completed(client, text: str) -> list[tuple[str, str, str]]:
    rows = client.get("/articles/names/", {"q": text}).json()["names"]
    return [(row["filter"], row["name"], row["kind"]) for row in rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("ostv", [("person", "Maren Østvik", "person")]),
        ("Mia", [("person", "Maren Østvik", "person, also Mia Brandt")]),
        ("ostvick", [("person", "Maren Østvik", "person")]),
        ("fish", [("tag", "Fishing", "place")]),
        ("FISHER", [("tag", "Fishing", "place, also Fisheries")]),
        (
            "harb",
            [
                ("organization", "Harbour Board", "organization"),
                ("section", "Harbour news", "section"),
            ],
        ),
        ("harbour news", [("section", "Harbour news", "section")]),
        ("secret", []),
        ("h", []),
        ("", []),
        ("%_", []),
        ("\x00\u202e", []),
        ("zebra", []),
    ],
)
def test_names_are_completed(client, subjects, text, rows):
    assert completed(client, text) == rows


def test_a_completed_name_narrows_the_list(client, subjects):
    for text in ("ostv", "harbour b", "harbour n", "fish"):
        (row,) = client.get("/articles/names/", {"q": text}).json()["names"]
        response = client.get("/articles/", {row["filter"]: row["value"]})
        assert len(headlines(response)) == 1, text


def test_a_name_of_exactly_these_letters_comes_first(client):
    tags = [make_tag(name) for name in ("Harbour wall", "Harbour")]
    make_live(tags=tags, people=(make_person("Harbour Smith"),))
    assert completed(client, "harbour")[0] == ("tag", "Harbour", "topic")


def test_nothing_is_completed_that_readers_do_not_have(client):
    links: dict[str, Any]
    links = {"tags": (make_tag("Leaktag"), make_section("Leaksection"))}
    links |= {
        "people": (make_person("Leak Person"),),
        "organizations": (make_organization("Leakbody"),),
    }
    FormerTagName.objects.create(tag=links["tags"][0], name="Leakold", slug="leakold")
    make_article(**links)
    make_withdrawn(**links)
    assert completed(client, "leak") == []
    assert "Leaktag" not in client.get("/articles/?name=leak").content.decode()
    public = make_tag("Leaving")
    make_live(tags=(public,))
    assert completed(client, "lea") == [("tag", "Leaving", "topic")]
    public.trashed_at = datetime(2026, 1, 1, tzinfo=UTC)
    public.save()
    assert completed(client, "lea") == []


def test_completing_costs_few_queries_and_can_be_kept_a_minute(
    client, subjects, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        response = client.get("/articles/names/?q=harb")
    assert response["Cache-Control"] == "public, max-age=60"
    again = client.get("/articles/names/?q=harb", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_a_name_that_is_too_long_is_refused_in_words(client):
    response = client.get("/articles/names/", {"q": "a" * 201})
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")
    assert client.get("/articles/", {"name": "a" * 201}).status_code == 400


def test_a_typed_name_that_fits_one_row_applies_it_and_keeps_the_rest(client, subjects):
    response = client.get("/articles/?q=headline&name=ostv&sort=oldest")
    assert response.status_code == 302
    assert response["Location"] == (
        f"/articles/?q=headline&sort=oldest&person={subjects['maren'].pk}"
    )
    assert len(headlines(client.get("/articles/?name=fish", follow=True))) == 1
    again = client.get("/articles/?tag=fishing&name=fish")
    assert again["Location"] == "/articles/?tag=fishing"


def test_a_typed_name_that_fits_several_leads_to_a_page_of_them(client, subjects):
    response = client.get("/articles/?q=headline&name=harb")
    html = response.content.decode()
    assert response.status_code == 200
    assert f'href="/articles/?q=headline&amp;organization={subjects["board"].pk}"' in html
    assert 'href="/articles/?q=headline&amp;section=harbour-news"' in html
    assert 'href="/articles/?q=headline">Back to the stories' in html
    assert "noindex" in html


def test_a_typed_section_takes_the_place_of_the_one_that_is_on(client, subjects):
    make_live(tags=(make_section("Courts"),))
    response = client.get("/articles/?section=courts&name=harbour+news")
    assert response["Location"] == "/articles/?section=harbour-news"


def test_a_name_that_nobody_has_is_said(client, subjects):
    response = client.get("/articles/", {"name": "<b>zebra"})
    assert response.status_code == 200
    html = response.content.decode()
    assert "No such name" in html
    assert "&lt;b&gt;zebra" in html
