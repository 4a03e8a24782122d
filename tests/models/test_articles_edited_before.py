"""Rows from before edits were marked: what a person changed is found, and the version that a story is based on."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from articles.models import Article, ImportedItem, ImportRun, Revision, WaitingChange
from tests.factories import make_article, make_tag, make_user

pytestmark = pytest.mark.django_db
migration = import_module("articles.migrations.0011_edits_beside_the_wire")


@pytest.fixture
def imported() -> Article:
    """Give a story of two versions that an editor has filed, then edited."""
    article = make_article(source="wire")
    article.create_revision(None)
    article.tags.add(make_tag())
    article.create_revision(make_user())
    article.headline = "Roof off"
    article.save()
    article.create_revision(make_user())
    article.create_revision(None)
    run = ImportRun.objects.create(source="wire")
    ImportedItem.objects.create(source="wire", ref="1", hash="x", run=run, article=article)
    Revision.objects.update(is_edit=False)
    return article


def migrate() -> None:
    editor = SimpleNamespace(connection=connection)
    migration.mark_edits(apps, editor)
    migration.find_bases(apps, editor)


def test_what_a_person_changed_is_marked(imported):
    ours = make_article(by=make_user())
    Revision.objects.update(is_edit=False)
    migrate()
    marked = Revision.objects.filter(is_edit=True).values_list("article", "number")
    assert {*marked} == {(imported.pk, 4), (ours.pk, 1)}


def test_the_base_is_the_last_version_before_any_person(imported):
    migrate()
    item = ImportedItem.objects.get()
    assert (item.base_revision, item.base_values) == (2, None)


def test_the_base_is_the_last_version_that_was_taken_over(imported):
    run = ImportRun.objects.get()
    for headline, state in (("Second", "taken"), ("Third", "taken"), ("Fourth", "left")):
        WaitingChange.objects.create(
            article=imported, run=run, values={"headline": headline}, state=state
        )
    migrate()
    item = ImportedItem.objects.get()
    assert (item.base_revision, item.base_values) == (None, {"headline": "Third"})
