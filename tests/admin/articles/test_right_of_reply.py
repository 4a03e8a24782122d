"""The log of whom the newsroom asked for their side: kept, listed, never public."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, RightOfReply
from articles.publishing import publish
from articles.roles import make_roles
from tests.admin.forms import fields_of, form_of, texts_of
from tests.factories import make_article, make_organization, make_person, make_user

pytestmark = pytest.mark.django_db
LIST = "admin:articles_rightofreply_changelist"
ADD = "admin:articles_rightofreply_add"


@pytest.fixture
def story(db) -> Article:
    return make_article(headline="Quay to close")


def log_request(client, story: Article, **changes):
    address = f"{reverse(ADD)}?article={story.pk}"
    data = fields_of(client.get(address), "rightofreply_form") | {"_save": "1"} | changes
    return client.post(address, data, follow=True)


def errors_of(response) -> str:
    return " ".join(texts_of(response, "errorlist"))


def in_hours(hours: int):
    return timezone.now() + timedelta(hours=hours)


def listed_names(client, **query) -> list[str]:
    response = client.get(reverse(LIST), query)
    assert response.status_code == 200
    return [reply.addressee for reply in response.context["cl"].result_list]


def test_a_request_is_logged_from_the_story_and_leads_back_to_it(chief_client, chief, story):
    assert (
        "Nobody was asked for their side yet." in chief_client.get(form_of(story)).content.decode()
    )
    port = make_organization("Port of Sund")
    response = log_request(
        chief_client, story, organization=port.pk, deadline_at="2126-05-01T18:00", note="The piles."
    )
    assert response.redirect_chain[-1][0] == f"{form_of(story)}#replies"
    reply = RightOfReply.objects.get()
    assert (reply.article, reply.organization, reply.by) == (story, port, chief)
    assert (reply.outcome, reply.outcome_at) == ("waiting", None)
    page = " ".join(response.content.decode().split())
    assert "Port of Sund</a>: no answer yet, asked until 1 May 2126, 18:00" in page
    assert "Port of Sund was asked for an answer until 1 May 2126, 18:00" in page


def test_the_outcome_is_noted_with_its_time_and_ends_the_warning(chief_client, story):
    reply = story.replies.create(name="Tomas Reve", deadline_at=in_hours(2))
    address = reverse("admin:articles_rightofreply_change", args=[reply.pk])
    data = fields_of(chief_client.get(address), "rightofreply_form") | {"outcome": "declined"}
    response = chief_client.post(address, data, follow=True)
    assert response.redirect_chain[-1][0] == reverse(LIST), "not logged from the story"
    reply.refresh_from_db()
    assert reply.outcome == "declined"
    assert abs(reply.outcome_at - timezone.now()) < timedelta(minutes=1)
    page = chief_client.get(form_of(story)).content.decode()
    assert "declined to comment" in page
    assert "was asked for an answer" not in page


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({}, "Say who was asked"),
        ({"name": "  "}, "Say who was asked"),
        ({"name": "Tomas Reve", "person": "row"}, "Choose only one who was asked"),
        ({"name": "Tomas Reve", "article": ""}, "This field is required"),
        ({"name": "Tomas Reve", "article": "99999999"}, "Select a valid choice"),
        ({"name": "Tomas Reve", "asked_at": ""}, "This field is required"),
        ({"name": "Tomas Reve", "asked_at": "soon"}, "Enter a valid date/time"),
        (
            {
                "name": "Tomas Reve",
                "asked_at": "2026-05-02T10:00",
                "deadline_at": "2026-05-01T10:00",
            },
            "The deadline is before the time of asking.",
        ),
        (
            {"name": "T", "asked_at": "2026-05-02T10:00", "outcome": "replied"}
            | {"outcome_at": "2026-05-01T10:00"},
            "The answer is before the time of asking.",
        ),
        ({"name": "Tomas Reve", "deadline_at": "0001-01-01T00:00"}, "between 1000 and 2999"),
        ({"name": "Tomas Reve", "outcome": "guilty"}, "Select a valid choice"),
        ({"name": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(chief_client, story, changes, error):
    sent = {name: make_person().pk if value == "row" else value for name, value in changes.items()}
    response = log_request(chief_client, story, **sent)
    assert response.status_code == 200
    assert error in errors_of(response)
    assert not RightOfReply.objects.exists()


def test_the_list_over_all_stories_tells_what_is_overdue(chief_client, story):
    late = story.replies.create(name="Late", deadline_at=in_hours(-1), asked_at=in_hours(-9))
    other = make_article(headline="Ferry late")
    other.replies.create(name="Soon", deadline_at=in_hours(1))
    other.replies.create(name="Whenever")
    other.replies.create(name="Done", outcome="replied", deadline_at=in_hours(-1))
    assert listed_names(chief_client, answer="overdue") == ["Late"]
    assert set(listed_names(chief_client, answer="awaited")) == {"Soon", "Whenever"}
    assert listed_names(chief_client, answer="closed") == ["Done"]
    assert (
        len(listed_names(chief_client)) == len(listed_names(chief_client, answer="nonsense")) == 4
    )
    assert listed_names(chief_client, q="ferry", answer="awaited") == ["Whenever", "Soon"]
    assert set(listed_names(chief_client, article__id__exact=story.pk)) == {late.name}
    page = chief_client.get(reverse(LIST)).content.decode()
    assert page.count(", overdue") == 1
    assert (
        f"{reverse(LIST)}?answer=overdue"
        in chief_client.get(reverse("admin:index")).content.decode()
    )


def test_list_and_form_cost_the_same_however_much_is_logged(chief_client, story):
    def cost(address: str) -> int:
        chief_client.get(address)
        with CaptureQueriesContext(connection) as captured:
            chief_client.get(address)
        return len(captured)

    story.replies.create(person=make_person(), deadline_at=in_hours(1))
    story.replies.create(organization=make_organization(), deadline_at=in_hours(1))
    few = cost(reverse(LIST)), cost(form_of(story))
    for _ in range(5):
        story.replies.create(person=make_person(), deadline_at=in_hours(1))
        make_article().replies.create(organization=make_organization())
    assert (cost(reverse(LIST)), cost(form_of(story))) == few


def test_a_long_log_is_cut_and_leads_to_the_rest(chief_client, story):
    for number in range(22):
        story.replies.create(name=f"Neighbour {number}")
    page = chief_client.get(form_of(story)).content.decode()
    assert f"{reverse(LIST)}?article__id__exact={story.pk}" in page
    assert len(listed_names(chief_client, article__id__exact=story.pk)) == 22


def test_only_an_editor_takes_a_request_out_of_the_log(client, story):
    make_roles()
    reply = story.replies.create(name="Tomas Reve")
    address = reverse("admin:articles_rightofreply_delete", args=[reply.pk])
    client.force_login(make_user(groups=("reporter",)))
    assert client.post(address, {"post": "yes"}).status_code == 403
    client.force_login(make_user(groups=("editor",)))
    client.post(address, {"post": "yes"})
    assert not RightOfReply.objects.exists()


def test_readers_learn_nothing_of_it(client, story):
    story.replies.create(name="Unmistakable Name", note="Unmistakable note")
    live = publish(story, by=None)
    for address in (live.get_absolute_url(), f"{live.get_absolute_url()}changes/"):
        assert "Unmistakable" not in client.get(address, follow=True).content.decode()
