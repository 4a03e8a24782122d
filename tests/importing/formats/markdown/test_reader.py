"""Markdown comes in as its newsroom meant it, and nothing that was not published there is published here."""

import json
import time
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats.detect import identify
from articles.importing.formats.markdown import reader as markdown
from articles.importing.formats.types import ParsedArticle, ParsedName, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.text.html.sanitize import sanitise
from tests.conftest import ROOT
from tests.importing.formats.plain_text.test_reader import CONTROL, filled_fields

DATA = ROOT / "tests" / "importing" / "data" / "markdown"
CASES = sorted(path for path in DATA.iterdir() if path.suffix != ".json")


def story(data: bytes | str, name: str = "story") -> ParsedArticle | RejectedRecord:
    """Read and clean the one story of ``data``, for a paper in Paris."""
    data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    [parsed] = markdown.READER.read(BytesIO(data), name)
    if isinstance(parsed, RejectedRecord):
        return parsed
    return clean(parsed, zone=ZoneInfo("Europe/Paris"), language="en")


def accepted(data: bytes | str, name: str = "story") -> ParsedArticle:
    parsed = story(data, name)
    assert isinstance(parsed, ParsedArticle), parsed
    return parsed


def front(*lines: str) -> str:
    """Return a story with these lines of front matter."""
    return "\n".join(["---", "title: A", *lines, "---", "", "Text."])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_story_is_what_is_expected_of_it(path: Path) -> None:
    parsed = accepted(path.read_bytes(), path.stem)
    assert identify(path.read_bytes(), path.name) is markdown.READER
    assert filled_fields(parsed) == json.loads(
        path.with_suffix(".expected.json").read_text("utf-8")
    )


@pytest.mark.parametrize(
    ("data", "field", "reason"),
    [
        ("", "file", "empty"),
        (" \n\n", "file", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file", "not text"),
        (b"a" * 300_001, "file", "300 KB"),
        ("# Only a heading", "body", "no text"),
        ("---\ntitle: A\n\nText.", "front matter", "not closed"),
        ("+++\ndraft = true\n+++\nText.", "front matter", "TOML"),
        ("---\n- one\n- two\n---\nText.", "front matter", "key: value"),
        ("---\ntitle: A: b\n---\nText.", "front matter", "line 2"),
        ("---\ntitle: A\nlayout: [\n---\nText.", "front matter", "line 4"),
        ("---\npublished: no\nPublished: yes\n---\nText.", "front matter", "twice"),
        ("---\npublished: no\npublished: yes\n---\nText.", "front matter", "twice"),
        ("---\n? [a]\n: b\n---\nText.", "front matter", "unhashable"),
        (front("date: [2026-03-04]"), "date", "not one value"),
        (front("draft: {a: b}"), "draft", "not one value"),
        (front("tags: {a: b}"), "tags", "list of names"),
        (front("tags: [[a]]"), "tags", "list of names"),
        (front("authors: [[a]]"), "authors", "list of names"),
        (front("lang: 中文"), "language", "language tag"),
        (front(f"kicker: {'a' * 81}"), "kicker", "80"),
    ],
)
def test_what_cannot_come_in_is_refused_by_field(
    data: bytes | str, field: str, reason: str
) -> None:
    refused = story(data)
    assert isinstance(refused, RejectedRecord)
    assert refused.field == field
    assert reason in str(refused.reason)
    assert refused.remedy


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("published: true", "usable"),
        ("published:", "usable"),
        ("published: 2026-03-04", "usable"),
        ("published: False", "withheld"),
        ("published: 'no'", "withheld"),
        ("published: soon", "withheld"),
        ("draft: true", "withheld"),
        ("Draft: yes", "withheld"),
        ("draft: perhaps", "withheld"),
        ("draft: false", "usable"),
        ("status: publish", "usable"),
        ("status: pending", "withheld"),
        ("status: canceled", "canceled"),
        ("embargo: tomorrow", "withheld"),
        ("embargo: 2026-03-04", "withheld"),
        ("embargo: 2026-03-04 18:00", "usable"),
    ],
)
def test_what_was_not_published_there_is_withheld(line: str, status: str) -> None:
    parsed = accepted(front(line))
    assert parsed.pub_status == status
    assert bool(parsed.embargoed_until) is (line == "embargo: 2026-03-04 18:00")


