"""Rows written past the objects are those that Django would have written."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from articles.models import (
    Article,
    Byline,
    Edition,
    EditionTag,
    EmptiedItem,
    ImportedItem,
    ImportRun,
    Revision,
    bulk,
)
from articles.models.visibility import FOREVER
from tests.factories import make_article, make_live, make_organization, make_person, make_tag

pytestmark = pytest.mark.django_db
DATETIMES: list[Any] = [
    datetime(2026, 3, 4, 5, 6, 7, 890123, tzinfo=UTC),
    datetime(1890, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30))),
    FOREVER,
    None,
]
WORDS = ["", "a\tb\\N\nc\r", "\\.", 'q"q', "Ж “quoted” 🌊", "NULL", "%s %(x)s", "\u2028"]
VALUES = [
    None, {}, [], "", 0, 1.5, True, {"ö": [None, "\\N", "a\tb", {"x": "“🌊”"}]}, "null", [[1, 2]],
]  # fmt: skip


def read_rows(model):
    """Return all rows of ``model`` but for their primary keys."""
    names = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
    return [
        tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
        for row in model.objects.order_by("pk").values_list(*names)
    ]


def is_written_the_same(model, make):
    """Tell whether objects come back the same from both ways of writing them."""
    objects = make()
    model.objects.bulk_create(objects)
    expected = read_rows(model)
    model._base_manager.all().delete()
    objects = make()
    bulk.insert_objects(objects)
    assert all(row.pk and not row._state.adding for row in objects)
    assert [row.pk for row in objects] == sorted(model.objects.values_list("pk", flat=True))
    assert expected
    assert read_rows(model) == expected
    return True


def test_articles_come_back_the_same():
    def make():
        return [
            Article(
                headline=word,
                body_html=word,
                published_at=published_at,
                original=data,
                original_map=value,
                created_at=DATETIMES[0],
                updated_at=DATETIMES[0],
            )
            for word in WORDS
            for published_at, data, value in zip(
                DATETIMES, [None, b"", bytes(range(256)), b"\\x41\0"], [[], [[0, 1, 2]], None, []], strict=True
            )
        ]  # fmt: skip

    assert is_written_the_same(
        Article, lambda: [article for article in make() if article.original_map is not None]
    )


def test_editions_come_back_the_same():
    article = make_article()

    def make():
        return [
            Edition(
                article=article,
                number=number,
                starts_at=DATETIMES[0] + timedelta(days=number),
                ends_at=DATETIMES[0] + timedelta(days=number + 1),
                published_at=DATETIMES[1],
                modified_at=DATETIMES[0],
                headline=WORDS[number],
                language="en",
                tags=[{"id": 1, "name": WORDS[number]}],
                picture=value,
                quotes=[value],
            )
            for number, value in enumerate([None, {"a": "“🌊”"}, {"b": [1, None]}])
        ]

    assert is_written_the_same(Edition, make)


def test_items_come_back_the_same():
    run, article = ImportRun.objects.create(source="x"), make_article()
    make = lambda: [  # noqa: E731
        ImportedItem(
            source="x", ref=word or "none", version=word, hash="0" * 64, result="created",
            run=run, article=article, position=2**40 + number,
        )
        for number, word in enumerate(WORDS)
    ]  # fmt: skip
    assert is_written_the_same(ImportedItem, make)


def test_revisions_come_back_the_same():
    article = Article.objects.create(headline="x")
    names = ("article_id", "number", "by_id", "at", "snapshot", "is_edit", "note")
    lines = [
        (article.pk, n, None, DATETIMES[n % 2], value, bool(n % 2), "What came")
        for n, value in enumerate(VALUES)
        if value is not None
    ]
    Revision.objects.bulk_create(Revision(**dict(zip(names, line, strict=True))) for line in lines)
    expected = read_rows(Revision)
    Revision.objects.all().delete()
    assert bulk.insert(Revision, names, iter(lines)) == len(lines)
    assert read_rows(Revision) == expected
    assert [row.snapshot for row in Revision.objects.order_by("number")] == [l[4] for l in lines]  # noqa: E741


def test_links_come_back_the_same():
    article, tag, edition = make_article(bylines=("Ann",)), make_tag(), make_live()
    author = article.authors.get()
    Byline.objects.all().delete()
    bulk.insert(
        Byline,
        ("article_id", "author_id", "role", "order"),
        [(article.pk, author.pk, word, n) for n, word in enumerate(WORDS)],
    )
    assert [line.role for line in article.bylines.order_by("order")] == WORDS
    for field, row in (
        ("tags", tag),
        ("people", make_person()),
        ("organizations", make_organization()),
    ):
        through = getattr(Article, field).through
        name = Article._meta.get_field(field).m2m_reverse_field_name()
        assert bulk.insert(through, ("article_id", f"{name}_id"), [(article.pk, row.pk)]) == 1
        assert list(getattr(article, field).all()) == [row]
    columns = ("edition_id", "published_at", "tag_id")
    bulk.insert(EditionTag, columns, [(edition.pk, DATETIMES[0], tag.pk)])
    assert EditionTag.objects.get(tag=tag).published_at == DATETIMES[0]


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert bulk.insert(EditionTag, ("edition_id",), iter(())) == 0
        bulk.insert_objects([])


def test_a_key_is_given_once_also_beside_rows_that_django_inserts():
    keys = []
    for _ in range(3):
        with transaction.atomic():
            rows = [Article(headline="x") for _ in range(3)]
            bulk.insert_objects(rows)
            keys += [row.pk for row in rows]
            keys.append(Article.objects.create(headline="y").pk)
    assert len(keys) == len(set(keys)) == Article.objects.count() == 12


def test_a_key_of_a_deleted_row_is_not_given_again():
    first = [Article(headline="x") for _ in range(2)]
    bulk.insert_objects(first)
    Article.objects.all().delete()
    second = [Article(headline="y")]
    bulk.insert_objects(second)
    assert second[0].pk > max(key for key in [row.pk or 0 for row in first])


def test_a_row_twice_is_refused_as_ever():
    edition, tag = make_live(), make_tag()
    row = (edition.pk, DATETIMES[0], tag.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(EditionTag, ("edition_id", "published_at", "tag_id"), [row, row])
    assert not EditionTag.objects.filter(tag=tag).exists()


def test_a_nul_is_refused_as_a_fault_of_the_data(postgres):
    with pytest.raises(DataError), transaction.atomic():
        bulk.insert_objects([Article(headline="a\0b")])
    assert connection.is_usable()
    assert not Article.objects.exists()


def test_a_word_that_is_too_long_is_refused_as_a_fault_of_the_data(postgres):
    with pytest.raises(DataError), transaction.atomic():
        bulk.insert_objects([Article(headline="a" * 301)])


def test_the_first_key_of_a_table_on_sqlite_is_one():
    if connection.vendor != "sqlite":
        pytest.skip("elsewhere a sequence gives the keys")
    table = EmptiedItem._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
    assert bulk.reserve(EmptiedItem, 2) == [1, 2]
    bulk.insert_objects([EmptiedItem(source="wire", ref=str(number)) for number in range(2)])
    assert bulk.reserve(EmptiedItem, 1) == [3]
    assert bulk.reserve(EmptiedItem, 0) == []
