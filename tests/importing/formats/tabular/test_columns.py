"""The columns of a table are known by their names, and say what they say in front matter."""

from typing import Any

import pytest

from articles.importing.formats.tabular.columns import row_fields
from articles.importing.formats.tabular.mapping import (
    describe_mapping,
    guess_mapping,
    is_story_table,
)
from articles.importing.formats.types import RecordError


def fields_of_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a row that has a text."""
    row = {"text": "It blew."} | row
    return row_fields(row, guess_mapping(list(row)))


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Title", "headline"),
        ("article_title", "headline"),
        ("headLine", "headline"),
        ("Body", "text"),
        ("post-content", "text"),
        ("contentHtml", "html"),
        ("Published At", "date"),
        ("pubDate", "date"),
        ("story id", "id"),
        ("Permalink", "url"),
        ("by", "author"),
        ("Keywords", "tags"),
        ("Category", "section"),
        ("Organisations", "organizations"),
        ("lang", "language"),
        ("isDraft", "draft"),
        ("is_published", "published"),
        ("last_modified", "updated"),
        ("Embargoed Until", "embargo"),
    ],
)
def test_a_column_is_known_by_its_name_however_it_is_written(name: str, field: str) -> None:
    assert guess_mapping([name]).columns == {field: name}


def test_the_likeliest_of_two_columns_is_taken_and_the_other_named() -> None:
    mapping = guess_mapping(["title", "headline", "colour", "date", "published_at"])
    assert mapping.columns == {"headline": "headline", "date": "published_at"}
    assert mapping.unmapped == ("title", "colour", "date")


def test_a_description_is_the_text_where_there_is_no_other() -> None:
    assert guess_mapping(["title", "description"]).columns == {
        "headline": "title",
        "text": "description",
    }
    assert guess_mapping(["title", "description", "body"]).columns["dek"] == "description"


@pytest.mark.parametrize(
    ("names", "is_story"),
    [
        (["title", "text"], True),
        (["url", "content_html"], True),
        (["title", "description", "pubdate"], True),
        (["title", "description"], False),
        (["title", "date", "url"], False),
        (["text", "language"], False),
        (["text"], False),
        ([], False),
    ],
)
def test_stories_have_a_text_and_one_thing_more(names: list[str], is_story: bool) -> None:
    assert is_story_table(guess_mapping(names)) is is_story


def test_the_guess_is_told_in_words() -> None:
    assert describe_mapping(guess_mapping(["Colour", "Body", "Title", "URL"])) == (
        "Title: headline\n"
        "Body: text\n"
        "URL: former address, and the id where there is no other\n"
        "Colour: passed over"
    )


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({"status": "Published"}, "usable"),
        ({"status": "draft"}, "withheld"),
        ({"status": "canceled"}, "canceled"),
        ({"draft": True}, "withheld"),
        ({"draft": "no"}, "usable"),
        ({"is_published": False, "date": "2026-03-04"}, "withheld"),
        ({"published": "2026-03-04"}, "usable"),
        ({"embargo": "next week"}, "withheld"),
    ],
)
def test_what_is_not_published_is_withheld(row: dict[str, Any], status: str) -> None:
    assert fields_of_row(row)["pub_status"] == status


def test_published_may_be_the_date() -> None:
    assert (
        str(fields_of_row({"published": "2026-03-04 10:00"})["published_at"])
        == "2026-03-04 10:00:00"
    )
    assert "published_at" not in fields_of_row({"published": "true"})


def test_an_embargo_keeps_its_moment() -> None:
    fields = fields_of_row({"embargoed_until": "2026-03-04T10:00:00Z"})
    assert str(fields["embargoed_until"]) == "2026-03-04 10:00:00+00:00"


def test_the_ref_is_the_id_else_the_address() -> None:
    assert fields_of_row({"id": 7, "url": "https://paper.example/a"})["ref"] == "7"
    assert (
        fields_of_row({"url": "https://paper.example//a//b"})["ref"] == "https://paper.example/a/b"
    )
    long = [
        fields_of_row({"url": f"https://paper.example/{'a' * 300}{end}"})["ref"] for end in "bc"
    ]
    assert len(set(long)) == 2
    assert all(len(ref) <= 255 for ref in long)
    assert fields_of_row({})["ref"] == ""


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("weather, open boats", ("topic:weather", "topic:open boats")),
        ("weather|open boats", ("topic:weather", "topic:open boats")),
        ("Skerry, Maine; gulls", ("topic:Skerry, Maine", "topic:gulls")),
        ("['weather', 'open boats']", ("topic:weather", "topic:open boats")),
        ("[]", ()),
        (["weather", 7, None], ("topic:weather", "topic:7")),
        ({"name": "weather"}, ("topic:weather",)),
        (None, ()),
    ],
)
def test_a_cell_may_hold_several_names(cell: Any, tags: tuple[str, ...]) -> None:
    assert fields_of_row({"tags": cell})["tags"] == tags


def test_a_later_version_sorts_behind_an_earlier_one() -> None:
    first = fields_of_row({"updated_at": "2026-03-04T10:00:00+01:00"})["version"]
    assert first < fields_of_row({"updated_at": "2026-03-04T09:30:00Z"})["version"]
    assert fields_of_row({"updated_at": "9999-12-31T23:59:00-14:00"}).get("version", "") == ""


def test_a_nested_value_is_refused_by_its_column() -> None:
    with pytest.raises(RecordError) as error:
        fields_of_row({"title": {"rendered": "Gale"}})
    assert error.value.field == "title"
    assert error.value.remedy


@pytest.mark.parametrize(
    ("text", "dateline", "begins"),
    [
        ("SKERRY, Maine – It blew.", "Skerry, Maine", "<p>It"),
        ("Skerry (AP) – It blew.", "Skerry", "<p>It"),
        ("Skerry.com - It blew.", None, "<p>Skerry"),
        ("On Thursday, the Court of Gulls – It sat.", None, "<p>On"),
    ],
)
def test_a_dateline_goes_only_where_it_is_sure(
    text: str, dateline: str | None, begins: str
) -> None:
    fields = fields_of_row({"text": text})
    assert fields.get("dateline") == dateline
    assert fields["body_html"].startswith(begins)


def test_a_first_line_that_repeats_the_day_goes() -> None:
    text = "Wednesday, March 4, 2026\n\nIt blew."
    assert fields_of_row({"text": text, "date": "2026-03-04"})["body_html"] == "<p>It blew.</p>"
    assert fields_of_row({"text": text, "date": "2026-03-05"})["removed"] == ()


def test_html_is_sanitised_and_references_are_resolved() -> None:
    assert (
        fields_of_row({"text": "<p onclick='x()'>A<script>x()</script></p>"})["body_html"]
        == "<p>A</p>"
    )
    assert (
        fields_of_row({"text": "Tom &amp; &lt;b&gt;"})["body_html"] == "<p>Tom &amp; &lt;b&gt;</p>"
    )
    assert fields_of_row({"title": "Tom &amp; <i>Ada</i>"})["headline"] == "Tom & Ada"
    assert fields_of_row({"title": "Tom &#x201C;Ada&#8221;"})["headline"] == "Tom “Ada”"
