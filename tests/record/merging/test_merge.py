"""Two rows that are one: everything moves, nothing is lost, all of it can be undone."""

import json

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import (
    Article,
    Edition,
    EditionPerson,
    FormerAddress,
    Identifier,
    Membership,
    Mention,
    Merge,
    OtherName,
    Person,
    Quote,
    RightOfReply,
)
from articles.publishing import publish
from articles.record import DecisionError
from articles.record.merging.merge import merge_rows, preview_merge, undo_merge
from articles.text.fold import slugify
from tests.factories import make_article, make_organization, make_person, make_quote, make_user

pytestmark = pytest.mark.django_db
BODY = "<p>“The quay will hold,” said Ada Lund.</p><p>“It will not,” Lund wrote to Nils Berg.</p>"
IGNORED = ("historical", "logentry", "session", "contenttype", "permission", "merge", ".user")


def dump():
    """Return every row of every table but histories and the merges themselves."""
    rows = {}
    for model in apps.get_models(include_auto_created=True):
        name = model._meta.label_lower
        if not any(word in name for word in IGNORED):
            serialized = serializers.serialize("json", model._base_manager.order_by("pk"))
            rows[name] = json.loads(serialized)
    return rows


@pytest.fixture
def ada_and_duplicate():
    """A person with stories, quotes, roles, names and an address, and the same once more under another spelling."""
    ada, duplicate = (
        make_person("Ada Lund"),
        make_person("A. Lund", given_name="Ada", biography="Born 1970."),
    )
    port, town = make_organization("Port of Sund"), make_organization("Sund")
    Membership.objects.create(
        person=ada, organization=port, role="harbour master", start_date="2020"
    )
    Membership.objects.create(
        person=duplicate, organization=port, role="harbour master", start_date="2020"
    )
    Membership.objects.create(person=duplicate, organization=town, role="mayor", start_date="2024")
    OtherName.objects.create(person=duplicate, name="Ada Lünd")
    OtherName.objects.create(person=duplicate, name="Addie")
    Identifier.objects.create(person=duplicate, scheme="wikidata", identifier="Q1")
    FormerAddress.objects.create(path="/author/a-lund/", person=duplicate)
    for number in range(3):
        story = make_article(body_html=BODY, people=(ada,), headline=f"Story {number}")
        make_quote(story, "The quay will hold,", person=ada)
        publish(story, by=make_user())
    story = make_article(body_html=BODY, people=(ada, duplicate), headline="Both")
    make_quote(story, "The quay will hold,", person=ada)
    make_quote(story, "It will not,", person=duplicate)
    Mention.objects.create(article=story, person=ada, name="Ada Lund", spans=[[27, 35]])
    Mention.objects.create(
        article=story, person=duplicate, name="Lund", spans=[[57, 61]], role="mayor"
    )
    RightOfReply.objects.create(article=story, person=duplicate)
    publish(story, by=make_user())
    return ada, duplicate


def test_all_that_leads_to_the_source_leads_to_the_target(ada_and_duplicate):
    ada, duplicate = ada_and_duplicate
    merge_rows(ada, duplicate, by=make_user())
    assert [person.name for person in Person.objects.all()] == ["Ada Lund"]
    assert Quote.objects.filter(person=ada).count() == 5
    assert {m.role for m in ada.memberships.all()} == {"harbour master", "mayor"}
    assert {name.name for name in ada.other_names.all()} == {"Addie", "A. Lund"}
    assert Identifier.objects.get().person == ada
    assert FormerAddress.objects.get().person == ada
    assert RightOfReply.objects.get().person == ada
    mention = Mention.objects.get()
    assert (mention.spans, mention.role) == ([[27, 35], [57, 61]], "mayor")
    both = Edition.objects.get(headline="Both")
    assert EditionPerson.objects.filter(edition=both).count() == 1
    assert [link["id"] for link in both.people] == [ada.pk, ada.pk]
    assert {link["name"] for link in both.people} == {"Ada Lund", "A. Lund"}
    assert {quote.person.id for quote in both.composed.quotes} == {ada.pk}
    assert both.rendered_with == ""
    ada.refresh_from_db()
    assert (ada.given_name, ada.biography) == ("Ada", "Born 1970.")


