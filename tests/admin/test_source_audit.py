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

from articles.admin.source_audit import MOST_SHOWN, harmless
from articles.admin.source_audit_charts import bars_of, columns_of
from articles.admin.source_audit_tables import TABLES
from articles.models import FormerTagName, Person, Tag
from articles.record.source_audit import Month
from articles.roles import make_roles
from tests.factories import (
    make_organization,
    make_person,
    make_said,
    make_section,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db
YEAR = {"after": "2026-01-01", "before": "2026-12-31"}


def audit(**asked: object) -> str:
    return reverse("admin:articles_quote_audit", query=asked or None)


def table(response: Any, key: str) -> list[list[str]]:
    """Return the texts of a table of the page."""
    sections = {section.table.key: section.table for section in response.context["sections"]}
    return [[cell.text for cell in row] for row in sections[key].rows]


def rows_of(response: Any) -> list[list[str]]:
    return list(csv.reader(response.content.decode().splitlines()))


def say(words: str, month: int = 3, *, source: str = "", tags: tuple = (), **speaker: Any) -> None:
    day = datetime(2026, month, 2, 12, tzinfo=UTC)
    fields = {"published_at": day, "source": source, "tags": tags}
    make_said(words, fields=fields, **speaker)


@pytest.fixture
def ada(db) -> Person:
    """Ada spoke thrice for the council in 2026, once in a story of the wire; Bram once."""
    ada, council = make_person("Ada Lund"), make_organization("Sund Council", kind="government")
    town, ferries = make_section("Town"), make_tag("Ferries")
    for month in (2, 3):
        say(f"We meet in month {month}", month, person=ada, on_behalf_of=council, tags=(town,))
    say("We have met enough by now", 4, person=ada, source="coastline", tags=(ferries,))
    say("I was not asked at all", 4, person=make_person("Bram Oye"), tags=(town, ferries))
    return ada


def test_the_page_has_tables_with_captions_headings_and_files(desk, ada):
    page = desk.get(audit(**YEAR))
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("<caption>") == len(TABLES) - 1
    assert text.count('scope="col"') > 30
    assert table(page, "voices")[0] == ["Ada Lund", "3", "75.0", "3", "2 Feb 2026"]
    assert f'<a href="/admin/articles/person/{ada.pk}/change/">Ada Lund</a>' in text
    assert table(page, "roles")[0][:2] == ["government", "2"]
    for name in TABLES:
        assert f"table={name}&amp;format=csv" in text, name


def test_charts_are_named_drawings_without_style_or_script(desk, ada):
    text = desk.get(audit(**YEAR)).content.decode()
    drawings = re.findall(r'<svg class="chart".*?</svg>', text, re.DOTALL)
    assert len(drawings) == len(TABLES) - 2, "all but the figures and the two rows of own and wire"
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)  # noqa: S314 (our own page)
        assert root.get("role") == "img"
        ids = [child.get("id") for child in root if child.tag in ("title", "desc")]
        assert root.get("aria-labelledby").split() == ids
        assert all(child.text for child in root if child.tag in ("title", "desc"))
    assert "style=" not in "".join(drawings)


@pytest.mark.parametrize(
    ("asked", "quotes"),
    [
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
    ],
)
def test_each_filter_narrows(desk, ada, asked, quotes):
    ferries = Tag.objects.get(slug="ferries")
    FormerTagName.objects.create(tag=ferries, name="Boats", slug="boats-of-old")
    page = desk.get(audit(**YEAR | asked))
    assert page.context["totals"].rows[0][1].text == quotes
    for name, value in asked.items():
        assert f'value="{value}"' in page.content.decode(), name


@pytest.mark.parametrize(
    ("asked", "said"),
    [
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
    ],
)
def test_what_cannot_be_answered_is_told_beside_its_field(desk, ada, asked, said):
    page = desk.get(audit(**asked))
    assert page.status_code == 400
    assert said in page.content.decode()


def test_two_tags_of_one_name_are_told_apart_by_slug(desk, ada):
    make_tag("Sund", slug="sund-place", kind="place")
    make_tag("Sund", slug="sund-topic")
    page = desk.get(audit(tag="Sund"))
    assert "write one of sund-place, sund-topic" in page.content.decode()
    assert desk.get(audit(tag="sund-place")).status_code == 200


