"""Nobody sends a colleague's change to readers without having read it: at every button that publishes."""

import ast
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.admin.changes.unseen import steps_of_others
from articles.models import Article, CorrectionDraft, Edition, User
from articles.publishing import publish, withdraw
from tests.admin.forms import fields_of, messages_of, send, texts_of
from tests.conftest import ROOT
from tests.factories import make_article, make_live, make_user
from tests.marks import marks
from tests.rollback import rolled_back

pytestmark = pytest.mark.django_db

VERBS = {"publish", "schedule", "correct", "publish_draft", "publish_batch"}
RUMOUR = "The mayor is a crook (unchecked)"


@pytest.fixture
def ben(db) -> User:
    return make_user(username="ben", first_name="Ben", last_name="Reporter")


@pytest.fixture
def story(ben) -> Article:
    """A live story into which a reporter has written what nobody has read."""
    article = make_live(body_html="<p>The pier is shut.</p><p>It rained.</p>").article
    return save_changes(article, ben, dek=RUMOUR)


def save_changes(article: Article, by: User | None, **changes) -> Article:
    article.refresh_from_db()
    article.apply_snapshot(changes)
    article.create_revision(by)
    return article


def unread_text(page) -> str:
    return " ".join(" ".join(texts_of(page, "unread")).split())


def confirm(client, page, **changes):
    """Press the one button of the page that asks once more."""
    html = page.content.decode()
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    data = fields_of(page, "going_out_form") | {"seen": seen} | changes
    return client.post(page_path(page), data, follow=True)


def page_path(page) -> str:
    return page.redirect_chain[-1][0].partition("?")[0]


def address(article: Article, name: str) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def later() -> str:
    return f"{timezone.localtime() + timedelta(days=60):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("button", "fields", "kind"),
    [
        ("_publish", {}, "update"),
        ("_publish", {"is_minor": "on"}, "minor"),
        ("_schedule", {"schedule_at": later()}, "update"),
    ],
)
def test_a_colleagues_change_is_shown_before_it_goes_out(chief_client, story, button, fields, kind):
    page = send(chief_client, story, button=button, kicker="Pier", **fields)
    assert "Unpublished changes of Ben Reporter are in it" in messages_of(page)
    assert Edition.objects.count() == 1
    story.refresh_from_db()
    assert (story.kicker, story.dek) == ("Pier", RUMOUR)
    assert "Ben Reporter" in unread_text(page)
    assert f"Dek [added: {RUMOUR}]" in unread_text(page)
    assert "Pier" not in unread_text(page).replace("The pier", "")
    confirm(chief_client, page)
    edition = Edition.objects.get(number=2)
    assert (edition.dek, edition.kicker, edition.kind) == (RUMOUR, "Pier", kind)
    assert edition.has_set_start == (button == "_schedule")


def test_a_change_that_arrives_in_between_is_shown_too(chief_client, story, ben):
    page = send(chief_client, story, button="_publish")
    save_changes(story, ben, headline="Pier sold")
    again = confirm(chief_client, page)
    assert "Read them first" in messages_of(again)
    assert "Pier sold" in unread_text(again)
    assert Edition.objects.count() == 1
    confirm(chief_client, again)
    assert Edition.objects.live().get().headline == "Pier sold"


def test_a_forged_confirmation_confirms_nothing(chief_client, story, subtests):
    page = send(chief_client, story, button="_publish")
    for seen in ("", "0", "x", "-1", "99", "9" * 40):
        with subtests.test(seen=seen), rolled_back():
            confirm(chief_client, page, seen=seen)
            assert Edition.objects.count() == 1


@pytest.mark.parametrize("has_draft", [False, True])
def test_a_correction_asks_whether_the_changes_of_others_were_read(
    chief_client, story, chief, has_draft
):
    data = {"wrong": "Open.", "right": "Shut.", "weight": "correction"}
    if has_draft:
        CorrectionDraft.objects.create(article=story, wrong="Open.", right="Shut.", by=chief)
    page = chief_client.get(address(story, "correct"))
    assert f"Dek [added: {RUMOUR}]" in unread_text(page)
    assert 'type="checkbox" name="seen"' in page.content.decode()
    data |= fields_of(page, "deed_form") | data
    page = chief_client.post(address(story, "correct"), data)
    assert page.status_code == 400
    assert "Read them first" in page.content.decode()
    assert page.context["form"]["right"].value() == "Shut."
    assert Edition.objects.count() == 1
    chief_client.post(address(story, "correct"), data | {"seen": story.revision_number})
    assert Edition.objects.live().get().kind == "correction"