def test_a_file_in_the_folder_of_drafts_is_a_draft() -> None:
    assert accepted(front(), "_drafts/a").pub_status == "withheld"
    assert accepted(front(), "drafts_/a").pub_status == "usable"


@pytest.mark.parametrize(
    ("line", "name", "day", "precision"),
    [
        ("date: 2026-03-04", "story", "2026-03-03 23:00:00+00:00", "day"),
        ("date: 2026-03-04 10:00:00 -0500", "story", "2026-03-04 15:00:00+00:00", "minute"),
        ("date: 2026-03-04T10:00:00Z", "2020-01-01-a", "2026-03-04 10:00:00+00:00", "minute"),
        ("layout: a", "posts/2026-03-04-a", "2026-03-03 23:00:00+00:00", "day"),
        ("layout: a", "2026-03-04", "None", "minute"),
        ("layout: a", "2026-13-04-a", "None", "minute"),
        ("date: Last Tuesday", "2026-03-04-a", "None", "minute"),
        ("date: 04/03/2026", "story", "None", "minute"),
    ],
)
def test_the_date_is_the_one_written_else_that_of_the_name_and_never_a_guess(
    line: str, name: str, day: str, precision: str
) -> None:
    parsed = accepted(front(line), name)
    assert (str(parsed.published_at), parsed.date_precision) == (day, precision)


@pytest.mark.parametrize(
    ("line", "addresses"),
    [
        ("permalink: /2014/05/slug/", ("/2014/05/slug/",)),
        ("permalink: https://old.example/a/b?c=d", ("/a/b",)),
        ("permalink: /:year/:title/", ()),
        ("permalink: /../../etc/", ()),
        ("permalink: /%2e%2e/%2E%2e/baddie.html", ()),
        ("permalink: //evil.example/a", ("/a",)),
        ("permalink: /", ()),
        ("permalink: pretty", ()),
        ("permalink: about/us.html", ("/about/us.html",)),
        ("layout: a", ()),
        ("permalink: 'http://[a'", ()),
        ("slug: tides", ("/tides/",)),
        ("aliases: [/a/, /b]", ("/a/", "/b")),
        ("redirect_from: /a/", ("/a/",)),
    ],
)
def test_former_addresses_are_paths_that_do_not_climb(line: str, addresses: tuple[str]) -> None:
    assert accepted(front(line)).former_addresses == addresses


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("tags: ay bee", ("topic:ay", "topic:bee")),
        ("tags: [ay bee, '']", ("topic:ay bee",)),
        ("tag: ay bee", ("topic:ay bee",)),
        ("categories: foo bar", ("section:foo", "section:bar")),
        ("category: foo bar", ("section:foo bar",)),
        ("categories:", ()),
    ],
)
def test_tags_are_parted_as_jekyll_does(line: str, tags: tuple[str]) -> None:
    assert accepted(front(line)).tags == tags


def test_an_author_may_be_a_line_a_list_or_a_mapping() -> None:
    names = (ParsedName("Ana Rua"), ParsedName("Bo Teal", "drawing"))
    for line in (
        "author: By Ana Rua; Bo Teal (drawing)",
        "authors: [Ana Rua, Bo Teal (drawing)]",
        "authors: [Ana Rua, {name: Bo Teal, role: drawing}]",
    ):
        assert accepted(front(line)).bylines == names
    assert accepted(front("author: {name: Ana Rua}")).bylines == names[:1]


def test_a_long_description_goes_to_the_editors() -> None:
    parsed = accepted(front(f"excerpt: {'a' * 501}"))
    assert (parsed.dek, parsed.ed_note) == ("", f"Description: {'a' * 501}")


def test_a_canceled_story_stays_so_under_an_unclear_embargo() -> None:
    assert accepted(front("status: canceled", "embargo: soon")).pub_status == "canceled"


def test_a_title_wins_over_a_heading_that_says_something_else() -> None:
    parsed = accepted("---\ntitle: A\n---\n# B\n\nText.")
    assert (parsed.headline, parsed.body_html) == ("A", "<h2>B</h2>\n<p>Text.</p>")
    assert accepted("---\ntitle: A\n---\n# A\n\nText.").body_html == "<p>Text.</p>"


