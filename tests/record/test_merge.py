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
from articles.record import Undecided
from articles.record.merge import merge, trial, undo
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
            found = serializers.serialize("json", model._base_manager.order_by("pk"))
            rows[name] = json.loads(found)
    return rows


@pytest.fixture
def two():
    """A person with stories, quotes, roles, names and an address, and the same once more under another spelling."""
    ada, other = (
        make_person("Ada Lund"),
        make_person("A. Lund", given_name="Ada", biography="Born 1970."),
    )
    port, town = make_organization("Port of Sund"), make_organization("Sund")
    Membership.objects.create(
        person=ada, organization=port, role="harbour master", start_date="2020"
    )
    Membership.objects.create(
        person=other, organization=port, role="harbour master", start_date="2020"
    )
    Membership.objects.create(person=other, organization=town, role="mayor", start_date="2024")
    OtherName.objects.create(person=other, name="Ada Lünd")
    OtherName.objects.create(person=other, name="Addie")
    Identifier.objects.create(person=other, scheme="wikidata", identifier="Q1")
    FormerAddress.objects.create(path="/author/a-lund/", person=other)
    for number in range(3):
        story = make_article(body_html=BODY, people=(ada,), headline=f"Story {number}")
        make_quote(story, "The quay will hold,", person=ada)
        publish(story, by=make_user())
    story = make_article(body_html=BODY, people=(ada, other), headline="Both")
    make_quote(story, "The quay will hold,", person=ada)
    make_quote(story, "It will not,", person=other)
    Mention.objects.create(article=story, person=ada, name="Ada Lund", spans=[[27, 35]])
    Mention.objects.create(article=story, person=other, name="Lund", spans=[[57, 61]], role="mayor")
    RightOfReply.objects.create(article=story, person=other)
    publish(story, by=make_user())
    return ada, other


def test_all_that_leads_to_the_gone_row_leads_to_the_survivor(two):
    ada, other = two
    merge(ada, other, by=make_user())
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


def test_undoing_it_restores_every_row(two):
    ada, other = two
    before = dump()
    made = merge(ada, other, by=make_user())
    assert dump() != before
    back = undo(made, by=make_user())
    after = dump()
    for name, rows in before.items():
        if name == "articles.edition":  # rendered anew when it is next read
            for row in [*rows, *after[name]]:
                row["fields"].pop("rendered_with")
        assert after[name] == rows, name
    assert back == other


def test_what_was_changed_since_stays_when_it_is_undone(two):
    ada, other = two
    made = merge(ada, other, by=make_user())
    ada.refresh_from_db()
    ada.biography = "As an editor wrote it."
    ada.save()
    moved = Quote.objects.get(text="It will not,")
    third = make_person("Nils Berg")
    Quote.objects.filter(pk=moved.pk).update(person=third)
    undo(made, by=make_user())
    ada.refresh_from_db()
    assert ada.biography == "As an editor wrote it."
    assert Quote.objects.get(pk=moved.pk).person == third
    assert ada.given_name == ""


def test_the_bigger_goes_into_the_smaller_only_on_a_second_word(two):
    ada, other = two
    before = dump()
    with pytest.raises(Undecided, match="more stories and quotes"):
        merge(other, ada, by=make_user())
    assert dump() == before
    merge(other, ada, by=make_user(), is_sure=True)
    assert Person.objects.get() == other


def test_the_trial_says_what_would_move_and_moves_nothing(two):
    ada, other = two
    before = dump()
    report = trial(ada, other)
    assert dump() == before
    assert (1, "quote on record") in report.moves
    assert (2, "roles") in report.moves
    assert (1, "story that names them") in report.both
    assert ("biography", "Born 1970.") in report.gains
    assert report.weights[0] > report.weights[1]
    assert not report.is_uphill
    assert trial(other, ada).is_uphill


def test_chains_collapse(two):
    ada, other = two
    third = make_person("Ada B. Lund")
    first = merge(ada, other, by=make_user())
    merge(third, ada, by=make_user(), is_sure=True)
    assert Merge.objects.survivor_of("person", other.pk) == third.pk
    assert Merge.objects.survivors("person", [other.pk, ada.pk]) == [third.pk]
    with pytest.raises(Undecided, match="Undo that merge first"):
        undo(first, by=make_user())


def test_it_is_undone_once(two):
    made = merge(*two, by=make_user())
    undo(made, by=make_user())
    with pytest.raises(Undecided, match="undone already"):
        undo(made, by=make_user())
    assert Merge.objects.survivor_of("person", two[1].pk) is None


def test_nobody_is_merged_with_himself_or_with_an_organization(two):
    for pair in ((two[0], two[0]), (two[0], make_organization())):
        with pytest.raises(Undecided, match="Choose two"):
            merge(*pair, by=make_user())


def test_an_old_revision_leads_to_the_survivor(two):
    ada, other = two
    story = Article.objects.get(headline="Both")
    old = story.snapshot()
    assert old["people"] == sorted([ada.pk, other.pk])
    merge(ada, other, by=make_user())
    story.take_over(old)
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
    made = merge(port, harbour, by=make_user(), is_sure=True)
    below.refresh_from_db()
    port.refresh_from_db()
    assert (below.parent, port.parent) == (port, None)
    assert Quote.objects.get().on_behalf_of == port
    said = Edition.objects.get().composed.quotes[0]
    assert (said.said_for.id, said.said_for.name) == (port.pk, "Sund Harbour")
    undo(made, by=make_user())
    below.refresh_from_db()
    port.refresh_from_db()
    assert (below.parent, port.parent) == (harbour, harbour)


def test_publishing_after_a_merge_prints_the_survivor(two):
    ada, other = two
    merge(ada, other, by=make_user())
    story = Article.objects.get(headline="Both")
    edition = publish(story, by=make_user())
    assert [link["name"] for link in edition.people] == ["Ada Lund"]


def test_a_merge_asks_as_much_for_thirty_stories_as_for_three():
    asked = []
    for count in (3, 30):
        ada, other = make_person("Ada Lund"), make_person("A. Lund", slug=slugify("a lund"))
        for _ in range(count):
            story = make_article(body_html=BODY, people=(other,))
            make_quote(story, "The quay will hold,", person=other)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            merge(ada, other, by=None, is_sure=True)
        asked.append(len(queries))
    assert asked[0] == asked[1]