def test_undoing_it_restores_every_row(ada_and_duplicate):
    ada, duplicate = ada_and_duplicate
    before = dump()
    merge = merge_rows(ada, duplicate, by=make_user())
    assert dump() != before
    back = undo_merge(merge, by=make_user())
    after = dump()
    for name, rows in before.items():
        if name == "articles.edition":  # rendered anew when it is next read
            for row in [*rows, *after[name]]:
                row["fields"].pop("rendered_with")
        if name in (
            "articles.nameword",
            "articles.desknameword",
        ):  # made anew, for others than had any before too
            words = [row["fields"] for row in after[name]]
            assert all(row["fields"] in words for row in rows)
            continue
        assert after[name] == rows, name
    assert back == duplicate


def test_what_was_changed_since_stays_when_it_is_undone(ada_and_duplicate):
    ada, duplicate = ada_and_duplicate
    merge = merge_rows(ada, duplicate, by=make_user())
    ada.refresh_from_db()
    ada.biography = "As an editor wrote it."
    ada.save()
    moved = Quote.objects.get(text="It will not,")
    third = make_person("Nils Berg")
    Quote.objects.filter(pk=moved.pk).update(person=third)
    undo_merge(merge, by=make_user())
    ada.refresh_from_db()
    assert ada.biography == "As an editor wrote it."
    assert Quote.objects.get(pk=moved.pk).person == third
    assert ada.given_name == ""


def test_the_bigger_goes_into_the_smaller_only_on_a_second_word(ada_and_duplicate):
    ada, duplicate = ada_and_duplicate
    before = dump()
    with pytest.raises(DecisionError, match="more stories and quotes"):
        merge_rows(duplicate, ada, by=make_user())
    assert dump() == before
    merge_rows(duplicate, ada, by=make_user(), is_sure=True)
    assert Person.objects.get() == duplicate


def test_the_preview_says_what_would_move_and_moves_nothing(ada_and_duplicate):
    ada, duplicate = ada_and_duplicate
    before = dump()
    report = preview_merge(ada, duplicate)
    assert dump() == before
    assert (1, "quote on record") in report.moves
    assert (2, "roles") in report.moves
    assert (1, "story that names them") in report.both
    assert ("biography", "Born 1970.") in report.inherited
    assert report.sizes[0] > report.sizes[1]
    assert not report.is_source_larger
    assert preview_merge(duplicate, ada).is_source_larger


def test_chains_collapse(ada_and_duplicate):
    ada, duplicate = ada_and_duplicate
    third = make_person("Ada B. Lund")
    first = merge_rows(ada, duplicate, by=make_user())
    merge_rows(third, ada, by=make_user(), is_sure=True)
    assert Merge.objects.resolve_key("person", duplicate.pk) == third.pk
    assert Merge.objects.resolve_keys("person", [duplicate.pk, ada.pk]) == [third.pk]
    with pytest.raises(DecisionError, match="Undo that merge first"):
        undo_merge(first, by=make_user())


def test_it_is_undone_once(ada_and_duplicate):
    merge = merge_rows(*ada_and_duplicate, by=make_user())
    undo_merge(merge, by=make_user())
    with pytest.raises(DecisionError, match="undone already"):
        undo_merge(merge, by=make_user())
    assert Merge.objects.resolve_key("person", ada_and_duplicate[1].pk) is None


def test_nobody_is_merged_with_himself_or_with_an_organization(ada_and_duplicate):
    for pair in (
        (ada_and_duplicate[0], ada_and_duplicate[0]),
        (ada_and_duplicate[0], make_organization()),
    ):
        with pytest.raises(DecisionError, match="Choose two"):
            merge_rows(*pair, by=make_user())


