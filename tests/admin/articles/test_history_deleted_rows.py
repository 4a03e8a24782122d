"""Stored keys of rows that were merged or deleted since: merged ones lead on, deleted ones are named and left out."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from articles.importing.pipeline.run import ImportOptions, run_import
from articles.models import Article, ImportRun, Membership, Person, Tag, WaitingChange
from articles.models.snapshots import resolve_keys, resolve_links
from articles.record.merging.merge import merge_rows, undo_merge
from tests.admin.forms import decide, fields_of, form_of
from tests.factories import (
    make_article,
    make_image,
    make_organization,
    make_person,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


def make_waiting_change(article: Article, **values) -> WaitingChange:
    run = ImportRun.objects.create(source="wire")
    return WaitingChange.objects.create(article=article, run=run, values=values)


def take_change(client, change: WaitingChange) -> str:
    return decide(client, change.article, "take").content.decode()


def restore_revision(client, article: Article, number: int) -> str:
    address = reverse("admin:articles_article_restore", args=[article.pk, number])
    return client.post(address, follow=True).content.decode()


def people_of(article: Article) -> list[Person]:
    return list(Article.objects.get(pk=article.pk).people.all())


def test_a_waiting_version_is_taken_over_without_what_was_deleted(chief_client):
    deleted_tag, remaining_tag, picture = make_tag("Shoals"), make_tag("Ferries"), make_image()
    article = make_article()
    change = make_waiting_change(
        article, headline="Ferry 2", tags=[deleted_tag.pk, remaining_tag.pk], lead_image=picture.pk
    )
    key = picture.pk
    deleted_tag.delete()
    picture.delete()
    page = take_change(chief_client, change)
    assert "The tag “Shoals” was deleted since" in page
    assert f"The image no. {key} was deleted since" in page
    article.refresh_from_db()
    change.refresh_from_db()
    assert (article.headline, article.lead_image, change.state) == ("Ferry 2", None, "taken")
    assert list(article.tags.all()) == [remaining_tag]


def test_the_wires_own_new_tag_that_was_deleted_does_not_stop_it(chief_client, tmp_path, shared):
    source = shared / "cases/cms/inputs/waiting-2-with-new-tag.json"
    newer = json.loads(source.read_text())
    older = newer | {"version": "1", "versioncreated": "2026-03-04T10:00:00Z", "subject": []}
    first = Path(tmp_path / "1.json")
    first.write_text(json.dumps(older | {"headline": "Ferry 1"}))
    run_import([str(first)], ImportOptions(source="wire"))
    article = Article.objects.get()
    article.apply_snapshot({"headline": "As an editor wrote it"})
    article.create_revision(make_user())
    run_import([str(source)], ImportOptions(source="wire"))
    change = article.waiting_changes.get()
    Tag.objects.get(name="Shoals").delete()
    assert "The tag “Shoals” was deleted since" in take_change(chief_client, change)
    article.refresh_from_db()
    assert article.headline == "Ferry 2"
    assert not article.waiting_changes.filter(state="open").exists()


def test_a_waiting_version_names_the_target_of_a_merge(chief_client):
    ada, other = make_person("Ada Lund"), make_person("A. Lund")
    article = make_article()
    change = make_waiting_change(article, people=[ada.pk, other.pk])
    merge_rows(ada, other, by=None, is_sure=True)
    assert "deleted since" not in take_change(chief_client, change)
    assert people_of(article) == [ada]


def test_a_restored_revision_is_filed_under_the_merge_target(chief_client):
    ada, other = make_person("Ada Lund"), make_person("A. Lund")
    article = make_article(people=(other,))
    merge_rows(ada, other, by=None, is_sure=True)
    assert "deleted since" not in restore_revision(chief_client, article, 1)
    assert people_of(article) == [ada]


def test_what_was_restored_while_merged_is_parted_with_the_merge(chief_client):
    ada, other = make_person("Ada Lund"), make_person("A. Lund")
    article = make_article(people=(other,))
    merge = merge_rows(ada, other, by=None, is_sure=True)
    restore_revision(chief_client, article, 1)
    undo_merge(merge, by=None)
    assert [person.name for person in people_of(article)] == ["A. Lund"]


def test_a_restored_revision_names_what_was_deleted(chief_client):
    tag, person = make_tag("Shoals"), make_person("Ada Lund")
    article = make_article(tags=(tag,), people=(person,))
    article.apply_snapshot({"tags": [], "people": []})
    article.create_revision(None)
    tag.delete()
    person.delete()
    page = restore_revision(chief_client, article, 1)
    assert "The tag “Shoals” was deleted since" in page
    assert "The person “Ada Lund” was deleted since" in page


def test_a_merge_target_that_is_deleted_in_its_turn_is_left_out():
    ada, other, last = make_person("Ada Lund"), make_person("A. Lund"), make_person("A Lund")
    merge_rows(ada, other, by=None, is_sure=True)
    merge_rows(last, ada, by=None, is_sure=True)
    keys = [other.pk, ada.pk, last.pk]
    assert resolve_keys(Person, keys) == dict.fromkeys(keys, last.pk)
    last_key = last.pk
    last.delete()
    values, notes = resolve_links(Article, {"people": keys, "headline": "As it is"})
    assert values == {"people": [], "headline": "As it is"}
    assert len(notes) == 3
    assert last_key not in resolve_keys(Person, keys)


@pytest.mark.parametrize("is_stale", [False, True])
def test_a_form_sent_after_a_merge_files_the_story_under_its_target(chief_client, is_stale):
    ada, other = make_person("Ada Lund"), make_person("A. Lund")
    article = make_article(people=(other,))
    mine = fields_of(chief_client.get(form_of(article)), "article_form") | {
        "kicker": "K",
        "_save": "1",
    }
    merge_rows(ada, other, by=None, is_sure=True)
    if is_stale:
        article.apply_snapshot({"dek": "Theirs"})
        article.create_revision(None)
    response = chief_client.post(form_of(article), mine)
    if is_stale:
        assert response.status_code == 409
        chief_client.post(form_of(article), fields_of(response, "article_form") | {"_save": "1"})
    article.refresh_from_db()
    assert (article.kicker, people_of(article)) == ("K", [ada])


def test_a_merge_is_undone_though_what_its_rows_named_is_gone():
    picture, port, harbour = make_image(), make_organization("Port"), make_organization("Harbour")
    ada, other = make_person("Ada Lund"), make_person("A. Lund", portrait=picture)
    for person in (ada, other):
        Membership.objects.create(person=person, organization=port, role="pilot")
    merge = merge_rows(ada, other, by=None, is_sure=True)
    Person.objects.update(portrait=None)
    picture.delete()
    merge_rows(harbour, port, by=None, is_sure=True)
    restored = undo_merge(merge, by=None)
    assert (restored.name, restored.portrait) == ("A. Lund", None)
    assert [membership.organization for membership in restored.memberships.all()] == [harbour]