def test_what_was_read_before_a_correction_is_that_revision_only(chief_client, story, ben):
    data = {"wrong": "a", "right": "b", "weight": "correction", "seen": story.revision_number}
    save_changes(story, ben, dek="Worse")
    page = chief_client.post(address(story, "correct"), data)
    assert "Worse" in unread_text(page)
    assert Edition.objects.count() == 1


def test_the_record_is_published_without_any_unread_change(chief_client, story):
    chief_client.post(address(story, "record"), {"publish": "1"})
    assert Edition.objects.count() == 1


def test_the_wire_is_somebody_else(chief_client):
    live = make_live(source="Coastline", published_at=timezone.now() - timedelta(days=1))
    save_changes(live.article, None, headline="From the wire")
    page = send(chief_client, live.article, button="_publish")
    assert "The wire, Coastline" in unread_text(page)
    assert Edition.objects.count() == 1


def test_ones_own_changes_ask_nothing(chief_client, chief):
    article = save_changes(make_live().article, chief, dek="Mine")
    send(chief_client, article, button="_publish", kicker="Mine too", follow=False)
    assert Edition.objects.count() == 2


def test_a_first_publication_asks_nothing(chief_client, ben):
    article = save_changes(make_article(by=ben), ben, dek="Draft")
    send(chief_client, article, button="_publish", follow=False)
    assert Edition.objects.live().get().dek == "Draft"


def test_a_story_that_was_withdrawn_comes_back_with_nothing_unread(chief_client, story):
    withdraw(story, by=None, reason="Checking.")
    page = send(chief_client, story, button="_publish")
    assert RUMOUR in unread_text(page)
    assert not Edition.objects.listed().exists()


def test_what_readers_never_get_asks_nothing(chief_client, ben):
    article = save_changes(make_live().article, ben, ed_note="Call the mayor", stage="ready")
    send(chief_client, article, button="_publish", kicker="Mine", follow=False)
    assert Edition.objects.count() == 2


def test_what_was_taken_back_asks_nothing(chief_client, story):
    send(chief_client, story, button="_publish", dek="", kicker="Mine", follow=False)
    assert Edition.objects.live().get().kicker == "Mine"


def test_each_turn_of_each_writer_is_a_step_of_its_own(story, chief, ben):
    save_changes(story, ben, kicker="Crook")
    save_changes(story, chief, dateline="Harnby")
    save_changes(story, ben, body_html="<p>The pier is sold.</p><p>It rained.</p>")
    steps = steps_of_others(story, chief)
    assert [(step.who, step.numbers) for step in steps] == [
        ("Ben Reporter", "revisions 2 to 3"),
        ("Ben Reporter", "revision 5"),
    ]
    assert [change.name for change in steps[0].differences] == ["kicker", "dek"]
    assert marks(removed="shut") in steps[1].differences[0].html


def test_very_many_turns_are_shown_as_one(story, chief, ben):
    for number in range(25):
        save_changes(story, ben, headline=f"Headline {number}")
        save_changes(story, chief, kicker=f"Kicker {number}")
    (step,) = steps_of_others(story, chief)
    assert (step.who, step.numbers) == ("Ben Reporter", "25 turns, yours between them")
    assert [change.name for change in step.differences] == ["kicker", "headline", "dek"]


def test_an_edition_without_its_revision_is_compared_by_its_words(ben, chief):
    article = Article.objects.create(headline="Old", body_html="<p>Old words.</p>")
    publish(article, by=None)
    (step,) = steps_of_others(save_changes(article, ben, headline="New"), chief)
    assert [change.name for change in step.differences] == ["headline"]


def test_who_may_not_publish_does_not_see_the_page(client, story):
    client.force_login(make_user(groups=()))
    assert client.get(address(story, "confirm_publish") + "?action=publish").status_code == 403


def test_a_strange_address_of_the_page_is_answered(chief_client, story, subtests):
    for query in ("", "?action=x", "?action=schedule&at=x", "?action=schedule&at=2026-01-01"):
        with subtests.test(query=query):
            response = chief_client.get(address(story, "confirm_publish") + query)
            assert response.status_code in (200, 400)


def test_no_button_of_the_admin_publishes_past_the_gate():
    violations = []
    for file in (ROOT / "articles/admin").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            if name in VERBS:
                violations.append(f"{file.name}:{node.lineno} {name}")
    assert violations == [], "call it through publish_if_seen"
