"""The record in an edition: the role of then, frozen; who speaks and who is named, each once."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.models import Edition, EditionPerson, EditionQuote
from articles.publishing import compose, compose_quotes, publish, record_is_outdated
from articles.text.html.plain import plain_text
from tests.factories import make_article, make_membership, make_organization, make_person
from tests.factories import make_quote as quoted

pytestmark = pytest.mark.django_db
DAY = datetime(2025, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def port():
    return make_organization("Port of Sund")


@pytest.fixture
def ada(port):
    ada = make_person("Ada Lund")
    rows = [("deputy", "2020", "2025"), ("harbour master", "2026", "")]
    for role, start, end in rows:
        make_membership(ada, port, role, start_date=start, end_date=end)
    return ada


@pytest.fixture
def story():
    html = "<p>“One &amp; two,” said Lund.</p>\n<p>“Three,” said Reve. “Four.”</p>"
    return make_article(body_html=html, published_at=DAY)


def read_with_everything(article):
    return type(article).objects.with_everything().get(pk=article.pk)


def test_a_quote_carries_the_role_of_its_day_and_the_organization(story, ada, port):
    quoted(story, "One & two,", person=ada)
    quoted(story, "Three,", person=ada, said_on="2026-02-01")
    quote, three = compose(read_with_everything(story)).quotes
    assert (quote.role, quote.said_for.id) == ("deputy, Port of Sund", port.pk)
    assert three.role == "harbour master, Port of Sund"


def test_the_role_that_an_editor_wrote_comes_first(story, ada):
    quoted(story, "One & two,", person=ada, role="campaign chair")
    (quote,) = compose(read_with_everything(story)).quotes
    assert (quote.role, quote.said_for) == ("campaign chair", None)


def test_a_role_that_is_not_public_is_in_no_part_of_an_edition(story, ada, port):
    ada.memberships.update(is_public=False)
    story.people.add(ada)
    quoted(story, "One & two,", person=ada)
    quoted(story, "Three,", person=ada, role="campaign chair")
    edition = publish(story, by=None)
    first, second = edition.composed.quotes
    assert (first.role, first.said_for, first.person.role) == ("", None, "")
    assert (second.role, second.person.role) == ("campaign chair", "campaign chair")
    assert edition.composed.organizations == ()
    assert "deputy" not in str(vars(edition))
    assert not EditionQuote.objects.filter(said_for=port).exists()


def test_composing_asks_for_roles_at_one_gate_only():
    """Whatever composes asks ``role_on``: no module of publishing reads a membership in another way."""
    room = Path(compose_quotes.__file__).parent
    readers = {
        file.name: set(re.findall(r"\bmemberships\b|\bMembership\b|\w*role_on\b", file.read_text()))
        for file in room.glob("*.py")
    }
    assert {name: words for name, words in readers.items() if words} == {
        "compose_quotes.py": {"role_on"}
    }


def test_quotes_stand_in_the_order_of_the_text_whatever_order_they_were_made_in(story, ada):
    for words in ("Four.", "One & two,", "Three,"):
        quoted(story, words, person=ada)
    assert [quote.text for quote in compose(read_with_everything(story)).quotes] == [
        "One & two,",
        "Three,",
        "Four.",
    ]


def test_the_edition_keeps_what_was_said_and_links_who_said_it(story, ada, port):
    quoted(story, "Three,", unnamed="a deckhand", unnamed_reason="afraid")
    quoted(story, "One & two,", person=ada)
    edition = publish(story, by=None)
    assert [q.text for q in Edition.objects.get().composed.quotes] == ["One & two,", "Three,"]
    assert edition.composed == Edition.objects.get().composed
    rows = EditionQuote.objects.newest()
    assert [(r.text, r.person, r.unnamed, r.said_for) for r in rows] == [
        ("One & two,", ada, "", port),
        ("Three,", None, "a deckhand", None),
    ]
    assert EditionPerson.objects.get().person == ada
    assert "afraid" not in str(vars(Edition.objects.get()))


def test_a_later_change_of_role_changes_no_edition(story, ada, port):
    quoted(story, "One & two,", person=ada)
    publish(story, by=None)
    ada.memberships.all().delete()
    assert Edition.objects.get().composed.quotes[0].role == "deputy, Port of Sund"


def test_a_minor_publication_brings_the_record_and_touches_neither_words_nor_times(story, ada):
    first = publish(story, by=None)
    assert not record_is_outdated(read_with_everything(story), first)
    quoted(story, "One & two,", person=ada)
    assert record_is_outdated(read_with_everything(story), first)
    second = publish(story, by=None, kind=Edition.Kind.MINOR)
    assert not record_is_outdated(read_with_everything(story), second)
    assert (second.body_html, second.modified_at) == (first.body_html, first.modified_at)
    assert (first.quotes, len(second.quotes)) == ([], 1)


def test_who_is_filed_named_and_speaks_is_linked_once(story, ada, port):
    story.people.add(ada)
    story.mentions.create(person=ada, name="Ada Lund", spans=[[1, 2]])
    story.mentions.create(organization=port, name="Port", spans=[[1, 2]])
    unmentioned = make_person("Gone Away")
    story.mentions.create(person=unmentioned, name="Gone Away", spans=[])
    quoted(story, "One & two,", person=ada)
    quoted(story, "Three,", organization=port)
    story_links = compose(read_with_everything(story))
    assert [link.id for link in story_links.people] == [ada.pk]
    assert [link.id for link in story_links.organizations] == [port.pk]


def test_a_name_without_a_role_on_record_has_the_printed_one(story):
    reve = make_person("Bo Reve")
    story.mentions.create(person=reve, name="Bo Reve", role="harbour engineer", spans=[[1, 2]])
    assert compose(read_with_everything(story)).people[0].role == "harbour engineer"


def test_composing_a_record_takes_no_query_of_its_own(story, ada, django_assert_num_queries):
    for words in ("One & two,", "Three,", "Four."):
        quoted(story, words, person=ada)
    article = read_with_everything(story)
    with django_assert_num_queries(0):
        assert len(compose(article).quotes) == 3
    assert plain_text(article.body_html).count("“") == 3
