"""A database that was filled before the modules and names moved: all that is stored by name is still understood.

``data/before_the_rooms.json`` is such a database: a wire's stories with decisions, revisions, an edition, a version
that waits, a merge and runs of imports, as the code of then stored them; its rows of links keep their keys, too.
"""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from articles.importing.pipeline.runs.undo import undo
from articles.importing.pipeline.storing.pending_changes import accept_change
from articles.models import (
    Article,
    Edition,
    ImportRun,
    Merge,
    Person,
    Suggestion,
    User,
    WaitingChange,
)
from articles.record.merging.merge import undo_merge
from articles.roles import make_roles

pytestmark = pytest.mark.django_db
STORED = Path(__file__).parent / "data" / "before_the_rooms.json"
LINKS = STORED.with_suffix(".links.json")


@pytest.fixture
def chief(db) -> User:
    call_command("loaddata", STORED, verbosity=0)
    for name, rows in json.loads(LINKS.read_text(encoding="utf-8")).items():
        through = getattr(Article, name).through
        through.objects.all().delete()
        through.objects.bulk_create(through(**row) for row in rows)
    make_roles()
    user = User.objects.get(username="chief")
    user.is_staff = True
    user.save()
    user.groups.set(Group.objects.filter(name__in=("editor", "chief")))
    return user


@pytest.fixture
def story(chief) -> Article:
    return Article.objects.get(waiting_changes__state=WaitingChange.State.OPEN)


def test_its_record_is_whole(chief, capsys):
    call_command("build_search")  # as after every new version of the code
    call_command("check_record")
    assert Suggestion.objects.filter(state=Suggestion.State.OPEN).exists()


def test_its_pages_open(client, chief, story):
    edition = Edition.objects.get()
    assert client.get(edition.get_absolute_url()).status_code == 200
    client.force_login(chief)
    for name in ("change", "record", "history", "preview"):
        address = reverse(f"admin:articles_article_{name}", args=[story.pk])
        assert client.get(address).status_code == 200, name
    for run in ImportRun.objects.all():
        assert (
            client.get(reverse("admin:articles_importrun_change", args=[run.pk])).status_code == 200
        )


def test_a_revision_of_it_is_restored(client, chief, story):
    first = story.revisions.get(number=1)
    client.force_login(chief)
    client.post(reverse("admin:articles_article_restore", args=[story.pk, 1]))
    story.refresh_from_db()
    assert (story.kicker, story.dek) == (first.snapshot["kicker"], first.snapshot["dek"])
    assert [person.pk for person in story.people.all()] == first.snapshot["people"]


def test_a_version_that_waits_in_it_is_taken(chief, story):
    change = story.waiting_changes.get()
    accept_change(change, by=chief)
    story.refresh_from_db()
    assert "past repair" in story.body_html
    assert sorted(person.name for person in story.people.all()) == ["Ada Lund", "Tomas Reve"]


def test_a_merge_in_it_is_undone(chief):
    merge = Merge.objects.get()
    row = undo_merge(merge, by=chief)
    assert row.name == "Ada Lundt"
    assert Person.objects.get(name="Ada Lundt").pk == merge.gone


def test_an_import_in_it_is_undone(chief):
    run = ImportRun.objects.get(source="weirs")
    articles = list(Article.objects.filter(headline__in=["Quay 7 to close", "Quay 8 to close"]))
    assert len(articles) == 2
    undo(run, by=chief)
    assert not Article.objects.filter(pk__in=[article.pk for article in articles]).exists()
