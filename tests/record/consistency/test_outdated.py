"""What readers have otherwise than the record: every kind of fact, and what is none."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Edition, Quote
from articles.publishing import publish, withdraw
from articles.record import sync_record
from articles.record.consistency.discrepancies import FactKind, Sense
from articles.record.consistency.outdated import CHUNK, editions_touched_by, outdated_stories
from tests.factories import (
    make_article,
    make_membership,
    make_organization,
    make_person,
    make_quote,
)

pytestmark = pytest.mark.django_db
DAY = datetime(2025, 6, 1, 12, tzinfo=UTC)
WORDS = "The quay will not hold another winter."
BODY = f"<p>“{WORDS}” said Ada Lund. “We counted every pile.” Tomas Reve listened.</p>"


@pytest.fixture
def story(ada) -> Article:
    """A live story in which Ada Lund, harbour master, is quoted."""
    story = make_article(body_html=BODY, published_at=DAY, headline="Quay to close")
    make_quote(story, WORDS, person=ada)
    publish(story, by=None)
    return story


def all_facts(**filters) -> list[tuple[str, str, str, str]]:
    """Return all facts of the whole paper: what, sense, wrong, right."""
    stories = outdated_stories(Edition.objects.listed().filter(**filters))
    return [(f.kind, f.sense, f.wrong, f.right) for story in stories for f in story.facts]


def test_nothing_is_found_while_readers_have_the_record_as_it_is(story):
    assert all_facts() == []


def test_a_name_that_was_misspelt_is_an_error_and_is_looked_for_in_the_text(story, ada):
    ada.name = "Ada Lundh"
    ada.save()
    (outdated,) = outdated_stories(Edition.objects.listed())
    (fact,) = outdated.facts
    assert (fact.kind, fact.sense) == (FactKind.NAME, Sense.WRONG)
    assert fact.wrong == "The story gave the name of Ada Lundh as “Ada Lund”."
    assert fact.right == "The name is Ada Lundh."
    assert outdated.still_printed == ("Ada Lund",)


def test_a_right_name_that_holds_the_wrong_one_does_not_count_as_printed(story, ada):
    story.body_html = BODY.replace("Ada Lund.", "Ada Lundh.")
    story.save()
    ada.name = "Ada Lundh"
    ada.save()
    (outdated,) = outdated_stories(Edition.objects.listed())
    assert outdated.still_printed == ()


@pytest.mark.parametrize(
    ("kind", "visibility", "sense"),
    [
        ("former", "public", Sense.RENAMED),
        ("former", "hidden", Sense.RENAMED),
        ("alias", "public", Sense.RENAMED),
        ("alias", "redirect", Sense.WRONG),
        ("transliteration", "hidden", Sense.WRONG),
    ],
)
def test_a_name_that_was_right_in_its_time_is_no_error(story, ada, kind, visibility, sense):
    ada.name = "Ada Berg"
    ada.save()
    ada.other_names.create(name="Ada Lund", kind=kind, visibility=visibility)
    ((fact_kind, fact_sense, _, right),) = all_facts()
    assert (fact_kind, fact_sense) == (FactKind.NAME, sense)
    assert "Ada Berg" in right


def test_the_role_of_the_day_is_compared_not_the_role_of_today(story, ada, port):
    membership = ada.memberships.get()
    membership.end_date = "2025-12"
    membership.save()
    make_membership(ada, port, "director", start_date="2026")
    assert all_facts() == []
    membership.end_date = "2025-05-31"
    membership.save()
    ((kind, sense, wrong, right),) = all_facts()
    assert (kind, sense) == (FactKind.ROLE, Sense.WRONG)
    assert wrong == "The story gave the role of Ada Lund as “harbour master, Port of Sund”."
    assert right == "We have no record of this role at the time."


def test_a_role_that_was_another_at_the_time_is_wrong(story, ada, port):
    ada.memberships.update(role="deputy harbour master")
    ((kind, sense, wrong, right),) = all_facts()
    assert (kind, sense) == (FactKind.ROLE, Sense.WRONG)
    assert right == "It was “deputy harbour master, Port of Sund” at the time."


def test_a_second_role_does_not_make_the_printed_one_wrong(story, ada):
    guild = make_organization("Pilots’ Guild")
    make_membership(ada, guild, "treasurer", start_date="2024")
    facts = all_facts()
    assert [(kind, sense) for kind, sense, _, _ in facts] == [(FactKind.ROLE, Sense.OUTDATED)]
    assert "puts “treasurer, Pilots’ Guild” first" in facts[0][3]


def test_an_organization_renamed_since_leaves_roles_right(story, port):
    port.name = "Sund Harbours"
    port.save()
    senses = {(kind, sense) for kind, sense, _, _ in all_facts()}
    assert senses == {(FactKind.NAME, Sense.WRONG), (FactKind.ROLE, Sense.WRONG)}
    port.other_names.create(name="Port of Sund", kind="former")
    senses = {(kind, sense) for kind, sense, _, _ in all_facts()}
    assert senses == {(FactKind.NAME, Sense.RENAMED), (FactKind.ROLE, Sense.RENAMED)}


def test_another_speaker_is_one_fact_whoever_comes_and_goes_with_it(story):
    reve = make_person("Tomas Reve")
    story.quotes.update(person=reve)
    ((kind, sense, wrong, right),) = all_facts()
    assert (kind, sense) == (FactKind.SPEAKER, Sense.WRONG)
    assert wrong == f"The story attributed the words “{WORDS}” to Ada Lund."
    assert right == "They are of Tomas Reve."


def test_a_speaker_who_is_not_named_any_more_is_another_speaker(story):
    story.quotes.update(person=None, unnamed="a harbour official")
    ((kind, sense, wrong, right),) = all_facts()
    assert (kind, sense) == (FactKind.SPEAKER, Sense.PRIVATE), "no correction says who it was"
    assert right == "They are of a harbour official."
    assert "Lund" not in wrong


def test_a_quote_off_the_record_is_an_error_and_a_new_one_is_only_missing(story, ada):
    story.quotes.all().delete()
    ((kind, sense, wrong, _),) = all_facts()
    assert (kind, sense) == (FactKind.EXTRA, Sense.WRONG)
    assert wrong == f"The story quoted Ada Lund as saying “{WORDS}”"
    make_quote(story, WORDS, person=ada)
    publish(story, by=None, kind=Edition.Kind.MINOR)
    make_quote(story, "We counted every pile.", person=ada)
    ((kind, sense, _, right),) = all_facts()
    assert (kind, sense, right) == (FactKind.MISSING, Sense.OUTDATED, "Ada Lund said it.")


@pytest.mark.parametrize(
    ("field", "before", "after", "sense"),
    [
        ("said_on", None, "2025-05-30", Sense.OUTDATED),
        ("said_on", "2025-05-30", "2025-05-31", Sense.WRONG),
        ("said_on", "2025-05-30", None, Sense.WRONG),
        ("said_how", "interview", "court", Sense.WRONG),
        ("said_where", "", "in Sund", Sense.OUTDATED),
        ("kind", "direct", "partial", Sense.OUTDATED),
        ("is_translated", False, True, Sense.OUTDATED),
    ],
)
def test_when_where_and_how_it_was_said_are_compared(story, field, before, after, sense):
    story.quotes.update(**{field: before})
    publish(story, by=None, kind=Edition.Kind.MINOR)
    story.quotes.update(**{field: after})
    assert [(kind, fact_sense) for kind, fact_sense, _, _ in all_facts()] == [
        (FactKind.DETAIL, sense)
    ]


def test_for_whom_somebody_spoke_is_compared(story, port, ada):
    guild = make_organization("Pilots’ Guild")
    ada.memberships.all().delete()
    story.quotes.update(on_behalf_of=port)
    publish(story, by=None, kind=Edition.Kind.MINOR)
    story.quotes.update(on_behalf_of=guild)
    ((kind, sense, wrong, right),) = all_facts()
    assert (kind, sense) == (FactKind.ORGANIZATION, Sense.WRONG)
    assert wrong == "The story said that Ada Lund spoke for Port of Sund."
    assert right == "It was for Pilots’ Guild."


def test_words_decided_anew_are_compared_when_the_text_changed_too(story, ada):
    quote = Quote.objects.get()
    story.body_html = BODY.replace("another winter", "next winter")
    story.save()
    sync_record(story, by=None)
    story.create_revision(None)
    assert all_facts() == [], "what an unpublished edit took away is not the record's word"
    quote.delete()
    make_quote(story, WORDS.replace("another", "next"), person=ada, quote_key=quote.quote_key)
    ((kind, sense, _, right),) = all_facts()
    assert (kind, sense) == (FactKind.WORDS, Sense.WRONG)
    assert right == "The words are “The quay will not hold next winter.”"
    (outdated,) = outdated_stories(Edition.objects.listed())
    assert outdated.changes == 1


def test_a_name_is_found_wrong_in_a_story_with_unpublished_changes(story, ada):
    story.create_revision(None)
    ada.name = "Ada Lundh"
    ada.save()
    assert [kind for kind, _, _, _ in all_facts()] == [FactKind.NAME]


def test_what_readers_cannot_read_is_not_looked_at(story, ada):
    withdraw(story, by=None, reason="It named the wrong woman.")
    ada.name = "Ada Lundh"
    ada.save()
    assert all_facts() == []
    assert not editions_touched_by(ada).exists()


def test_a_change_touches_the_stories_that_link_it(story, ada, port):
    unrelated = make_article(people=(make_person("Nora Brant"),), published_at=DAY)
    publish(unrelated, by=None)
    quote, role = Quote.objects.get(), ada.memberships.get()
    for subject in (ada, port, quote, role, story):
        assert [edition.article_id for edition in editions_touched_by(subject)] == [story.pk], (
            subject
        )


def test_the_stories_of_a_member_are_touched_by_the_organization(ada, port):
    story = make_article(people=(ada,), published_at=DAY)
    publish(story, by=None)
    port.name = "Port of Sundt"
    port.save()
    assert [outdated.article for outdated in outdated_stories(editions_touched_by(port))] == [story]


def test_the_queries_do_not_depend_on_how_many_stories_there_are(story, ada):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(list(outdated_stories(Edition.objects.listed()))) == Article.objects.count()
        return len(captured)

    story.people.add(ada)
    ada.name = "Ada Lundh"
    ada.save()
    few = cost()
    for number in range(30):
        article = make_article(people=(ada,), body_html=BODY)
        make_quote(article, WORDS, person=make_person(f"Person Of Story{number}"))
        publish(article, by=None)
        article.quotes.update(said_where="in Sund")
    ada.name = "Ada Lunt"
    ada.save()
    assert cost() == few < 25
    assert CHUNK == 200


def test_a_stream_of_several_chunks_leaves_no_story_out(monkeypatch, ada):
    monkeypatch.setattr("articles.record.consistency.outdated.edition_chunks.__defaults__", (2,))
    for _ in range(5):
        publish(make_article(people=(ada,), published_at=DAY), by=None)
    ada.name = "Ada Lundh"
    ada.save()
    assert (
        len({outdated.article.pk for outdated in outdated_stories(Edition.objects.listed())}) == 5
    )
