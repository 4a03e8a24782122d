"""What filters make of an address; tests/public/views/articles/test_list.py holds what readers see of it."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Edition, EditionQuote
from articles.public.filters import EditionFilter, QuoteFilter
from tests.factories import make_live, make_live_quote, make_person, make_section, make_tag

pytestmark = pytest.mark.django_db
NAMES = ["q", "tag", "section", "person", "organization", "after", "before", "from", "x"]


def make_filter(query: str) -> EditionFilter:
    return EditionFilter(QueryDict(query), queryset=Edition.objects.listed())


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=40)), max_size=12))
def test_any_query_is_either_refused_or_answered(pairs):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value.encode("utf-8", "replace").decode())
    filters = EditionFilter(data, queryset=Edition.objects.listed())
    if filters.is_valid():
        assert list(filters.qs) == []
        assert EditionFilter(QueryDict(filters.query()), queryset=Edition.objects.none()).is_valid()
    else:
        assert filters.form.errors


def test_its_own_query_string_asks_for_the_same_again():
    section, tag, person = make_section("Council"), make_tag("Harbour"), make_person("Ann Webb")
    make_live(tags=(section, tag), people=(person,))
    query = f"q=two+words&section=council&tag=harbour&person={person.pk}&after=2026-01-01&before=2026-02-01"
    filters = make_filter(query)
    assert filters.is_valid()
    assert filters.query() == query


def test_repeated_and_empty_values_count_once_or_not_at_all():
    make_live(tags=(make_tag("Harbour"),))
    filters = make_filter("tag=harbour&tag=&tag=harbour&q=&person=&after=")
    assert filters.is_valid()
    assert filters.query() == "tag=harbour"


def test_days_are_half_open_where_the_paper_is(settings):
    settings.TIME_ZONE = "Europe/London"
    filters = make_filter("after=2026-03-29&before=2026-03-29")  # the day has 23 hours
    assert filters.is_valid()
    assert filters.bounds() == (
        datetime(2026, 3, 29, 0, tzinfo=UTC),
        datetime(2026, 3, 29, 23, tzinfo=UTC),
    )


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
@pytest.mark.parametrize("query", ["after=1000-01-01", "before=2999-12-31"])
def test_the_farthest_days_can_be_asked_for_in_every_zone(settings, zone, query):
    settings.TIME_ZONE = zone
    filters = make_filter(query)
    assert filters.is_valid()
    assert list(filters.qs) == []


def test_the_rarest_tag_is_walked_first():
    common, rare = make_tag("Common"), make_tag("Rare")
    for _ in range(3):
        make_live(tags=(common,))
    make_live(tags=(common, rare))
    filters = make_filter("tag=common&tag=rare")
    assert filters.is_valid()
    assert filters.walk.targets == [rare, common]


def test_a_tag_that_is_no_section_is_no_section():
    make_live(tags=(make_tag("Harbour"),))
    assert not make_filter("section=harbour").is_valid()


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=40)), max_size=12))
def test_any_query_for_quotes_is_either_refused_or_answered(pairs):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value.encode("utf-8", "replace").decode())
    filters = QuoteFilter(data, queryset=EditionQuote.objects.listed())
    if filters.is_valid():
        assert list(filters.qs) == []
    else:
        assert filters.form.errors


def test_a_query_for_quotes_asks_for_the_same_again():
    person = make_person("Ann Webb")
    make_live_quote("We pay.", person=person, fields={"tags": (make_tag("Harbour"),)})
    query = f"q=two+words&tag=harbour&person={person.pk}&after=2026-01-01&before=2026-02-01"
    filters = QuoteFilter(QueryDict(query), queryset=EditionQuote.objects.listed())
    assert filters.is_valid()
    assert filters.query() == query
