"""What readers have otherwise in who is in a story, and which stories a change touches."""

import pytest

from articles.publishing import publish
from articles.record.consistency.discrepancies import FactKind, Sense
from articles.record.consistency.outdated import editions_touched_by
from tests.factories import make_article, make_organization, make_person, make_quote

from .test_outdated import BODY, DAY, WORDS, all_facts
from .test_outdated import story as story

pytestmark = pytest.mark.django_db


def test_an_organization_that_only_stands_in_a_role_may_have_had_another_name(ada, port):
    story = make_article(body_html=BODY, published_at=DAY)
    make_quote(story, WORDS, person=ada, on_behalf_of=make_organization("Guild"))
    publish(story, by=None)
    port.name = "Sund Harbours"
    port.save()
    before = {(kind, sense) for kind, sense, _, _ in all_facts()}
    assert before <= {(FactKind.ROLE, Sense.WRONG)}
    port.other_names.create(name="Port of Sund", kind="former")
    after = {(kind, sense) for kind, sense, _, _ in all_facts()}
    assert after <= {(FactKind.ROLE, Sense.RENAMED)}
    assert len(before) == len(after)


def test_who_came_or_went_with_a_quote_is_told_with_the_quote_alone(ada):
    story = make_article(body_html=BODY, published_at=DAY)
    make_quote(story, "We counted every pile.", person=make_person("Tomas Reve"))
    publish(story, by=None)
    story.quotes.all().delete()
    assert [kind for kind, _, _, _ in all_facts()] == [FactKind.EXTRA]
    make_quote(story, WORDS, person=make_person("Nora Brant"))
    kinds = sorted(kind for kind, _, _, _ in all_facts())
    assert kinds == sorted([FactKind.EXTRA, FactKind.MISSING])


def test_of_a_changed_text_a_quote_is_missing_only_if_its_words_were_printed(story):
    story.body_html = BODY + "<p>“We shall build anew.” They left.</p>"
    story.save()
    make_quote(story, "We shall build anew.", person=make_person("Tomas Reve"))
    assert all_facts() == []
    make_quote(story, "We counted every pile.", person=make_person("Nora Brant"))
    assert [kind for kind, _, _, _ in all_facts()] == [FactKind.MISSING]


def test_an_organization_touches_the_stories_that_link_it_and_no_others(port, ada):
    about = make_article(organizations=(port,), published_at=DAY)
    edition = publish(about, by=None)
    publish(make_article(organizations=(make_organization(),), published_at=DAY), by=None)
    assert list(editions_touched_by(port)) == [edition]
    assert not editions_touched_by(make_organization()).exists()


def test_what_was_said_of_a_quote_is_cited_as_it_was_and_as_it_is(story):
    story.quotes.update(said_where="in Sund")
    ((_, sense, wrong, right),) = all_facts()
    assert sense == Sense.OUTDATED
    assert wrong == f"Of the words “{WORDS}” the story gave as the place: nothing."
    assert right == "The record says: “in Sund”."
