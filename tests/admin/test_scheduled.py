"""What waits for its time is named beside each button that would drop or overtake it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.admin.scheduled import parse_decision
from articles.admin.status import compact_datetime
from articles.models import Article, Edition
from articles.publishing import ScheduleDecision, schedule
from articles.roles import make_roles
from tests.admin.forms import send
from tests.factories import make_live, make_user, scheduled_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    make_roles()
    client.force_login(make_user(groups=("chief",)))
    return client


@pytest.fixture
def story() -> Article:
    """A live story with another version for tomorrow; the working copy is a third one."""
    article = make_live(headline="As it is").article
    article.headline = "Tomorrow's"
    article.save()
    schedule(article, by=None, at=timezone.now() + timedelta(days=1))
    return article


def headlines(article: Article) -> list[str]:
    return [row.headline for row in Edition.objects.filter(article=article).order_by("starts_at")]


def page(client: Client, article: Article, name: str = "change") -> str:
    address = reverse(f"admin:articles_article_{name}", args=[article.pk])
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_the_form_names_the_time_beside_each_button_that_publishes(editor: Client, story: Article):
    html, key = page(editor, story), scheduled_of(story).pk
    when = compact_datetime(scheduled_of(story).starts_at)
    assert f"A publication is scheduled for {when}." in html
    for choice, label in (("keep", "keep"), ("drop", "drop")):
        assert f'name="_publish" value="{choice}:{key}"' in html
        assert f">Publish now, {label} {when}</button>" in html
    assert f'name="_schedule" value="drop:{key}"' in html
    assert f">Schedule instead of {when}</button>" in html


def test_the_form_of_a_story_without_a_schedule_asks_nothing(editor: Client):
    html = page(editor, make_live().article)
    assert "A publication is scheduled" not in html
    assert 'name="_publish" value="1"' in html


def test_the_form_says_that_the_saved_text_is_what_waits(editor: Client, story: Article):
    assert "It has the text as it is saved now" in page(editor, story)
    story.create_revision(None)
    number = scheduled_of(story).revision_number
    assert f"It has the text of revision {number}." in page(editor, story)


@pytest.mark.parametrize(
    ("choice", "expected", "message"),
    [
        ("keep", ["As it is", "Typo", "Tomorrow's"], "is kept: readers get those words then"),
        ("drop", ["As it is", "Typo"], "What was scheduled is dropped."),
    ],
)
def test_publishing_does_what_its_button_says(editor, story, choice, expected, message):
    value = f"{choice}:{scheduled_of(story).pk}"
    response = send(editor, story, headline="Typo", _publish=value)
    assert headlines(story) == expected
    assert message in response.content.decode()


@pytest.mark.parametrize("button", ["_publish", "_schedule"])
def test_a_button_from_before_the_schedule_is_answered_with_its_time(editor, story, button):
    when = timezone.localtime(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    changes: dict[str, Any] = {button: "1", "headline": "Typo", "schedule_at": when}
    response = send(editor, story, **changes)
    assert "A publication of it is scheduled for" in response.content.decode()
    assert headlines(story) == ["As it is", "Tomorrow's"]
    story.refresh_from_db()
    assert story.headline == "Typo", "what was typed is saved all the same"


@pytest.mark.parametrize(
    ("choice", "expected"),
    [("keep", ["As it is", "Tomorrow's", "Tomorrow's"]), ("drop", 2), ("", 0)],
)
def test_a_correction_does_what_its_button_says(editor, story, choice, expected):
    html = page(editor, story, "correct")
    assert "publishing now takes it out before its time" in html
    value = f"{choice}:{scheduled_of(story).pk}"
    assert not choice or f'name="scheduled" value="{value}"' in html
    address = reverse("admin:articles_article_correct", args=[story.pk])
    data = {"wrong": "Two.", "right": "Three.", "weight": "correction", "scheduled": value}
    response = editor.post(address, data, follow=True)
    kinds = [row.kind for row in Edition.objects.order_by("starts_at")]
    if choice == "keep":
        assert (headlines(story), kinds) == (expected, ["update", "correction", "update"])
    elif choice == "drop":
        assert kinds == ["update", "correction"]
    else:
        assert kinds == ["update", "update"]
        assert "Say whether that one is kept or dropped" in response.content.decode()


def test_a_withdrawal_says_before_that_the_schedule_goes(editor: Client, story: Article):
    when = compact_datetime(scheduled_of(story).starts_at)
    assert f"The publication scheduled for {when} is dropped." in page(editor, story, "withdraw")


def test_the_boxes_of_hold_and_embargo_say_before_that_the_schedule_goes(editor, story):
    html, when = page(editor, story), compact_datetime(scheduled_of(story).starts_at)
    help_of_hold = html.partition('id="id_is_on_hold_helptext"')[2].partition("</div>")[0]
    assert f"The publication scheduled for {when} is dropped." in help_of_hold
    help_of_embargo = html.partition('id="id_embargoed_until_helptext"')[2].partition("</div>")[0]
    assert f"scheduled for {when} is dropped if the embargo ends after it." in help_of_embargo
    response = send(editor, story, is_on_hold="on")
    assert "is cancelled." in response.content.decode()
    assert not Edition.objects.coming().exists()
    assert "is dropped" not in page(editor, story)


def test_the_boxes_of_a_story_without_a_schedule_speak_of_none(editor):
    assert "is dropped" not in page(editor, make_live().article)


@pytest.mark.parametrize("choice", ["keep", "drop"])
def test_the_page_of_others_changes_asks_the_same(editor: Client, story: Article, choice: str):
    story.headline = "By a colleague"
    story.save()
    story.create_revision(make_user())
    value = f"{choice}:{scheduled_of(story).pk}"
    html = page(editor, story, "confirm_publish")
    assert f'name="scheduled" value="{value}"' in html
    address = reverse("admin:articles_article_confirm_publish", args=[story.pk])
    data = {"action": "publish", "seen": story.revision_number, "scheduled": value}
    editor.post(address, data)
    tail = ["Tomorrow's"] if choice == "keep" else []
    assert headlines(story) == ["As it is", "By a colleague", *tail]


@pytest.mark.parametrize("value", [None, "", "1", "keep", "keep:", "keep:x", "keep:-1", "lose:3"])
def test_what_no_button_sends_decides_nothing(value: str | None):
    assert parse_decision(value) is None


def test_what_buttons_send_is_read():
    assert parse_decision("keep:12") == ScheduleDecision(12, is_kept=True)
    assert parse_decision("drop:7") == ScheduleDecision(7)
