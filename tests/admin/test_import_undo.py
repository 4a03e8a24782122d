"""Taking a whole import back from the desk: the question, the deed, and when it is refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.importing.undo import undo, would_go
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
from articles.record.accept import reject
from articles.roles import make_roles
from tests.factories import make_article, make_tag, make_user

from .bringing import bring, report_at, shown, undo_at

pytestmark = pytest.mark.django_db


def test_the_question_says_what_goes_and_that_goes(desk, chief, tmp_path):
    make_tag("weather")
    run = bring(tmp_path, 3, publish=True)
    asked = would_go(run)
    assert asked["article"] == asked["edition"] == 3
    said = shown(desk, undo_at(run))
    assert "<strong>3 stories</strong>" in said
    assert "<strong>3 published versions</strong>" in said
    assert "<strong>1 person</strong>" in said
    response = desk.post(undo_at(run), follow=True)
    said = response.content.decode()
    assert "Undone: wire, run" in said
    assert "Gone: 3 stories, 1 author, 1 person, 1 organization." in said
    assert f"by {chief}" in said
    for model in (Article, Person, Author, Organization, ImportedItem, Revision, Suggestion):
        assert not model.objects.exists(), model
    assert Tag.objects.get().name == "weather"
    assert "3 stories" in LogEntry.objects.get().get_change_message()
    assert "Import undone" in shown(
        desk, reverse("admin:articles_importrun_history", args=[run.pk])
    )


def test_the_question_counts_only_names_that_nothing_else_uses(tmp_path):
    run = bring(tmp_path, 2)
    other = make_article(bylines=("Ann Marrow",), tags=(Tag.objects.get(),))
    Organization.objects.update(is_confirmed=True)
    asked = would_go(run)
    gone = undo(run, by=make_user())
    assert {kind: asked[kind] for kind in gone} == gone
    assert gone == {"article": 2, "tag": 0, "author": 0, "person": 1, "organization": 0}
    assert list(Article.objects.all()) == [other]


def test_the_question_leaves_out_names_that_somebody_has_worked_on(tmp_path):
    run = bring(tmp_path, 2)
    Author.objects.update(user=make_user())
    person = Person.objects.get()
    person.biography = "She keeps the light."
    person.save()
    asked = would_go(run)
    gone = undo(run, by=make_user())
    assert {kind: asked[kind] for kind in gone} == gone
    assert gone == {"article": 2, "tag": 1, "author": 0, "person": 0, "organization": 1}


def test_the_same_input_comes_in_again_after_an_undo(desk, tmp_path):
    run = bring(tmp_path, 3)
    desk.post(undo_at(run))
    again = bring(tmp_path, 3)
    assert (again.created, again.unchanged) == (3, 0)
    assert Article.objects.count() == 3


def test_an_undone_run_says_so_and_offers_nothing(desk, tmp_path):
    run = bring(tmp_path, 1)
    desk.post(undo_at(run))
    said = shown(desk, report_at(run))
    assert "Undone on" in said
    assert f"?run={run.pk}" not in said
    assert undo_at(run) not in said
    assert "It is undone already." in shown(desk, undo_at(run))


def edit(article: Article, user) -> None:
    article.take_over({"headline": "Edited"})
    article.keep_revision(user)


def decide(article: Article, user) -> None:
    find = article.suggestions.quotes().open().first()
    reject(find, by=user)


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
def test_what_somebody_has_worked_on_is_not_undone(desk, chief, tmp_path, touch):
    run = bring(tmp_path, 2)
    deed, reason = TOUCHED[touch]
    deed(Article.objects.order_by("pk").first(), chief)
    said = shown(desk, undo_at(run))
    assert "It cannot be undone" in said
    assert reason in said
    assert "Undo the import now" not in said
    said = desk.post(undo_at(run), follow=True).content.decode()
    assert "Not undone" in said
    assert reason in said
    assert Article.objects.count() == 2
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("who", ["reporter", "editor"])
def test_only_who_may_undoes_an_import(client, tmp_path, who):
    make_roles()
    client.force_login(make_user(groups=(who,)))
    run = bring(tmp_path, 1)
    assert client.get(undo_at(run)).status_code == 403
    assert client.post(undo_at(run)).status_code == 403
    assert Article.objects.count() == 1
    response = client.get(report_at(run))
    assert undo_at(run) not in response.content.decode()


def test_a_run_that_is_not_there_is_not_found(desk):
    assert desk.get(reverse("admin:articles_importrun_undo", args=[10**17])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_people_who_undo_at_once_undo_once(tmp_path):
    make_roles()
    run = bring(tmp_path, 3)
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(make_user(groups=("chief",)))

    def press(client: Client) -> str:
        try:
            return client.post(undo_at(run), follow=True).content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(press, clients))
    assert sum("Undone: wire" in page for page in said) == 1
    assert sum("It is undone already." in page for page in said) == 1
    assert not Article.objects.exists()
    assert LogEntry.objects.count() == 1


def test_an_undo_that_fails_halfway_leaves_everything(desk, tmp_path, monkeypatch):
    run = bring(tmp_path, 2)
    monkeypatch.setattr("articles.admin.imports.ImportRunAdmin.log_change", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.post(undo_at(run))
    run.refresh_from_db()
    assert (run.state, Article.objects.count()) == ("done", 2)
