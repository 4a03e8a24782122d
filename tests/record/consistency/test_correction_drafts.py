"""Corrections drafted from what readers have otherwise: one a story, kept in step, gone when published."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Correction, CorrectionDraft, Edition
from articles.publishing import NotPublishable, publish, withdraw
from articles.record.consistency.correction_drafts import (
    MAX_SIDE_LENGTH,
    DraftCounts,
    draft_corrections,
    draft_version,
    next_draft,
    publish_draft,
    remaining_differences,
)
from articles.record.consistency.outdated import outdated_stories
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
BODY = f"<p>“{WORDS}” said Lund. “We counted every pile.”</p>"


@pytest.fixture
def ada():
    ada = make_person("Ada Lund")
    port = make_organization("Port of Sund")
    make_membership(ada, port, "harbour master")
    return ada


def make_story(ada, words: str = WORDS) -> Article:
    story = make_article(body_html=BODY, published_at=DAY)
    make_quote(story, words, person=ada)
    publish(story, by=None)
    return story


def rename(ada, name: str) -> None:
    ada.name = name
    ada.save()


def draft(editor=None) -> DraftCounts:
    return draft_corrections(list(outdated_stories(Edition.objects.listed())), by=editor)


def test_one_action_drafts_a_correction_for_each_story_with_all_that_is_wrong(ada, editor):
    stories = [make_story(ada), make_story(ada)]
    rename(ada, "Ada Lundh")
    ada.memberships.update(role="deputy harbour master")
    assert draft(editor) == DraftCounts(created=2)
    for story in stories:
        correction = story.correction_draft
        assert correction.by == editor
        assert "The story gave the name of Ada Lundh as “Ada Lund”." in correction.wrong
        assert "as “harbour master, Port of Sund”." in correction.wrong
        assert "The name is Ada Lundh." in correction.right
        assert len(correction.facts) == 2


def test_counts_of_several_selections_are_added_up():
    counts = DraftCounts(1, 2, 3, 4) + DraftCounts(10, 20, 30, 40)
    assert counts == DraftCounts(created=11, changed=22, same=33, unneeded=44)
    assert DraftCounts() + DraftCounts() == DraftCounts(0, 0, 0, 0)


def test_what_is_only_missing_or_renamed_needs_no_correction(ada):
    story = make_story(ada)
    make_quote(story, "We counted every pile.", person=ada)
    assert draft() == DraftCounts(unneeded=1)
    rename(ada, "Ada Berg")
    ada.other_names.create(name="Ada Lund", kind="former")
    assert draft() == DraftCounts(unneeded=1)
    assert not CorrectionDraft.objects.exists()


def test_a_draft_that_waits_keeps_what_holds_drops_what_does_not_and_gets_what_is_new(ada):
    story = make_story(ada)
    rename(ada, "Ada Lundh")
    draft()
    first = story.correction_draft
    ada.memberships.update(role="pilot")
    assert draft() == DraftCounts(changed=1)
    story.refresh_from_db()
    assert story.correction_draft.facts[0] == first.facts[0]
    assert len(story.correction_draft.facts) == 2
    rename(ada, "Ada Lunt")
    draft()
    story.refresh_from_db()
    assert "Lundh" not in story.correction_draft.wrong + story.correction_draft.right
    assert draft() == DraftCounts(same=1)
    assert CorrectionDraft.objects.count() == 1


def test_a_draft_is_never_longer_than_a_correction_may_be(ada):
    sentences = [
        f"Sentence number {number} of the harbour master was this." for number in range(40)
    ]
    story = make_article(
        body_html="<p>" + " ".join(f"“{each}”" for each in sentences) + "</p>", published_at=DAY
    )
    for each in sentences:
        make_quote(story, each, person=ada)
    publish(story, by=None)
    story.quotes.update(person=make_person("Tomas Reve"))
    draft()
    stored = story.correction_draft
    assert len(stored.wrong) <= MAX_SIDE_LENGTH
    assert stored.wrong.endswith("to Ada Lund.")
    assert len(stored.facts) == 40


def test_publishing_takes_the_words_as_the_editor_left_them_and_the_draft_goes(ada, editor):
    story = make_story(ada)
    rename(ada, "Ada Lundh")
    draft()
    seen = draft_version(story.correction_draft)
    correction: dict[str, Any] = {
        "wrong": "We misspelt a name.",
        "right": "It is Lundh.",
        "weight": "correction",
    }
    edition = publish_draft(story, seen=seen, by=editor, **correction)
    assert edition.quotes[0]["person"]["name"] == "Ada Lundh"
    assert Correction.objects.get().right == "It is Lundh."
    assert not CorrectionDraft.objects.exists()
    assert remaining_differences(story) is None
    with pytest.raises(NotPublishable, match="Its draft no longer exists"):
        publish_draft(story, seen=seen, by=editor, **correction)
    assert Correction.objects.count() == 1


def test_a_draft_that_says_something_else_by_now_is_not_published_unread(ada, editor):
    story = make_story(ada)
    rename(ada, "Ada Lundh")
    draft()
    seen = draft_version(story.correction_draft)
    ada.memberships.update(role="pilot")
    draft()
    with pytest.raises(NotPublishable, match="Read it again"):
        publish_draft(story, seen=seen, by=editor, wrong="a", right="b", weight="correction")
    assert not Correction.objects.exists()
    assert CorrectionDraft.objects.count() == 1


def test_a_refused_correction_leaves_its_draft(ada, editor):
    story = make_story(ada)
    rename(ada, "Ada Lundh")
    draft()
    seen = draft_version(story.correction_draft)
    withdraw(story, by=None, reason="It named the wrong woman.")
    with pytest.raises(NotPublishable, match="not live"):
        publish_draft(story, seen=seen, by=editor, wrong="a", right="b", weight="correction")
    assert CorrectionDraft.objects.count() == 1


def test_the_next_draft_is_the_next_of_the_list_whose_story_is_live(ada):
    stories = [make_story(ada) for _ in range(3)]
    rename(ada, "Ada Lundh")
    draft()
    listed = list(CorrectionDraft.objects.all())
    assert next_draft() == listed[0]
    assert next_draft(after=listed[0]) == listed[1]
    assert next_draft(after=listed[2]) == listed[0]
    withdraw(listed[1].article, by=None, reason="It named the wrong woman.")
    assert next_draft(after=listed[0]) == listed[2]
    CorrectionDraft.objects.exclude(pk=listed[1].pk).delete()
    assert next_draft() is None
    assert len(stories) == 3


def test_drafting_costs_the_same_however_many_stories_there_are(ada):
    def cost() -> int:
        stories = list(outdated_stories(Edition.objects.listed()))
        with CaptureQueriesContext(connection) as captured:
            draft_corrections(stories, by=None)
        return len(captured)

    make_story(ada)
    rename(ada, "Ada Lundh")
    few = cost()
    for _ in range(12):
        make_story(ada)
    rename(ada, "Ada Lunt")
    assert cost() == few


def test_what_remains_is_of_that_story_alone(ada):
    story, other = make_story(ada), make_article(body_html=BODY, published_at=DAY)
    publish(other, by=None)
    assert remaining_differences(story) is None
    rename(ada, "Ada Lundh")
    remaining = remaining_differences(story)
    assert remaining is not None
    assert remaining.article == story
    assert remaining_differences(other) is None
