"""Every place that stores keys of rows outside foreign keys, and what leads them on when a row is merged or deleted."""

import inspect
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from articles.admin.articles import form
from articles.admin.changes import snapshot_diff
from articles.importing.pipeline.storing import merge_versions
from articles.models import Article, Merge, Person, Suggestion, Tag
from articles.models.merges import MergeableQuerySet, MergeQuerySet
from articles.models.snapshots import last_names, resolve_links
from articles.record import DecisionError, SpeakerChoice, accept_suggestion, proposals
from articles.record.decisions import accept
from articles.record.decisions.undo import undo_decision
from articles.record.merging import repoint
from articles.record.merging.merge import merge_rows
from articles.record.speaker_choice import resolve_speaker
from tests.factories import make_article, make_organization, make_person, make_tag, make_user

pytestmark = pytest.mark.django_db

NO_KEYS = "no keys of rows"
PROTECTED = "keys that links with PROTECT keep alive; a merge relinks them"
ONLY_DELETES = "keys of rows to delete again: a survivor is not among them, so none is led on"
PLACES: dict[str, Any] = {
    "article.original_map": NO_KEYS,
    "articlesearch.key": "the place of a story in the index of the desk, no row's key",
    "clockreading.newest_edition": "the highest number of an edition, compared only",
    "correctiondraft.facts": NO_KEYS,
    "desknameword.key": "whom a word may mean; merges and deletions take the words along",
    "distinct.high": "compared with keys of rows that are there, never followed",
    "distinct.low": "compared with keys of rows that are there, never followed",
    "edition.bylines": PROTECTED,
    "edition.corrections": NO_KEYS,
    "edition.organizations": PROTECTED,
    "edition.people": PROTECTED,
    "edition.picture": PROTECTED,
    "edition.quotes": PROTECTED,
    "edition.tags": PROTECTED,
    "editionsearch.key": "the place of an edition in the index, no row's key",
    "formsubmission.object_key": "what a form did, told again; looked up where it is shown",
    "importbatch.made": ONLY_DELETES,
    "importbatch.met": NO_KEYS,
    "importbatch.notes": NO_KEYS,
    "importeditem.base_values": merge_versions._values,
    "importrun.met": NO_KEYS,
    "importrun.notes": NO_KEYS,
    "importrun.options": NO_KEYS,
    "importrun.paths": NO_KEYS,
    "importrun.refusals": NO_KEYS,
    "mention.spans": NO_KEYS,
    "merge.gone": MergeableQuerySet.resolve,
    "merge.survivor": MergeQuerySet.targets_of,
    "mergestep.row": repoint._restore,
    "mergestep.was": repoint._resolve_foreign_keys,
    "nameword.key": "whom a word may mean; the rows are asked by their names",
    "proposal.base": proposals.current_snapshot,
    "proposal.values": proposals.current_snapshot,
    "revision.snapshot": Article.apply_snapshot,
    "suggestion.candidates": "what was known then; whom it may mean is looked up by name",
    "suggestion.found": NO_KEYS,
    "suggestion.made": ONLY_DELETES,
    "trashentry.row": "what is in the trash is merged into nothing; of what was emptied from it nothing is left",
    "unsavedform.values": form.follow_merges,
    "waitingchange.values": Article.apply_snapshot,
}
LEADING = ("resolve_keys(", "resolve_links(", "resolve_key(", "targets", "in_bulk(")


def columns_outside_foreign_keys() -> set[str]:
    """Name the columns that can hold keys no database looks after: JSON, and big numbers that count nothing."""
    kinds = (models.JSONField, models.PositiveBigIntegerField, models.BigIntegerField)
    return {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_app_config("articles").get_models()
        if not hasattr(model, "history_date")
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and not isinstance(field, models.AutoField)
    } - SIZES


SIZES = {"importeditem.position"}


def test_every_column_that_may_hold_keys_is_listed():
    assert columns_outside_foreign_keys() == PLACES.keys()


@pytest.mark.parametrize("place", [name for name, way in PLACES.items() if callable(way)])
def test_stored_keys_are_looked_up_before_they_are_used(place):
    source = inspect.getsource(PLACES[place])
    assert any(call in source for call in LEADING)


