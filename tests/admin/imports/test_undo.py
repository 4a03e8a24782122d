"""Taking a whole import back from the desk: the question, the action, and when it is refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.importing.pipeline.runs.undo import count_removals, undo
from articles.models import (
    Article,
    Author,
    ImportedItem,
    Organization,
    Person,
    Revision,
    Suggestion,
    Tag,
)
from articles.publishing import publish, withdraw
from articles.record.decisions.accept import reject_suggestion
from articles.roles import make_roles
from tests.factories import make_article, make_tag, make_user

from .import_runs import import_stories, page_text, report_address, undo_address

pytestmark = pytest.mark.django_db


def test_the_question_says_what_goes_and_that_goes(chief_client, chief, tmp_path):
    make_tag("weather")
    run = import_stories(tmp_path, 3, publish=True)
    expected = count_removals(run)
    assert expected["article"] == expected["edition"] == 3
    text = page_text(chief_client, undo_address(run))
    assert "<strong>3 stories</strong>" in text
    assert "<strong>3 published versions</strong>" in text
    assert "<strong>1 person</strong>" in text
    response = chief_client.post(undo_address(run), follow=True)
    text = response.content.decode()
    assert "Undone: wire, run" in text
    assert "Deleted: 3 stories, 1 author, 1 person, 1 organization." in text
    assert f"by {chief}" in text
    for model in (Article, Person, Author, Organization, ImportedItem, Revision, Suggestion):
        assert not model.objects.exists(), model
    assert Tag.objects.get().name == "weather"
    assert "3 stories" in LogEntry.objects.get().get_change_message()
    assert "Import undone" in page_text(
        chief_client, reverse("admin:articles_importrun_history", args=[run.pk])
    )


def test_the_question_counts_only_names_that_nothing_else_uses(tmp_path):
    run = import_stories(tmp_path, 2)
    other = make_article(bylines=("Ann Marrow",), tags=(Tag.objects.get(),))
    Organization.objects.update(is_confirmed=True)
    expected = count_removals(run)
    removed = undo(run, by=make_user())
    assert {kind: expected[kind] for kind in removed} == removed
    assert removed == {"article": 2, "tag": 0, "author": 0, "person": 1, "organization": 0}
    assert list(Article.objects.all()) == [other]


def test_the_question_leaves_out_names_that_somebody_has_worked_on(tmp_path):
    run = import_stories(tmp_path, 2)
    Author.objects.update(user=make_user())
    person = Person.objects.get()
    person.biography = "She keeps the light."
    person.save()
    expected = count_removals(run)
    removed = undo(run, by=make_user())
    assert {kind: expected[kind] for kind in removed} == removed
    assert removed == {"article": 2, "tag": 1, "author": 0, "person": 0, "organization": 1}


def test_the_same_input_comes_in_again_after_an_undo(chief_client, tmp_path):
    run = import_stories(tmp_path, 3)
    chief_client.post(undo_address(run))
    again = import_stories(tmp_path, 3)
    assert (again.created, again.unchanged) == (3, 0)
    assert Article.objects.count() == 3


def test_an_undone_run_says_so_and_offers_nothing(chief_client, tmp_path):
    run = import_stories(tmp_path, 1)
    chief_client.post(undo_address(run))
    text = page_text(chief_client, report_address(run))
    assert "Undone on" in text
    assert f"?run={run.pk}" not in text
    assert undo_address(run) not in text
    assert "It is undone already." in page_text(chief_client, undo_address(run))


def edit(article: Article, user) -> None:
    article.apply_snapshot({"headline": "Edited"})
    article.create_revision(user)


def decide(article: Article, user) -> None:
    suggestion = article.suggestions.quotes().open()[0]
    reject_suggestion(suggestion, by=user)


TOUCHED = {
    "an edit": (edit, "stories were changed since"),
    "a decision": (decide, "decisions about names and quotes"),
    "a publication": (lambda a, user: publish(a, by=user), "published or withdrawn by hand"),
    "a withdrawal": (
        lambda a, user: withdraw(publish(a, by=None).article, by=user, reason="Wrong."),
        "published or withdrawn by hand",
    ),
}


@pytest.mark.parametrize("touch", TOUCHED)
def test_what_somebody_has_worked_on_is_not_undone(chief_client, chief, tmp_path, touch):
    run = import_stories(tmp_path, 2)
    action, reason = TOUCHED[touch]
    action(Article.objects.order_by("pk")[0], chief)
    text = page_text(chief_client, undo_address(run))
    assert "It cannot be undone" in text
    assert reason in text
    assert "Undo the import now" not in text
    text = chief_client.post(undo_address(run), follow=True).content.decode()
    assert "Not undone" in text
    assert reason in text
    assert Article.objects.count() == 2
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("role", ["reporter", "editor"])
def test_only_who_may_undoes_an_import(client, tmp_path, role):
    make_roles()
    client.force_login(make_user(groups=(role,)))
    run = import_stories(tmp_path, 1)
    assert client.get(undo_address(run)).status_code == 403
    assert client.post(undo_address(run)).status_code == 403
    assert Article.objects.count() == 1
    response = client.get(report_address(run))
    assert undo_address(run) not in response.content.decode()


def test_a_run_that_is_not_there_is_not_found(chief_client):
    assert (
        chief_client.get(reverse("admin:articles_importrun_undo", args=[10**17])).status_code == 404
    )


@pytest.mark.django_db(transaction=True)
def test_two_people_who_undo_at_once_undo_once(tmp_path):
    make_roles()
    run = import_stories(tmp_path, 3)
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(make_user(groups=("chief",)))

    def press(client: Client) -> str:
        try:
            return client.post(undo_address(run), follow=True).content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(press, clients))
    assert sum("Undone: wire" in page for page in pages) == 1
    assert sum("It is undone already." in page for page in pages) == 1
    assert not Article.objects.exists()
    assert LogEntry.objects.count() == 1


def test_an_undo_that_fails_halfway_leaves_everything(chief_client, tmp_path, monkeypatch):
    run = import_stories(tmp_path, 2)
    monkeypatch.setattr(
        "articles.admin.imports.runs.ImportRunAdmin.log_change", lambda *args: 1 / 0
    )
    with pytest.raises(ZeroDivisionError):
        chief_client.post(undo_address(run))
    run.refresh_from_db()
    assert (run.state, Article.objects.count()) == ("done", 2)