@pytest.mark.parametrize(
    ("head", "name", "is_markdown"),
    [
        ("Words.", "a.md", True),
        ("Words.", "A.MARKDOWN", True),
        ("---\ntitle: A\n---\n", "a.txt", True),
        ("\ufeff---\r\ntitle: A\r\n---\r\n", "a.text", True),
        ("---\n---\nWords.", "a", True),
        ("---\ntitle: A\n", "standard input", True),
        ("---\ntitle: A\n", "a.yml", False),
        ("---\ntitle: A\n", "a.html", True),
        ("<p>A</p>\n", "a.html", False),
        ("---\nA story of dashes, with words: many.", "a.txt", False),
        ("--- \n\nWords.", "a.txt", False),
        ("Words.", "a.txt", False),
        ('{"uri": "a"}', "a.md", False),
        ("\x89PNG\r\n", "a.md", False),
    ],
)
def test_markdown_is_known_by_its_suffix_or_its_front_matter(
    head: str, name: str, is_markdown: bool
) -> None:
    data = head.encode("latin-1" if head.startswith("\x89") else "utf-8")
    assert markdown.READER.identify(data, name) is is_markdown


FRAGMENTS = st.sampled_from(
    "--- # A ## B - c > d *e* [f](g) <b> </b> <script> &amp; title: tags: [ ] { } | ``` \x00 \x03 \ufeff \ud800".split(
        " "
    )
)


@given(st.lists(FRAGMENTS | st.text(max_size=8), max_size=20), st.sampled_from(["\n", " ", "\r\n"]))
def test_any_text_comes_in_clean_or_is_refused_with_a_remedy(
    fragments: list[str], mark: str
) -> None:
    for text in (mark.join(fragments), f"---\n{mark.join(fragments)}\n---\nText."):
        parsed = story(text)
        if isinstance(parsed, RejectedRecord):
            assert parsed.field
            assert parsed.reason
            assert parsed.remedy
            assert not CONTROL.search(f"{parsed.field}{parsed.reason}")
            continue
        assert sanitise(parsed.body_html) == parsed.body_html
        assert not CONTROL.search(f"{parsed.body_html}{parsed.headline}{parsed.tags}")


@pytest.mark.parametrize(
    "text",
    [
        *("*a " * 7000, "[" * 20_000, "> " * 10_000, "<b>" * 7000, "a\n\n" * 3000),
        *(f"---\n{mark * (58_000 // len(mark))}\n---\nText." for mark in ("[", "{", "- ", "a: ")),
        *(
            f"---\n{mark * (58_000 // len(mark))}\n---\nText."
            for mark in ("? ", "&a ", "a:\n", '"')
        ),
        "---\na0: &a0 [x]\n"
        + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 200))
        + "tags: *a199\n---\nText.",
        "---\n" + "".join(" " * i + f"a{i}:\n" for i in range(300)) + "---\nText.",
        "---\na: &a [*a]\ntags: *a\n---\nText.",
    ],
    ids=lambda text: text[:14],
)
def test_a_hostile_file_takes_no_time(text: str) -> None:
    started = time.process_time()
    assert isinstance(story(text), ParsedArticle | RejectedRecord)
    assert time.process_time() - started < 5  # below 1 s alone on a machine


def test_jekylls_and_other_posts_come_in_or_are_refused_for_what_they_lack(shared: Path) -> None:
    paths = sorted((shared / "formats" / "markdown").rglob("*.*"))
    identified = [
        p for p in paths if p.is_file() and markdown.READER.identify(p.read_bytes(), p.name)
    ]
    outcomes = {path.name: story(path.read_bytes(), path.stem) for path in identified}
    refused = {name: o.field for name, o in outcomes.items() if isinstance(o, RejectedRecord)}
    assert refused == {"2014-01-06-permalink-traversal.md": "body", "chinese.txt": "language"}
    assert len(outcomes) == 28
    for name, parsed in outcomes.items():
        if isinstance(parsed, ParsedArticle):
            assert bool(parsed.published_at) is name.startswith("20"), name
            assert "<script" not in parsed.body_html
