"""More than forty searches of a small paper, each with what stands first: the same on both databases."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from articles.models import OtherName
from articles.publishing import publish
from tests import factories
from tests.factories import (
    make_article,
    make_live,
    make_organization,
    make_person,
    make_quote,
    make_section,
    make_tag,
)

from .pages import cards, hint, search, statements, stories

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 10, 1, 9, tzinfo=UTC)
MUD = "Harbour dues go up so that the mud can be dug out"
FERRY = "Night ferry sails again"
STORM = "Storm closes the north pier"
LETTERS = "Letters: what our readers write"
CHOIR = "Choir sings in the old ropewalk"
PORT = "Порт закрыт до весны"
BAKERY = "Bakery wins a prize for its café éclairs"
MINUTES = "Council minutes go online"
SHIPYARD = "東京から船が来る"
RESCUE = "Lifeboat crew is honoured"
# What is looked for; the first card, the first statement, the first story, None for none; "" for whatever it is.
SEARCHES = [
    # names
    ("Nerys Callow", "Nerys Callow", None, MUD),
    ("callow", "Nerys Callow", None, MUD),
    ("callow nerys", "Nerys Callow", None, MUD),
    ("CALLOW", "Nerys Callow", None, MUD),
    ("nery", "Nerys Callow", None, MUD),
    ("harnby harbour board", "Harnby Harbour Board", None, STORM),
    ("HHB", "Harnby Harbour Board", None, STORM),
    ("northwater", "Northwater", None, FERRY),
    # names of the same word: the whole name first
    ("ann lee", "Ann Lee", None, RESCUE),
    # aliases
    ("mia brandt", "Maren Østvik", None, FERRY),
    ("brandt", "Maren Østvik", None, FERRY),
    ("quay office", "Harnby Harbour Board", None, STORM),
    ("maren ostvick", "Maren Østvik", None, None),
    ("brandt ferry", "Maren Østvik", "“The night ferry is no luxury.”", FERRY),
    ("olga verborgen", None, None, None),
    # accents, case, width
    ("ostvik", "Maren Østvik", None, FERRY),
    ("ØSTVIK", "Maren Østvik", None, FERRY),
    ("Wisniarek", "Zofia Wiśniarek", None, CHOIR),
    ("desiree d'aumerle", "Désirée d’Aumerle", None, LETTERS),
    ("cafe eclair", None, None, BAKERY),
    ("ｃａｆé", None, None, BAKERY),
    # other scripts
    ("петров", "Юрий Петров", None, PORT),
    ("порт", None, None, PORT),
    ("東京", None, None, SHIPYARD),
    ("王小明", "王小明", None, SHIPYARD),
    # what they said
    ("callow dredging", "Nerys Callow", "“Dredging is the only honest budget line.”", MUD),
    ("dredging callow", "Nerys Callow", "“Dredging is the only honest budget line.”", MUD),
    ("dredged nerys callow", "Nerys Callow", "“Dredging is the only honest budget line.”", MUD),
    ("callow herring", None, None, None),
    # words, stems, the headline before the body
    ("mud", None, None, MUD),
    ("dredging", None, None, BAKERY),
    ("dredge", None, None, BAKERY),
    ("dredge budget", None, None, MUD),
    ("ferries", None, None, FERRY),
    ("pier", None, None, STORM),
    ("ropewalk", None, None, CHOIR),
    # phrases
    ('"north pier"', None, None, STORM),
    ('"pier north"', None, None, None),
    ("“old ropewalk”", None, None, CHOIR),
    ("d’Aumerle", "Désirée d’Aumerle", None, LETTERS),
    # minus
    ("pier -storm", None, None, MINUTES),
    ('pier -"north pier"', None, None, MINUTES),
    ("-pier", None, None, None),
    # prefixes
    ("ropew", None, None, CHOIR),
    ("night ferr", None, None, FERRY),
    ("ropew choir", None, None, None),
    # captions, kickers, tags, sections
    ("lantern", None, None, RESCUE),
    ("regatta", None, None, STORM),
    ("waterways", None, None, MUD),
    # hostile words
    ("' OR 1=1 --", None, None, None),
    ("a' | 'b:*", None, None, ""),
    ("NEAR(pier north)", None, None, None),
    ("{headline} : pier", None, None, None),
    ("<script>alert(1)</script>", None, None, None),
    ("%", None, None, None),
    ("\\", None, None, None),
    ("* ( ) ! & |", None, None, None),
    ("\x00pier", None, None, STORM),
    ("\ud800 pier".encode("utf-8", "replace").decode(), None, None, STORM),
    ("½", None, None, None),
    ("🦊", None, None, None),
]


@pytest.fixture
def ten_stories(monkeypatch) -> None:
    """Ten stories, one a day; no number in them is one that is searched for."""
    monkeypatch.setattr(factories, "numbers", itertools.count(5000))
    council, tag = make_section("Council"), make_tag("Waterways", slug="waterways")
    maren, nerys, zofia = map(make_person, ("Maren Østvik", "Nerys Callow", "Zofia Wiśniarek"))
    board = make_organization("Harnby Harbour Board", abbreviation="HHB")
    northwater = make_organization("Northwater")
    visibility = OtherName.Visibility
    for name, visibility_of_name in (
        ("Mia Brandt", visibility.PUBLIC),
        ("Maren Ostvick", visibility.REDIRECT),
        ("Olga Verborgen", visibility.HIDDEN),
    ):
        OtherName.objects.create(person=maren, name=name, visibility=visibility_of_name)
    OtherName.objects.create(
        organization=board, name="The Quay Office", visibility=visibility.PUBLIC
    )
    articles = [
        make_article(
            headline=MUD,
            tags=(council, tag),
            body_html="<p>“Dredging is the only honest budget line.” The harbour waits. “We pay.”</p>",
        ),
        make_article(
            headline=FERRY,
            organizations=(northwater,),
            body_html="<p>“The night ferry is no luxury.” It leaves after dark.</p>",
        ),
    ]
    make_quote(articles[0], "Dredging is the only honest budget line.", person=nerys)
    make_quote(articles[0], "We pay.", person=nerys)
    make_quote(articles[1], "The night ferry is no luxury.", person=maren)
    for day, article in enumerate(articles):
        article.published_at = DAY + timedelta(days=day)
        article.save()
        publish(article, by=None)
    others: list[dict[str, Any]] = [
        {"headline": STORM, "kicker": "Regatta off", "organizations": (board,)},
        {"headline": LETTERS, "people": (make_person("Désirée d’Aumerle"),)},
        {"headline": CHOIR, "people": (zofia,), "dek": "They sang of mud."},
        {"headline": PORT, "people": (make_person("Юрий Петров", slug="petrov"),)},
        {"headline": BAKERY, "body_html": "<p>The dough was dredged with flour.</p>"},
        {"headline": MINUTES, "body_html": "<p>The pier is mentioned once. North of it: none.</p>"},
        {"headline": SHIPYARD, "people": (make_person("王小明", slug="wang"),)},
        {
            "headline": RESCUE,
            "people": (make_person("Ann Lee Marsh"), make_person("Ann Lee")),
            "dek": "A lantern for each of the crew.",
        },
    ]
    for day, fields in enumerate(others, start=len(articles)):
        make_live(published_at=DAY + timedelta(days=day), **fields)


def test_each_search_has_its_first_results(client, ten_stories, subtests):
    assert len(SEARCHES) >= 40
    for text, card, statement, story in SEARCHES:
        with subtests.test(text):
            response = search(client, text)
            assert response.status_code == 200
            firsts = [next(iter(read(response)), None) for read in (cards, statements, stories)]
            expected = [card, statement, firsts[2] if story == "" else story]
            assert firsts == expected


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("dregding", ""),
        ("ropewlak", "ropewalk"),
        ("lifebaot crew", "Lifeboat crew"),
        ("calow", "Callow"),
        ("ostvki", "Østvik"),
        ("watreways", "Waterways"),
        ("verborgn", ""),
        ("xyzzyx", ""),
    ],
)
def test_what_may_have_been_meant_is_a_word_that_the_paper_has(
    client, ten_stories, text, suggestion
):
    assert hint(search(client, text)) == suggestion
