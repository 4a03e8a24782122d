"""The page of the source audit: its filters, its tables as files, its charts, and what it answers to nonsense."""

import csv
import re
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.source_audit.charts import bar_chart, column_chart
from articles.admin.source_audit.tables import TABLES
from articles.admin.source_audit.views import MAX_ROWS_SHOWN, escape_formula
from articles.models import FormerTagName, Person, Tag
from articles.record.source_audit import Month
from articles.roles import make_roles
from tests.factories import (
    make_live_quote,
    make_organization,
    make_person,
    make_section,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db
YEAR = {"after": "2026-01-01", "before": "2026-12-31"}


def audit_address(**query: object) -> str:
    return reverse("admin:articles_quote_audit", query=query or None)


def table_texts(response: Any, key: str) -> list[list[str]]:
    """Return the texts of a table of the page."""
    sections = {section.table.key: section.table for section in response.context["sections"]}
    return [[cell.text for cell in row] for row in sections[key].rows]


def rows_of(response: Any) -> list[list[str]]:
    return list(csv.reader(response.content.decode().splitlines()))


def publish_quote(
    text: str, month: int = 3, *, source: str = "", tags: tuple = (), **speaker: Any
) -> None:
    day = datetime(2026, month, 2, 12, tzinfo=UTC)
    fields = {"published_at": day, "source": source, "tags": tags}
    make_live_quote(text, fields=fields, **speaker)


@pytest.fixture
def ada(db) -> Person:
    """Ada spoke thrice for the council in 2026, once in a story of the wire; Bram once."""
    ada, council = make_person("Ada Lund"), make_organization("Sund Council", kind="government")
    town, ferries = make_section("Town"), make_tag("Ferries")
    for month in (2, 3):
        publish_quote(
            f"We meet in month {month}", month, person=ada, on_behalf_of=council, tags=(town,)
        )
    publish_quote("We have met enough by now", 4, person=ada, source="coastline", tags=(ferries,))
    publish_quote("I was not asked at all", 4, person=make_person("Bram Oye"), tags=(town, ferries))
    return ada


def test_the_page_has_tables_with_captions_headings_and_files(chief_client, ada):
    page = chief_client.get(audit_address(**YEAR))
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("<caption>") == len(TABLES) - 1
    assert text.count('scope="col"') > 30
    assert table_texts(page, "voices")[0] == ["Ada Lund", "3", "75.0", "3", "2 Feb 2026"]
    assert f'<a href="/admin/articles/person/{ada.pk}/change/">Ada Lund</a>' in text
    assert table_texts(page, "roles")[0][:2] == ["government", "2"]
    for name in TABLES:
        assert f"table={name}&amp;format=csv" in text, name


def test_charts_are_named_drawings_without_style_or_script(chief_client, ada):
    text = chief_client.get(audit_address(**YEAR)).content.decode()
    drawings = re.findall(r'<svg class="chart".*?</svg>', text, re.DOTALL)
    assert len(drawings) == len(TABLES) - 2, "all but the figures and the two rows of own and wire"
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)  # noqa: S314 (our own page)
        assert root.get("role") == "img"
        ids = [child.get("id") for child in root if child.tag in ("title", "desc")]
        assert root.get("aria-labelledby").split() == ids
        assert all(child.text for child in root if child.tag in ("title", "desc"))
    assert "style=" not in "".join(drawings)


FILTERS: list[tuple[dict[str, str], str]] = [  # query, quotes that are counted
    ({}, "4"),
    ({"after": "2026-03-01"}, "3"),
    ({"before": "2026-03-02"}, "2"),
    ({"desk": "town"}, "3"),
    ({"tag": "ferries"}, "2"),
    ({"tag": "FERRIES"}, "2"),
    ({"tag": "Boats"}, "2"),
    ({"origin": "own"}, "3"),
    ({"origin": "wire"}, "1"),
    ({"kind": "direct"}, "4"),
    ({"kind": "indirect"}, "0"),
    ({"desk": "town", "tag": "Ferries", "origin": "own"}, "1"),
]


def test_each_filter_narrows(chief_client, ada, subtests):
    ferries = Tag.objects.get(slug="ferries")
    FormerTagName.objects.create(tag=ferries, name="Boats", slug="boats-of-old")
    for query, quotes in FILTERS:
        with subtests.test(query=query):
            page = chief_client.get(audit_address(**YEAR | query))
            assert page.context["totals"].rows[0][1].text == quotes
            for name, value in query.items():
                assert f'value="{value}"' in page.content.decode(), name


REFUSED: list[tuple[dict[str, str], str]] = [  # query, what is said about it
    ({"after": "yesterday"}, "Write a day as 2026-11-23."),
    ({"after": "2026-02-30"}, "Write a day as 2026-11-23."),
    ({"after": "0001-01-01"}, "No story can be that old or that new."),
    ({"before": "9999-12-31"}, "No story can be that old or that new."),
    ({"after": "2026-05-02", "before": "2026-05-01"}, "The last day is before the first."),
    ({"after": "2000-01-01"}, "Look at ten years at once at most"),
    ({"desk": "nowhere"}, "This paper has no desk “nowhere”"),
    ({"desk": "ferries"}, "This paper has no desk “ferries”"),
    ({"tag": "nothing"}, "This paper has no tag “nothing”"),
    ({"tag": "a\0b"}, "Null characters are not allowed"),
    ({"tag": "x" * 121}, "at most 120 characters"),
    ({"origin": "theirs"}, "Reporting is own or wire"),
    ({"kind": "'"}, "There is no kind of quote"),
    ({"table": "people"}, "There is no such table. There are: totals, voices"),
    ({"table": "voices", "format": "pdf"}, "as a page or as csv"),
    ({"format": "csv"}, "Say which table: totals, voices"),
]


