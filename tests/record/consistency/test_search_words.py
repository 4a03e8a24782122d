"""The check of the record tells which stories readers do not find by their words, and what to do."""

import pytest
from django.db import connection

from articles.models import EditionSearch, Person
from articles.models.search import WORDS_TABLE
from articles.public.search.build import build_index
from articles.record.consistency.search_words import search_issues
from articles.record.merging.merge import merge_rows
from articles.text.search import parse_query
from articles.text.search.index import IndexQuery, label
from tests.factories import make_live, make_live_many, make_person, make_user, make_withdrawn

pytestmark = pytest.mark.django_db


def test_what_is_published_holds():
    make_live_many(3)
    make_withdrawn()
    assert list(search_issues()) == []


def test_a_missing_row_is_told_and_mended():
    edition = make_live()
    EditionSearch.objects.all().unindex()
    (issue,) = search_issues()
    assert issue.article == edition.article_id
    assert "build_search --all" in issue.remedy
    list(build_index(every=True))
    assert list(search_issues()) == []


def test_other_words_are_told():
    story = make_live(headline="Herring lands")
    EditionSearch.objects.update(headline="cod")
    assert story.article_id in [issue.article for issue in search_issues()]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL (DATABASE_URL)")
def test_another_vector_is_told():
    make_live(headline="Herring lands")
    EditionSearch.objects.update(vector="'cod':1A")
    assert len(list(search_issues())) == 1


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="needs SQLite, the default database")
def test_a_table_of_words_that_has_come_apart_is_told():
    make_live(headline="Herring lands")
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {WORDS_TABLE} (rowid, headline) VALUES (7, 'cod')")  # noqa: S608
    (issue,) = search_issues()
    assert issue.article == 0


def test_who_was_merged_leads_to_the_same_stories():
    first, second = make_person("Ada Lund"), make_person("Ada Lunde")
    story = make_live(people=(second,), headline="Herring lands")
    merge_rows(first, second, by=make_user(), is_sure=True)
    rows = EditionSearch.objects.matching(
        IndexQuery(parse_query("herring", "en"), (label("p", first.pk),))
    )
    assert rows.get().edition_id == story.pk
    assert Person.objects.count() == 1
    assert list(search_issues()) == []