def test_an_old_revision_leads_to_the_target(ada_and_duplicate):
    ada, duplicate = ada_and_duplicate
    story = Article.objects.get(headline="Both")
    old = story.snapshot()
    assert old["people"] == sorted([ada.pk, duplicate.pk])
    merge_rows(ada, duplicate, by=make_user())
    story.apply_snapshot(old)
    assert [person.pk for person in story.people.all()] == [ada.pk]


def test_organizations_merge_with_those_below_and_those_spoken_for():
    port, harbour = (
        make_organization("Port of Sund"),
        make_organization("Sund Harbour", kind="company"),
    )
    below = make_organization("Pilots", parent=harbour)
    port.parent = harbour
    port.save()
    ada = make_person("Ada Lund")
    Membership.objects.create(person=ada, organization=harbour, role="pilot", is_confirmed=True)
    story = make_article(body_html=BODY, organizations=(harbour,))
    make_quote(story, "The quay will hold,", person=ada, on_behalf_of=harbour)
    publish(story, by=make_user())
    merge = merge_rows(port, harbour, by=make_user(), is_sure=True)
    below.refresh_from_db()
    port.refresh_from_db()
    assert (below.parent, port.parent) == (port, None)
    assert Quote.objects.get().on_behalf_of == port
    quote = Edition.objects.get().composed.quotes[0]
    assert (quote.said_for.id, quote.said_for.name) == (port.pk, "Sund Harbour")
    undo_merge(merge, by=make_user())
    below.refresh_from_db()
    port.refresh_from_db()
    assert (below.parent, port.parent) == (harbour, harbour)


def test_publishing_after_a_merge_prints_the_target(ada_and_duplicate):
    ada, duplicate = ada_and_duplicate
    merge_rows(ada, duplicate, by=make_user())
    story = Article.objects.get(headline="Both")
    edition = publish(story, by=make_user())
    assert [link["name"] for link in edition.people] == ["Ada Lund"]


def test_a_merge_asks_as_much_for_thirty_stories_as_for_three():
    query_counts = []
    for count in (3, 30):
        ada, duplicate = make_person("Ada Lund"), make_person("A. Lund", slug=slugify("a lund"))
        for _ in range(count):
            story = make_article(body_html=BODY, people=(duplicate,))
            make_quote(story, "The quay will hold,", person=duplicate)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            merge_rows(ada, duplicate, by=None, is_sure=True)
        query_counts.append(len(queries))
    assert query_counts[0] == query_counts[1]


@pytest.mark.parametrize(("source_is", "target_is"), [(True, False), (False, True), (False, False)])
def test_who_somebody_has_checked_stays_checked(source_is, target_is):
    target = make_person("Ada Lund", is_confirmed=target_is)
    source = make_person("A. Lund", is_confirmed=source_is)
    merge = merge_rows(target, source, by=None)
    target.refresh_from_db()
    assert target.is_confirmed is (source_is or target_is)
    undo_merge(merge, by=None)
    target.refresh_from_db()
    assert target.is_confirmed is target_is


def test_the_stories_of_the_source_are_locked_before_the_two_rows_are_read():
    target, source = make_person("Ada Lund"), make_person("A. Lund")
    filed = make_article(people=(source,))
    quoted = make_article(body_html=BODY)
    make_quote(quoted, "The quay will hold,", person=source)
    named = make_article(body_html=BODY)
    Mention.objects.create(article=named, person=source, name="Lund", spans=[])
    make_article(people=(target,))
    with CaptureQueriesContext(connection) as captured:
        merge_rows(target, source, by=None, is_sure=True)
    statements = [query["sql"] for query in captured]
    rows_read = next(
        place
        for place, sql in enumerate(statements)
        if f'FROM "{Person._meta.db_table}"' in sql and str(target.pk) in sql
    )
    keys = ", ".join(str(row.pk) for row in (filed, quoted, named))
    locks = [
        sql
        for sql in statements[:rows_read]
        if f'"{Article._meta.db_table}"."id" IN ({keys})' in sql
    ]
    assert len(locks) == 1
    assert ("FOR UPDATE" in locks[0]) is (connection.vendor == "postgresql")