def test_what_cannot_be_answered_is_told_beside_its_field(chief_client, ada, subtests):
    for query, error in REFUSED:
        with subtests.test(query=query):
            page = chief_client.get(audit_address(**query))
            assert page.status_code == 400
            assert error in page.content.decode()


def test_two_tags_of_one_name_are_told_apart_by_slug(chief_client, ada):
    make_tag("Sund", slug="sund-place", kind="place")
    make_tag("Sund", slug="sund-topic")
    page = chief_client.get(audit_address(tag="Sund"))
    assert "write one of sund-place, sund-topic" in page.content.decode()
    assert chief_client.get(audit_address(tag="sund-place")).status_code == 200


def test_a_table_is_a_file_with_plain_values(chief_client, ada):
    response = chief_client.get(audit_address(**YEAR, table="voices", format="csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    name = "source-audit-voices-2026-01-01-2026-12-31.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.content.endswith(b"\r\n")
    assert rows_of(response) == [
        ["Source", "Quotes", "Share in %", "Stories", "First quoted"],
        ["Ada Lund", "3", "75.0", "3", "2026-02-02"],
        ["Bram Oye", "1", "25.0", "1", "2026-04-02"],
    ]


def test_every_table_is_a_file_with_rows_as_wide_as_its_head(chief_client, ada, subtests):
    for name in TABLES:
        with subtests.test(name):
            rows = rows_of(chief_client.get(audit_address(**YEAR, table=name, format="csv")))
            assert len(rows) > 1
            assert {len(row) for row in rows} == {len(rows[0])}


def test_the_file_holds_what_the_page_has_no_room_for(chief_client):
    for number in range(MAX_ROWS_SHOWN + 2):
        publish_quote(f"I said this as number {number}", person=make_person())
    page = chief_client.get(audit_address(**YEAR))
    assert len(table_texts(page, "voices")) == MAX_ROWS_SHOWN
    assert f"The first {MAX_ROWS_SHOWN}; the file has more." in page.content.decode()
    assert (
        len(rows_of(chief_client.get(audit_address(**YEAR, table="voices", format="csv"))))
        == MAX_ROWS_SHOWN + 3
    )


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_text_in_a_file(chief_client, begin):
    assert escape_formula(f"{begin}1+1") == f"'{begin}1+1"
    assert escape_formula(-3) == -3
    publish_quote("Sums are my trade you know", person=make_person(f'{begin}cmd|"x"', slug="x"))
    content = chief_client.get(audit_address(**YEAR, table="voices", format="csv")).content.decode()
    assert f'"\'{begin}cmd|""x""",1,100.0,1,' in content


def test_names_are_escaped_on_the_page(chief_client):
    publish_quote(
        "I am not a script at all", person=make_person("<script>alert(1)</script>", slug="x")
    )
    text = chief_client.get(audit_address(**YEAR)).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_an_empty_paper_says_what_will_stand_here(chief_client):
    text = chief_client.get(audit_address()).content.decode()
    assert "quotes count once a story that has them is published" in " ".join(text.split())
    filtered_text = chief_client.get(audit_address(origin="wire")).content.decode()
    assert "Nobody is quoted in this period with these filters" in " ".join(filtered_text.split())
    for name in TABLES:
        assert chief_client.get(audit_address(table=name, format="csv")).status_code == 200


def test_the_number_of_queries_does_not_depend_on_the_number_of_quotes(chief_client, ada):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert (
                chief_client.get(audit_address(**YEAR, desk="town", tag="Ferries")).status_code
                == 200
            )
        return len(captured)

    before = count()
    tags = tuple(Tag.objects.filter(slug__in=("town", "ferries")))
    for number in range(6):
        publish_quote(f"I said it {number} times over", person=make_person(), tags=tags)
    assert count() == before
    assert before <= 15 + 8, (
        "15 for the figures; the account, its rights and the filters are asked too"
    )


@pytest.mark.parametrize(("role", "status"), [("reporter", 403), ("editor", 200), ("chief", 200)])
def test_the_audit_is_for_editors(client, role, status):
    make_roles()
    client.force_login(make_user(groups=(role,)))
    assert client.get(audit_address()).status_code == status
    assert client.get(audit_address(table="voices", format="csv")).status_code == status
    is_linked = f'href="{audit_address()}"' in client.get(reverse("admin:index")).content.decode()
    assert is_linked == (status == 200)


def test_it_is_only_looked_at(chief_client):
    assert chief_client.post(audit_address()).status_code == 405


def test_bars_are_drawn_from_zero_and_the_longest_fills_the_width():
    chart = bar_chart("x", "X", [("a" * 60, 8), ("b", 2), ("c", 0)])
    assert [(bar.width, bar.number) for bar in chart.bars] == [(360, "8"), (90, "2")]
    assert len(chart.bars[0].label) == 42
    assert bar_chart("x", "X", [("c", 0)]) is None


@pytest.mark.parametrize("months", [1, 12, 24, 120])
def test_columns_stay_within_the_drawing_and_labels_have_room(months):
    rows = [
        Month(datetime(2016 + number // 12, number % 12 + 1, 1).date()) for number in range(months)
    ]
    chart = column_chart("x", "X", ("Own", "wire"), rows, [(number, 1) for number in range(months)])
    assert all(column.x >= 0 and column.x + column.width <= 360 for column in chart.columns)
    assert all(40 <= column.upper.y <= column.lower.y <= chart.base for column in chart.columns)
    places = [column.middle for column in chart.columns if column.label]
    assert places
    assert all(right - left >= 27 for left, right in zip(places, places[1:], strict=False))
    assert column_chart("x", "X", ("Own", "wire"), rows, [(0, 0)] * months) is None
