"""The record in an edition: the role of then, frozen; who speaks and who is named, each once."""

from datetime import UTC, datetime

import pytest

from articles.models import Edition, EditionPerson, EditionQuote
from articles.publishing import compose, publish, record_is_behind
from articles.text.html import plain_text
from tests.factories import make_article, make_organization, make_person
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
        ada.memberships.create(
            organization=port, role=role, start_date=start, end_date=end, is_confirmed=True
        )
    return ada


@pytest.fixture
def story():
    html = "<p>“One &amp; two,” said Lund.</p>\n<p>“Three,” said Reve. “Four.”</p>"
    return make_article(body_html=html, published_at=DAY)


def whole(article):
    return type(article).objects.with_everything().get(pk=article.pk)


def test_a_quote_carries_the_role_of_its_day_and_the_organization(story, ada, port):
    quoted(story, "One & two,", person=ada)
    quoted(story, "Three,", person=ada, said_on="2026-02-01")
    one, three = compose(whole(story)).quotes
    assert (one.role, one.said_for.id) == ("deputy, Port of Sund", port.pk)
    assert three.role == "harbour master, Port of Sund"


def test_the_role_that_an_editor_wrote_comes_first(story, ada):
    quoted(story, "One & two,", person=ada, role="campaign chair")
    (one,) = compose(whole(story)).quotes
    assert (one.role, one.said_for) == ("campaign chair", None)


def test_quotes_stand_in_the_order_of_the_text_whatever_order_they_were_made_in(story, ada):
    for words in ("Four.", "One & two,", "Three,"):
        quoted(story, words, person=ada)
    assert [one.text for one in compose(whole(story)).quotes] == ["One & two,", "Three,", "Four."]


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
    assert not record_is_behind(whole(story), first)
    quoted(story, "One & two,", person=ada)
    assert record_is_behind(whole(story), first)
    second = publish(story, by=None, kind=Edition.Kind.MINOR)
    assert not record_is_behind(whole(story), second)
    assert (second.body_html, second.modified_at) == (first.body_html, first.modified_at)
    assert (first.quotes, len(second.quotes)) == ([], 1)


def test_who_is_filed_named_and_speaks_is_linked_once(story, ada, port):
    story.people.add(ada)
    story.mentions.create(person=ada, name="Ada Lund", spans=[[1, 2]])
    story.mentions.create(organization=port, name="Port", spans=[[1, 2]])
    gone = make_person("Gone Away")
    story.mentions.create(person=gone, name="Gone Away", spans=[])
    quoted(story, "One & two,", person=ada)
    quoted(story, "Three,", organization=port)
    found = compose(whole(story))
    assert [link.id for link in found.people] == [ada.pk]
    assert [link.id for link in found.organizations] == [port.pk]


def test_a_name_without_a_role_on_record_has_the_printed_one(story):
    reve = make_person("Bo Reve")
    story.mentions.create(person=reve, name="Bo Reve", role="harbour engineer", spans=[[1, 2]])
    assert compose(whole(story)).people[0].role == "harbour engineer"


def test_composing_a_record_takes_no_query_of_its_own(story, ada, django_assert_num_queries):
    for words in ("One & two,", "Three,", "Four."):
        quoted(story, words, person=ada)
    article = whole(story)
    with django_assert_num_queries(0):
        assert len(compose(article).quotes) == 3
    assert plain_text(article.body_html).count("“") == 3
