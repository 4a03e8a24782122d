"""Rows that lead nowhere: each kind where it is broken, and none of them where it holds."""

from datetime import UTC, datetime

import pytest

from articles.models import (
    Edition,
    EditionOrganization,
    EditionPerson,
    EditionQuote,
    Mention,
    Merge,
    StatementLink,
    Suggestion,
)
from articles.publishing import publish
from articles.record.consistency.orphans import (
    broken_merges,
    decisions_without_rows,
    inconsistent_editions,
    misplaced_mentions,
    orphaned_rows,
    orphaned_statement_links,
    quotes_without_parts,
)
from tests.factories import make_article, make_organization, make_person, make_quote

pytestmark = pytest.mark.django_db
BODY = "<p>“The quay holds.” It rained.</p>"
LENGTH = len("“The quay holds.” It rained.")
NOBODY = 10**9


def make_story(**fields):
    return make_article(body_html=BODY, **fields)


def make_live_story() -> Edition:
    """Publish a story with a quote, a person and an organization."""
    person, port = make_person("Ada Lund"), make_organization("Port of Sund")
    story = make_story(people=(person,), organizations=(port,))
    make_quote(story, "The quay holds.", person=person)
    return publish(story, by=None)


def messages(issues) -> list[str]:
    return [issue.message for issue in issues]


def test_in_a_record_that_holds_nothing_leads_nowhere():
    edition = make_live_story()
    Mention.objects.create(
        article=edition.article, person=make_person(), name="x", spans=[[0, LENGTH]]
    )
    assert list(orphaned_rows()) == []


def test_a_quote_stands_somewhere():
    story = make_story()
    make_quote(story, "The quay holds.")
    quote = make_quote(story, "It rained.")
    quote.parts.all().delete()
    (issue,) = quotes_without_parts()
    assert (issue.article, issue.key, issue.field) == (story.pk, quote.quote_key, "parts")
    assert list(orphaned_rows()) == [issue]


@pytest.mark.parametrize(
    ("spans", "is_right"),
    [
        ([], True),
        ([[0, 1]], True),
        ([[LENGTH - 1, LENGTH]], True),
        ([[LENGTH - 1, LENGTH + 1]], False),
        ([[-1, 3]], False),
        ([[3, 3]], False),
        ([[5, 3]], False),
        ([[1, 2, 3]], False),
        ([[1]], False),
        ([[0, 1], [3, 3]], False),
    ],
)
def test_a_name_stands_at_places_of_the_text(spans, is_right):
    story = make_story()
    Mention.objects.create(article=story, person=make_person(), name="Ada", spans=spans)
    issues = list(misplaced_mentions())
    assert [issue.article for issue in issues] == ([] if is_right else [story.pk])
    assert list(orphaned_rows()) == issues


@pytest.mark.parametrize(
    ("name", "model", "field", "make"),
    [
        ("people", EditionPerson, "person", make_person),
        ("organizations", EditionOrganization, "organization", make_organization),
    ],
)
def test_an_edition_links_whom_its_page_names(name, model, field, make):
    edition = make_live_story()
    other = make_live_story()
    model.objects.filter(edition=edition).update(**{field: make()})
    (issue,) = inconsistent_editions()
    assert (issue.article, issue.field) == (edition.article_id, f"edition 1, {name}")
    model.objects.all().delete()
    assert {issue.article for issue in inconsistent_editions()} == {
        edition.article_id,
        other.article_id,
    }


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "partial"),
        ("text", "The quay falls."),
        ("role", "mayor"),
        ("said_on", datetime(2026, 1, 2, tzinfo=UTC).date()),
        ("statement_key", "x"),
    ],
)
def test_the_row_of_a_quote_says_what_its_page_prints(column, value):
    edition = make_live_story()
    assert list(inconsistent_editions()) == []
    EditionQuote.objects.update(**{column: value})
    (issue,) = inconsistent_editions()
    assert issue.message == f"Row and page differ in {column}."
    assert (issue.article, issue.key) == (edition.article_id, edition.quotes[0]["key"])


def test_a_quote_stands_on_the_page_and_has_a_row():
    edition = make_live_story()
    EditionQuote.objects.update(quote_key="a" * 10)
    assert sorted(messages(inconsistent_editions())) == [
        "A quote has a row and is not on its page.",
        "Its page prints a quote that has no row.",
    ]
    assert {issue.article for issue in inconsistent_editions()} == {edition.article_id}


def test_editions_of_a_spiked_story_are_left_alone():
    edition = make_live_story()
    EditionQuote.objects.all().delete()
    assert list(inconsistent_editions()) != []
    edition.article.trashed_at = datetime(2026, 1, 1, tzinfo=UTC)
    edition.article.save()
    assert list(inconsistent_editions()) == []


def test_both_statements_of_a_link_are_on_record_or_in_an_edition():
    edition = make_live_story()
    on_record = make_quote(make_story(), "It rained.").quote_key
    published = edition.quotes[0]["key"]
    edition.article.quotes.all().delete()
    StatementLink.objects.create(kind="repeats", later=on_record, earlier=published)
    assert list(orphaned_statement_links()) == []
    StatementLink.objects.create(kind="repeats", later="gone1", earlier=published)
    StatementLink.objects.create(kind="repeats", later=on_record, earlier="gone2")
    issues = list(orphaned_statement_links())
    assert [(issue.field, issue.key) for issue in issues] == [
        ("later", "gone1"),
        ("earlier", "gone2"),
    ]
    assert list(orphaned_rows()) == issues


@pytest.mark.parametrize(
    ("state", "is_right"),
    [("accepted", False), ("changed", False), ("open", True), ("rejected", True)],
)
def test_what_came_of_an_accepted_find_is_there(state, is_right):
    story = make_story()
    values = {"kind": "quote", "start": 0, "end": 1, "found": {}, "confidence": 1, "state": state}
    Suggestion.objects.create(article=story, fingerprint="a", **values)
    quote = make_quote(story, "It rained.")
    mention = Mention.objects.create(article=story, person=make_person(), name="Ada")
    Suggestion.objects.create(article=story, fingerprint="b", quote=quote, **values)
    Suggestion.objects.create(article=story, fingerprint="c", mention=mention, **values)
    issues = list(decisions_without_rows())
    assert [issue.article for issue in issues] == ([] if is_right else [story.pk])


def merge(source: int, target: int, kind: str = "person", **fields) -> Merge:
    return Merge.objects.create(kind=kind, gone=source, survivor=target, name="A", **fields)


def test_a_merge_leads_to_a_row_of_its_kind_or_to_another_merge():
    person, organization = make_person(), make_organization()
    merge(NOBODY, person.pk)
    merge(NOBODY + 1, NOBODY)
    merge(NOBODY, organization.pk, kind="organization")
    assert list(broken_merges()) == []
    merge(NOBODY + 2, NOBODY + 1, kind="organization")
    assert messages(broken_merges()) == [
        f"“A” was merged into no. {NOBODY + 1}, which does not exist."
    ]


def test_a_merge_that_was_undone_is_none_and_one_whose_row_stands_is_broken():
    person, other = make_person(), make_person()
    merge(other.pk, person.pk, undone_at=datetime(2026, 1, 1, tzinfo=UTC))
    merge(NOBODY, NOBODY + 1, undone_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert list(broken_merges()) == []
    row = merge(other.pk, person.pk)
    (issue,) = broken_merges()
    assert issue.field == f"merge {row.pk}, person {other.pk}"
    assert issue.message == f"“A” was merged into no. {person.pk} and is still there."
