"""The role with which somebody is accepted: the day for which it is known, the room that it has."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from articles.models import Article, Membership
from articles.record import Overrides, SpeakerChoice, accept_suggestion
from articles.record.decisions.accept import story_day
from tests.models.rows import make_suggestion

pytestmark = pytest.mark.django_db


def test_the_day_of_a_story_is_its_own_in_the_paper_s_zone_else_today(settings):
    settings.TIME_ZONE = "America/Halifax"
    late = datetime(2026, 5, 1, 2, 30, tzinfo=UTC)  # 30 April, 23:30 there
    assert story_day(Article(published_at=late)) == date(2026, 4, 30)
    assert story_day(Article()) == timezone.localdate()


def test_a_printed_role_is_cut_to_what_a_membership_can_keep(find_suggestion, editor, port):
    suggestion = find_suggestion("Tomas Reve")
    details = Overrides(role="r" * 170, role_organization_id=port.pk)
    choice = SpeakerChoice("new-person", name="Tomas Reve")
    accept_suggestion(suggestion, by=editor, choice=choice, overrides=details)
    assert Membership.objects.get().role == "r" * 160


def test_a_second_name_of_theirs_in_a_story_adds_its_places_and_keeps_the_role(story, editor, ada):
    suggestions = [
        make_suggestion(
            story,
            kind="mention",
            found={"name": name, "role": role, "spans": spans, "type": "person"},
        )
        for name, role, spans in (
            ("A. Lund", "", [[30, 37]]),
            ("Lund", "mayor", [[4, 8], [30, 37]]),
            ("Ada", "pilot", [[1, 3]]),
        )
    ]
    choice = SpeakerChoice("person", ada.pk)
    for suggestion in suggestions:
        accept_suggestion(suggestion, by=editor, choice=choice)
    mention = story.mentions.get(person=ada)
    assert (mention.name, mention.role) == ("A. Lund", "mayor")
    assert mention.spans == [[1, 3], [4, 8], [30, 37]]
