"""A table of stories is claimed by its reader, and by no other; no file of another format is."""

from pathlib import Path

import pytest

from articles.importing.formats.markdown import reader as markdown
from articles.importing.formats.ninjs import reader as ninjs
from articles.importing.formats.plain_text import reader as plain_text
from articles.importing.formats.tabular import csv_table
from tests.conftest import ROOT
from tests.importing.formats.tabular.test_csv_table import CASES

OTHERS = (ninjs.READER, markdown.READER, plain_text.READER)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_table_of_stories_is_claimed_by_this_reader_alone(path: Path) -> None:
    head = path.read_bytes()[:8192]
    assert csv_table.READER.identify(head, path.name)
    assert not any(reader.identify(head, path.name) for reader in OTHERS)


@pytest.mark.parametrize(
    "head",
    [
        "first,last,address\nAda,Quince,Skerry",
        "post_id,post_date,is_published,title,subtitle\n1,2026-03-04,TRUE,Gale,It blew",
        "title,text",
        "Gale\n\nIt blew, said Ada Quince.",
        "3, rue de la Mer, Skerry, where it blew for all of the day",
        '{"title": "Gale", "text": "It blew."}',
        "<table><tr><td>title,text</td></tr></table>",
        "",
        "\x00\x00\x00\x00\x00title,text",
        "text\nIt blew.",
    ],
)
def test_only_a_table_of_stories_is_claimed(head: str) -> None:
    assert csv_table.READER.identify(head.encode(), "stories.csv") is (head == "title,text")


def test_no_file_of_another_format_is_claimed(shared: Path) -> None:
    stories = ROOT / "articles" / "demo" / "stories"
    paths = [*(shared / "formats").rglob("*"), *stories.rglob("*")]
    claimed = {
        path.relative_to(shared / "formats").as_posix()
        for path in paths
        if path.is_file() and csv_table.READER.identify(path.read_bytes()[:8192], path.name)
    }
    assert claimed == {
        "wikinews/wikinews_2019.csv",
        "wikinews/wikinews_2020.csv",
        "ag-news-sample/test.csv",
    }