def test_a_table_is_a_file_with_plain_values(desk, ada):
    response = desk.get(audit(**YEAR, table="voices", format="csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    name = "source-audit-voices-2026-01-01-2026-12-31.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.content.endswith(b"\r\n")
    assert rows_of(response) == [
        ["Voice", "Quotes", "Share in %", "Stories", "First quoted"],
        ["Ada Lund", "3", "75.0", "3", "2026-02-02"],
        ["Bram Oye", "1", "25.0", "1", "2026-04-02"],
    ]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_a_file_with_rows_as_wide_as_its_head(desk, ada, name):
    rows = rows_of(desk.get(audit(**YEAR, table=name, format="csv")))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_the_file_holds_what_the_page_has_no_room_for(desk):
    for number in range(MOST_SHOWN + 2):
        say(f"I said this as number {number}", person=make_person())
    page = desk.get(audit(**YEAR))
    assert len(table(page, "voices")) == MOST_SHOWN
    assert f"The first {MOST_SHOWN}; the file has more." in page.content.decode()
    assert len(rows_of(desk.get(audit(**YEAR, table="voices", format="csv")))) == MOST_SHOWN + 3


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_text_in_a_file(desk, begin):
    assert harmless(f"{begin}1+1") == f"'{begin}1+1"
    assert harmless(-3) == -3
    say("Sums are my trade you know", person=make_person(f'{begin}cmd|"x"', slug="x"))
    content = desk.get(audit(**YEAR, table="voices", format="csv")).content.decode()
    assert f'"\'{begin}cmd|""x""",1,100.0,1,' in content


def test_names_are_escaped_on_the_page(desk):
    say("I am not a script at all", person=make_person("<script>alert(1)</script>", slug="x"))
    text = desk.get(audit(**YEAR)).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_an_empty_paper_says_what_will_stand_here(desk):
    text = desk.get(audit()).content.decode()
    assert "quotes count once a story that has them is published" in " ".join(text.split())
    narrowed = desk.get(audit(origin="wire")).content.decode()
    assert "Nobody is quoted in this period with these filters" in " ".join(narrowed.split())
    for name in TABLES:
        assert desk.get(audit(table=name, format="csv")).status_code == 200


def test_the_number_of_queries_does_not_depend_on_the_number_of_quotes(desk, ada):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(audit(**YEAR, desk="town", tag="Ferries")).status_code == 200
        return len(captured)

    before = count()
    tags = tuple(Tag.objects.filter(slug__in=("town", "ferries")))
    for number in range(6):
        say(f"I said it {number} times over", person=make_person(), tags=tags)
    assert count() == before
    assert before <= 15 + 8, (
        "15 for the figures; the account, its rights and the filters are asked too"
    )


@pytest.mark.parametrize(("role", "status"), [("reporter", 403), ("editor", 200), ("chief", 200)])
def test_the_audit_is_for_editors(client, role, status):
    make_roles()
    client.force_login(make_user(groups=(role,)))
    assert client.get(audit()).status_code == status
    assert client.get(audit(table="voices", format="csv")).status_code == status
    is_linked = f'href="{audit()}"' in client.get(reverse("admin:index")).content.decode()
    assert is_linked == (status == 200)


def test_it_is_only_looked_at(desk):
    assert desk.post(audit()).status_code == 405


def test_bars_are_drawn_from_zero_and_the_longest_fills_the_width():
    drawn = bars_of("x", "X", [("a" * 60, 8), ("b", 2), ("c", 0)])
    assert [(bar.width, bar.number) for bar in drawn.bars] == [(360, "8"), (90, "2")]
    assert len(drawn.bars[0].label) == 42
    assert bars_of("x", "X", [("c", 0)]) is None


@pytest.mark.parametrize("months", [1, 12, 24, 120])
def test_columns_stay_within_the_drawing_and_labels_have_room(months):
    shown = [
        Month(datetime(2016 + number // 12, number % 12 + 1, 1).date()) for number in range(months)
    ]
    drawn = columns_of("x", "X", ("Own", "wire"), shown, [(number, 1) for number in range(months)])
    assert all(column.x >= 0 and column.x + column.width <= 360 for column in drawn.columns)
    assert all(40 <= column.upper_y <= column.lower_y <= drawn.base for column in drawn.columns)
    places = [column.middle for column in drawn.columns if column.label]
    assert places
    assert all(right - left >= 27 for left, right in zip(places, places[1:], strict=False))
    assert columns_of("x", "X", ("Own", "wire"), shown, [(0, 0)] * months) is None
