"""Roles that are not public any more, in stories that readers have: told to the desk, never in a correction."""

from datetime import UTC, datetime

import pytest

from articles.models import CorrectionDraft, Edition
from articles.publishing import publish
from articles.record.consistency.correction_drafts import draft_corrections
from articles.record.consistency.discrepancies import FactKind, Sense
from articles.record.consistency.outdated import outdated_stories
from articles.record.private_roles.labels import labels_of
from tests.factories import (
    make_article,
    make_membership,
    make_quote,
)

pytestmark = pytest.mark.django_db
DAY = datetime(2025, 6, 1, 12, tzinfo=UTC)
WORDS = "The quay will not hold another winter."
LABEL = "harbour master, Port of Sund"


def test_labels_are_of_roles_that_are_not_public_whatever_they_were_called(ada, port):
    assert not any(labels_of({ada.pk}).values()), "a public role is none"
    make_private_and_rename(ada, port)
    assert labels_of({ada.pk})[ada.pk] == {
        f"{role}, {name}"
        for role in ("harbour master", "harbour master, under oath")
        for name in ("Port of Sund", "Sund Harbours")
    }


def make_private(ada, port) -> None:
    ada.memberships.update(is_public=False)


def delete_a_private(ada, port) -> None:
    role = ada.memberships.get()
    role.is_public = False
    role.save()
    role.delete()


def make_private_and_rename(ada, port) -> None:
    role = ada.memberships.get()
    role.role, role.is_public = "harbour master, under oath", False
    role.save()
    port.name = "Sund Harbours"
    port.save()


def make_private_beside_a_public(ada, port) -> None:
    ada.memberships.update(is_public=False)
    make_membership(ada, port, "pilot", start_date="2019")


@pytest.mark.parametrize(
    "change",
    [make_private, delete_a_private, make_private_and_rename, make_private_beside_a_public],
    ids=lambda change: change.__name__,
)
def test_no_correction_tells_of_a_role_that_is_not_public(ada, port, change):
    story = make_article(body_html=f"<p>“{WORDS}” said Ada Lund.</p>", published_at=DAY)
    make_quote(story, WORDS, person=ada)
    publish(story, by=None)
    change(ada, port)
    stories = list(outdated_stories(Edition.objects.listed()))
    facts = [fact for outdated in stories for fact in outdated.facts if fact.kind == FactKind.ROLE]
    assert {fact.sense for fact in facts} == {Sense.PRIVATE}
    assert "“harbour master, Port of Sund”" in facts[0].wrong
    assert [outdated.wrong for outdated in stories] == [[]]
    assert draft_corrections(stories, by=None).unneeded == 1
    assert not CorrectionDraft.objects.exists()