@pytest.mark.parametrize(
    "lookup",
    [form.follow_merges, snapshot_diff._row_names, accept.validate_overrides],
    ids=lambda function: function.__name__,
)
def test_keys_that_a_page_sends_or_shows_are_looked_up(lookup):
    assert "resolve_keys(" in inspect.getsource(lookup)


def test_many_merged_keys_cost_a_query_a_step_of_the_longest_chain(django_assert_num_queries):
    last = make_person("Ada Lund")
    keys = []
    for _ in range(6):
        person = make_person("A. Lund")
        keys.append(person.pk)
        merge_rows(last, person, by=None, is_sure=True)
    with django_assert_num_queries(2):
        assert Merge.objects.targets_of("person", keys) == dict.fromkeys(keys, last.pk)


def test_a_ring_of_merges_ends():
    for source, target in ((1, 2), (2, 3), (3, 1)):
        Merge.objects.create(kind="person", gone=source, survivor=target, name="x", slug="x")
    assert Merge.objects.targets_of("person", [1, 2]) == {1: 3, 2: 1}


def test_a_speaker_chosen_before_a_merge_is_the_survivor():
    ada, other = make_person("Ada Lund"), make_person("A. Lund")
    choice = SpeakerChoice("person", other.pk)
    merge_rows(ada, other, by=None, is_sure=True)
    assert resolve_speaker(choice, by=make_user()).person == ada
    ada.delete()
    with pytest.raises(DecisionError, match="was deleted"):
        resolve_speaker(choice, by=make_user())


def test_an_organization_chosen_before_a_merge_is_the_survivor():
    port, other = make_organization("Port of Sund"), make_organization("Sund Port")
    overrides = accept.Overrides(role_organization_id=other.pk)
    merge_rows(port, other, by=None, is_sure=True)
    assert accept.validate_overrides(overrides).role_organization_id == port.pk
    port.delete()
    with pytest.raises(DecisionError, match="no longer exists"):
        accept.validate_overrides(overrides)


def test_undoing_a_decision_leaves_the_survivor_of_what_it_made():
    article = make_article(body_html="<p>Ada Lund left.</p>")
    values = {"type": "person", "name": "Ada Lund", "role": "", "spans": [[0, 8]]}
    suggestion = Suggestion.objects.create(
        article=article, kind="mention", fingerprint="a", start=0, end=8, found=values, confidence=1
    )
    accept_suggestion(
        suggestion, by=make_user(), choice=SpeakerChoice("new-person", name="Ada Lund")
    )
    created, target = Person.objects.get(), make_person("A. Lund")
    merge_rows(target, created, by=None, is_sure=True)
    undo_decision(Suggestion.objects.get())
    assert list(Person.objects.all()) == [target]


def test_what_is_gone_is_named_by_its_history_else_by_its_merge_else_by_its_number():
    ada, tag = make_person("Ada Lund"), make_tag("Shoals")
    bulk = Person(name="B. Lund", slug="b", sort_name="b")
    Person.objects.bulk_create([bulk])
    Person.objects.bulk_create([Person(name="C. Lund", slug="c", sort_name="c")])
    unnamed = Person.objects.get(name="C. Lund").pk
    key, tag_key = Person.objects.get(name="B. Lund").pk, tag.pk
    Merge.objects.create(kind="person", gone=key, survivor=ada.pk, name="B. Lund", slug="b")
    ada_key = ada.pk
    Person.objects.filter(pk__in=[key, unnamed])._raw_delete("default")
    ada.delete()
    tag.delete()
    assert last_names(Person, [ada_key, key, unnamed]) == {ada_key: "Ada Lund", key: "B. Lund"}
    notes = resolve_links(Article, {"people": [unnamed], "tags": [tag_key]})[1]
    assert sorted(note.split(" was")[0] for note in notes) == [
        f"The person no. {unnamed}",
        "The tag “Shoals”",
    ]


def test_a_difference_names_the_survivor_and_what_is_gone():
    ada, other, tag = make_person("Ada Lund"), make_person("A. Lund"), make_tag("Shoals")
    keys, tag_key = [ada.pk, other.pk], tag.pk
    merge_rows(ada, other, by=None, is_sure=True)
    Tag.objects.all().delete()
    assert snapshot_diff.display_value("people", keys) == "Ada Lund"
    assert snapshot_diff.display_value("tags", [tag_key, 99]) == "Shoals, deleted, no. 99, deleted"
