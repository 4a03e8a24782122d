"""Values as JSON, and the rows that stored keys lead to now."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from articles.models import Article, Merge, Person, Tag, User
from articles.models.snapshots import (
    fill_defaults,
    last_names,
    names_in_trash,
    resolve_keys,
    resolve_links,
    stored_value,
)
from tests.factories import make_article, make_image, make_person, make_tag

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def field(name: str):
    return Article._meta.get_field(name)


def test_a_value_is_stored_as_json_has_it():
    image, tags = make_image(), [make_tag(), make_tag()]
    east = timezone(timedelta(hours=5))
    assert stored_value(field("lead_image"), image) == image.pk
    assert stored_value(field("tags"), reversed(tags)) == [tag.pk for tag in tags]
    at = datetime(2026, 1, 1, 3, tzinfo=east)
    assert stored_value(field("published_at"), at) == "2025-12-31T22:00:00+00:00"
    assert stored_value(field("published_at"), at.astimezone(UTC)) == "2025-12-31T22:00:00+00:00"
    assert stored_value(field("published_at"), None) is None
    assert stored_value(field("headline"), "Fish") == "Fish"
    assert stored_value(field("headline"), date(2026, 1, 2)) == "2026-01-02"
    assert stored_value(field("headline"), b"x") == "b'x'"


def test_what_was_stored_before_a_field_was_there_gets_its_default():
    values = fill_defaults(Article, {"headline": "Fish"})
    assert (values["headline"], values["tags"], values["lead_image"]) == ("Fish", [], None)
    assert values["is_on_hold"] is False


def test_a_stored_key_leads_to_the_row_that_stands_for_it_now():
    ada, nils = make_person(), make_person()
    Merge.objects.create(kind="person", gone=nils.pk + 1, survivor=ada.pk, name="x")
    Merge.objects.create(kind="person", gone=nils.pk + 2, survivor=nils.pk + 3, name="x")
    keys = [nils.pk, nils.pk + 1, nils.pk + 2, nils.pk + 4]
    assert resolve_keys(Person, keys) == {nils.pk: nils.pk, nils.pk + 1: ada.pk}
    assert resolve_keys(Person, []) == {}


def test_a_stored_key_of_what_cannot_be_merged_leads_to_its_row_or_nowhere():
    tag = make_tag()
    Merge.objects.create(kind="person", gone=tag.pk + 1, survivor=tag.pk, name="x")
    assert resolve_keys(Tag, [tag.pk, tag.pk + 1]) == {tag.pk: tag.pk}


def test_rows_that_are_there_cost_one_query(django_assert_num_queries):
    people = [make_person().pk for _ in range(3)]
    with django_assert_num_queries(1):
        resolve_keys(Person, people)
    with django_assert_num_queries(0):
        resolve_keys(Person, [])


def test_links_to_deleted_rows_are_left_out_and_named():
    article = make_article(tags=(make_tag("Fish"), make_tag("Sea")), lead_image=make_image())
    values = article.revisions.get().snapshot
    deleted_tag, tag = Tag.objects.get(name="Fish"), Tag.objects.get(name="Sea")
    key = deleted_tag.pk
    deleted_tag.delete()
    resolved, notes = resolve_links(Article, {**values, "lead_image": 99})
    assert resolved["tags"] == [tag.pk]
    assert resolved["lead_image"] is None
    assert sorted(notes) == [
        "The image no. 99 was deleted since: the story goes without it.",
        "The tag “Fish” was deleted since: the story goes without it.",
    ]
    assert key in values["tags"]
    assert resolve_links(Article, {"headline": "x"}) == ({"headline": "x"}, [])


def test_only_what_is_in_the_trash_is_named_as_that():
    in_use, away = make_tag("Boats"), make_tag("Ferries", trashed_at=NOW)
    assert names_in_trash(Tag, [in_use.pk, away.pk, away.pk + 1]) == {away.pk: "Ferries"}
    assert names_in_trash(Tag, []) == {}
    assert names_in_trash(User, [1]) == {}, "an account is never put there"


def test_what_is_gone_is_called_as_it_was_called_last():
    tag, person = make_tag("Boats"), make_person("Ada Lund")
    tag.name = "Ships"
    tag.save()
    keys = [tag.pk, person.pk]
    tag.delete()
    person.delete()
    assert last_names(Tag, keys[:1]) == {keys[0]: "Ships"}
    assert last_names(Person, keys[1:]) == {keys[1]: "Ada Lund"}
    Merge.objects.create(kind="person", gone=10**9, survivor=1, name="A. Lund")
    assert last_names(Person, [10**9]) == {10**9: "A. Lund"}
    assert last_names(Person, []) == last_names(User, [1]) == {}
