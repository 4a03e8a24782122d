"""WordPress's export gives the published posts as WordPress showed them, and nothing of readers or accounts."""

import json
from collections import Counter
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.importing.formats.wordpress import reader as wxr
from articles.importing.pipeline.reading.normalize import clean
from tests.conftest import ROOT
from tests.importing.formats.ninjs.test_reader import outcome_fields

DATA = ROOT / "tests" / "importing" / "data" / "wxr"
CASES = sorted(path for path in DATA.iterdir() if "expected" not in path.name)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n'
)
POST = {
    "title": "H",
    "guid": "g",
    "content:encoded": "Text.",
    "wp:post_id": "1",
    "wp:status": "publish",
    "wp:post_type": "post",
}


def posts(data: bytes) -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the posts of ``data``, for a paper in Paris."""
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in wxr.READER.read(BytesIO(data), "file")
    ]


def export(*items: dict[str, str], more: str = "") -> bytes:
    """Return an export with these items; ``more`` stands at the end of each."""
    written = (
        "".join(f"<{name}>{value}</{name}>\n" for name, value in item.items()) for item in items
    )
    body = "".join(f"<item>\n{item}{more}</item>\n" for item in written)
    return f"{HEAD}{body}</channel>\n</rss>\n".encode()


def accepted(more: str = "", **fields: str) -> ParsedArticle:
    changed = {name.replace("wp_", "wp:").replace("dc_", "dc:"): fields[name] for name in fields}
    [parsed] = posts(export(POST | changed, more=more))
    assert isinstance(parsed, ParsedArticle), parsed
    return parsed


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_posts_are_what_is_expected_of_them(path: Path) -> None:
    data = path.read_bytes()
    assert wxr.READER.identify(data[:8192], path.name)
    actual = [outcome_fields(outcome) for outcome in posts(data)]
    assert actual == json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


def test_nothing_of_readers_and_accounts_is_kept() -> None:
    outcomes = list(wxr.READER.read((DATA / "site.xml").open("rb"), ""))
    assert len(outcomes) == 4
    for outcome in outcomes:
        for secret in ("@example", "192.0.2.7", "hunter2", "<wp:postmeta"):
            assert secret not in repr(outcome)
    assert b"<title>Gale" in outcomes[0].original
    assert outcomes[0].original.endswith(b"</item>")


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("draft", "draft"),
        ("auto-draft", "draft"),
        ("pending", "review"),
        ("future", "scheduled"),
        ("private", "private"),
        ("trash", "bin"),
        ("inherit", "not published"),
        ("", "not published"),
    ],
)
def test_what_is_not_published_is_refused(status: str, reason: str) -> None:
    [refused] = posts(export(POST | {"wp:status": status}))
    assert isinstance(refused, RejectedRecord)
    assert (refused.record, refused.field) == ("1", "status")
    assert reason in str(refused.reason)
    assert refused.remedy
    assert refused.original


@pytest.mark.parametrize("kind", ["page", "attachment", "nav_menu_item", "revision", "product"])
def test_other_kinds_are_passed_over(kind: str) -> None:
    outcomes = posts(export(POST | {"wp:post_type": kind}, POST))
    assert [outcome.record for outcome in outcomes] == ["2"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"wp_post_date_gmt": "2026-07-01 10:00:00", "wp_post_date": "2026-07-01 14:00:00"}, "10"),
        ({"wp_post_date_gmt": "0000-00-00 00:00:00", "wp_post_date": "2026-07-01 14:00:00"}, "12"),
        ({"pubDate": "Wed, 01 Jul 2026 09:00:00 +0000"}, "09"),
        ({"pubDate": "Mon, 30 Nov -0001 00:00:00 +0000"}, ""),
        ({"wp_post_date": "yesterday"}, ""),
        ({}, ""),
    ],
)
def test_a_date_is_one_that_was_sent_or_none(fields: dict[str, str], expected: str) -> None:
    at = accepted(**fields).published_at
    assert (f"{at:%H}" if at else "") == expected


@pytest.mark.parametrize(
    ("creator", "more", "names"),
    [
        ("cy", "", ["cy"]),
        ("cy@example.com", "", []),
        ("", "", []),
        (
            "cy",
            '<category domain="author" nicename="a">Ann Marrow</category>'
            '<category domain="author" nicename="b">Bo Teal</category>',
            ["Ann Marrow", "Bo Teal"],
        ),
    ],
)
def test_bylines_are_names_never_addresses(creator: str, more: str, names: list[str]) -> None:
    assert [signer.name for signer in accepted(more, dc_creator=creator).bylines] == names


def test_posts_with_one_guid_stay_apart() -> None:
    outcomes = posts(export(POST, POST | {"wp:post_id": "2"}, POST | {"guid": "h"}))
    assert [outcome.ref for outcome in outcomes if isinstance(outcome, ParsedArticle)] == [
        "g#1",
        "g#2",
        "h",
    ]
    assert accepted(guid="").ref == "1"


def test_a_malformed_file_is_refused_with_its_line_before_the_first_post() -> None:
    data = export(POST, POST)
    for bad in (data[:-20], data.replace(b"</item>\n</channel>", b"</channel>"), data + b"<x/>"):
        with pytest.raises(ReadError, match=r"line \d+"):
            next(wxr.READER.read(BytesIO(bad), ""))


def test_control_bytes_do_not_stop_a_file() -> None:
    data = export(POST | {"content:encoded": "<![CDATA[One\x00\x10\x1c two.]]>"})
    [parsed] = posts(data)
    assert isinstance(parsed, ParsedArticle)
    assert parsed.body_html == "<p>One two.</p>"


@pytest.mark.parametrize(
    ("head", "is_wxr"),
    [
        (HEAD.encode(), True),
        (HEAD.replace("1.2", "1.0").encode(), True),
        (b'<rss version="2.0"><channel><item>', False),
        (b'<feed xmlns:wp="http://wordpress.org/export/1.2/">', False),
        (b"A text about <rss and http://wordpress.org/export/1.2/", False),
        (b"", False),
    ],
)
def test_an_export_is_known_by_its_namespace(head: bytes, is_wxr: bool) -> None:
    assert wxr.READER.identify(head, "a.xml") is is_wxr


def counts(path: Path) -> Counter[str]:
    outcomes = posts(path.read_bytes())
    return Counter(
        "in" if isinstance(outcome, ParsedArticle) else outcome.field for outcome in outcomes
    )


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "wxr/theme-unit-test/themeunittestdata.wordpress.xml",
            {"in": 44, "body": 4, "status": 2, "post_password": 1},
        ),
        ("wxr/theme-unit-test/theme-preview.xml", {"in": 7}),
        ("wxr/wordpress_wxr.xml", {"in": 1, "status": 4}),
        ("wxr/wordpress_wxr_thumb.xml", {"in": 1}),
        ("wxr/importer-phpunit-data/backslashes.xml", {"in": 1}),
        ("wxr/importer-phpunit-data/cdata-edge.xml", {"in": 1}),
        ("wxr/importer-phpunit-data/chunked-meta.xml", {"in": 1}),
        ("wxr/importer-phpunit-data/large-authors.xml", {}),
        ("wxr/importer-phpunit-data/term-formats.xml", {}),
        ("wxr/importer-phpunit-data/test-utw-post-meta-import.xml", {"status": 1}),
        ("wxr/importer-phpunit-data/valid-wxr-1.1.xml", {"in": 1}),
        ("wxr/importer-phpunit-data/wxr-flat-attachment-different-site.xml", {"in": 1}),
        ("wxr/importer-phpunit-data/wxr-flat-attachment-same-site.xml", {"in": 1}),
        ("wxr/importer-phpunit-data/wxr-utf-8-challenges.xml", {"in": 1}),
        ("wxr/importer-phpunit-data/wxr-with-sub-data.xml", {"body": 1}),
        ("cms-exports/mg-wp-xml/has-audio-enclosure.xml", {"in": 1}),
        ("cms-exports/mg-wp-xml/has-audio-enclosure-with-libsyn-embed.xml", {"in": 1}),
        ("cms-exports/mg-wp-xml/has-meta.xml", {}),
        ("cms-exports/mg-wp-xml/sample-with-alt.xml", {"in": 1}),
        ("cms-exports/mg-wp-xml/multiple/posts-only.xml", {"in": 2, "status": 1}),
    ],
)
def test_of_real_sites_only_published_posts_come_in(
    shared: Path, file: str, expected: dict[str, int]
) -> None:
    assert counts(shared / "formats" / file) == expected


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("wxr/importer-phpunit-data/malformed.xml", 90),
        ("wxr/importer-phpunit-data/malformed-simple.xml", 14),
        ("cms-exports/mg-wp-xml/sample.xml", 109),
        ("cms-exports/mg-wp-xml/multiple/attachments-only.xml", 11),
        ("cms-exports/mg-squarespace-xml/sample.xml", 33),
    ],
)
def test_malformed_files_are_refused_with_their_line(shared: Path, file: str, line: int) -> None:
    with pytest.raises(ReadError, match=f"line {line}"):
        posts((shared / "formats" / file).read_bytes())


def test_no_other_file_is_claimed(shared: Path) -> None:
    formats = shared / "formats"
    own = {
        *(formats / "wxr").rglob("*.xml"),
        *(formats / "cms-exports" / "mg-wp-xml").rglob("*.xml"),
    }
    own |= set((formats / "cms-exports" / "mg-squarespace-xml").glob("*.xml"))
    stories = ROOT / "articles" / "demo" / "stories"
    files = [path for top in (formats, stories) for path in top.rglob("*") if path.is_file()]
    assert {
        path for path in files if wxr.READER.identify(path.read_bytes()[:8192], path.name)
    } == own
