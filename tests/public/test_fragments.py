"""articles/public/fragments.py: what is stored of a story's look."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.template.loader import get_template

from articles.composed import Composed, CorrectionNote, Credit, Link, Picture, QuoteSnapshot
from articles.models import Edition
from articles.public import fragments
from tests.factories import make_live_many

AT = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
STORY = Composed(
    article_id=7,
    headline="Seal closes slipway",
    slug="seal-closes-slipway",
    kicker="Harbour",
    dek="It declined to comment.",
    body_html="<p>A seal.</p>",
    body_text="A seal.",
    bylines=(Credit("Kit Wetherall"), Credit("Tamsin Orrell", "drawing")),
    dateline="Aldermouth",
    published_at=AT,
    modified_at=AT,
    tags=(Link(1, "Council", "council", "section"), Link(2, "seals", "seals", "topic")),
    people=(Link(3, "Maren Østvik", "maren-ostvik", role="harbour master"),),
    organizations=(Link(4, "Harbour Authority", "harbour-authority", "government"),),
    picture=Picture(5, "token", 1600, 1067, (320, 640), "A seal", "It lay there.", "T. Orrell"),
    corrections=(CorrectionNote(AT, "We said sea lion.", "It is a seal.", "correction"),),
)
QUOTE = QuoteSnapshot(
    "k2", "A seal", "direct", ((0, 6),), person=STORY.people[0], role="harbour master"
)
NASTY = '"><img src=x onerror=alert(1)></a><script>alert(1)</script>'


def test_a_card_has_one_link_the_headline():
    html = fragments.card(STORY)
    assert html.count("<a ") == 1
    assert '<a href="/articles/7/seal-closes-slipway/">Seal closes slipway</a>' in html


def test_a_page_has_all_that_the_story_has():
    html = fragments.page(STORY)
    for words in (
        "<h1>Seal closes slipway</h1>",
        "It declined to comment.",
        "Kit Wetherall",
        "(drawing)",
        '<time datetime="2026-11-23T09:14+00:00">23 November 2026, 09:14 UTC</time>',
        "<p>A seal.</p>",
        '<a href="/people/3/maren-ostvik/">Maren Østvik</a>',
        "harbour master",
        '<a href="/organizations/4/harbour-authority/">',
        '<a href="/tags/seals/">',
        "We said sea lion.",
        "It lay there.",
    ):
        assert words in html


@pytest.mark.parametrize("render", [fragments.card, fragments.page])
def test_a_story_with_next_to_nothing_leaves_no_empty_place(render):
    bare = Composed(article_id=7, headline="Seal", slug="seal")
    html = render(bare)
    for name in ("picture", "kicker", "byline", "record", "corrections", "dateline", "<time"):
        assert name not in html


@pytest.mark.parametrize("render", [fragments.card, fragments.page])
def test_every_value_is_escaped(render):
    link = Link(1, NASTY, "x", "section", NASTY)
    picture: Any = STORY.picture
    nasty = replace(
        STORY,
        headline=NASTY,
        kicker=NASTY,
        dek=NASTY,
        dateline=NASTY,
        credit=NASTY,
        language=NASTY,
        bylines=(Credit(NASTY, NASTY),),
        tags=(link,),
        people=(link,),
        organizations=(link,),
        picture=replace(picture, alt=NASTY, caption=NASTY, credit=NASTY),
        corrections=(CorrectionNote(AT, NASTY, NASTY, "serious"),),
        quotes=(
            replace(QUOTE, person=link, role=NASTY),
            QuoteSnapshot("b", NASTY, "indirect", ((0, 1),)),
        ),
    )
    html = render(nasty)
    assert "<img src=x" not in html
    assert "<script" not in html


@pytest.mark.parametrize("render", [fragments.card, fragments.page])
def test_a_fragment_holds_nothing_that_grows_old(render):
    html = render(STORY)
    assert "/static/" not in html
    assert "nonce" not in html
    assert not re.search(r"\b(ago|today|yesterday)\b", html)


def test_the_hash_covers_every_template_that_a_fragment_includes():
    templates = set(fragments.TEMPLATES)
    for name in templates:
        template: Any = get_template(name)
        source = template.template.source
        assert set(re.findall(r'{% include "([^"]+)"', source)) <= templates


@pytest.mark.django_db
def test_stale_cards_are_rendered_anew_in_one_query(django_assert_num_queries):
    stories = make_live_many(3)
    Edition.objects.filter(pk__in=[s.pk for s in stories[:2]]).replace_fragments("old", "", "other")
    rows = list(Edition.objects.newest().values_list("pk", "card_html", "rendered_with"))
    with django_assert_num_queries(1):
        cards = fragments.cards(rows)
    assert "old" not in cards
    assert [story.headline in card for story, card in zip(stories, cards, strict=True)] == [
        True
    ] * 3


@pytest.mark.django_db
def test_fresh_cards_cost_no_query(django_assert_num_queries):
    make_live_many(3)
    rows = list(Edition.objects.newest().values_list("pk", "card_html", "rendered_with"))
    with django_assert_num_queries(0):
        fragments.cards(rows)


def test_the_record_says_who_speaks_as_what_how_often_and_where_first():
    authority = STORY.organizations[0]
    quotes = (
        QUOTE,
        QuoteSnapshot("k3", "A seal.", "partial", ((2, 7),), person=STORY.people[0]),
        QuoteSnapshot("k4", "it lay", "indirect", ((3, 6),), organization=authority),
        QuoteSnapshot("k5", "seal", "direct", ((2, 6),), unnamed="a passer-by"),
    )
    html = fragments.page(replace(STORY, quotes=quotes))
    record = html[html.index("Who speaks here") :]
    assert record.count("/people/3/maren-ostvik/") == 1
    assert record.count("/organizations/4/harbour-authority/") == 1
    assert '<a href="#quote-k2">2 quotes<' in record
    assert '<a href="/quotes/k4/">1 quote<' in record
    assert "<li>a passer-by" in record
    assert ">People<" not in record
    assert ">Organizations<" not in record


def test_who_is_named_and_does_not_speak_stands_apart():
    other = Link(9, "Ann Webb", "ann-webb", role="mayor")
    html = fragments.page(replace(STORY, people=(*STORY.people, other), quotes=(QUOTE,)))
    assert html.index("Who speaks here") < html.index("Maren Østvik</a>")
    assert html.index("Also named") < html.index("Ann Webb</a>")
    assert html.count("Maren Østvik</a>") == 1


def test_the_reporter_s_words_are_not_marked_in_the_body():
    html = fragments.page(replace(STORY, quotes=(replace(QUOTE, kind="indirect"),)))
    assert "<q" not in html


def test_the_hash_covers_the_code_that_prints_quotes():
    printers = {"templatetags/quotes.py", "text/quotes/markup.py", "text/html/plain.py"}
    assert printers <= set(fragments.CODE)
