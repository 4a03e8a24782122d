"""P1: what keeps a row, and what goes with it, in the newsroom's words; and every way in which rows lead to it."""

import pytest

from articles.models import Article, Author, Subscription
from articles.record.merging.merge import merge_rows
from articles.record.trash import references
from articles.record.trash.moves import TRASHABLE
from articles.record.trash.references import (
    BLOCKERS,
    COMPANIONS,
    STORY_LINKS,
    find_references,
    linked_stories,
    name_rows,
)
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_live_quote,
    make_membership,
    make_organization,
    make_person,
    make_quote,
    make_tag,
)

pytestmark = pytest.mark.django_db


def test_a_person_who_is_quoted_is_kept_by_the_stories_that_quote_them():
    person = make_person("Ada Lund")
    for number in range(3):
        headline = {"headline": f"Story {number}"}
        make_live_quote("The ferry stays.", person=person, fields=headline)
    result = find_references(person)
    assert "It is quoted in 3 stories: “Story 0”, “Story 1”, “Story 2”." in result.blockers
    assert any(
        sentence.startswith("Readers have it, or had it, in 3 stories")
        for sentence in result.blockers
    )
    assert "merge it" in result.remedy


def test_a_quote_of_a_draft_counts_too():
    person = make_person()
    article = make_article(headline="Draft", body_html="<p>“The ferry stays.”</p>")
    make_quote(article, "The ferry stays.", person=person)
    assert find_references(person).blockers == ["It is quoted in 1 story: “Draft”."]


def test_the_drafts_that_are_filed_under_a_row_are_named():
    person = make_person()
    for number in range(5):
        make_article(headline=f"Draft {number}", people=(person,))
    result = find_references(person)
    assert result.blockers == []
    assert result.consequences == [
        "5 stories are filed under it: “Draft 0”, “Draft 1”, “Draft 2” and 2 more. Their working copies go without "
        "it, each as a revision, until it is restored."
    ]


def test_what_goes_along_is_counted():
    person = make_person()
    person.other_names.create(name="A. Lund")
    make_membership(person, make_organization(), "clerk")
    (sentence,) = find_references(person).consequences
    assert sentence == "It takes along, and brings back: 1 other name, 1 membership."


@pytest.mark.parametrize(
    ("make", "phrase"),
    [
        (lambda: _organization_with_role(), "1 person has or had a role in it: “Ada Lund”."),
        (lambda: _parent_tag(), "1 other stands below it: “Ferries”."),
        (lambda: _tag_of_feed(), "The stories of 1 feed are filed under it: “Council”."),
        (lambda: _picture_of_draft(), "It is the picture of 1 story: “Pictured”."),
        (lambda: _portrait(), "It is the portrait of 1 person: “Ada Lund”."),
        (lambda: _portrait_of_author(), "It is the portrait of 1 author: “Ann Marrow”."),
        (lambda: _merged(), "Others were merged into it: “A. Lund”."),
    ],
)
def test_each_use_keeps_a_row(make, phrase):
    assert find_references(make()).blockers == [phrase]


def test_an_author_is_kept_by_bylines_and_by_editions():
    article = make_live(headline="Signed", bylines=("Ann Marrow",)).article
    result = find_references(article.bylines.get().author)
    assert result.blockers == [
        "It stands in the byline of 1 story: “Signed”.",
        "Readers have it, or had it, in 1 story: “Signed”.",
    ]


def test_names_of_more_rows_than_are_told_are_counted():
    keys = [make_tag(f"Tag of {number}").pk for number in range(4)]
    assert name_rows(type(make_tag()), keys) == "“Tag of 0”, “Tag of 1”, “Tag of 2” and 1 more"


@pytest.mark.parametrize(("count", "words"), [(2, "2 stories"), (3, "more than 1,000 stories")])
def test_no_more_are_counted_than_anybody_reads(monkeypatch, count, words):
    monkeypatch.setattr(references, "MAX_COUNTED", 2)
    tag = make_tag()
    for number in range(count):
        make_live(headline=f"Story {number}", tags=(tag,))
    (sentence,) = find_references(tag).blockers
    assert sentence.startswith(f"Readers have it, or had it, in {words}: “Story 0”, “Story 1”")


@pytest.mark.parametrize(("count", "is_kept"), [(2, False), (3, True)])
def test_of_more_stories_than_are_changed_at_once_none_is_changed(monkeypatch, count, is_kept):
    monkeypatch.setattr(references, "MAX_STORIES", 2)
    person = make_person()
    for _ in range(count):
        make_article(people=(person,))
    result = find_references(person)
    expected = ["More than 2 stories are filed under it: too many to change."]
    assert result.blockers == (expected if is_kept else [])
    assert bool(result.remedy) is is_kept
    assert linked_stories(make_image()) == []


def test_what_is_kept_for_says_what_to_do_instead():
    person, tag, image = make_person(), make_tag(), make_image()
    make_live(people=(person,), tags=(tag,), lead_image=image)
    remedies = [find_references(row).remedy for row in (person, tag, image)]
    words = ("merge it", "Rename it", "Take it out of the stories first")
    assert all(word in remedy for word, remedy in zip(words, remedies, strict=True))
    assert find_references(make_tag()).remedy == ""


@pytest.mark.parametrize("kind", [kind for kind in TRASHABLE if kind != "article"])
def test_every_way_to_a_row_is_looked_at(kind):
    """A new link to a person, a tag … either keeps it out of the trash, or goes there and comes back with it."""
    model = TRASHABLE[kind]
    listed = {(m, f) for use in BLOCKERS[model] for m, f, _ in use.paths}
    listed |= {*COMPANIONS.get(model, ())}
    if model in STORY_LINKS:
        through = getattr(Article, STORY_LINKS[model]).through
        listed.add((through, Article._meta.get_field(STORY_LINKS[model]).m2m_reverse_field_name()))
    ways = {
        (relation.related_model, relation.field.name)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.one_to_many
    }
    ways = {
        (m, f)
        for m, f in ways
        if not hasattr(m, "history_date") and m.__name__ != "FormerAddress"  # leads to it again
    }
    assert ways - listed == set()


def _organization_with_role():
    organization = make_organization()
    make_membership(make_person("Ada Lund"), organization, "clerk")
    return organization


def _parent_tag():
    parent = make_tag("Transport")
    make_tag("Ferries", parent=parent)
    return parent


def _tag_of_feed():
    tag = make_tag()
    feed = Subscription.objects.create(name="Council", url="https://c.example/", source="c")
    feed.tags.add(tag)
    return tag


def _picture_of_draft():
    image = make_image()
    make_article(headline="Pictured", lead_image=image)
    return image


def _portrait():
    image = make_image()
    make_person("Ada Lund", portrait=image)
    return image


def _portrait_of_author():
    image = make_image()
    Author.objects.create(name="Ann Marrow", portrait=image)
    return image


def _merged():
    target = make_person("Ada Lund")
    merge_rows(target, make_person("A. Lund"), by=None)
    return target
