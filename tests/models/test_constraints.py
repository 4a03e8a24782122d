"""Constraints that several tables share: who a row is about, and what only PostgreSQL can watch."""

from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction

from articles.models import Edition, EditionQuote, Identifier, Mention, Quote, RightOfReply
from articles.models.constraints import PostgresExclusion
from tests.factories import make_article, make_live_quote, make_organization, make_person

pytestmark = pytest.mark.django_db


def is_refused(create) -> bool:
    try:
        with transaction.atomic():
            create()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(("has_person", "has_organization"), [*product([False, True], repeat=2)])
def test_a_row_is_of_a_person_or_of_an_organization(has_person, has_organization):
    owners = {
        "person": make_person() if has_person else None,
        "organization": make_organization() if has_organization else None,
    }
    is_wrong = has_person == has_organization
    article = make_article()
    assert is_wrong is is_refused(
        lambda: Mention.objects.create(article=article, name="x", **owners)
    )
    assert is_wrong is is_refused(
        lambda: Identifier.objects.create(scheme="x", identifier="y", **owners)
    )


@pytest.mark.parametrize(
    ("has_person", "has_organization", "unnamed"),
    [*product([False, True], [False, True], ["", "x"])],
)
def test_a_quote_and_a_request_have_exactly_one_whom_they_are_of(
    has_person, has_organization, unnamed
):
    speaker = {
        "person": make_person() if has_person else None,
        "organization": make_organization() if has_organization else None,
    }
    is_wrong = [has_person, has_organization, bool(unnamed)].count(True) != 1
    edition = make_live_quote("The quay holds.", person=make_person())
    row = edition.quote_links.get()
    article = make_article()

    def change_edition_quote() -> None:
        EditionQuote.objects.filter(pk=row.pk).update(unnamed=unnamed, **speaker)

    def create_quote() -> None:
        Quote.objects.create(article=article, text="x", unnamed=unnamed, **speaker)

    def create_request() -> None:
        RightOfReply.objects.create(article=article, name=unnamed, **speaker)

    for store in (change_edition_quote, create_quote, create_request):
        assert is_wrong is is_refused(store), store.__name__


def exclusion() -> PostgresExclusion:
    rows = Edition._meta.constraints
    return next(row for row in rows if isinstance(row, PostgresExclusion))


def test_only_postgresql_is_asked_to_watch_over_spans_of_time():
    is_watched = connection.vendor == "postgresql"
    editor = connection.SchemaEditorClass(connection, collect_sql=True)
    editor.deferred_sql = []
    for statement in (
        exclusion().constraint_sql(Edition, editor),
        exclusion().create_sql(Edition, editor),
        exclusion().remove_sql(Edition, editor),
    ):
        assert bool(statement) is is_watched


def test_a_form_leaves_the_overlap_of_editions_to_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        exclusion().validate(Edition, Edition())
