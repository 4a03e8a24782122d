"""The source audit, counted by hand on a small invented paper."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Edition, Quote, User
from articles.publishing import publish, withdraw
from articles.record.source_audit import Audit, AuditQuery, Month, default_period
from tests.factories import (
    make_article,
    make_organization,
    make_person,
    make_quote,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db
SPRING = AuditQuery(date(2026, 3, 1), date(2026, 5, 31))
CLOSED = "The ferry will not sail again this year"
SHORT = "No comment"
CAPTAIN = {
    "unnamed": "a ferry captain",
    "unnamed_reason": "Would lose the ship.",
    "approved_at": datetime(2026, 1, 1, tzinfo=UTC),
}


def publish_story(day: datetime, *statements: tuple[str, dict[str, Any]], **fields: Any) -> Edition:
    """Publish a story of ``day`` in which each of the words is ``said`` by somebody."""
    html = "".join(f"<p>“{words},” it was heard.</p>" for words, _ in statements)
    article = make_article(published_at=day, body_html=html, **fields)
    for words, speaker in statements:
        make_quote(article, words, **speaker)
    return publish(article, by=None)


def noon(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


@pytest.fixture
def cast(db) -> dict[str, Any]:
    """Three people, two organizations, two desks, two tags."""
    return {
        "ada": make_person("Ada Lund"),
        "bram": make_person("Bram Oye"),
        "cleo": make_person("Cleo Strand"),
        "council": make_organization("Sund Council", kind="government"),
        "line": make_organization("Skarv Ferries", kind="company"),
        "town": make_section("Town"),
        "sea": make_section("Sea"),
        "ferries": make_tag("Ferries"),
        "votes": make_tag("Votes"),
    }


@pytest.fixture
def published_cast(cast) -> dict[str, Any]:
    """Five stories of the spring with nine quotes, one of the winter, one that is withdrawn.

    Quoted by name in spring: Ada 4, Bram 1, the council 1, Cleo 1. Two quotes are of a source without a name.
    """
    town, sea, ferries, council = (cast[name] for name in ("town", "sea", "ferries", "council"))
    mayor = {"person": cast["ada"], "on_behalf_of": council}
    wire = {"source": "coastline"}
    publish_story(noon(1, 10), ("We shall see about the quay", mayor), tags=(town,))
    publish_story(
        noon(3, 2), (CLOSED, mayor), (SHORT, {"person": cast["bram"]}), tags=(town, ferries)
    )
    publish_story(noon(3, 20), (CLOSED.upper(), mayor), (SHORT, mayor), tags=(sea, town), **wire)
    publish_story(
        noon(5, 4), ("The vote stands", {"organization": council}), tags=(cast["votes"],), **wire
    )
    ignored, tired = ("Nobody asked the crews about it", CAPTAIN), ("They are tired", CAPTAIN)
    publish_story(noon(5, 5), ignored, tired, tags=(sea, ferries))
    cleo = {"person": cast["cleo"], "kind": "partial", "on_behalf_of": cast["line"]}
    sold = ("I sold my boat", cleo)
    publish_story(noon(5, 6), sold, (SHORT, mayor))
    withdrawn = publish_story(
        noon(5, 7), ("This was never said", {"person": make_person("Dag Moe")})
    )
    withdraw(withdrawn.article, by=None, reason="It was not said.")
    return cast


def test_totals_are_what_is_counted_by_hand(published_cast):
    totals = Audit(SPRING).totals
    assert (totals.quotes, totals.stories) == (9, 5)
    assert (totals.people, totals.organizations, totals.sources) == (3, 1, 4)
    assert (totals.unnamed, totals.own) == (2, 6)
    assert totals.unnamed_share == pytest.approx(2 / 9)
    assert totals.own_share == pytest.approx(6 / 9)


def test_the_same_statement_in_two_stories_is_one_and_short_words_are_told_apart(published_cast):
    assert Audit(SPRING).totals.statements == 8, "Ada’s ferry is one, each “No comment” is its own"


def test_the_same_words_by_two_speakers_are_two_statements(published_cast):
    words = "Nobody asked the crews about it"
    publish_story(noon(5, 9), (words, {"person": published_cast["ada"]}), (words, CAPTAIN))
    assert Audit(SPRING).totals.statements == 9


def test_voices_are_ranked_with_stories_share_and_first_day(published_cast):
    sources = Audit(SPRING).sources(10)
    assert [(v.kind, v.name, v.quotes, v.stories, v.first_on) for v in sources] == [
        ("person", "Ada Lund", 4, 3, date(2026, 1, 10)),
        ("person", "Bram Oye", 1, 1, date(2026, 3, 2)),
        ("person", "Cleo Strand", 1, 1, date(2026, 5, 6)),
        ("organization", "Sund Council", 1, 1, date(2026, 5, 4)),
    ]
    assert sources[0].share == pytest.approx(4 / 9)
    assert Audit(SPRING).top_share == pytest.approx(7 / 9)
    assert [source.name for source in Audit(SPRING).sources(1)] == ["Ada Lund"]


def test_organizations_speak_and_are_spoken_for(published_cast):
    rows = [
        (b.name, b.kind, b.quotes, b.stories, b.people) for b in Audit(SPRING).organizations(10)
    ]
    assert rows == [
        ("Sund Council", "government", 5, 4, 1),
        ("Skarv Ferries", "company", 1, 1, 1),
    ]


def test_a_kind_of_role_is_that_of_the_organization_and_nothing_is_inferred(published_cast):
    rows = {row.name: (row.quotes, row.sources) for row in Audit(SPRING).roles()}
    assert rows == {
        "government": (5, 2),
        "unnamed source": (2, 0),
        "company": (1, 1),
        "no organization on record": (1, 1),
    }


def test_months_tell_first_time_from_repeat_voices(published_cast):
    assert Audit(SPRING).months == [
        Month(date(2026, 3, 1), quotes=4, stories=2, sources=2, first_time=1, own=2, unnamed=0),
        Month(date(2026, 4, 1)),
        Month(date(2026, 5, 1), quotes=5, stories=3, sources=3, first_time=2, own=4, unnamed=2),
    ]
    may = Audit(SPRING).months[-1]
    assert (may.repeat, may.wire) == (1, 1)
    totals = Audit(SPRING).totals
    assert (totals.first_people, totals.first_organizations, totals.first_time) == (2, 1, 3)


def test_who_was_quoted_on_another_desk_before_is_no_first_time_voice(published_cast):
    publish_story(
        noon(5, 12),
        ("I shall vote", {"person": published_cast["bram"]}),
        tags=(published_cast["sea"],),
    )
    of_sea = Audit(AuditQuery(date(2026, 5, 1), date(2026, 5, 31), desk=published_cast["sea"]))
    assert (of_sea.totals.sources, of_sea.totals.first_time) == (1, 0)
    assert [(month.sources, month.first_time) for month in of_sea.months] == [(1, 0)]


def test_a_month_begins_at_midnight_where_the_paper_is(published_cast, settings):
    settings.TIME_ZONE = "America/Halifax"
    late = datetime(2026, 5, 1, 2, 30, tzinfo=UTC)  # 30 April, 23:30 there
    early = datetime(2026, 6, 1, 2, 59, tzinfo=UTC)  # 31 May, 23:59 there
    for at in (late, early):
        publish_story(at, (f"It is late now, {at.month}", {"person": published_cast["cleo"]}))
    months = Audit(SPRING).months
    assert [(month.start.month, month.quotes) for month in months] == [(3, 4), (4, 1), (5, 6)]
    assert months[1].first_time == 1
    assert months[2].first_time == 1, "the council; Cleo was first heard in April"
    cleo = next(source for source in Audit(SPRING).sources(9) if source.name == "Cleo Strand")
    assert cleo.first_on == date(2026, 4, 30)


def test_who_is_heard_at_the_first_instant_of_a_month_is_new_in_it(cast):
    publish_story(datetime(2026, 4, 1, tzinfo=UTC), ("I sail", {"person": cast["ada"]}))
    audit = Audit(SPRING)
    assert [month.first_time for month in audit.months] == [0, 1, 0]
    april = Audit(AuditQuery(date(2026, 4, 1), date(2026, 4, 30)))
    assert (april.totals.quotes, april.totals.first_people) == (1, 1)
    assert Audit(AuditQuery(date(2026, 3, 1), date(2026, 3, 31))).totals.quotes == 0


def test_own_reporting_stands_against_wire(published_cast):
    rows = [(row.name, row.quotes, row.stories, row.sources) for row in Audit(SPRING).origins(5)]
    assert rows == [
        ("own reporting", 6, 3, 3),
        ("wire and imports", 3, 2, 2),
        ("of these, coastline", 3, 2, 2),
    ]


def test_desks_and_tags_count_a_story_for_each_of_theirs(published_cast):
    desks = [(row.key, row.name, row.quotes) for row in Audit(SPRING).desks(10)]
    assert desks == [("sea", "Sea", 4), ("town", "Town", 4), ("", "no desk", 3)]
    tags = [(row.name, row.quotes, row.unnamed) for row in Audit(SPRING).tags(10)]
    assert tags == [("Ferries", 4, 2), ("Votes", 1, 0)]
    assert [row.name for row in Audit(SPRING).tags(1)] == ["Ferries"]


@pytest.mark.parametrize(
    ("filters", "quotes"),
    [
        ({"desk": "town"}, 4),
        ({"tag": "ferries"}, 4),
        ({"desk": "sea", "tag": "ferries"}, 2),
        ({"desk": "sea", "tag": "town"}, 2),
        ({"origin": "own"}, 6),
        ({"origin": "wire"}, 3),
        ({"kind": "partial"}, 1),
        ({"kind": "direct", "origin": "own", "tag": "ferries"}, 4),
    ],
)
def test_each_filter_narrows_every_table(published_cast, filters, quotes):
    tags = {name: published_cast[filters[name]] for name in ("desk", "tag") if name in filters}
    audit = Audit(AuditQuery(SPRING.first_on, SPRING.last_on, **filters | tags))
    assert audit.totals.quotes == quotes
    assert sum(row.quotes for row in audit.roles()) == quotes
    assert sum(month.quotes for month in audit.months) == quotes
    assert sum(row.quotes for row in audit.origins(0)) == quotes
    assert sum(source.quotes for source in audit.sources(99)) == quotes - audit.totals.unnamed


def test_what_is_taken_off_the_record_counts_until_readers_no_longer_get_it(published_cast):
    quote = Quote.objects.get(person=published_cast["bram"])
    article = quote.article
    quote.delete()
    assert Audit(SPRING).totals.quotes == 9, "readers still have it"
    edition = publish(article, by=None)
    assert Audit(SPRING).totals.quotes == 8
    assert Audit(SPRING, at=edition.starts_at - timedelta(microseconds=1)).totals.quotes == 9


def test_a_period_without_quotes_has_nothing_but_its_months():
    audit = Audit(AuditQuery(date(2025, 12, 15), date(2026, 2, 1)))
    assert (audit.totals.quotes, audit.totals.statements, audit.totals.unnamed_share) == (0, 0, 0.0)
    assert audit.sources(9) == audit.organizations(9) == audit.roles() == audit.origins(9) == []
    assert audit.desks(9) == audit.tags(9) == []
    days = [date(2025, 12, 15), date(2026, 1, 1), date(2026, 2, 1)]
    assert audit.months == [Month(day) for day in days]
    assert audit.top_share == 0.0


def test_the_usual_period_is_this_month_and_the_eleven_before():
    assert default_period(date(2026, 11, 24)) == (date(2025, 12, 1), date(2026, 11, 24))
    assert default_period(date(2026, 12, 31)) == (date(2026, 1, 1), date(2026, 12, 31))


def test_the_number_of_queries_does_not_depend_on_the_number_of_quotes(published_cast):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            audit = Audit(SPRING)
            tables = [audit.sources(99), audit.organizations(99), audit.roles(), audit.months]
            tables += [audit.origins(99), audit.desks(99), audit.tags(99), [audit.top_share]]
            assert all(tables)
        return len(captured)

    before = count()
    for number in range(8):
        words = f"The harbour has {number} cranes"
        publish_story(noon(4, number + 1), (words, {"person": make_person()}), tags=(make_tag(),))
    assert count() == before <= 15


def test_no_account_is_asked_for(published_cast):
    """The audit is of what is printed: who confirmed a quote is nobody's business here."""
    with CaptureQueriesContext(connection) as captured:
        Audit(SPRING).sources(9)
    assert not [query for query in captured if User._meta.db_table in query["sql"]]
